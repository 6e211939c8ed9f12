import { type INSIGHTS_SCHEDULES, nextReading, readingsOf } from '../src/modules/twitter/insights-schedule';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const POSTED = new Date('2026-03-01T12:00:00Z');

/** The ages at which a post is read by a job that runs each five minutes. */
function agesOf(schedule: (typeof INSIGHTS_SCHEDULES)[number]): number[] {
  const ages: number[] = [];
  let due = nextReading(schedule, POSTED, POSTED);
  for (let now = POSTED.getTime(); due !== null; now += 5 * MINUTE) {
    if (due.getTime() > now) continue;
    ages.push(now - POSTED.getTime());
    due = nextReading(schedule, POSTED, new Date(now));
  }
  return ages;
}

describe('when a post’s metrics are read', () => {
  it.each([
    ['off', 0],
    ['light', 6],
    ['normal', 12],
    ['close', 76],
  ] as const)('%s: %i times', (schedule, times) => {
    expect(agesOf(schedule)).toHaveLength(times);
    expect(readingsOf(schedule)).toBe(times);
  });

  it.each(['light', 'normal', 'close'] as const)('%s ends while X still shows the author’s own numbers', (schedule) => {
    expect(agesOf(schedule).at(-1)).toBe(29 * DAY);
  });

  it('is not made up for where the shop was away', () => {
    expect(nextReading('light', POSTED, new Date(POSTED.getTime() + 8 * DAY))).toEqual(
      new Date(POSTED.getTime() + 14 * DAY),
    );
    expect(nextReading('close', POSTED, new Date(POSTED.getTime() + 30 * DAY))).toBeNull();
  });
});
