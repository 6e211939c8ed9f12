import type { AuthenticatedMedusaRequest } from '@medusajs/framework/http';
import { twitterOf } from '../twitter/service';
import type { ActivityEntry } from '../types/http';

/** Notes on a post who did what with it. */
export async function noteActivity(
  request: AuthenticatedMedusaRequest,
  postId: string,
  event: ActivityEntry['event'],
): Promise<void> {
  const { actor_id, actor_type } = request.auth_context;
  await twitterOf(request.scope).addActivity(postId, {
    at: new Date().toISOString(),
    event,
    actor_id,
    ...(actor_type === 'user' ? {} : { actor_type }),
  });
}
