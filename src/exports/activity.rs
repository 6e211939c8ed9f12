//! Which events X reports to an app.

use napi::Env;
use napi::bindgen_prelude::{PromiseRaw, Unknown};
use napi_derive::napi;
use twitter_native_core::call::Call;
use twitter_native_core::operation::Operation;
use twitter_native_core::services::activity::{self, NewSubscription, PageQuery, SubscriptionChanges};

use crate::call;
use crate::input::{
    ActivityListOptions, ActivitySubscriptionChanges, NewActivitySubscription, read_app_alone, read_argument,
    read_subscriber,
};
use crate::output::{ActivitySubscription, ActivitySubscriptionPage, Deletion, Failure, IsDeleted};

/// `activitySubscriptions.create`.
#[napi(
    namespace = "internal",
    catch_unwind,
    ts_args_type = "subscription: NewActivitySubscription, credentials: Credentials, app: App, options: Options, environment: Environment"
)]
pub fn create_activity_subscription<'env>(
    env: &'env Env,
    subscription: Unknown<'env>,
    credentials: Unknown<'env>,
    app: Unknown<'env>,
    options: Unknown<'env>,
    environment: Unknown<'env>,
) -> napi::Result<PromiseRaw<'env, ActivitySubscription>> {
    call::start(env, Operation::CreateSubscription, (options, environment), || {
        let new: NewSubscription =
            read_argument::<NewActivitySubscription>(subscription, "subscription")?.into();
        let who = read_subscriber(credentials, app)?;
        Ok(
            |call: Call| async move { call.run(activity::create(&call, &who, &new)).await.map_err(Failure::from) },
        )
    })
}

/// `activitySubscriptions.list`.
#[napi(
    namespace = "internal",
    catch_unwind,
    ts_args_type = "credentials: Credentials, app: App, options: Options, environment: Environment"
)]
pub fn list_activity_subscriptions<'env>(
    env: &'env Env,
    credentials: Unknown<'env>,
    app: Unknown<'env>,
    options: Unknown<'env>,
    environment: Unknown<'env>,
) -> napi::Result<PromiseRaw<'env, ActivitySubscriptionPage>> {
    call::start(env, Operation::ListSubscriptions, (options, environment), || {
        let who = read_subscriber(credentials, app)?;
        let query: PageQuery = call::read_options::<ActivityListOptions>(options)?.into();
        Ok(
            |call: Call| async move { call.run(activity::list(&call, &who, &query)).await.map_err(Failure::from) },
        )
    })
}

/// `activitySubscriptions.update`.
#[napi(
    namespace = "internal",
    catch_unwind,
    ts_args_type = "subscriptionId: string, changes: ActivitySubscriptionChanges, app: App, options: Options, environment: Environment"
)]
pub fn update_activity_subscription<'env>(
    env: &'env Env,
    subscription_id: Unknown<'env>,
    changes: Unknown<'env>,
    app: Unknown<'env>,
    options: Unknown<'env>,
    environment: Unknown<'env>,
) -> napi::Result<PromiseRaw<'env, ActivitySubscription>> {
    call::start(env, Operation::UpdateSubscription, (options, environment), || {
        let id: String = read_argument(subscription_id, "subscriptionId")?;
        let changes: SubscriptionChanges =
            read_argument::<ActivitySubscriptionChanges>(changes, "changes")?.into();
        let app = read_app_alone(app)?;
        Ok(|call: Call| async move {
            call.run(activity::update(&call, &app, &id, &changes)).await.map_err(Failure::from)
        })
    })
}

/// `activitySubscriptions.delete`.
#[napi(
    namespace = "internal",
    catch_unwind,
    ts_args_type = "subscriptionId: string, app: App, options: Options, environment: Environment"
)]
pub fn delete_activity_subscription<'env>(
    env: &'env Env,
    subscription_id: Unknown<'env>,
    app: Unknown<'env>,
    options: Unknown<'env>,
    environment: Unknown<'env>,
) -> napi::Result<PromiseRaw<'env, Deletion>> {
    call::start(env, Operation::DeleteSubscription, (options, environment), || {
        let id: String = read_argument(subscription_id, "subscriptionId")?;
        let app = read_app_alone(app)?;
        Ok(|call: Call| async move {
            call.run(activity::delete(&call, &app, &id)).await.map(IsDeleted).map_err(Failure::from)
        })
    })
}
