export * from './index.js';
export { TwitterService as default } from './index.js';
