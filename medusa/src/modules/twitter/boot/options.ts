import { INSIGHTS_SCHEDULES } from '../insights-schedule';
import type { TwitterOptions } from '../options';
import { refusal } from './refuse';

/** Makes sure that what options cost money by is what the operator meant. */
export function requireValues({ insights, appOwnerId, prices }: TwitterOptions): void {
  if (insights !== undefined && !INSIGHTS_SCHEDULES.includes(insights)) {
    throw refusal(`the option insights is ${JSON.stringify(insights)}: use one of ${INSIGHTS_SCHEDULES.join(', ')}`);
  }
  if (appOwnerId !== undefined && !/^\d{1,19}$/.test(appOwnerId)) {
    throw refusal(`the option appOwnerId is ${JSON.stringify(appOwnerId)}: use X's id of the user, which is a number`);
  }
  // Read here, so that an addon that can't be loaded has been reported before.
  const { estimateCost } = require('twitter-native') as typeof import('twitter-native');
  try {
    estimateCost({ text: '' }, prices ?? {});
  } catch (error) {
    throw refusal(`the option prices can't be used: ${(error as Error).message}`);
  }
}
