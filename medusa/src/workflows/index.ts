export { fetchTwitterInsightsWorkflow } from './fetch-insights';
export { oauthCallbackWorkflow } from './oauth-callback';
export { type PublishPostInput, publishPostWorkflow } from './publish-post';
export { resumePublishWorkflow } from './publish-post/resume';
export { TWITTER_POST_PUBLISHED } from './publish-post/steps/update-post';
export { refreshTokenWorkflow } from './refresh-token';
export { type ResolveOutcomeInput, resolveOutcomeWorkflow } from './resolve-outcome';
