//! How posts do.

use napi::Env;
use napi::bindgen_prelude::{PromiseRaw, Unknown};
use napi_derive::napi;
use twitter_native_core::call::Call;
use twitter_native_core::operation::Operation;
use twitter_native_core::services::metrics;

use crate::call;
use crate::input::{MetricsOptions, read_argument, read_user_credentials};
use crate::output::{Failure, TweetMetrics, TweetMetricsResult};

/// Reads the metrics of one post.
#[napi(
    catch_unwind,
    ts_args_type = "tweetId: string, credentials: string | TokenManager | OAuth1Credentials, options?: MetricsOptions",
    ts_return_type = "Promise<TweetMetrics>"
)]
pub fn get_tweet_metrics<'env>(
    env: &'env Env,
    tweet_id: Unknown<'env>,
    credentials: Unknown<'env>,
    options: Unknown<'env>,
    environment: Unknown<'env>,
) -> napi::Result<PromiseRaw<'env, TweetMetrics>> {
    call::start(env, Operation::GetTweetMetrics, (options, environment), || {
        let tweet_id: String = read_argument(tweet_id, "tweetId")?;
        let credentials = read_user_credentials(credentials, "credentials")?;
        let scope = call::read_options::<MetricsOptions>(options)?.scope.unwrap_or_default();
        Ok(move |call: Call| async move {
            call.run(metrics::one(&call, &credentials, &tweet_id, scope)).await.map_err(Failure::from)
        })
    })
}

/// Metrics of many posts on their way to JavaScript.
pub struct ManyMetrics(Vec<TweetMetricsResult>);

impl From<ManyMetrics> for Vec<TweetMetricsResult> {
    fn from(many: ManyMetrics) -> Self {
        many.0
    }
}

/// Reads the metrics of many posts, 100 a request: one result per id in the order given, with `metrics` or `error`.
#[napi(
    catch_unwind,
    ts_args_type = "tweetIds: string[], credentials: string | TokenManager | OAuth1Credentials, options?: MetricsOptions",
    ts_return_type = "Promise<TweetMetricsResult[]>"
)]
pub fn get_tweets_metrics<'env>(
    env: &'env Env,
    tweet_ids: Unknown<'env>,
    credentials: Unknown<'env>,
    options: Unknown<'env>,
    environment: Unknown<'env>,
) -> napi::Result<PromiseRaw<'env, Vec<TweetMetricsResult>>> {
    call::start(env, Operation::GetTweetsMetrics, (options, environment), || {
        let tweet_ids: Vec<String> = read_argument(tweet_ids, "tweetIds")?;
        let credentials = read_user_credentials(credentials, "credentials")?;
        let scope = call::read_options::<MetricsOptions>(options)?.scope.unwrap_or_default();
        Ok(move |call: Call| async move {
            let results = call
                .run(metrics::many(&call, &credentials, &tweet_ids, scope))
                .await
                .map_err(Failure::from)?;
            let rows =
                tweet_ids.into_iter().zip(results).map(|(id, result)| TweetMetricsResult::new(id, result));
            Ok(ManyMetrics(rows.collect()))
        })
    })
}
