import { createStep, StepResponse } from '@medusajs/framework/workflows-sdk';
import { announce } from '../../../publishing/announce';
import { notifyStaff } from '../../../publishing/notify';
import { enqueuePublish } from '../../../publishing/queue';
import { releaseClaim } from '../../../publishing/release';
import { twitterOf } from '../../../twitter/service';

/** After this time the engine runs a step again whose process may have died. */
const AWAIT_SECONDS = 120;

/** Its compensation leaves no post at `publishing` if the publish can't even be begun. */
export const takeUpPostStep = createStep(
  'twitter-take-up-post',
  async ({ post_id }: { post_id: string }, { container }) => {
    const { revision } = await twitterOf(container).retrieveTwitterPost(post_id);
    return new StepResponse({ post_id }, { post_id, revision });
  },
  async (taken, { container }) => {
    if (taken !== undefined) await releaseClaim(container, taken);
  },
);

/**
 * Uploads the media and publishes, in the background. It may run twice, even at once, since an engine can't tell a dead
 * process from a slow one: the intent's lease lets one of them publish, and the other one wait for its end.
 */
export const publishStep = createStep(
  { name: 'twitter-publish-post', async: true, retryIntervalAwaiting: AWAIT_SECONDS },
  async ({ post_id }: { post_id: string }, { container }) => {
    const twitter = twitterOf(container);
    const { result } = await enqueuePublish(twitter, post_id);
    await announce(container, post_id);
    const { status, error_message } = await twitter.retrieveTwitterPost(post_id);
    if (status === 'failed' || status === 'unknown') {
      await notifyStaff(container, post_id);
      return StepResponse.permanentFailure(`${post_id} was not published (${status}): ${error_message}`);
    }
    return new StepResponse({ post_id, result });
  },
);
