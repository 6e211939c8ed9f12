import { MedusaError } from '@medusajs/framework/utils';

/** What a request says of a post's time. */
export interface ScheduleInput {
  scheduled_at?: string | null;
  /** Whether the time counts. Without it a time makes the post `scheduled`, and none a draft. */
  status?: 'draft' | 'scheduled';
}

/** A post's time, and whether it goes out then. */
export interface Schedule {
  status: 'draft' | 'scheduled';
  scheduled_at: Date | null;
}

function refusal(code: string, message: string): MedusaError {
  const problems = [{ code, field: 'scheduled_at', message }];
  return Object.assign(new MedusaError(MedusaError.Types.INVALID_DATA, `scheduled_at: ${message}`), { problems });
}

/**
 * The schedule that a request asks for; `undefined` if it says nothing of it.
 * @param before the time that the post has: it may be kept, though it came meanwhile
 * @throws INVALID_DATA for a time that is past, and for a scheduled post without one
 */
export function scheduleOf(input: ScheduleInput, before: Date | null = null): Schedule | undefined {
  const { scheduled_at, status } = input;
  if (scheduled_at === undefined && status === undefined) return undefined;
  const time = scheduled_at === undefined ? before : scheduled_at === null ? null : new Date(scheduled_at);
  const wanted = status ?? (time === null ? 'draft' : 'scheduled');
  if (wanted === 'draft') return { status: 'draft', scheduled_at: time };
  if (time === null) throw refusal('missing', 'a scheduled post needs a time');
  if (time.getTime() <= Date.now() && time.getTime() !== before?.getTime()) {
    throw refusal('past', 'that time is past; choose one to come, or publish the post now');
  }
  return { status: 'scheduled', scheduled_at: time };
}
