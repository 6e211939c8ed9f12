import { refusal } from './refuse';

const FAILED = "twitter-native can't be loaded";

/** Makes sure that twitter-native can be loaded on this machine; its own words say what keeps it from that. */
export function requireAddon(): void {
  try {
    require('twitter-native');
  } catch (error) {
    const [reason = ''] = String((error as Error).message).split('\n');
    throw refusal(reason.startsWith(FAILED) ? reason : `${FAILED} (${reason}): run "npm install twitter-native"`);
  }
}
