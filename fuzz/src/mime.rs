//! multipart/form-data, read as RFC 2046 §5.1.1 and RFC 7578 have it.

/// One part.
#[derive(Debug, PartialEq, Eq)]
pub struct Part {
    /// `name` of its `Content-Disposition`.
    pub name: String,
    /// `filename` of its `Content-Disposition`.
    pub file_name: Option<String>,
    /// Its `Content-Type`.
    pub content_type: Option<String>,
    /// Its body.
    pub body: Vec<u8>,
}

/// Reads a body; `None` if it is malformed.
pub fn parts(content_type: &str, body: &[u8]) -> Option<Vec<Part>> {
    let boundary = content_type.strip_prefix("multipart/form-data; boundary=")?;
    // The first delimiter has no line break before it, and this one is as good as one.
    let whole = [b"\r\n", body].concat();
    let delimiter = format!("\r\n--{boundary}");
    let mut rest = whole.strip_prefix(delimiter.as_bytes())?;
    let mut parts = Vec::new();
    loop {
        if let Some(epilogue) = rest.strip_prefix(b"--") {
            return (epilogue == b"\r\n").then_some(parts);
        }
        rest = rest.strip_prefix(b"\r\n")?;
        let end = find(rest, delimiter.as_bytes())?;
        parts.push(part(&rest[..end])?);
        rest = &rest[end + delimiter.len()..];
    }
}

fn find(bytes: &[u8], wanted: &[u8]) -> Option<usize> {
    bytes.windows(wanted.len()).position(|window| window == wanted)
}

fn part(bytes: &[u8]) -> Option<Part> {
    let end = find(bytes, b"\r\n\r\n")?;
    let head = std::str::from_utf8(&bytes[..end]).ok()?;
    let mut part =
        Part { name: String::new(), file_name: None, content_type: None, body: bytes[end + 4..].to_vec() };
    for line in head.split("\r\n") {
        match line.split_once(": ")? {
            ("Content-Disposition", value) => {
                let mut words = value.split("; ");
                (words.next()? == "form-data").then_some(())?;
                for word in words {
                    let (name, value) = word.split_once('=')?;
                    let value = value.strip_prefix('"')?.strip_suffix('"')?.to_owned();
                    match name {
                        "name" => part.name = value,
                        "filename" => part.file_name = Some(value),
                        _ => return None,
                    }
                }
            }
            ("Content-Type", value) => part.content_type = Some(value.to_owned()),
            _ => return None,
        }
    }
    Some(part)
}
