//! A bare relay from a server of media to X: no checks, no retries, nothing kept. It is the limit of what a publisher can
//! do on a machine, and nothing that anybody should publish with.
#![forbid(unsafe_code)]

mod relay;

use std::time::Instant;

use anyhow::Context;
use bench_support::job::{Work, likes_of, measured_id, text_of};
use bench_support::usage::usage;
use futures_util::StreamExt;
use futures_util::stream;
use serde::Deserialize;
use serde_json::json;

use crate::relay::{Relay, Target};

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Job {
    work: Work,
    mock: Target,
    ca_file: Option<String>,
}

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    let text = std::env::args().nth(1).context("the first argument is the job, as JSON")?;
    let job: Job = serde_json::from_str(&text).context("the job")?;
    let relay = Relay::new(job.mock, job.ca_file.as_deref())?;
    let (begun, before) = (Instant::now(), usage()?);
    let last = carry_out(&relay, &job.work).await?;
    let (took, after) = (begun.elapsed(), usage()?);
    if let Some(header) = last {
        relay.post_signed(&text_of(0), &[], header).await?;
    }
    let result = json!({
        "wallMs": took.as_secs_f64() * 1000.0,
        "cpuMs": after.cpu_ms - before.cpu_ms,
        "peakBytes": after.peak_bytes,
    });
    println!("{result}");
    Ok(())
}

/// Does the work; of signatures the last one is given back.
async fn carry_out(relay: &Relay, work: &Work) -> anyhow::Result<Option<String>> {
    match *work {
        Work::Posts { count, at_once } => {
            let posts = (0..count).map(|number| async move { relay.post(&text_of(number), &[]).await });
            all(posts, at_once).await?;
        }
        Work::Publishes { count, at_once, media_per_post, media, .. } => {
            let publishes =
                (0..count).map(|number| async move { relay.publish(number, media_per_post, media).await });
            all(publishes, at_once).await?;
        }
        Work::Metrics { count, per_batch } => {
            let ids: Vec<u64> = (0..count).map(measured_id).collect();
            let size = usize::try_from(per_batch)?;
            let batches = ids.chunks(size).map(|ids| async move {
                let likes = relay.likes(ids).await?;
                let wanted: Vec<u64> = ids.iter().copied().map(likes_of).collect();
                anyhow::ensure!(likes == wanted, "metrics are wrong");
                Ok(())
            });
            all(batches, count.div_ceil(per_batch)).await?;
        }
        Work::Signatures { count } => {
            let mut last = None;
            for _ in 0..count {
                last = Some(relay.sign_post());
            }
            return Ok(last);
        }
    }
    Ok(None)
}

/// So many at once, until all are done or one fails.
async fn all(
    works: impl Iterator<Item = impl Future<Output = anyhow::Result<()>>>,
    at_once: u64,
) -> anyhow::Result<()> {
    let mut works = stream::iter(works).buffer_unordered(usize::try_from(at_once)?);
    while let Some(done) = works.next().await {
        done?;
    }
    Ok(())
}
