import type { AppConfig } from 'twitter-native';

const NAMES = ['clientId', 'clientSecret', 'apiKey', 'apiSecret'] as const;

/**
 * The app's credentials, from the options or the environment, in twitter-native's own order. They are not stored, and never
 * stand for a user's.
 */
export function appCredentials(options: AppConfig): AppConfig {
  // Loaded here: a module that can't be loaded on this machine is named by the check at boot.
  const { appFromEnvironment } = require('twitter-native') as typeof import('twitter-native');
  const given = NAMES.flatMap((name) => (options[name] ? [[name, options[name]]] : []));
  return { ...appFromEnvironment(), ...Object.fromEntries(given) };
}
