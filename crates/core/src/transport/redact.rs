//! Takes the secrets of a request out of what an answer to it says: a server or a gateway may echo what it was sent.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;

use super::authorization::Authorization;
use super::request::{Body, Request};
use crate::credentials::Credentials;
use crate::protocol::percent;
use crate::secret::Secret;

/// What stands in a secret's place.
const MARK: &str = "[secret]";
/// Shorter ones are words that may stand there by chance.
const SHORTEST: usize = 8;
/// Members of forms that hold a token, a code or a secret.
const SECRET_MEMBERS: [&str; 6] =
    ["code", "code_verifier", "oauth_token_secret", "refresh_token", "subject_token", "token"];

/// Secrets in all the ways in which they are sent.
#[derive(Debug)]
pub(crate) struct Redaction(Vec<Secret>);

impl Redaction {
    /// Of a request, and the token that it went by if that is not always the same.
    pub(crate) fn of(request: &Request<'_>, token: Option<&Secret>) -> Self {
        let mut redaction = Self::of_authorization(&request.authorization, token);
        if let Body::Form(pairs) = &request.body {
            let secret = pairs.iter().filter(|(name, _)| SECRET_MEMBERS.contains(name));
            secret.for_each(|(_, value)| redaction.add(value));
        }
        redaction
    }

    /// Of what a request is authorized by alone, which no answer has a reason to repeat. A token that was asked about
    /// may be part of a good one: a refresh may leave the refresh token as it is.
    pub(crate) fn of_authorization(authorization: &Authorization<'_>, token: Option<&Secret>) -> Self {
        let mut redaction = Self(Vec::new());
        if let Authorization::Basic { user, password } = authorization {
            let pair = Secret::new(format!(
                "{}:{}",
                percent::encode(user.expose()),
                percent::encode(password.expose())
            ));
            redaction.0.push(Secret::new(STANDARD.encode(pair.expose())));
        }
        let sent = authorizing(authorization);
        token.map(Secret::expose).into_iter().chain(sent).for_each(|secret| redaction.add(secret));
        redaction
    }

    fn add(&mut self, secret: &str) {
        if secret.len() >= SHORTEST {
            self.0.push(Secret::new(secret));
            self.0.push(Secret::new(percent::encode(secret)));
        }
    }

    /// The text without them.
    pub(crate) fn apply(&self, text: &str) -> String {
        self.0.iter().fold(text.to_owned(), |text, secret| text.replace(secret.expose(), MARK))
    }

    /// The bytes without them; what is no UTF-8 is left as it is.
    pub(crate) fn apply_to_bytes(&self, body: &Bytes) -> Bytes {
        match std::str::from_utf8(body) {
            Ok(text) if self.0.iter().any(|secret| text.contains(secret.expose())) => self.apply(text).into(),
            _ => body.clone(),
        }
    }
}

fn authorizing<'a>(authorization: &Authorization<'a>) -> Vec<&'a str> {
    match authorization {
        Authorization::None | Authorization::User(Credentials::Managed(_)) => Vec::new(),
        Authorization::User(Credentials::OAuth2(token)) => vec![token.expose()],
        Authorization::User(Credentials::OAuth1(credentials)) => {
            let credentials = &**credentials;
            vec![
                credentials.api_key.expose(),
                credentials.api_secret.expose(),
                credentials.access_token.expose(),
                credentials.access_token_secret.expose(),
            ]
        }
        Authorization::Basic { user, password } => vec![user.expose(), password.expose()],
        Authorization::OAuth1Flow { app, token, extra } => {
            let keys = [&app.api_key, &app.api_secret].into_iter().flatten().map(Secret::expose);
            let tokens = token.iter().flat_map(|(token, secret)| [*token, *secret]);
            keys.chain(tokens).chain([extra.1]).collect()
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use http::Method;

    use super::super::endpoint::{Endpoint, Host};
    use super::*;
    use crate::credentials::OAuth1Credentials;
    use crate::protocol::problem::ProblemContext;
    use crate::protocol::retry_policy::ResendSafety;

    static ENDPOINT: Endpoint = Endpoint {
        method: Method::POST,
        host: Host::Api,
        template: "/2/oauth2/token",
        resend: ResendSafety::Idempotent,
        context: ProblemContext::Token,
    };

    fn redacted(authorization: Authorization<'_>, token: Option<&Secret>, text: &str) -> String {
        let pairs =
            vec![("grant_type", "refresh_token".to_owned()), ("refresh_token", "re/fresh-me".to_owned())];
        let request = Request::new(&ENDPOINT, authorization).body(Body::Form(pairs));
        Redaction::of(&request, token).apply(text)
    }

    #[test]
    fn what_was_sent_goes_however_it_was_written() {
        let token = Secret::new("managed-token");
        assert_eq!(
            redacted(
                Authorization::None,
                Some(&token),
                "refresh_token re/fresh-me re%2Ffresh-me managed-token"
            ),
            "refresh_token [secret] [secret] [secret]"
        );
        let (user, password) = (Secret::new("client-id"), Secret::new("pass/word"));
        let basic = Authorization::Basic { user: &user, password: &password };
        assert_eq!(
            redacted(basic, None, "pass/word, pass%2Fword, Basic Y2xpZW50LWlkOnBhc3MlMkZ3b3Jk"),
            "[secret], [secret], Basic [secret]"
        );
        let credentials = Credentials::OAuth1(Arc::new(OAuth1Credentials {
            api_key: Secret::new("the-key-1"),
            api_secret: Secret::new("the-key-2"),
            access_token: Secret::new("12-token"),
            access_token_secret: Secret::new("the-key-3"),
        }));
        assert_eq!(
            redacted(Authorization::User(&credentials), None, "the-key-1 the-key-2 12-token the-key-3"),
            "[secret] [secret] [secret] [secret]"
        );
    }

    #[test]
    fn short_values_and_other_bytes_stay() {
        let token = Secret::new("a");
        assert_eq!(redacted(Authorization::None, Some(&token), "a word"), "a word");
        let request = Request::new(&ENDPOINT, Authorization::None);
        let bytes = Bytes::from_static(&[0xff, b'a']);
        assert_eq!(Redaction::of(&request, None).apply_to_bytes(&bytes), bytes);
    }

    #[test]
    fn of_the_authorization_alone_the_form_stays() {
        let (user, password) = (Secret::new("client-id"), Secret::new("password"));
        let basic = Authorization::Basic { user: &user, password: &password };
        let body = Bytes::from_static(b"{\"refresh_token\": \"re/fresh-me\", \"of\": \"password\"}");
        let redacted = Redaction::of_authorization(&basic, None).apply_to_bytes(&body);
        assert_eq!(redacted, &b"{\"refresh_token\": \"re/fresh-me\", \"of\": \"[secret]\"}"[..]);
    }
}
