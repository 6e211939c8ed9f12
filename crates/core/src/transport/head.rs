//! A request's head, signed: all of it but the body.

use http::header::{AUTHORIZATION, CONTENT_LENGTH};
use http::{HeaderMap, HeaderValue, Method, Request, Uri};
use url::Url;

/// The head of one attempt. Each has a signature of its own.
#[derive(Debug)]
pub(crate) struct Head {
    pub(crate) method: Method,
    pub(crate) url: Url,
    pub(crate) headers: HeaderMap,
}

impl Head {
    /// What the request is authorized by.
    pub(crate) fn authorization(&self) -> Option<&HeaderValue> {
        self.headers.get(AUTHORIZATION)
    }

    /// For reqwest, which adds what every request has.
    pub(crate) fn into_reqwest(self, body: Option<reqwest::Body>) -> reqwest::Request {
        let mut built = reqwest::Request::new(self.method, self.url);
        *built.headers_mut() = self.headers;
        *built.body_mut() = body;
        built
    }

    /// For HTTP/2, with what every request has, and the length of its body if there is one.
    pub(crate) fn to_http2(
        &self,
        defaults: &HeaderMap,
        length: Option<usize>,
    ) -> Result<Request<()>, http::Error> {
        let mut built = Request::new(());
        *built.method_mut() = self.method.clone();
        *built.uri_mut() = Uri::try_from(self.url.as_str())?;
        *built.version_mut() = http::Version::HTTP_2;
        let mut headers = self.headers.clone();
        headers.reserve(defaults.len() + 1);
        for (name, value) in defaults {
            headers.insert(name, value.clone());
        }
        if let Some(length) = length {
            headers.insert(CONTENT_LENGTH, HeaderValue::from(length));
        }
        *built.headers_mut() = headers;
        Ok(built)
    }
}
