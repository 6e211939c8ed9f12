//! Where X delivers an app's events.

use napi::Env;
use napi::bindgen_prelude::{PromiseRaw, Unknown};
use napi_derive::napi;
use twitter_native_core::call::Call;
use twitter_native_core::operation::Operation;
use twitter_native_core::services::webhooks::{self, ReplayRequest};

use crate::call;
use crate::input::{WebhookReplay, read_app_alone, read_argument};
use crate::output::{
    Deletion, Failure, IsDeleted, IsValid, ValidatedWebhook, Webhook, WebhookReplayJob, Webhooks,
};

/// `webhooks.create`.
#[napi(
    namespace = "internal",
    catch_unwind,
    ts_args_type = "url: string, app: App, options: Options, environment: Environment"
)]
pub fn create_webhook<'env>(
    env: &'env Env,
    url: Unknown<'env>,
    app: Unknown<'env>,
    options: Unknown<'env>,
    environment: Unknown<'env>,
) -> napi::Result<PromiseRaw<'env, Webhook>> {
    call::start(env, Operation::CreateWebhook, (options, environment), || {
        let url: String = read_argument(url, "url")?;
        let app = read_app_alone(app)?;
        Ok(
            |call: Call| async move { call.run(webhooks::create(&call, &app, &url)).await.map_err(Failure::from) },
        )
    })
}

/// `webhooks.list`.
#[napi(
    namespace = "internal",
    catch_unwind,
    ts_args_type = "app: App, options: Options, environment: Environment"
)]
pub fn list_webhooks<'env>(
    env: &'env Env,
    app: Unknown<'env>,
    options: Unknown<'env>,
    environment: Unknown<'env>,
) -> napi::Result<PromiseRaw<'env, Vec<Webhook>>> {
    call::start(env, Operation::ListWebhooks, (options, environment), || {
        let app = read_app_alone(app)?;
        Ok(|call: Call| async move {
            call.run(webhooks::list(&call, &app)).await.map(Webhooks).map_err(Failure::from)
        })
    })
}

/// `webhooks.validate`.
#[napi(
    namespace = "internal",
    catch_unwind,
    ts_args_type = "webhookId: string, app: App, options: Options, environment: Environment"
)]
pub fn validate_webhook<'env>(
    env: &'env Env,
    webhook_id: Unknown<'env>,
    app: Unknown<'env>,
    options: Unknown<'env>,
    environment: Unknown<'env>,
) -> napi::Result<PromiseRaw<'env, ValidatedWebhook>> {
    call::start(env, Operation::ValidateWebhook, (options, environment), || {
        let webhook_id: String = read_argument(webhook_id, "webhookId")?;
        let app = read_app_alone(app)?;
        Ok(|call: Call| async move {
            call.run(webhooks::validate(&call, &app, &webhook_id)).await.map(IsValid).map_err(Failure::from)
        })
    })
}

/// `webhooks.delete`.
#[napi(
    namespace = "internal",
    catch_unwind,
    ts_args_type = "webhookId: string, app: App, options: Options, environment: Environment"
)]
pub fn delete_webhook<'env>(
    env: &'env Env,
    webhook_id: Unknown<'env>,
    app: Unknown<'env>,
    options: Unknown<'env>,
    environment: Unknown<'env>,
) -> napi::Result<PromiseRaw<'env, Deletion>> {
    call::start(env, Operation::DeleteWebhook, (options, environment), || {
        let webhook_id: String = read_argument(webhook_id, "webhookId")?;
        let app = read_app_alone(app)?;
        Ok(|call: Call| async move {
            call.run(webhooks::delete(&call, &app, &webhook_id)).await.map(IsDeleted).map_err(Failure::from)
        })
    })
}

/// `webhooks.replay`.
#[napi(
    namespace = "internal",
    catch_unwind,
    ts_args_type = "replay: WebhookReplay, app: App, options: Options, environment: Environment"
)]
pub fn replay_webhook<'env>(
    env: &'env Env,
    replay: Unknown<'env>,
    app: Unknown<'env>,
    options: Unknown<'env>,
    environment: Unknown<'env>,
) -> napi::Result<PromiseRaw<'env, WebhookReplayJob>> {
    call::start(env, Operation::ReplayWebhook, (options, environment), || {
        let replay: ReplayRequest = read_argument::<WebhookReplay>(replay, "replay")?.into();
        let app = read_app_alone(app)?;
        Ok(|call: Call| async move {
            call.run(webhooks::replay(&call, &app, &replay)).await.map_err(Failure::from)
        })
    })
}
