//! The one place where calls start and settle.

use std::future::Future;
use std::panic::AssertUnwindSafe;
use std::sync::{Mutex, PoisonError};

use futures_util::FutureExt;
use napi::bindgen_prelude::{PromiseRaw, ToNapiValue, Unknown};
use napi::{Env, Error as NapiError, Result as NapiResult, Status};
use tokio_util::sync::CancellationToken;
use twitter_native_core::call::{self, Call};
use twitter_native_core::client::Client;
use twitter_native_core::config::{ClientConfig, ClientSettings, MediaPolicy};
use twitter_native_core::error::Error;
use twitter_native_core::error_code::ErrorCode;
use twitter_native_core::operation::Operation;

#[cfg(feature = "test-hooks")]
use crate::exports::test_hooks::{Place, panic_at};
use crate::input::{
    CallOptions, ClientOptions, FromJs, LimitStore, MediaPolicyOptions, Observer, read_argument,
};
use crate::output::Failure;

/// What `configure()` set, for the whole process.
static CONFIGURED: Mutex<Option<ClientSettings>> = Mutex::new(None);

/// Sets what every call falls back to.
pub(crate) fn configure(settings: ClientSettings) -> Result<(), Error> {
    ClientConfig::resolve(&settings)?;
    *CONFIGURED.lock().unwrap_or_else(PoisonError::into_inner) = Some(settings);
    Ok(())
}

/// The caller's settings over those of `configure()` over those of the environment.
pub(crate) fn settings(given: ClientSettings, environment: &ClientSettings) -> ClientSettings {
    let configured = CONFIGURED.lock().unwrap_or_else(PoisonError::into_inner).clone().unwrap_or_default();
    given.or(&configured).or(environment)
}

/// Where media may come from, by what is given, else as any call would have it.
pub(crate) fn media_policy(
    given: Option<MediaPolicyOptions>,
    environment: Unknown<'_>,
) -> Result<MediaPolicy, Error> {
    let environment: Option<ClientOptions> = read_argument(environment, "environment")?;
    let client = ClientOptions { media_policy: given, ..ClientOptions::default() };
    let all = settings(client.into(), &environment.unwrap_or_default().into());
    let of_media = ClientSettings {
        allow_http: all.allow_http,
        allow_private_networks: all.allow_private_networks,
        allowed_hosts: all.allowed_hosts,
        max_media_bytes: all.max_media_bytes,
        max_redirects: all.max_redirects,
        ..ClientSettings::default()
    };
    ClientConfig::resolve(&of_media).map(|config| config.media_policy)
}

/// What surrounds a call: its options, and what the JavaScript layer read from the environment.
pub(crate) struct Surroundings {
    options: CallOptions,
    environment: ClientOptions,
}

impl Surroundings {
    /// Reads the options that the JavaScript layer prepared; it puts the environment beside them.
    pub(crate) fn read(options: Unknown<'_>, environment: Unknown<'_>) -> Result<Self, Error> {
        let options: Option<CallOptions> = read_argument(options, "options")?;
        let environment: Option<ClientOptions> = read_argument(environment, "environment")?;
        Ok(Self {
            options: options.unwrap_or(CallOptions { signal: None, timeout_ms: None, client: None }),
            environment: environment.unwrap_or_default(),
        })
    }

    /// The configuration that the call goes by.
    pub(crate) fn config(self) -> Result<(ClientConfig, CallParts), Error> {
        let timeout = self.options.timeout()?;
        let mut client = self.options.client.unwrap_or_default();
        let observer = client.on_request.take();
        let limit_store = client.rate_limit.as_mut().and_then(|limit| limit.store.take());
        let settings = settings(client.into(), &self.environment.into());
        let cancellation = self.options.signal.unwrap_or_default();
        let parts = CallParts { timeout, cancellation, observer, limit_store };
        Ok((ClientConfig::resolve(&settings)?, parts))
    }

    fn call(self, operation: Operation) -> Result<Call, Error> {
        let (config, parts) = self.config()?;
        let observer: Option<call::Observer> = parts.observer.map(|observer| observer.0);
        let call =
            Call::new(Client::shared(&config)?, operation, parts.timeout, parts.cancellation, observer);
        Ok(call.with_limit_store(parts.limit_store.map(LimitStore::shared)))
    }
}

/// The parts of a call's options that are not configuration.
pub(crate) struct CallParts {
    timeout: Option<std::time::Duration>,
    cancellation: CancellationToken,
    observer: Option<Observer>,
    limit_store: Option<LimitStore>,
}

/// A call's options and the environment beside them, as JavaScript hands them over.
type Given<'env> = (Unknown<'env>, Unknown<'env>);

/// Starts an asynchronous operation. `prepare` reads the arguments, on the JavaScript thread; the future that it
/// gives runs on the runtime's threads. What fails in either, by an error or a panic, rejects the promise with a
/// [`Failure`].
pub(crate) fn start<'env, T, J, Work, Prepared>(
    env: &'env Env,
    operation: Operation,
    given: Given<'env>,
    prepare: impl FnOnce() -> Result<Prepared, Error>,
) -> NapiResult<PromiseRaw<'env, J>>
where
    Prepared: FnOnce(Call) -> Work,
    Work: Future<Output = Result<T, Failure>> + Send + 'static,
    T: Send + 'static,
    J: ToNapiValue + From<T> + 'env,
{
    start_keeping(env, operation, given, (), prepare)
}

/// The same, keeping `kept` until the promise has settled on the JavaScript thread: not only until the work is done.
#[allow(clippy::result_large_err, reason = "made once a call")]
pub(crate) fn start_keeping<'env, T, J, Work, Prepared>(
    env: &'env Env,
    operation: Operation,
    given: Given<'env>,
    kept: impl Send + 'static,
    prepare: impl FnOnce() -> Result<Prepared, Error>,
) -> NapiResult<PromiseRaw<'env, J>>
where
    Prepared: FnOnce(Call) -> Work,
    Work: Future<Output = Result<T, Failure>> + Send + 'static,
    T: Send + 'static,
    J: ToNapiValue + From<T> + 'env,
{
    let prepared = unpanicked(|| {
        let call = Surroundings::read(given.0, given.1)?.call(operation)?;
        #[cfg(feature = "test-hooks")]
        panic_at(Place::Arguments);
        Ok(prepare()?(call))
    });
    let settled = async move {
        let work = prepared.map_err(|error| Failure::from(error.during(operation)))?;
        #[cfg(feature = "test-hooks")]
        let work = async { panic_at(Place::Work) }.then(|()| work);
        let outcome = AssertUnwindSafe(work).catch_unwind().await;
        outcome.unwrap_or_else(|_| Err(Failure::from(defect().during(operation))))
    };
    env.spawn_future_with_callback(settled.map(Ok), move |env, settled: Result<T, Failure>| {
        drop(kept);
        let settled = settled.and_then(|value| {
            unpanicked(|| {
                #[cfg(feature = "test-hooks")]
                panic_at(Place::Result);
                Ok(J::from(value))
            })
            .map_err(|error| Failure::from(error.behind(operation)))
        });
        match settled {
            Ok(value) => Ok(value),
            Err(failure) => Err(NapiError::from(failure.into_unknown(env)?)),
        }
    })
}

/// Runs a synchronous operation; what fails, by an error or a panic, is thrown as a [`Failure`].
pub(crate) fn run<T>(env: &Env, work: impl FnOnce() -> Result<T, Error>) -> NapiResult<T> {
    let outcome = unpanicked(|| {
        #[cfg(feature = "test-hooks")]
        panic_at(Place::Arguments);
        work()
    });
    outcome.or_else(|error| {
        env.throw(Failure::from(error))?;
        Err(NapiError::from_status(Status::PendingException))
    })
}

/// On the JavaScript thread a panic would end the process.
fn unpanicked<T>(work: impl FnOnce() -> Result<T, Error>) -> Result<T, Error> {
    std::panic::catch_unwind(AssertUnwindSafe(work)).unwrap_or_else(|_| Err(defect()))
}

/// The payload of a panic may hold anything, so it is not told.
fn defect() -> Error {
    Error::new(ErrorCode::Internal, "twitter-native met a defect of its own; the process is not affected")
}

/// Reads the options that only some functions take.
pub(crate) fn read_options<T: FromJs + Default>(options: Unknown<'_>) -> Result<T, Error> {
    read_argument::<Option<T>>(options, "options").map(Option::unwrap_or_default)
}

/// Keeps rustc from telling the payload of a panic: only the place is printed.
pub(crate) fn hide_panic_payloads() {
    std::panic::set_hook(Box::new(|info| {
        let place = info.location().map(ToString::to_string).unwrap_or_default();
        let line = format!("twitter-native: internal error at {place}\n");
        let _unwritable = std::io::Write::write_all(&mut std::io::stderr(), line.as_bytes());
    }));
}
