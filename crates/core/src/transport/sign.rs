//! From a request to its signed head.

use http::header::{AUTHORIZATION, CONTENT_LENGTH, CONTENT_TYPE};
use http::{HeaderMap, HeaderValue, Method};
use url::Url;

use super::call::Call;
use super::head::Head;
use super::request::{Body, Request};
use crate::error::Error;
use crate::protocol::percent;
use crate::secret::Secret;

/// Signs a request anew, for one attempt.
pub(crate) fn sign(call: &Call, request: &Request<'_>, token: Option<&Secret>) -> Result<Head, Error> {
    let url = target(call, request);
    let header =
        request.authorization.header(request.signed_parts(), token, &url, call.client().server_clock())?;
    let mut headers = HeaderMap::new();
    if let Some(header) = header {
        headers.insert(AUTHORIZATION, header);
    }
    if let Some(content_type) = request.body.content_type() {
        headers.insert(CONTENT_TYPE, content_type);
    }
    if matches!(request.body, Body::Empty) && request.endpoint.method == Method::POST {
        // Some gateways answer 411 to a POST that does not say that it is empty.
        headers.insert(CONTENT_LENGTH, HeaderValue::from_static("0"));
    }
    Ok(Head { method: request.endpoint.method.clone(), url, headers })
}

/// The URL, its query encoded the way it is signed.
fn target(call: &Call, request: &Request<'_>) -> Url {
    let mut url = call.client().base_url(request.endpoint.host).clone();
    let path = format!("{}{}", url.path().trim_end_matches('/'), request.path);
    url.set_path(&path);
    if !request.query.is_empty() {
        let mut query = String::new();
        for (name, value) in &request.query {
            if !query.is_empty() {
                query.push('&');
            }
            percent::encode_into(&mut query, name);
            query.push('=');
            percent::encode_into(&mut query, value);
        }
        url.set_query(Some(&query));
    }
    url
}
