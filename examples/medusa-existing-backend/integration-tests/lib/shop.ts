import type { MedusaContainer } from '@medusajs/framework/types';
import { type Sandbox, type SeededUser, useSandbox } from '../../../../medusa/testing/sandbox';
import { type Answer, SignedIn, signIn } from '../../../../medusa/testing/staff';
import { SOCIALS_MODULE } from '../../src/modules/socials';
import type SocialsService from '../../src/modules/socials/service';
import { encryptionOf } from '../../src/modules/socials/utils/token-helpers';
import type { ApiConfig, MediaAttachment, SocialPostRow } from '../../src/types/socials';

// What the repository's whole test run looks for in everything that was printed and answered.
const { keepSecrets } = require('../../../../__test__/support/records.js') as {
  keepSecrets(secrets: (string | undefined)[]): void;
};
keepSecrets([process.env.ENCRYPTION_KEY]);

const LIFE_SECONDS = 7200;

export type { Answer };
export { useSandbox };

/** The one account of a text's post on X, and how often it is there. */
export const postsOf = (sandbox: Sandbox, text: string) =>
  sandbox.ledger.tweets().filter((tweet: { body: { text: string } }) => tweet.body.text === text);

/** What a member of staff does, over HTTP. */
export class Staff extends SignedIn {
  static async signedIn(container: MedusaContainer, api: unknown): Promise<Staff> {
    return new Staff(await signIn(container, api));
  }

  /** The same person at another process of the backend. */
  at(address: string): Staff {
    return new Staff({ address, headers: this.headers });
  }

  /** Writes a post. */
  async compose(
    platform_id: string,
    caption: string,
    others: { media_attachments?: MediaAttachment[]; metadata?: object } = {},
  ): Promise<SocialPostRow> {
    const answer = await this.post('/admin/social-posts', { platform_id, name: 'A post', caption, ...others });
    if (answer.status !== 201) throw new Error(JSON.stringify(answer.data));
    return answer.data.socialPost;
  }

  publish(id: string): Promise<Answer> {
    return this.post(`/admin/social-posts/${id}/publish`);
  }

  async read(id: string): Promise<SocialPostRow> {
    return (await this.get(`/admin/social-posts/${id}`)).data.socialPost;
  }
}

/** Stores an account with a sandbox user's tokens, as the callback would. */
export async function accountOf(
  container: MedusaContainer,
  user: SeededUser,
  changes: Partial<ApiConfig> = {},
): Promise<string> {
  const socials: SocialsService = container.resolve(SOCIALS_MODULE);
  const encryption = encryptionOf(container);
  const api_config: ApiConfig = {
    provider: 'x',
    access_token_encrypted: encryption.encrypt(user.oauth2.accessToken),
    refresh_token_encrypted: encryption.encrypt(String(user.oauth2.refreshToken)),
    token_type: 'bearer',
    scope: user.oauth2.scope,
    expires_in: LIFE_SECONDS,
    retrieved_at: new Date().toISOString(),
    ...changes,
  };
  const { id } = await socials.createSocialPlatforms({ name: 'X', api_config: api_config as Record<string, unknown> });
  return id;
}

/** Goes over X's page, which says yes at once, and gives what it sends back. */
export async function grant(location: string): Promise<Record<string, string>> {
  const page = await fetch(location, { redirect: 'manual' });
  return Object.fromEntries(new URL(String(page.headers.get('location'))).searchParams);
}

/** Pictures and videos that the sandbox makes. */
export const media = {
  images: (sandbox: Sandbox, count: number): MediaAttachment[] =>
    Array.from({ length: count }, (_, seed) => ({ type: 'image', url: `${sandbox.url}/media/jpeg?seed=${seed}` })),
  video: (sandbox: Sandbox, bytes: number): MediaAttachment[] => [
    { type: 'video', url: `${sandbox.url}/media/mp4?bytes=${bytes}&durationMs=2000` },
  ],
};
