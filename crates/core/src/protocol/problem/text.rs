//! Bodies that are no JSON: a sentence, XML of the OAuth 1.0a routes, a gateway's page.

use super::parsed::Parsed;

pub(super) fn read(body: &str) -> Parsed {
    let body = body.trim_matches(|letter: char| letter.is_whitespace() || letter == '\u{feff}');
    let is_binary = |letter: char| letter == '\u{fffd}' || (letter.is_control() && !letter.is_whitespace());
    if body.is_empty() || body.contains(is_binary) {
        return Parsed::default();
    }
    if body.starts_with('<') {
        return markup(body);
    }
    // JSON that was cut is no sentence.
    let is_sentence = !body.starts_with(['{', '[', '"']);
    Parsed { detail: is_sentence.then(|| body.to_owned()), ..Parsed::default() }
}

/// `<errors><error code="415">…</error></errors>`, `<hash><error>…</error><request>…</request></hash>`, or a page, of
/// which the title says most.
fn markup(body: &str) -> Parsed {
    let (attributes, error) = match element(body, "error") {
        Some((attributes, text)) => (attributes, Some(text)),
        None => ("", None),
    };
    let code = attributes.split_once("code=").and_then(|(_, rest)| {
        let digits: String =
            rest.trim_start_matches(['"', '\'']).chars().take_while(char::is_ascii_digit).collect();
        digits.parse().ok()
    });
    let title = element(body, "title").map(|(_, text)| text);
    Parsed { detail: error, title, api_code: code, ..Parsed::default() }
}

/// The attributes and the text of the first element of a name, if it holds nothing but text.
fn element<'a>(body: &'a str, name: &str) -> Option<(&'a str, String)> {
    let mut rest = body;
    loop {
        let (_, after) = rest.split_once('<')?;
        rest = after;
        let Some(after_name) = after.strip_prefix(name) else { continue };
        let (attributes, text) = after_name.split_once('>')?;
        // `<errors>` is another element.
        if !attributes.is_empty() && !attributes.starts_with(char::is_whitespace) {
            continue;
        }
        let (text, _) = text.split_once("</")?;
        let text = unescape(&text.split_whitespace().collect::<Vec<_>>().join(" "));
        return (!text.is_empty() && !text.contains('<')).then_some((attributes, text));
    }
}

fn unescape(text: &str) -> String {
    let entities =
        [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&apos;", "'"), ("&amp;", "&")];
    entities.iter().fold(text.to_owned(), |text, (entity, letter)| text.replace(entity, letter))
}
