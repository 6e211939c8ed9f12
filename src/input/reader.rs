//! Reads JavaScript values into Rust types, with the path of what is wrong.
//!
//! Only own properties count: a polluted `Object.prototype` must not be able to redirect a token or to change a
//! post. No message repeats a value, since it may be a secret in the wrong place.

use std::cell::Cell;
use std::fmt;

use bytes::Bytes;
use napi::bindgen_prelude::{Array, FromNapiValue, JsObjectValue, JsValue, Object, Unknown, Utf16String};
use napi::{Result as NapiResult, ValueType};
use twitter_native_core::error::Error;

use super::bytes::copy_bytes;

/// Where a value is in the arguments, for example `content.media[0].altText`.
#[derive(Clone, Copy)]
pub(crate) enum Path<'a> {
    /// An argument.
    Argument(&'a str),
    /// A property of what the path before names.
    Property(&'a Path<'a>, &'a str),
    /// An element of what the path before names.
    Element(&'a Path<'a>, u32),
}

impl fmt::Display for Path<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Argument(name) | Self::Property(Path::Argument(""), name) => formatter.write_str(name),
            Self::Property(parent, name) => write!(formatter, "{parent}.{name}"),
            Self::Element(parent, index) => write!(formatter, "{parent}[{index}]"),
        }
    }
}

impl Path<'_> {
    /// An `INVALID_ARGUMENT` about this place.
    pub(crate) fn refuse(&self, why: impl fmt::Display) -> Error {
        Error::invalid_argument(self.to_string(), why)
    }
}

/// A type that can be read from a JavaScript value.
pub(crate) trait FromJs: Sized {
    /// Reads the value at `path`.
    fn from_js(value: Unknown<'_>, path: &Path<'_>) -> Result<Self, Error>;

    /// What is used for a value that is not there.
    fn absent(path: &Path<'_>) -> Result<Self, Error> {
        Err(path.refuse("is missing"))
    }
}

/// Reads an argument; `undefined` and `null` count as not there.
pub(crate) fn read_argument<T: FromJs>(value: Unknown<'_>, name: &str) -> Result<T, Error> {
    WALKED.set(0);
    read_value(value, &Path::Argument(name))
}

/// Reads what is at `path`; `undefined` and `null` count as not there.
pub(crate) fn read_value<T: FromJs>(value: Unknown<'_>, path: &Path<'_>) -> Result<T, Error> {
    match type_of(&value, path)? {
        ValueType::Undefined | ValueType::Null => T::absent(path),
        _ => T::from_js(value, path),
    }
}

/// The value as an object that is neither an array, a function nor null.
pub(crate) fn read_object<'a>(value: Unknown<'a>, path: &Path<'_>) -> Result<Object<'a>, Error> {
    let plain = type_of(&value, path)? == ValueType::Object && !readable(value.is_array(), path)?;
    if !plain {
        return Err(path.refuse("must be an object"));
    }
    readable(Object::from_unknown(value), path)
}

/// Reads a function that the JavaScript layer put into an object.
pub(crate) fn read_function<'a, T: FromNapiValue>(
    object: &Object<'a>,
    name: &str,
    parent: &Path<'_>,
) -> Result<T, Error> {
    let path = Path::Property(parent, name);
    let value: Option<Unknown<'a>> = readable(object.get(name), &path)?;
    let value = value.filter(|value| matches!(value.get_type(), Ok(ValueType::Function)));
    value.and_then(|value| T::from_unknown(value).ok()).ok_or_else(|| path.refuse("must be a function"))
}

pub(crate) fn type_of(value: &Unknown<'_>, path: &Path<'_>) -> Result<ValueType, Error> {
    readable(value.get_type(), path)
}

/// A getter or a proxy threw, or the value is of no kind that can be read.
pub(crate) fn readable<T>(read: NapiResult<T>, path: &Path<'_>) -> Result<T, Error> {
    read.map_err(|_| path.refuse("could not be read"))
}

/// A text that is counted and goes nowhere: it has U+FFFD in place of half of a character.
pub(crate) struct CountedText(pub(crate) String);

impl FromJs for CountedText {
    fn from_js(value: Unknown<'_>, path: &Path<'_>) -> Result<Self, Error> {
        if type_of(&value, path)? != ValueType::String {
            return Err(path.refuse("must be a string"));
        }
        readable(String::from_unknown(value), path).map(Self)
    }
}

impl FromJs for String {
    fn from_js(value: Unknown<'_>, path: &Path<'_>) -> Result<Self, Error> {
        let CountedText(text) = CountedText::from_js(value, path)?;
        if text.contains(char::REPLACEMENT_CHARACTER) {
            // Half a surrogate pair, as cutting a text by its length leaves behind, would be sent as a replacement character.
            let units = readable(Utf16String::from_unknown(value), path)?;
            return Self::from_utf16(&units)
                .map_err(|_| path.refuse("contains half of a character (a lone surrogate)"));
        }
        Ok(text)
    }
}

impl FromJs for bool {
    fn from_js(value: Unknown<'_>, path: &Path<'_>) -> Result<Self, Error> {
        if type_of(&value, path)? != ValueType::Boolean {
            return Err(path.refuse("must be true or false"));
        }
        readable(Self::from_unknown(value), path)
    }
}

/// 2^53 - 1: what lies above is no longer exact in JavaScript.
const MAX_SAFE_INTEGER: f64 = 9_007_199_254_740_991.0;

impl FromJs for u64 {
    fn from_js(value: Unknown<'_>, path: &Path<'_>) -> Result<Self, Error> {
        let refuse = || path.refuse("must be a whole number, 0 or more");
        if type_of(&value, path)? != ValueType::Number {
            return Err(refuse());
        }
        let number = readable(f64::from_unknown(value), path)?;
        if number > MAX_SAFE_INTEGER && number.is_finite() {
            return Err(path.refuse(format!("must be at most {MAX_SAFE_INTEGER} (Number.MAX_SAFE_INTEGER)")));
        }
        if !(0.0..=MAX_SAFE_INTEGER).contains(&number) || number.fract() != 0.0 {
            return Err(refuse());
        }
        // Whole and in range, so its decimal form is a whole number that fits.
        format!("{number:.0}").parse().map_err(|_| refuse())
    }
}

impl FromJs for f64 {
    fn from_js(value: Unknown<'_>, path: &Path<'_>) -> Result<Self, Error> {
        if type_of(&value, path)? != ValueType::Number {
            return Err(path.refuse("must be a number"));
        }
        readable(Self::from_unknown(value), path)
    }
}

impl FromJs for u32 {
    fn from_js(value: Unknown<'_>, path: &Path<'_>) -> Result<Self, Error> {
        let number = u64::from_js(value, path)?;
        Self::try_from(number).map_err(|_| path.refuse(format!("must be at most {}", Self::MAX)))
    }
}

impl<T: FromJs> FromJs for Option<T> {
    fn from_js(value: Unknown<'_>, path: &Path<'_>) -> Result<Self, Error> {
        T::from_js(value, path).map(Some)
    }

    fn absent(_path: &Path<'_>) -> Result<Self, Error> {
        Ok(None)
    }
}

impl<T: FromJs> FromJs for Vec<T> {
    fn from_js(value: Unknown<'_>, path: &Path<'_>) -> Result<Self, Error> {
        if !readable(value.is_array(), path)? {
            return Err(path.refuse("must be an array"));
        }
        let array = readable(Array::from_unknown(value), path)?;
        let walked = WALKED.get().saturating_add(array.len());
        if walked > MAX_ELEMENTS {
            let length = array.len();
            return Err(path.refuse(format!("must have at most {MAX_ELEMENTS} elements, and has {length}")));
        }
        WALKED.set(walked);
        (0..array.len())
            .map(|index| {
                let path = Path::Element(path, index);
                let element: Option<Unknown<'_>> = readable(array.get(index), &path)?;
                element.map_or_else(|| T::absent(&path), |element| read_value(element, &path))
            })
            .collect()
    }
}

/// Longer arrays than any argument can need are refused before they are walked. All arrays of one argument count
/// together, since one may hold another again and again.
const MAX_ELEMENTS: u32 = 100_000;

thread_local! {
    /// Elements of the argument that is being read.
    static WALKED: Cell<u32> = const { Cell::new(0) };
}

impl FromJs for Bytes {
    /// A copy.
    fn from_js(value: Unknown<'_>, path: &Path<'_>) -> Result<Self, Error> {
        copy_bytes(value).map_err(|_| path.refuse("must be a Buffer or a Uint8Array"))
    }
}

/// Own properties whose values are texts, in the object's order.
#[derive(Default)]
pub struct StringMap(pub(crate) Vec<(String, String)>);

impl FromJs for StringMap {
    fn from_js(value: Unknown<'_>, path: &Path<'_>) -> Result<Self, Error> {
        let object = read_object(value, path)?;
        let names = readable(Object::keys(&object), path)?;
        let pairs = names.into_iter().map(|name| {
            let path = Path::Property(path, &name);
            let value = read_value(readable(object.get_named_property_unchecked(&name), &path)?, &path)?;
            Ok((name, value))
        });
        pairs.collect::<Result<_, Error>>().map(Self)
    }
}
