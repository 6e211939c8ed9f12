//! The one place where memory that JavaScript owns is read.
//!
//! JavaScript can free such memory at any time: by transferring the `ArrayBuffer` that it belongs to, or by making that
//! smaller. napi's types for it are slices of that memory, and some of them can be sent to other threads.
//! `clippy.toml` forbids them all but here: bytes are copied on the JavaScript thread, while no JavaScript runs.
#![allow(clippy::disallowed_types, reason = "copied before JavaScript runs again")]

use bytes::Bytes;
use napi::bindgen_prelude::{FromNapiValue, Uint8ArraySlice, Unknown};

/// A copy of the bytes of a `Uint8Array` or a Buffer. One that is detached has none.
pub(crate) fn copy_bytes(value: Unknown<'_>) -> napi::Result<Bytes> {
    Uint8ArraySlice::from_unknown(value).map(|shared| Bytes::copy_from_slice(&shared))
}
