//! Objects that JavaScript gives.

use std::ffi::CStr;
use std::fmt;

use napi::bindgen_prelude::{Array, FromNapiValue, JsObjectValue, JsValue, Object, Unknown};
use napi::{KeyCollectionMode, KeyConversion, KeyFilter, ValueType};
use twitter_native_core::error::Error;

use super::reader::{FromJs, Path, read_object, read_value, readable, type_of};

/// A property's name, made by the compiler.
macro_rules! name {
    ($field:ident) => {{
        const NAME: $crate::input::properties::JsName =
            $crate::input::properties::JsName::of_field(stringify!($field));
        &NAME
    }};
}
pub(crate) use name;

/// The longest name of a field, and the zero after it.
const NAME_CAPACITY: usize = 48;

/// A property's name as JavaScript has it.
pub(crate) struct JsName {
    text: [u8; NAME_CAPACITY],
    length: usize,
}

impl JsName {
    /// `weighted_length` → `weightedLength`. To be made by the compiler: a name that is too long does not compile.
    #[allow(clippy::indexing_slicing, reason = "runs while this is compiled")]
    pub(crate) const fn of_field(field: &str) -> Self {
        let field = field.as_bytes();
        let mut text = [0; NAME_CAPACITY];
        let (mut at, mut length) = (0, 0);
        while at < field.len() {
            if field[at] == b'_' {
                at += 1;
                text[length] = field[at].to_ascii_uppercase();
            } else {
                text[length] = field[at];
            }
            at += 1;
            length += 1;
        }
        assert!(length < NAME_CAPACITY, "the name is too long");
        Self { text, length }
    }

    fn as_str(&self) -> &str {
        self.text.get(..self.length).and_then(|text| std::str::from_utf8(text).ok()).unwrap_or_default()
    }

    fn as_c_str(&self) -> &CStr {
        CStr::from_bytes_until_nul(&self.text).unwrap_or_default()
    }
}

/// An object's own properties. What it has is asked once: most objects have few of the properties that they may have,
/// and asking for each would cost more than all the rest of a call.
pub(crate) struct OwnProperties<'a> {
    object: Object<'a>,
    /// `None` where there are too many to list.
    names: Option<Vec<String>>,
    path: &'a Path<'a>,
}

/// No object that is meant for an argument has more.
const MAX_LISTED: u32 = 64;

impl<'a> OwnProperties<'a> {
    /// The properties of a value that is an object, but neither an array nor a function.
    pub(crate) fn of(value: Unknown<'a>, path: &'a Path<'a>) -> Result<Self, Error> {
        let object = read_object(value, path)?;
        Ok(Self { names: readable(own_names(&object), path)?, object, path })
    }

    /// The property of that name; one that is not there, `undefined` or null is what the type has for that.
    pub(crate) fn read<T: FromJs>(&self, name: &JsName) -> Result<T, Error> {
        let text = name.as_str();
        let path = Path::Property(self.path, text);
        let is_own = match &self.names {
            Some(names) => names.iter().any(|own| own == text),
            None => readable(self.object.has_own_property(text), &path)?,
        };
        if !is_own {
            return T::absent(&path);
        }
        read_value(readable(self.object.get_c_named_property_unchecked(name.as_c_str()), &path)?, &path)
    }

    /// Whether the property of that name is there, and null.
    pub(crate) fn is_null(&self, name: &JsName) -> Result<bool, Error> {
        let path = Path::Property(self.path, name.as_str());
        if !readable(self.object.has_own_property(name.as_str()), &path)? {
            return Ok(false);
        }
        let value: Unknown<'_> =
            readable(self.object.get_c_named_property_unchecked(name.as_c_str()), &path)?;
        Ok(type_of(&value, &path)? == ValueType::Null)
    }

    /// Refuses an object that has another property than these: one that is misspelt would silently count for nothing.
    pub(crate) fn refuse_others(&self, known: &[&JsName]) -> Result<(), Error> {
        let names = readable(Object::keys(&self.object), self.path)?;
        let known: Vec<&str> = known.iter().map(|name| name.as_str()).collect();
        if names.iter().all(|name| known.contains(&name.as_str())) {
            return Ok(());
        }
        // The name itself is not repeated: it may be anything.
        Err(self.refuse_all(format!("may contain only {}", known.join(", "))))
    }

    /// An `INVALID_ARGUMENT` about a property.
    pub(crate) fn refuse(&self, name: &JsName, why: impl fmt::Display) -> Error {
        Path::Property(self.path, name.as_str()).refuse(why)
    }

    /// An `INVALID_ARGUMENT` about the object.
    pub(crate) fn refuse_all(&self, why: impl fmt::Display) -> Error {
        self.path.refuse(why)
    }

    pub(crate) fn object(&self) -> &Object<'a> {
        &self.object
    }
}

fn own_names(object: &Object<'_>) -> napi::Result<Option<Vec<String>>> {
    let names = object.get_all_property_names(
        KeyCollectionMode::OwnOnly,
        KeyFilter::SkipSymbols,
        KeyConversion::NumbersToStrings,
    )?;
    let names = Array::from_unknown(names.to_unknown())?;
    if names.len() > MAX_LISTED {
        return Ok(None);
    }
    let name = |index| names.get_element::<String>(index);
    (0..names.len()).map(name).collect::<napi::Result<Vec<String>>>().map(Some)
}
