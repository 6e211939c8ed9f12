export * from './index.js';
// By its name: runtimes differ in what the default export of a CommonJS module is.
export { TwitterService as default } from './index.js';
