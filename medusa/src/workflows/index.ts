export {
  TWITTER_POST_DELETED,
  TWITTER_POST_FAILED,
  TWITTER_POST_PUBLISHED,
  TWITTER_POST_UNKNOWN,
} from '../publishing/announce';
export type { Credentials } from '../twitter/credentials';
export { getTwitterCredentialsStep, type TwitterCredentialsHandle, twitterCredentials } from './credentials';
export { fetchTwitterInsightsWorkflow } from './fetch-insights';
export { oauthCallbackWorkflow } from './oauth-callback';
export { type CreateTwitterPostsInput, createTwitterPostsWorkflow } from './posts/create';
export { type DeleteTwitterPostsInput, deleteTwitterPostsWorkflow } from './posts/delete';
export { type UpdateTwitterPostsInput, updateTwitterPostsWorkflow } from './posts/update';
export { type PublishPostInput, publishPostWorkflow } from './publish-post';
export { beginPublishWorkflow } from './publish-post/begin';
export { resumePublishWorkflow } from './publish-post/resume';
export type { PublishOutcomeView } from './publish-post/steps/await-outcome';
export { refreshTokenWorkflow } from './refresh-token';
export { type ResolveOutcomeInput, resolveOutcomeWorkflow } from './resolve-outcome';
