//! The calls of a publisher, over reqwest.

use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use anyhow::Context;
use bench_support::clock::since_epoch;
use bench_support::content::Kind;
use bench_support::job::text_of;
use bench_support::oauth1::Signer;
use bytes::Bytes;
use futures_util::future::try_join_all;
use futures_util::{StreamExt, TryStreamExt, stream};
use reqwest::header::{AUTHORIZATION, CONTENT_LENGTH, CONTENT_RANGE, CONTENT_TYPE, RANGE};
use reqwest::{Body, Client, RequestBuilder, Response};
use serde::Deserialize;
use serde_json::{Value, json};

/// Largest segments that all of X's servers have been seen to take, rounded down.
const SEGMENT_BYTES: u64 = 4 * 1024 * 1024;
const SEGMENTS_AT_ONCE: usize = 8;
const BOUNDARY: &str = "bench-4f1c9d0be2a7";

/// Where X and the media are.
#[derive(Deserialize)]
pub(crate) struct Target {
    api: String,
    media: String,
    bearer: String,
}

/// A publisher.
pub(crate) struct Relay {
    client: Client,
    signer: Signer,
    target: Target,
    seed: u64,
    nonces: AtomicU64,
}

impl Relay {
    /// A publisher that trusts this authority, if there is one.
    pub(crate) fn new(target: Target, ca_file: Option<&str>) -> anyhow::Result<Self> {
        let _already_there = rustls::crypto::ring::default_provider().install_default();
        let mut builder = Client::builder().no_proxy().tcp_nodelay(true);
        if let Some(path) = ca_file {
            let pem = std::fs::read(path).with_context(|| format!("reading {path}"))?;
            builder = builder.tls_certs_only(reqwest::Certificate::from_pem_bundle(&pem)?);
        }
        let seed = u64::try_from(since_epoch().as_nanos() & u128::from(u64::MAX))?;
        let nonces = AtomicU64::new(0);
        Ok(Self { client: builder.build()?, signer: Signer::new()?, target, seed, nonces })
    }

    fn sign(&self, method: &str, url: &str) -> String {
        let count = self.nonces.fetch_add(1, Ordering::Relaxed);
        self.signer.header(method, url, &format!("{:016x}{count:016x}", self.seed))
    }

    /// The header of a post.
    pub(crate) fn sign_post(&self) -> String {
        self.sign("POST", &format!("{}/2/tweets", self.target.api))
    }

    fn request(&self, path: &str) -> RequestBuilder {
        let url = format!("{}{path}", self.target.api);
        let header = self.sign("POST", &url);
        self.client.post(url).header(AUTHORIZATION, header)
    }

    /// Posts a text.
    pub(crate) async fn post(&self, text: &str, media_ids: &[String]) -> anyhow::Result<()> {
        self.post_signed(text, media_ids, self.sign_post()).await
    }

    /// Posts a text with a header that was made before.
    pub(crate) async fn post_signed(
        &self,
        text: &str,
        media_ids: &[String],
        header: String,
    ) -> anyhow::Result<()> {
        let body = if media_ids.is_empty() {
            json!({ "text": text })
        } else {
            json!({ "text": text, "media": { "media_ids": media_ids } })
        };
        let url = format!("{}/2/tweets", self.target.api);
        let answer = self.client.post(url).header(AUTHORIZATION, header).json(&body).send().await?;
        id_of(answer).await.map(|_| ())
    }

    /// Downloads and uploads a post's media at once, then posts it.
    pub(crate) async fn publish(&self, number: u64, media_per_post: u64, kind: Kind) -> anyhow::Result<()> {
        let media = (0..media_per_post).map(|place| async move {
            let medium = number * media_per_post + place;
            match kind {
                Kind::Image => self.image(&format!("{}/media/{medium}.jpg", self.target.media)).await,
                Kind::Video => self.video(&format!("{}/media/{medium}.mp4", self.target.media)).await,
            }
        });
        let ids = try_join_all(media).await?;
        self.post(&text_of(number), &ids).await
    }

    async fn image(&self, url: &str) -> anyhow::Result<String> {
        let source = self.client.get(url).send().await?.error_for_status()?;
        let bytes = source.content_length().context("the source has no length")?;
        let fields = [("media_category", Kind::Image.category())];
        id_of(with_file(self.request("/2/media/upload"), &fields, source, bytes).send().await?).await
    }

    /// Each segment is a range of the source, piped into its append.
    async fn video(&self, url: &str) -> anyhow::Result<String> {
        let first = self.range(url, 0).await?;
        let range = first.headers().get(CONTENT_RANGE).and_then(|range| range.to_str().ok()).unwrap_or("");
        let total: u64 = range.rsplit('/').next().unwrap_or("").parse().context("the source's length")?;
        let begun = json!({
            "media_type": Kind::Video.content_type(), "media_category": Kind::Video.category(), "total_bytes": total,
        });
        let id = id_of(self.request("/2/media/upload/initialize").json(&begun).send().await?).await?;
        self.segments(&id, url, total, first).await?;
        let mut answer = self.request(&format!("/2/media/upload/{id}/finalize")).send().await?;
        loop {
            let reply: Value = answer.error_for_status()?.json().await?;
            let Some(seconds) =
                reply.pointer("/data/processing_info/check_after_secs").and_then(Value::as_u64)
            else {
                return Ok(id);
            };
            tokio::time::sleep(Duration::from_secs(seconds)).await;
            let url = format!("{}/2/media/upload?command=STATUS&media_id={id}", self.target.api);
            let header = self.sign("GET", &url);
            answer = self.client.get(url).header(AUTHORIZATION, header).send().await?;
        }
    }

    async fn segments(&self, id: &str, url: &str, total: u64, first: Response) -> anyhow::Result<()> {
        let mut first = Some(first);
        let segments = (0..total.div_ceil(SEGMENT_BYTES))
            .map(|index| self.segment(id, url, index, total, if index == 0 { first.take() } else { None }));
        stream::iter(segments).buffer_unordered(SEGMENTS_AT_ONCE).try_collect().await
    }

    async fn range(&self, url: &str, start: u64) -> anyhow::Result<Response> {
        let range = format!("bytes={start}-{}", start + SEGMENT_BYTES - 1);
        Ok(self.client.get(url).header(RANGE, range).send().await?.error_for_status()?)
    }

    async fn segment(
        &self,
        id: &str,
        url: &str,
        index: u64,
        total: u64,
        source: Option<Response>,
    ) -> anyhow::Result<()> {
        let start = index * SEGMENT_BYTES;
        let source = match source {
            Some(source) => source,
            None => self.range(url, start).await?,
        };
        let request = self.request(&format!("/2/media/upload/{id}/append"));
        let fields = [("segment_index", index.to_string())];
        let fields = fields.each_ref().map(|(name, value)| (*name, value.as_str()));
        let bytes = SEGMENT_BYTES.min(total - start);
        with_file(request, &fields, source, bytes).send().await?.error_for_status()?.bytes().await?;
        Ok(())
    }

    /// How often each post was liked.
    pub(crate) async fn likes(&self, ids: &[u64]) -> anyhow::Result<Vec<u64>> {
        let ids: Vec<String> = ids.iter().map(u64::to_string).collect();
        let query = format!("ids={}&tweet.fields=public_metrics", ids.join("%2C"));
        let url = format!("{}/2/tweets?{query}", self.target.api);
        let answer = self.client.get(url).bearer_auth(&self.target.bearer).send().await?;
        let reply: Value = answer.error_for_status()?.json().await?;
        let posts = reply.pointer("/data").and_then(Value::as_array).context("an answer without posts")?;
        let likes = |post: &Value| post.pointer("/public_metrics/like_count").and_then(Value::as_u64);
        posts.iter().map(|post| likes(post).context("a post without likes")).collect()
    }
}

/// Form data whose file is piped from its source.
fn with_file(
    request: RequestBuilder,
    fields: &[(&str, &str)],
    source: Response,
    bytes: u64,
) -> RequestBuilder {
    let part = |name: &str| format!("--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"{name}\"");
    let mut parts: Vec<String> =
        fields.iter().map(|(name, value)| format!("{}\r\n\r\n{value}\r\n", part(name))).collect();
    let file = part("media");
    parts.push(format!("{file}; filename=\"blob\"\r\nContent-Type: application/octet-stream\r\n\r\n"));
    let head = parts.concat();
    let tail = format!("\r\n--{BOUNDARY}--\r\n");
    let length = head.len() as u64 + bytes + tail.len() as u64;
    let end = |text: String| stream::once(async { Ok::<_, reqwest::Error>(Bytes::from(text)) });
    let body = end(head).chain(source.bytes_stream()).chain(end(tail)).map_err(std::io::Error::other);
    request
        .header(CONTENT_TYPE, format!("multipart/form-data; boundary={BOUNDARY}"))
        .header(CONTENT_LENGTH, length)
        .body(Body::wrap_stream(body))
}

async fn id_of(answer: Response) -> anyhow::Result<String> {
    let status = answer.status();
    let reply: Value = answer.json().await?;
    anyhow::ensure!(status.is_success(), "X answered {status}: {reply}");
    let id = reply.pointer("/data/id").and_then(Value::as_str);
    id.map(str::to_owned).context("an answer without an id")
}
