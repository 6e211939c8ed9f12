import type { MedusaContainer } from '@medusajs/framework/types';
import { resumeUnfinished } from 'twitter-native/medusa';
import { publishSocialPostWorkflow } from '../workflows/socials/publish-post';
import { INTENT } from '../workflows/socials/publishing';

/**
 * Goes on with what a process that ended has left, and looks for posts whose answer was lost. The workflow does it, so that
 * the post's row says what came of it; nothing is left to be resumed after that.
 */
export default async function resumePublishing(container: MedusaContainer): Promise<void> {
  const publish = (id: string) =>
    publishSocialPostWorkflow(container).run({ input: { post_id: id }, throwOnError: false });
  await resumeUnfinished(container, { ...INTENT, prepare: async (id) => void (await publish(id)) });
}

export const config = { name: 'resume-publishing', schedule: '* * * * *' };
