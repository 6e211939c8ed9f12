import type { MedusaContainer } from '@medusajs/framework/types';
import { twitterOf } from '../twitter/service';
import { resumePublishWorkflow } from '../workflows/publish-post/resume';

/** Most posts that one run takes up. */
const BATCH = 100;

/** Resumes posts whose publishing process has died: no post stays at `publishing`. */
export default async function resumeAbandonedPosts(container: MedusaContainer): Promise<void> {
  const twitter = twitterOf(container);
  for (const post_id of await twitter.listAbandonedPosts(BATCH)) {
    await twitter.noteTakeOver(post_id);
    await resumePublishWorkflow(container).run({ input: { post_id } });
  }
}

export const config = { name: 'twitter-resume-abandoned-posts', schedule: '* * * * *' };
