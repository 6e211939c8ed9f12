import type { MedusaContainer } from '@medusajs/framework/types';
import { resumePublishWorkflow } from '../workflows/publish-post/resume';
import { socialsOf } from '../workflows/socials';

/** Most posts that one run takes up. */
const BATCH = 100;

/** Goes on with posts whose publishing process has died: no post stays at `publishing`. */
export default async function resumeAbandonedPosts(container: MedusaContainer): Promise<void> {
  for (const post_id of await socialsOf(container).listAbandonedPosts(BATCH)) {
    await resumePublishWorkflow(container).run({ input: { post_id } });
  }
}

export const config = { name: 'resume-abandoned-social-posts', schedule: '* * * * *' };
