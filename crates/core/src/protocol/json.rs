//! X's JSON.

use serde::de::DeserializeOwned;
use serde_json::error::Category;

/// Reads an answer's body. What is wrong with it is told by its place and kind alone: serde's own words quote what
/// stands there, which may be a token.
pub fn read<T: DeserializeOwned>(body: &[u8]) -> Result<T, String> {
    serde_json::from_slice(body).map_err(|cause| {
        let kind = match cause.classify() {
            Category::Eof => "it is cut off",
            Category::Data => "it has another shape than X documents",
            Category::Syntax | Category::Io => "it is no JSON",
        };
        format!("{kind} (line {}, column {})", cause.line(), cause.column())
    })
}

#[cfg(test)]
mod tests {
    use super::read;

    #[test]
    fn what_stands_in_a_body_is_not_quoted() {
        for (body, why) in [
            (r#""a-secret-token""#, "it has another shape than X documents (line 1, column 16)"),
            (r#"{"data":{"a-secret-token":1}}"#, "it has another shape than X documents (line 1, column 0)"),
            ("[a-secret-token]", "it is no JSON (line 1, column 2)"),
            ("[1,\n2", "it is cut off (line 2, column 1)"),
            ("", "it is cut off (line 1, column 0)"),
        ] {
            assert_eq!(read::<Vec<u32>>(body.as_bytes()), Err(why.to_owned()), "{body}");
        }
        assert_eq!(read::<Vec<u32>>(b"[1,2]"), Ok(vec![1, 2]));
    }
}
