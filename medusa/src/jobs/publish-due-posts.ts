import type { MedusaContainer } from '@medusajs/framework/types';
import { notifyStaff } from '../publishing/notify';
import { publishPostWorkflow } from '../workflows/publish-post';
import { socialsOf } from '../workflows/socials';

/** Most posts that one run begins. */
const BATCH = 500;

/** Publishes scheduled posts whose time has come, those that waited for a rate limit among them. */
export default async function publishDuePosts(container: MedusaContainer): Promise<void> {
  const socials = socialsOf(container);
  for (const post_id of await socials.listDuePosts(BATCH)) {
    try {
      await publishPostWorkflow(container).run({ input: { post_id, from: ['scheduled'], event: 'due' } });
    } catch (error) {
      const { type, code, message } = error as Record<'type' | 'code' | 'message', string | undefined>;
      const reason = { code: (code ?? type ?? 'INTERNAL').toUpperCase(), message: message ?? String(error) };
      // A post that another process took meanwhile is not scheduled any more, and stays as it is.
      if (await socials.failScheduled(post_id, reason)) await notifyStaff(container, post_id);
    }
  }
}

export const config = { name: 'publish-due-social-posts', schedule: '* * * * *' };
