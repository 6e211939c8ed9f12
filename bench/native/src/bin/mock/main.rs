//! A fast mock of X and of a server of media. It takes what a run is to do as JSON, prints where it listens, and prints
//! whether it agrees with the run when its standard input ends.
#![forbid(unsafe_code)]

mod answer;
mod api;
mod auth;
mod ledger;
mod media;
mod multipart;
mod paced;
mod serve;
mod tls;

use std::sync::Arc;

use anyhow::Context;
use bench_support::job::{BEARER, CREDENTIALS, MockSettings, TEXT, likes_of, measured_id};
use bench_support::usage::usage;
use serde_json::json;
use tokio::io::AsyncReadExt;
use tokio::net::TcpListener;

use crate::ledger::Ledger;
use crate::serve::{Door, State, serve};

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    let text = std::env::args().nth(1).context("the first argument is the settings, as JSON")?;
    let settings: MockSettings = serde_json::from_str(&text).context("the settings")?;
    let acceptor = settings.ca_file.as_deref().map(tls::acceptor).transpose()?;
    let scheme = if acceptor.is_some() { "https" } else { "http" };
    let state = Arc::new(State::new(settings, acceptor)?);
    let mut addresses = Vec::new();
    for door in [Door::Api, Door::Media] {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await?;
        addresses.push(format!("{scheme}://{}", listener.local_addr()?));
        tokio::spawn(serve(listener, door, Arc::clone(&state)));
    }
    let [api, media] = addresses.as_slice() else { anyhow::bail!("two addresses") };
    let before = usage()?;
    let ids: Vec<u64> = (0..state.settings.metrics).map(measured_id).collect();
    let ready = json!({
        "api": api,
        "media": media,
        "credentials": CREDENTIALS,
        "bearer": BEARER,
        "text": TEXT,
        "ids": ids.iter().map(u64::to_string).collect::<Vec<_>>(),
        "likes": ids.iter().copied().map(likes_of).collect::<Vec<_>>(),
    });
    println!("{ready}");

    let mut ignored = Vec::new();
    tokio::io::stdin().read_to_end(&mut ignored).await?;
    let cpu_ms = usage()?.cpu_ms - before.cpu_ms;
    let ledger: &Ledger = &state.ledger;
    println!("{}", ledger.report(&state.settings, cpu_ms));
    Ok(())
}
