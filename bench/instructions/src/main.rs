//! Makes signatures or posts with the core, and nothing else: callgrind counts what they take.
#![forbid(unsafe_code)]

use std::fs::read_to_string;
use std::path::PathBuf;
use std::sync::Arc;

use anyhow::Context;
use serde::Deserialize;
use tokio_util::sync::CancellationToken;
use twitter_native_core::call::Call;
use twitter_native_core::client::Client;
use twitter_native_core::config::ClientSettings;
use twitter_native_core::credentials::{Credentials, OAuth1Credentials};
use twitter_native_core::operation::Operation;
use twitter_native_core::secret::Secret;
use twitter_native_core::services::publish::{PublishContent, PublishOptions, publish};
use twitter_native_core::signing::{RequestToSign, sign_request};

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Job {
    what: What,
    count: u64,
    mock: Mock,
    /// Over TLS: where the mock's root certificate is.
    ca_file: Option<PathBuf>,
}

#[derive(Deserialize)]
#[serde(rename_all = "lowercase")]
enum What {
    Signature,
    Post,
}

#[derive(Deserialize)]
struct Mock {
    api: String,
    credentials: Keys,
    text: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Keys {
    api_key: String,
    api_secret: String,
    access_token: String,
    access_token_secret: String,
}

impl From<Keys> for OAuth1Credentials {
    fn from(keys: Keys) -> Self {
        Self::new(
            Secret::new(keys.api_key),
            Secret::new(keys.api_secret),
            Secret::new(keys.access_token),
            Secret::new(keys.access_token_secret),
        )
    }
}

fn main() -> anyhow::Result<()> {
    let text = std::env::args().nth(1).context("the first argument is the job, as JSON")?;
    let Job { what, count, mock, ca_file } = serde_json::from_str(&text).context("the job")?;
    let credentials = OAuth1Credentials::from(mock.credentials);
    match what {
        What::Signature => sign(count, &format!("{}/2/tweets", mock.api), &credentials),
        What::Post => {
            let credentials = Credentials::OAuth1(Arc::new(credentials));
            // One thread: what two of them do depends on which is sooner.
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
            let ca_certificates = ca_file.map(read_to_string).transpose()?.map(|ca| vec![ca]);
            let api_base_url = Some(mock.api);
            let settings = ClientSettings { api_base_url, ca_certificates, ..ClientSettings::default() };
            runtime.block_on(post(count, settings, &mock.text, &credentials))
        }
    }
}

fn sign(count: u64, url: &str, credentials: &OAuth1Credentials) -> anyhow::Result<()> {
    for _ in 0..count {
        let request = RequestToSign { method: "POST", url, params: &[], nonce: None, timestamp: None };
        let signed = sign_request(&request, "request.", credentials)?;
        std::hint::black_box(signed);
    }
    Ok(())
}

/// As the binding does it: what the process is configured with, over the environment, finds each call's client.
async fn post(
    count: u64,
    settings: ClientSettings,
    text: &str,
    credentials: &Credentials,
) -> anyhow::Result<()> {
    let (configured, environment) = (Arc::new(settings), Arc::default());
    let options = PublishOptions::default();
    for number in 0..count {
        let client = Client::for_layers(&configured, &environment)?;
        let call = Call::new(client, Operation::CreateTweet, None, CancellationToken::new(), None);
        let text = text.replace("{number}", &number.to_string());
        let content = Box::new(PublishContent { text, ..PublishContent::default() });
        publish(&call, content, credentials, credentials, &options).await?;
    }
    Ok(())
}
