export * from './medusa.js';
