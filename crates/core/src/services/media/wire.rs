//! The two wire forms of the upload API: v2 and v1.1.

use bytes::Bytes;
use http::Method;
use serde::{Deserialize, Serialize};

use super::MediaApi;
use crate::credentials::Credentials;
use crate::error::Error;
use crate::error_code::ErrorCode;
use crate::protocol::checkpoint::UploadCheckpoint;
use crate::protocol::json::lenient_count;
use crate::protocol::media::category::{ContentType, MediaCategory};
use crate::protocol::media::processing::ProcessingState;
use crate::protocol::problem::{PartialProblem, ProblemContext, interpret_partial, lenient_errors};
use crate::protocol::retry_policy::ResendSafety;
use crate::transport::authorization::Authorization;
use crate::transport::endpoint::{Endpoint, Host};
use crate::transport::multipart::Multipart;
use crate::transport::request::{Body, Request};
use crate::transport::turn::Waiting;

const fn endpoint(method: Method, host: Host, template: &'static str) -> Endpoint {
    // An upload that was processed twice leaves at most an unused medium, and segments are addressed.
    Endpoint { method, host, template, resend: ResendSafety::Idempotent, context: ProblemContext::Media }
}

const fn finalizing(host: Host, template: &'static str) -> Endpoint {
    // Whether an upload is finalized can be asked, which says more than finalizing it again.
    let resend = ResendSafety::AfterInspection;
    Endpoint { method: Method::POST, host, template, resend, context: ProblemContext::Media }
}

static UPLOAD: Endpoint = endpoint(Method::POST, Host::Api, "/2/media/upload");
static INITIALIZE: Endpoint = endpoint(Method::POST, Host::Api, "/2/media/upload/initialize");
static APPEND: Endpoint = endpoint(Method::POST, Host::Api, "/2/media/upload/:id/append");
static FINALIZE: Endpoint = finalizing(Host::Api, "/2/media/upload/:id/finalize");
static STATUS: Endpoint = endpoint(Method::GET, Host::Api, "/2/media/upload");
static METADATA: Endpoint = endpoint(Method::POST, Host::Api, "/2/media/metadata");
static SUBTITLES: Endpoint = endpoint(Method::POST, Host::Api, "/2/media/subtitles");
static V1_UPLOAD: Endpoint = endpoint(Method::POST, Host::Upload, "/1.1/media/upload.json");
static V1_FINALIZE: Endpoint = finalizing(Host::Upload, "/1.1/media/upload.json");
static V1_STATUS: Endpoint = endpoint(Method::GET, Host::Upload, "/1.1/media/upload.json");
static V1_METADATA: Endpoint = endpoint(Method::POST, Host::Upload, "/1.1/media/metadata/create.json");
static V1_SUBTITLES: Endpoint = endpoint(Method::POST, Host::Upload, "/1.1/media/subtitles/create.json");

/// Builds the requests of one upload.
#[derive(Clone, Copy)]
pub(super) struct Wire<'a> {
    api: MediaApi,
    credentials: &'a Credentials,
}

impl<'a> Wire<'a> {
    pub(super) fn new(api: MediaApi, credentials: &'a Credentials) -> Result<Self, Error> {
        if api == MediaApi::V1_1 && !matches!(credentials, Credentials::OAuth1(_)) {
            return Err(Error::invalid_argument(
                "options.mediaApi",
                "'v1.1' needs OAuth 1.0a credentials: X refuses OAuth 2.0 tokens there",
            ));
        }
        Ok(Self { api, credentials })
    }

    fn request(&self, v2: &'static Endpoint, v1_1: &'static Endpoint) -> Request<'a> {
        let endpoint = if self.api == MediaApi::V2 { v2 } else { v1_1 };
        Request::new(endpoint, Authorization::User(self.credentials))
    }

    pub(super) fn one_shot(&self, chunks: Vec<Bytes>, category: MediaCategory) -> Result<Request<'a>, Error> {
        let fields = [("media_category", category.as_str().to_owned())];
        let body = Multipart::new(&fields, "media", chunks)?;
        Ok(self.request(&UPLOAD, &V1_UPLOAD).body(Body::Multipart(body)))
    }

    pub(super) fn initialize(
        &self,
        content_type: ContentType,
        total_bytes: u64,
        category: MediaCategory,
    ) -> Result<Request<'a>, Error> {
        let body = match self.api {
            MediaApi::V2 => Body::json(&Initialize {
                media_type: content_type.as_str(),
                total_bytes,
                media_category: category.as_str(),
            })?,
            MediaApi::V1_1 => Body::Form(vec![
                ("command", "INIT".to_owned()),
                ("total_bytes", total_bytes.to_string()),
                ("media_type", content_type.as_str().to_owned()),
                ("media_category", category.as_str().to_owned()),
            ]),
        };
        Ok(self.request(&INITIALIZE, &V1_UPLOAD).body(body))
    }

    /// The index goes into the body: X has refused requests with it in the query.
    pub(super) fn append(
        &self,
        id: &str,
        index: u32,
        chunks: &[Bytes],
        turn: Option<Waiting>,
    ) -> Result<Request<'a>, Error> {
        let request = self.request(&APPEND, &V1_UPLOAD);
        let index = ("segment_index", index.to_string());
        let body = |fields: &[(&'static str, String)]| {
            let multipart = Multipart::new(fields, "media", chunks.iter().cloned())?;
            Ok(Body::Multipart(multipart.completed_in(turn)))
        };
        Ok(match self.api {
            MediaApi::V2 => request.path_value(id).body(body(&[index])?),
            MediaApi::V1_1 => {
                request.body(body(&[("command", "APPEND".to_owned()), ("media_id", id.to_owned()), index])?)
            }
        })
    }

    pub(super) fn finalize(&self, id: &str) -> Request<'a> {
        let request = self.request(&FINALIZE, &V1_FINALIZE);
        match self.api {
            MediaApi::V2 => request.path_value(id),
            MediaApi::V1_1 => request
                .body(Body::Form(vec![("command", "FINALIZE".to_owned()), ("media_id", id.to_owned())])),
        }
    }

    pub(super) fn status(&self, id: &str) -> Request<'a> {
        self.request(&STATUS, &V1_STATUS).query("command", "STATUS").query("media_id", id)
    }

    pub(super) fn alt_text(&self, id: &str, text: &str) -> Result<Request<'a>, Error> {
        let alt_text = AltText { text };
        let body = match self.api {
            MediaApi::V2 => Body::json(&Metadata { id, metadata: MetadataFields { alt_text } })?,
            MediaApi::V1_1 => Body::json(&V1Metadata { media_id: id, alt_text })?,
        };
        Ok(self.request(&METADATA, &V1_METADATA).body(body))
    }

    pub(super) fn subtitles(
        &self,
        video_id: &str,
        subtitles_id: &str,
        category: MediaCategory,
        language_code: &str,
        display_name: &str,
    ) -> Result<Request<'a>, Error> {
        let media_category =
            if category == MediaCategory::AmplifyVideo { "AmplifyVideo" } else { "TweetVideo" };
        let body = match self.api {
            MediaApi::V2 => Body::json(&Subtitles {
                id: video_id,
                media_category,
                subtitles: SubtitleFields { id: subtitles_id, language_code, display_name },
            })?,
            MediaApi::V1_1 => Body::json(&V1Subtitles {
                media_id: video_id,
                media_category,
                subtitle_info: V1SubtitleInfo {
                    subtitles: [V1SubtitleFields { media_id: subtitles_id, language_code, display_name }],
                },
            })?,
        };
        Ok(self.request(&SUBTITLES, &V1_SUBTITLES).body(body))
    }
}

#[derive(Serialize)]
struct Initialize<'a> {
    media_type: &'a str,
    total_bytes: u64,
    media_category: &'a str,
}

#[derive(Serialize)]
struct Metadata<'a> {
    id: &'a str,
    metadata: MetadataFields<'a>,
}

#[derive(Serialize)]
struct MetadataFields<'a> {
    alt_text: AltText<'a>,
}

#[derive(Serialize)]
struct AltText<'a> {
    text: &'a str,
}

#[derive(Serialize)]
struct V1Metadata<'a> {
    media_id: &'a str,
    alt_text: AltText<'a>,
}

#[derive(Serialize)]
#[allow(clippy::struct_field_names, reason = "X's names")]
struct Subtitles<'a> {
    id: &'a str,
    media_category: &'a str,
    subtitles: SubtitleFields<'a>,
}

#[derive(Serialize)]
struct SubtitleFields<'a> {
    id: &'a str,
    language_code: &'a str,
    display_name: &'a str,
}

#[derive(Serialize)]
struct V1Subtitles<'a> {
    media_id: &'a str,
    media_category: &'a str,
    subtitle_info: V1SubtitleInfo<'a>,
}

#[derive(Serialize)]
struct V1SubtitleInfo<'a> {
    subtitles: [V1SubtitleFields<'a>; 1],
}

#[derive(Serialize)]
struct V1SubtitleFields<'a> {
    media_id: &'a str,
    language_code: &'a str,
    display_name: &'a str,
}

/// An answer of any upload call, in either form: v2 wraps it into `data`.
#[derive(Deserialize)]
pub(super) struct MediaAnswer {
    data: Option<MediaFields>,
    #[serde(default, deserialize_with = "lenient_errors")]
    errors: Vec<PartialProblem>,
    #[serde(flatten)]
    bare: MediaFields,
}

/// What X says of a medium.
#[derive(Debug, Default, Deserialize)]
pub(super) struct MediaFields {
    #[serde(default, alias = "media_id_string")]
    id: Option<String>,
    #[serde(default)]
    pub(super) media_key: Option<String>,
    #[serde(default, deserialize_with = "lenient_count")]
    pub(super) expires_after_secs: Option<u64>,
    #[serde(default)]
    processing_info: Option<ProcessingInfo>,
}

#[derive(Debug, Deserialize)]
struct ProcessingInfo {
    state: String,
    #[serde(default, deserialize_with = "lenient_count")]
    check_after_secs: Option<u64>,
    #[serde(default, deserialize_with = "lenient_count")]
    progress_percent: Option<u64>,
    #[serde(default)]
    error: Option<ProcessingError>,
}

#[derive(Debug, Deserialize)]
struct ProcessingError {
    #[serde(default, deserialize_with = "lenient_count")]
    code: Option<u64>,
    #[serde(default)]
    name: Option<String>,
    #[serde(default)]
    message: Option<String>,
}

impl MediaAnswer {
    /// The fields, or the error in their place.
    pub(super) fn fields(self) -> Result<MediaFields, Error> {
        let fields = self.data.unwrap_or(self.bare);
        if fields.id.is_some() {
            return Ok(fields);
        }
        match self.errors.first().map(interpret_partial) {
            Some(problem) => Err(Error::new(problem.code, problem.words()).with(|fields| {
                fields.detail = problem.detail;
                fields.problem_type = problem.problem_type;
            })),
            None => Err(Error::new(ErrorCode::UnexpectedResponse, "X's answer has no media id")),
        }
    }
}

impl MediaFields {
    /// What is known of a medium from an earlier process.
    pub(super) fn kept(upload: &UploadCheckpoint, life_secs: u64) -> Self {
        Self {
            id: Some(upload.id.clone()),
            media_key: upload.key.clone(),
            expires_after_secs: Some(life_secs),
            processing_info: None,
        }
    }

    /// Keeps the key that an earlier answer gave.
    pub(super) fn keyed_like(mut self, earlier: &Self) -> Self {
        self.media_key = self.media_key.or_else(|| earlier.media_key.clone());
        self
    }

    pub(super) fn id(&self) -> &str {
        self.id.as_deref().unwrap_or_default()
    }

    /// `None` means ready.
    pub(super) fn processing(&self) -> Option<ProcessingState> {
        let info = self.processing_info.as_ref()?;
        Some(match info.state.as_str() {
            "succeeded" => ProcessingState::Succeeded,
            "failed" => ProcessingState::Failed { reason: info.reason() },
            _ => ProcessingState::Busy,
        })
    }

    pub(super) fn check_after_secs(&self) -> Option<u64> {
        self.processing_info.as_ref()?.check_after_secs
    }

    pub(super) fn progress_percent(&self) -> Option<u32> {
        u32::try_from(self.processing_info.as_ref()?.progress_percent?).ok()
    }
}

impl ProcessingInfo {
    fn reason(&self) -> String {
        let Some(error) = &self.error else {
            return "X gave no reason".to_owned();
        };
        let name = error.name.as_deref().unwrap_or("unknown error");
        let code = error.code.map(|code| format!(" (code {code})")).unwrap_or_default();
        let message = error.message.as_deref().map(|message| format!(": {message}")).unwrap_or_default();
        format!("{name}{code}{message}").chars().take(500).collect()
    }
}

#[cfg(test)]
mod tests;
