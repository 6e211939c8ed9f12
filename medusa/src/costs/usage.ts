import { getUsage } from 'twitter-native';
import { perService } from '../modules/twitter/per-service';
import type TwitterModuleService from '../modules/twitter/service';
import { appOf, oauthConfigOf } from '../twitter/app';
import { isTwitterFailure } from '../twitter/errors';
import type { UsageView } from '../types/http';

/** X counts with delay, and each answer takes one of 50 requests in 15 minutes. */
const KEPT_MS = 3_600_000;
/** What failed may be mended soon. */
const FAILURE_KEPT_MS = 60_000;
/** A page of the admin waits for it. */
const TIMEOUT_MS = 10_000;

const keptOf = perService((): { view?: Promise<UsageView>; until: number } => ({ until: 0 }));

async function ask(twitter: TwitterModuleService): Promise<UsageView> {
  const asked_at = new Date().toISOString();
  try {
    const usage = await getUsage({ ...oauthConfigOf(twitter), timeoutMs: TIMEOUT_MS });
    return {
      asked_at,
      error: null,
      posts_read: usage.postsRead ?? null,
      cap: usage.cap ?? null,
      cap_reset_day: usage.capResetDay ?? null,
      credits_usd: usage.credits?.totalUsd ?? null,
      credits_unavailable: usage.creditsUnavailable ?? null,
    };
  } catch (error) {
    const { message } = error as Error;
    return { ...NOTHING, asked_at, error: { code: isTwitterFailure(error) ? error.code : 'INTERNAL', message } };
  }
}

const NOTHING = { posts_read: null, cap: null, cap_reset_day: null, credits_usd: null, credits_unavailable: null };

/** What X says that the app has used, asked at most once an hour by each process; or why it does not say. */
export async function usageOf(twitter: TwitterModuleService): Promise<UsageView> {
  const { apiKey, apiSecret } = appOf(twitter);
  if (apiKey === undefined || apiSecret === undefined) {
    const message = "X tells the app's usage only to the app's own key: set X_API_KEY and X_API_SECRET";
    return { ...NOTHING, asked_at: new Date().toISOString(), error: { code: 'NOT_CONFIGURED', message } };
  }
  const kept = keptOf(twitter);
  if (kept.view === undefined || Date.now() >= kept.until) {
    kept.until = Date.now() + KEPT_MS;
    kept.view = ask(twitter);
  }
  const view = await kept.view;
  if (view.error !== null) kept.until = Math.min(kept.until, Date.parse(view.asked_at) + FAILURE_KEPT_MS);
  return view;
}
