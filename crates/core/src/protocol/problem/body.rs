//! The shapes of error bodies.

use serde::{Deserialize, Deserializer};
use serde_json::Value;
use serde_json::value::RawValue;

use super::super::json::from_text;
use super::parsed::{Echoed, Parsed};
use super::text;

/// X's longest types have less than 40 letters.
const MAX_TYPE_LENGTH: usize = 100;
/// X gives one reason for each parameter; the longest request has some ten of them.
const MAX_REASONS: usize = 10;
/// More values are not looked for in a text.
const MAX_ECHOED: usize = 64;

/// One element of an `errors` array.
#[derive(Clone, Default)]
pub struct PartialProblem {
    kind: Option<String>,
    title: Option<String>,
    detail: Option<String>,
    code: Option<i64>,
    message: Option<String>,
    resource_id: Option<String>,
    value: Option<String>,
    field: Option<String>,
    parameters: Vec<String>,
    echoed: Echoed,
}

impl PartialProblem {
    /// The id that the problem is about, if it names one.
    pub fn resource_id(&self) -> Option<&str> {
        self.resource_id.as_deref().or(self.value.as_deref())
    }

    /// The field that the problem is about, for example `non_public_metrics`.
    pub fn field(&self) -> Option<&str> {
        self.field.as_deref()
    }

    /// The last path segment of its type.
    pub fn problem_type(&self) -> Option<&str> {
        last_segment(self.kind.as_deref()?)
    }

    /// Reads an element, which may be a bare text.
    fn of(value: &Value) -> Self {
        let mut echoed = Echoed::default();
        collect(value.get("parameters"), &mut echoed);
        collect(value.get("value"), &mut echoed);
        let names =
            value.get("parameters").and_then(Value::as_object).into_iter().flat_map(|named| named.keys());
        Self {
            kind: member(value, "type"),
            title: member(value, "title"),
            detail: member(value, "detail"),
            code: number(value, "code"),
            message: value.as_str().map(str::to_owned).or_else(|| member(value, "message")),
            resource_id: member(value, "resource_id"),
            value: member(value, "value"),
            field: member(value, "field"),
            parameters: names.cloned().chain(member(value, "parameter")).collect(),
            echoed,
        }
    }

    fn reason(&self) -> Option<&str> {
        [&self.detail, &self.message].into_iter().flatten().map(String::as_str).find(|text| !text.is_empty())
    }
}

/// An element of any kind is one: X has been seen to put a bare text there.
impl<'de> Deserialize<'de> for PartialProblem {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let raw = <Box<RawValue>>::deserialize(deserializer)?;
        Ok(Self::of(&from_text(raw.get()).unwrap_or_default()))
    }
}

/// Reads `errors`, whatever is there: what is next to it must not be lost with it.
pub fn lenient_errors<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<PartialProblem>, D::Error> {
    let raw = <Box<RawValue>>::deserialize(deserializer)?;
    Ok(elements(&from_text(raw.get()).unwrap_or_default()))
}

fn elements(errors: &Value) -> Vec<PartialProblem> {
    match errors {
        Value::Array(elements) => elements.iter().map(PartialProblem::of).collect(),
        Value::Object(_) | Value::String(_) => vec![PartialProblem::of(errors)],
        _ => Vec::new(),
    }
}

pub(super) fn read(body: &[u8]) -> Parsed {
    match serde_json::from_slice(body) {
        Ok(Value::Array(elements)) => of_elements(&elements),
        Ok(value @ (Value::Object(_) | Value::String(_))) => of_value(&value),
        Ok(_) => Parsed::default(),
        Err(_) => text::read(&String::from_utf8_lossy(body)),
    }
}

/// The elements of `errors`, without what is around them.
fn of_elements(elements: &[Value]) -> Parsed {
    of_value(&serde_json::json!({ "errors": elements }))
}

fn of_value(value: &Value) -> Parsed {
    let errors = value.get("errors").map(elements).unwrap_or_default();
    let first = errors.first().cloned().unwrap_or_default();
    // v1.1's `error` is a sentence, OAuth 2's a word that `error_description` explains.
    let error = member(value, "error").or_else(|| member(value.get("error")?, "message"));
    let own = ["detail", "error_description", "message"].iter().find_map(|name| member(value, name));
    let own = own.or_else(|| value.as_str().map(str::to_owned));
    let detail = match reasons(&errors) {
        Some(reasons) if own.as_deref().is_none_or(says_nothing) => Some(reasons),
        _ => own.or_else(|| error.clone()),
    };
    let mut echoed = Echoed::default();
    for problem in &errors {
        echoed.0.extend(problem.echoed.0.iter().cloned());
    }
    echoed.0.truncate(MAX_ECHOED);
    Parsed {
        problem_type: [member(value, "type"), first.kind].into_iter().flatten().find_map(|kind| owned(&kind)),
        title: member(value, "title").or(first.title),
        detail,
        api_code: number(value, "code").or(first.code),
        oauth_error: error,
        required_enrollment: member(value, "required_enrollment"),
        parameters: errors.into_iter().flat_map(|error| error.parameters).collect(),
        echoed,
        is_json: true,
    }
}

pub(super) fn from_partial(partial: &PartialProblem) -> Parsed {
    Parsed {
        problem_type: partial.problem_type().map(str::to_owned),
        title: partial.title.clone(),
        detail: partial.reason().map(str::to_owned),
        api_code: partial.code,
        parameters: partial.parameters.clone(),
        echoed: partial.echoed.clone(),
        is_json: true,
        ..Parsed::default()
    }
}

/// A v2 400 has its reasons in `errors[].message`, below a sentence that is always the same.
fn says_nothing(detail: &str) -> bool {
    const SAY_NOTHING: [&str; 4] =
        ["one or more parameters to your request was invalid", "bad request", "invalid request", "forbidden"];
    let detail = detail.trim().trim_end_matches('.').to_ascii_lowercase();
    detail.is_empty() || SAY_NOTHING.contains(&detail.as_str())
}

/// All reasons, each once.
fn reasons(errors: &[PartialProblem]) -> Option<String> {
    let mut reasons: Vec<&str> = Vec::new();
    for reason in errors.iter().filter_map(PartialProblem::reason) {
        if !reasons.contains(&reason) && reasons.len() < MAX_REASONS {
            reasons.push(reason);
        }
    }
    (!reasons.is_empty()).then(|| reasons.join("; "))
}

/// A text, or nothing if it is empty or something else is there.
fn member(value: &Value, name: &str) -> Option<String> {
    value.get(name)?.as_str().filter(|text| !text.trim().is_empty()).map(str::to_owned)
}

/// A whole number, also as text.
fn number(value: &Value, name: &str) -> Option<i64> {
    let value = value.get(name)?;
    value.as_i64().or_else(|| value.as_str()?.parse().ok())
}

/// All texts and numbers in a value.
fn collect(value: Option<&Value>, into: &mut Echoed) {
    match value {
        _ if into.0.len() >= MAX_ECHOED => {}
        Some(Value::String(text)) => {
            // X repeats JSON texts with their quotes.
            let bare = text.trim_matches('"');
            into.0.extend((bare != text).then(|| bare.to_owned()));
            into.0.push(text.clone());
        }
        Some(Value::Number(number)) => into.0.push(number.to_string()),
        Some(Value::Array(values)) => values.iter().for_each(|value| collect(Some(value), into)),
        Some(Value::Object(members)) => members.values().for_each(|value| collect(Some(value), into)),
        _ => {}
    }
}

fn owned(kind: &str) -> Option<String> {
    last_segment(kind).map(str::to_owned)
}

/// `about:blank`, an empty type and what is no type at all say nothing.
fn last_segment(kind: &str) -> Option<&str> {
    let segment = kind.trim_end_matches('/').rsplit('/').next()?;
    let is_word =
        (1..=MAX_TYPE_LENGTH).contains(&segment.len()) && segment.bytes().all(|byte| byte.is_ascii_graphic());
    (is_word && segment != "about:blank").then_some(segment)
}
