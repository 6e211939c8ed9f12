//! The shapes of error bodies.

use serde::Deserialize;
use serde_json::value::RawValue;

/// What an error body says, whatever its shape.
#[derive(Debug, Default)]
pub(super) struct Told {
    pub(super) problem_type: Option<String>,
    pub(super) title: Option<String>,
    pub(super) detail: Option<String>,
    pub(super) api_code: Option<i64>,
    /// OAuth 2's `error`.
    pub(super) oauth_error: Option<String>,
    /// Names of the parameters that X complains of.
    pub(super) parameters: Vec<String>,
}

/// X's longest details are under 300 characters.
const MAX_DETAIL_CHARACTERS: usize = 500;
/// X's longest types have less than 40 letters.
const MAX_TYPE_LENGTH: usize = 100;

#[derive(Deserialize, Default)]
#[serde(default)]
struct Wire {
    #[serde(rename = "type")]
    kind: Text,
    title: Text,
    detail: Text,
    error: Text,
    error_description: Text,
    code: Number,
    message: Text,
    #[serde(deserialize_with = "tolerant_list")]
    errors: Vec<PartialProblem>,
}

/// One element of an `errors` array.
#[derive(Clone, Debug, Deserialize, Default)]
#[serde(default)]
pub struct PartialProblem {
    #[serde(rename = "type")]
    kind: Text,
    title: Text,
    detail: Text,
    code: Number,
    message: Text,
    resource_id: Text,
    value: Text,
    field: Text,
    parameter: Text,
    parameters: Names,
}

impl PartialProblem {
    /// The id that the problem is about, if it names one.
    pub fn resource_id(&self) -> Option<&str> {
        self.resource_id.0.as_deref().or(self.value.0.as_deref())
    }

    /// The field that the problem is about, for example `non_public_metrics`.
    pub fn field(&self) -> Option<&str> {
        self.field.0.as_deref()
    }

    /// The last path segment of its type.
    pub fn problem_type(&self) -> Option<&str> {
        last_segment(self.kind.0.as_deref()?)
    }
}

/// A text, or nothing if something else stands there.
#[derive(Clone, Debug, Default)]
struct Text(Option<String>);

impl<'de> Deserialize<'de> for Text {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let raw = <Box<RawValue>>::deserialize(deserializer)?;
        Ok(Self(serde_json::from_str(raw.get()).ok()))
    }
}

/// A whole number, also as text, or nothing if something else stands there.
#[derive(Clone, Debug, Default)]
struct Number(Option<i64>);

impl<'de> Deserialize<'de> for Number {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let raw = <Box<RawValue>>::deserialize(deserializer)?;
        Ok(Self(raw.get().trim_matches('"').parse().ok()))
    }
}

/// The names in an object, without its values: X echoes there what was sent.
#[derive(Clone, Debug, Default)]
struct Names(Vec<String>);

impl<'de> Deserialize<'de> for Names {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let raw = <Box<RawValue>>::deserialize(deserializer)?;
        let names: Option<std::collections::BTreeMap<String, serde::de::IgnoredAny>> =
            serde_json::from_str(raw.get()).ok();
        Ok(Self(names.map(|names| names.into_keys().collect()).unwrap_or_default()))
    }
}

fn tolerant_list<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<Vec<PartialProblem>, D::Error> {
    let raw = <Box<RawValue>>::deserialize(deserializer)?;
    Ok(serde_json::from_str(raw.get()).unwrap_or_default())
}

pub(super) fn read(body: &[u8]) -> Told {
    let wire: Wire = serde_json::from_slice(body).unwrap_or_default();
    let first = wire.errors.first().cloned().unwrap_or_default();
    let detail = first_text([wire.detail, wire.error_description, wire.message, first.detail, first.message]);
    Told {
        problem_type: wire.kind.0.or(first.kind.0).as_deref().and_then(last_segment).map(str::to_owned),
        title: wire.title.0.or(first.title.0).map(|text| readable(&text)),
        detail: detail.map(|text| readable(&text)),
        api_code: wire.code.0.or(first.code.0),
        oauth_error: wire.error.0,
        parameters: wire
            .errors
            .into_iter()
            .flat_map(|error| error.parameters.0.into_iter().chain(error.parameter.0))
            .collect(),
    }
}

pub(super) fn from_partial(partial: &PartialProblem) -> Told {
    let partial = partial.clone();
    Told {
        problem_type: partial.problem_type().map(str::to_owned),
        title: partial.title.0.map(|text| readable(&text)),
        detail: first_text([partial.detail, partial.message]).map(|text| readable(&text)),
        api_code: partial.code.0,
        ..Told::default()
    }
}

fn first_text<const N: usize>(texts: [Text; N]) -> Option<String> {
    texts.into_iter().filter_map(|text| text.0).find(|text| !text.is_empty())
}

/// `about:blank`, an empty type and what is no type at all say nothing.
fn last_segment(kind: &str) -> Option<&str> {
    let segment = kind.trim_end_matches('/').rsplit('/').next()?;
    let is_word =
        (1..=MAX_TYPE_LENGTH).contains(&segment.len()) && segment.bytes().all(|byte| byte.is_ascii_graphic());
    (is_word && segment != "about:blank").then_some(segment)
}

/// One line of bounded length. Quoted and bracketed values may be what was sent, so they are taken out where X is
/// known to echo: behind a colon that follows a parameter's name the words stay, `[value]` goes.
fn readable(text: &str) -> String {
    let mut line = String::new();
    let mut brackets = 0_u32;
    for letter in text.chars().take(4 * MAX_DETAIL_CHARACTERS) {
        match letter {
            '[' => {
                if brackets == 0 {
                    line.push_str("[…]");
                }
                brackets += 1;
            }
            ']' if brackets > 0 => brackets -= 1,
            _ if brackets > 0 => {}
            letter if letter.is_control() || matches!(letter, '\u{2028}' | '\u{2029}') => line.push(' '),
            letter => line.push(letter),
        }
    }
    line.chars().take(MAX_DETAIL_CHARACTERS).collect()
}
