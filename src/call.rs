//! The one place where calls start and settle.

use std::future::Future;
use std::panic::AssertUnwindSafe;
use std::sync::{Arc, LazyLock, Mutex};

use futures_util::FutureExt;
use futures_util::future::{BoxFuture, ready};
use napi::bindgen_prelude::{JsValue, Object, PromiseRaw, ToNapiValue, Unknown, spawn};
use napi::{Env, Error as NapiError, Result as NapiResult, Status};
use tokio_util::sync::CancellationToken;
use twitter_native_core::call::{self, Call};
use twitter_native_core::client::Client;
use twitter_native_core::config::{ClientConfig, ClientSettings, MediaPolicy};
use twitter_native_core::error::Error;
use twitter_native_core::error_code::ErrorCode;
use twitter_native_core::locks::locked;
use twitter_native_core::operation::Operation;

use crate::input::{
    CallOptions, ClientOptions, FromJs, LimitStore, MediaPolicyOptions, Observer, read_argument,
    read_environment,
};
use crate::js_thread;
use crate::output::Failure;
#[cfg(feature = "test-hooks")]
use crate::panics::{Place, panic_at};

/// What `configure()` set, for the whole process.
static CONFIGURED: LazyLock<Mutex<Arc<ClientSettings>>> = LazyLock::new(Mutex::default);

/// Sets what every call falls back to.
pub(crate) fn configure(settings: ClientSettings) -> Result<(), Error> {
    ClientConfig::resolve(&settings)?;
    *locked(&CONFIGURED) = Arc::new(settings);
    Ok(())
}

fn configured() -> Arc<ClientSettings> {
    Arc::clone(&locked(&CONFIGURED))
}

/// The caller's settings over those of `configure()` over those of the environment.
pub(crate) fn settings(given: ClientSettings, environment: &ClientSettings) -> ClientSettings {
    given.or(&configured()).or(environment)
}

/// The client for a call's settings. Most calls have none of their own.
fn client_for(given: ClientSettings, environment: &Arc<ClientSettings>) -> Result<Arc<Client>, Error> {
    if given == ClientSettings::default() {
        return Client::for_layers(&configured(), environment);
    }
    Client::for_settings(&settings(given, environment))
}

/// Where media may come from, by what is given, else as any call would have it.
pub(crate) fn media_policy(
    given: Option<MediaPolicyOptions>,
    environment: Unknown<'_>,
) -> Result<MediaPolicy, Error> {
    let environment = read_environment(environment)?;
    let client = ClientOptions { media_policy: given, ..ClientOptions::default() };
    let all = settings(client.into(), &environment);
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
    environment: Arc<ClientSettings>,
}

impl Surroundings {
    /// Reads the options that the JavaScript layer prepared; it puts the environment beside them.
    pub(crate) fn read(options: Unknown<'_>, environment: Unknown<'_>) -> Result<Self, Error> {
        let options: Option<CallOptions> = read_argument(options, "options")?;
        let options = options.unwrap_or(CallOptions { signal: None, timeout_ms: None, client: None });
        Ok(Self { options, environment: read_environment(environment)? })
    }

    /// The client that the call goes through.
    pub(crate) fn client(self) -> Result<Arc<Client>, Error> {
        let (given, _, environment) = self.parts()?;
        client_for(given, &environment)
    }

    /// The configuration of that client.
    pub(crate) fn config(self) -> Result<ClientConfig, Error> {
        let (given, _, environment) = self.parts()?;
        ClientConfig::resolve(&settings(given, &environment))
    }

    /// The client's settings that the call was given, its other options, and the environment.
    fn parts(self) -> Result<(ClientSettings, CallParts, Arc<ClientSettings>), Error> {
        let timeout = self.options.timeout()?;
        let mut client = self.options.client.unwrap_or_default();
        let observer = client.on_request.take();
        let limit_store = client.rate_limit.as_mut().and_then(|limit| limit.store.take());
        let cancellation = self.options.signal.unwrap_or_default();
        let parts = CallParts { timeout, cancellation, observer, limit_store };
        Ok((client.into(), parts, self.environment))
    }

    fn call(self, operation: Operation) -> Result<Call, Error> {
        let (given, parts, environment) = self.parts()?;
        let observer: Option<call::Observer> = parts.observer.map(|observer| observer.0);
        let client = client_for(given, &environment)?;
        let call = Call::new(client, operation, parts.timeout, parts.cancellation, observer);
        Ok(call.with_limit_store(parts.limit_store.map(LimitStore::shared)))
    }
}

/// The parts of a call's options that are not configuration.
struct CallParts {
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
    J: ToNapiValue + From<T> + 'static,
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
    J: ToNapiValue + From<T> + 'static,
{
    let prepared = catch_panic(|| {
        let call = Surroundings::read(given.0, given.1)?.call(operation)?;
        #[cfg(feature = "test-hooks")]
        panic_at(Place::Arguments);
        Ok(prepare()?(call))
    });
    let settle = move |outcome| settlement::<T, J>(outcome, operation, kept);
    let work: BoxFuture<'static, Settlement> = match prepared {
        Ok(work) => {
            #[cfg(feature = "test-hooks")]
            let work = async { panic_at(Place::Work) }.then(|()| work);
            let defect = move |_| Err(Failure::from(defect().during(operation)));
            Box::pin(AssertUnwindSafe(work).catch_unwind().map(move |end| settle(end.unwrap_or_else(defect))))
        }
        Err(error) => Box::pin(ready(settle(Err(Failure::from(error.during(operation)))))),
    };
    let promise = launch(env, work)?;
    Ok(PromiseRaw::new(env.raw(), promise.value().value))
}

/// Makes the promise's value, or what it is rejected with, on the JavaScript thread.
type Settlement = Box<dyn for<'env> FnOnce(&'env Env) -> NapiResult<Unknown<'env>> + Send>;

#[allow(clippy::result_large_err, reason = "made once a call")]
fn settlement<T, J>(
    outcome: Result<T, Failure>,
    operation: Operation,
    kept: impl Send + 'static,
) -> Settlement
where
    T: Send + 'static,
    J: ToNapiValue + From<T> + 'static,
{
    Box::new(move |env| {
        drop(kept);
        let settled = outcome.and_then(|value| {
            catch_panic(|| {
                #[cfg(feature = "test-hooks")]
                panic_at(Place::Result);
                Ok(J::from(value))
            })
            .map_err(|error| Failure::from(error.after_success(operation)))
        });
        match settled {
            Ok(value) => value.into_unknown(env),
            Err(failure) => Err(NapiError::from(failure.into_unknown(env)?)),
        }
    })
}

/// Hands a call's work to the runtime; it is dropped where it is when the JavaScript thread ends. All calls have this one
/// type there: with a type for each function, napi's and the runtime's code would be there as often, half a megabyte of it,
/// and move each future by its own size. napi's own function for this has a second task for each, which waits for panics of
/// the first; here those were caught.
fn launch<'env>(env: &'env Env, work: BoxFuture<'static, Settlement>) -> NapiResult<Object<'env>> {
    let end = js_thread::end(env)?;
    let (deferred, promise) = env.create_deferred()?;
    spawn(async move {
        match end.run_until_cancelled(work).await {
            Some(settle) => deferred.resolve(move |env| settle(&env).map(|value| value.raw())),
            None => deferred.reject(NapiError::from_status(Status::Cancelled)),
        }
    });
    Ok(promise)
}

/// Runs a synchronous operation; what fails, by an error or a panic, is thrown as a [`Failure`].
pub(crate) fn run<T>(env: &Env, work: impl FnOnce() -> Result<T, Error>) -> NapiResult<T> {
    let outcome = catch_panic(|| {
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
fn catch_panic<T>(work: impl FnOnce() -> Result<T, Error>) -> Result<T, Error> {
    std::panic::catch_unwind(AssertUnwindSafe(work)).unwrap_or_else(|_| Err(defect()))
}

/// The payload of a panic may hold anything, so it is not shown.
fn defect() -> Error {
    Error::new(ErrorCode::Internal, "twitter-native hit an internal error; the process is not affected")
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
