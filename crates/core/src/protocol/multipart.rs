//! multipart/form-data (RFC 7578) around media bytes that are never copied.

use bytes::Bytes;

/// The value of `Content-Type` for a body with this boundary.
pub fn content_type(boundary: &str) -> String {
    format!("multipart/form-data; boundary={boundary}")
}

/// A body of text fields and one file part, as runs of bytes: what comes before the file, the file's own runs, what
/// comes after it.
///
/// Names must be free of quotes and line breaks; they are literals of this crate. The boundary must occur nowhere in
/// the values and the file, which a random one of some length does not.
pub fn frame(
    boundary: &str,
    fields: &[(&'static str, String)],
    file_field: &'static str,
    file: impl IntoIterator<Item = Bytes>,
) -> Vec<Bytes> {
    let mut parts: Vec<String> = fields
        .iter()
        .map(|(name, value)| {
            format!("--{boundary}\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n")
        })
        .collect();
    parts.push(format!(
        "--{boundary}\r\nContent-Disposition: form-data; name=\"{file_field}\"; filename=\"blob\"\r\n\
         Content-Type: application/octet-stream\r\n\r\n"
    ));
    let tail = format!("\r\n--{boundary}--\r\n");
    std::iter::once(Bytes::from(parts.concat()))
        .chain(file)
        .chain(std::iter::once(Bytes::from(tail)))
        .collect()
}

#[cfg(test)]
mod tests;
