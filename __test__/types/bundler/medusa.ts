import type { PublishCredentials } from 'twitter-native/medusa';
import { type ContainerLike, platformTokens, resumeUnfinished } from 'twitter-native/medusa';

export function resume(container: ContainerLike, contents: Map<string, string>) {
  const credentials: PublishCredentials = { token: platformTokens(container, 'plat_1') };
  const prepare = (id: string) => ({ content: { text: contents.get(id) ?? '' }, credentials });
  return resumeUnfinished(container, { table: 'social_post', column: 'twitter_intent', prepare });
}
