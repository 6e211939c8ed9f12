import {
  createStep,
  createWorkflow,
  StepResponse,
  transform,
  WorkflowResponse,
} from '@medusajs/framework/workflows-sdk';
import type TwitterModuleService from '../../modules/twitter/service';
import { announce } from '../../publishing/announce';
import { abandon, allowResend, check, confirm, type Resolution } from '../../publishing/resolve';
import { twitterOf } from '../../twitter/service';
import type { ResolveInput } from '../../types/http';
import { beginPublishWorkflow } from '../publish-post/begin';

/** A post of unknown outcome, and what to do with it. */
export type ResolveOutcomeInput = { post_id: string } & ResolveInput;

function resolve(twitter: TwitterModuleService, input: ResolveOutcomeInput): Promise<Resolution> {
  switch (input.action) {
    case 'check':
      return check(twitter, input.post_id);
    case 'published':
      return confirm(twitter, input.post_id, input.tweet_id);
    case 'abandon':
      return abandon(twitter, input.post_id);
    case 'retry':
      return allowResend(twitter, input.post_id);
  }
}

/** Looks at the timeline, or takes a person's word. */
export const resolveOutcomeStep = createStep(
  'twitter-resolve-outcome',
  async (input: ResolveOutcomeInput, { container }) => {
    const resolution = await resolve(twitterOf(container), input);
    await announce(container, input.post_id);
    return new StepResponse<Resolution>(resolution);
  },
);

/**
 * Publishes again where that was decided: the timeline is read first, and only a post that it does not show for two
 * minutes is sent.
 */
export const republishStep = createStep(
  'twitter-republish-post',
  async (
    { post_id, action, resolution }: { post_id: string; action: string; resolution: Resolution },
    { container },
  ) => {
    if (resolution !== 'republish') return new StepResponse<{ resolution: Resolution }>({ resolution });
    const event = action === 'retry' ? 'sent_again' : 'resumed';
    await beginPublishWorkflow(container).run({ input: { post_id, from: ['unknown'], event } });
    return new StepResponse<{ resolution: Resolution }>({ resolution });
  },
);

/** Resolves a post of unknown outcome. */
export const resolveOutcomeWorkflow = createWorkflow('twitter-resolve-outcome', (input: ResolveOutcomeInput) => {
  const resolution = resolveOutcomeStep(input);
  const next = transform({ input, resolution }, ({ input: { post_id, action }, resolution }) => ({
    ...{ post_id, action, resolution },
  }));
  return new WorkflowResponse(republishStep(next));
});
