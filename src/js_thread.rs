//! The end of a JavaScript thread: a worker that is terminated, or the process that exits.

use std::cell::RefCell;

use napi::{Env, Result as NapiResult};
use tokio_util::sync::CancellationToken;

thread_local! {
    static END: RefCell<Option<CancellationToken>> = const { RefCell::new(None) };
}

/// What is cancelled when this thread ends. Nobody is left then who could hear of a call, or answer what its work asks:
/// of a question that is in its queue at that moment Node and napi tell nobody, so that who asked would wait for ever.
pub(crate) fn end(env: &Env) -> NapiResult<CancellationToken> {
    if let Some(end) = END.with_borrow(Clone::clone) {
        return Ok(end);
    }
    let end = CancellationToken::new();
    env.add_env_cleanup_hook(end.clone(), |end| {
        end.cancel();
        // Some hosts run another program on the same thread afterwards.
        let _gone = END.try_with(RefCell::take);
    })?;
    END.set(Some(end.clone()));
    Ok(end)
}
