// A shop's own workflows around the plugin's: it publishes as a step of its own workflow, and uses an account's credentials.
import {
  createStep,
  createWorkflow,
  StepResponse,
  transform,
  WorkflowResponse,
} from '@medusajs/framework/workflows-sdk';
import { publishTweetWithMedia } from 'twitter-native';
import {
  getTwitterCredentialsStep,
  publishPostWorkflow,
  type TwitterCredentialsHandle,
  twitterCredentials,
} from '../../src/workflows';

/** Publishes a post of the plugin's, and does something with its address. */
export const announceWorkflow = createWorkflow('consumer-announce', (input: { post_id: string }) => {
  const published = publishPostWorkflow.runAsStep({ input });
  const line = transform(published, ({ status, result }) => `${status}: ${result?.tweetUrl ?? 'later'}`);
  return new WorkflowResponse({ line, published });
});

const greetStep = createStep(
  'consumer-greet',
  async ({ handle, text }: { handle: TwitterCredentialsHandle; text: string }, { container }) => {
    const { token, oauth1 } = await twitterCredentials(container, handle);
    const { tweetId } = await publishTweetWithMedia({ text }, token ?? '', oauth1);
    return new StepResponse({ tweetId });
  },
);

/** Publishes without a post of the plugin's. Medusa stores what its steps return. */
export const greetWorkflow = createWorkflow(
  { name: 'consumer-greet', store: true, retentionTime: 3600 },
  (input: { account_id: string; text: string }) => {
    const handle = getTwitterCredentialsStep(transform(input, ({ account_id }) => ({ account_id })));
    return new WorkflowResponse(greetStep({ handle, text: input.text }));
  },
);
