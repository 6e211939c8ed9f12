//! What an upload's request carries: form data as it comes in, or JSON with the bytes as base64.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use http_body_util::{BodyExt, BodyStream, Limited};
use hyper::body::Incoming;
use hyper::header::{CONTENT_TYPE, HeaderMap};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Deserializer};

use crate::ledger::{Refusal, Segment};

const MAX_JSON_BYTES: usize = 16 * 1024 * 1024;

/// The fields that uploads have.
#[derive(Default)]
pub(crate) struct Upload {
    pub(crate) segment: Option<Segment>,
    pub(crate) segment_index: Option<u32>,
    pub(crate) media_category: Option<String>,
}

#[derive(Deserialize)]
struct JsonUpload {
    #[serde(deserialize_with = "base64_segment")]
    media: Segment,
    segment_index: Option<u32>,
    media_category: Option<String>,
}

/// Reads a body that is JSON.
pub(crate) async fn read_json<T: DeserializeOwned>(body: Incoming) -> Result<T, Refusal> {
    let read = Limited::new(body, MAX_JSON_BYTES).collect().await;
    let bytes = read.map_err(|error| (400, format!("a body broke off: {error}")))?.to_bytes();
    serde_json::from_slice(&bytes).map_err(|error| (400, format!("a body is wrong: {error}")))
}

/// Reads an upload. Bytes are looked at as they come, and not kept.
pub(crate) async fn read_upload(headers: &HeaderMap, body: Incoming) -> Result<Upload, Refusal> {
    let content_type = headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let Ok(boundary) = multer::parse_boundary(content_type) else {
        let JsonUpload { media, segment_index, media_category } = read_json(body).await?;
        return Ok(Upload { segment: Some(media), segment_index, media_category });
    };
    let frames = futures_util::StreamExt::filter_map(BodyStream::new(body), |frame| {
        std::future::ready(frame.map(|frame| frame.into_data().ok()).transpose())
    });
    let wrong = |error: multer::Error| (400, format!("form data are wrong: {error}"));
    let mut form = multer::Multipart::new(frames, boundary);
    let mut upload = Upload::default();
    while let Some(mut field) = form.next_field().await.map_err(wrong)? {
        match field.name() {
            Some("media") => {
                let mut segment = Segment { checksum: crc32fast::Hasher::new(), bytes: 0 };
                while let Some(chunk) = field.chunk().await.map_err(wrong)? {
                    segment.checksum.update(&chunk);
                    segment.bytes += chunk.len() as u64;
                }
                upload.segment = Some(segment);
            }
            Some("segment_index") => {
                upload.segment_index = field.text().await.map_err(wrong)?.parse().ok();
            }
            Some("media_category") => upload.media_category = Some(field.text().await.map_err(wrong)?),
            _ => {}
        }
    }
    Ok(upload)
}

fn base64_segment<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Segment, D::Error> {
    let text = <std::borrow::Cow<'de, str>>::deserialize(deserializer)?;
    let bytes = STANDARD.decode(text.as_bytes()).map_err(serde::de::Error::custom)?;
    let mut checksum = crc32fast::Hasher::new();
    checksum.update(&bytes);
    Ok(Segment { checksum, bytes: bytes.len() as u64 })
}
