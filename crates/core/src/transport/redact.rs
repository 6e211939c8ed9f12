//! Takes the secrets of a request out of what came back: a server or a gateway may echo what it was sent.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use http::HeaderValue;
use url::Url;

use super::answer::{AnswerBody, RawAnswer};
use super::authorization::Authorization;
use super::failure::TransportFailure;
use super::request::{Body, Request};
use crate::credentials::Credentials;
use crate::protocol::percent;
use crate::protocol::redaction::Redaction;
use crate::secret::Secret;

/// Members of forms that hold a token, a code or a secret.
const SECRET_MEMBERS: [&str; 6] =
    ["code", "code_verifier", "oauth_token_secret", "refresh_token", "subject_token", "token"];

/// What an answer to a request may repeat.
#[derive(Debug)]
pub(crate) struct Echoes<'a> {
    pub(crate) request: &'a Request<'a>,
    /// The header that this attempt was sent with.
    pub(crate) authorization: Option<&'a HeaderValue>,
    /// The proxy's URL, with its password if there is one.
    pub(crate) proxy: Option<&'a Secret>,
}

impl<'a> Echoes<'a> {
    /// What came back, without them.
    pub(crate) fn taken_out_of(
        &self,
        sent: Result<RawAnswer, TransportFailure>,
    ) -> Result<RawAnswer, TransportFailure> {
        let mut answer = match sent {
            Ok(answer) => answer,
            Err(failure) => return Err(without(&self.all(), failure)),
        };
        // A token that was asked about may be part of a good answer: a refresh may leave the refresh token as it is.
        let redaction = if answer.status.is_success() { self.of_authorization() } else { self.all() };
        answer.body = match answer.body {
            AnswerBody::Whole(body) => AnswerBody::Whole(redaction.apply(&body).map_or(body, Into::into)),
            AnswerBody::BrokenOff(failure) => AnswerBody::BrokenOff(without(&self.all(), failure)),
            AnswerBody::Unreadable(why) => AnswerBody::Unreadable(words_without(&self.all(), why)),
        };
        Ok(answer)
    }

    fn all(&self) -> Redaction<'a> {
        let mut redaction = self.of_authorization();
        if let Body::Form(pairs) = &self.request.body {
            let secret = pairs.iter().filter(|(name, _)| SECRET_MEMBERS.contains(name));
            secret.for_each(|(_, value)| redaction.add(value));
        }
        redaction
    }

    /// What the request is authorized by, which no answer has a reason to repeat.
    fn of_authorization(&self) -> Redaction<'a> {
        let mut redaction = match self.request.authorization {
            Authorization::User(Credentials::OAuth1(credentials)) => Redaction::with(credentials.redaction()),
            _ => Redaction::default(),
        };
        if let Some(header) = self.authorization.and_then(|header| header.to_str().ok()) {
            add_header(&mut redaction, header);
        }
        add_keys(&mut redaction, &self.request.authorization);
        if let Some(proxy) = self.proxy.and_then(|proxy| Url::parse(proxy.expose()).ok()) {
            add_proxy(&mut redaction, &proxy);
        }
        redaction
    }
}

fn without(redaction: &Redaction<'_>, failure: TransportFailure) -> TransportFailure {
    TransportFailure { description: words_without(redaction, failure.description), ..failure }
}

fn words_without(redaction: &Redaction<'_>, words: String) -> String {
    match redaction.apply(words.as_bytes()) {
        Some(kept) => String::from_utf8_lossy(&kept).into_owned(),
        None => words,
    }
}

/// What was sent: a token, two parts in base64, or a signature and what made it unique.
fn add_header<'a>(redaction: &mut Redaction<'a>, header: &'a str) {
    let (scheme, value) = header.split_once(' ').unwrap_or(("", header));
    if scheme != "OAuth" {
        redaction.add(value);
        return;
    }
    for pair in value.split(',') {
        match pair.trim_ascii_start().split_once('=') {
            Some(("oauth_nonce", value)) => redaction.add(value.trim_matches('"')),
            Some(("oauth_signature", value)) => {
                let signature = percent::decode(value.trim_matches('"').as_bytes());
                redaction.add_owned(&String::from_utf8_lossy(&signature));
            }
            _ => {}
        }
    }
}

/// What the header was made of.
fn add_keys<'a>(redaction: &mut Redaction<'a>, authorization: &Authorization<'a>) {
    match authorization {
        // A token is in the header; OAuth 1.0a's keys are prepared.
        Authorization::None | Authorization::User(_) => {}
        Authorization::Basic { user, password } => {
            redaction.add(user.expose());
            redaction.add(password.expose());
        }
        Authorization::OAuth1Flow { app, token, extra } => {
            [&app.api_key, &app.api_secret].into_iter().flatten().for_each(|key| redaction.add(key.expose()));
            token.iter().flat_map(|(token, secret)| [*token, *secret]).for_each(|text| redaction.add(text));
            // A callback begins as other URLs do.
            redaction.add_whole(extra.1);
        }
    }
}

/// What a proxy asks for, and what it is answered.
fn add_proxy(redaction: &mut Redaction<'_>, proxy: &Url) {
    let Some(password) = proxy.password() else { return };
    let [user, password] = [proxy.username(), password].map(|text| percent::decode(text.as_bytes()));
    redaction.add_owned(&String::from_utf8_lossy(&password));
    let pair = Secret::new(STANDARD.encode([&user, &b":"[..], &password].concat()));
    redaction.add_owned(pair.expose());
}

#[cfg(test)]
mod tests;
