#![allow(clippy::unwrap_used)]

use tokio_util::sync::CancellationToken;

use super::*;
use crate::config::{ClientConfig, ClientSettings};
use crate::operation::Operation;
use crate::secret::Secret;
use crate::transport::client::Client;

/// A future is moved into each layer around it, so what it needs seldom belongs on the heap.
#[test]
fn a_publish_is_a_small_future() {
    let client = Client::shared(&ClientConfig::resolve(&ClientSettings::default()).unwrap()).unwrap();
    let call = Call::new(client, Operation::PublishTweetWithMedia, None, CancellationToken::new(), None);
    let credentials = Credentials::OAuth2(Secret::new("token"));
    let options = PublishOptions::default();
    let future = publish(&call, Box::default(), &credentials, &credentials, &options);
    assert!(size_of_val(&future) < 16 * 1024, "{}", size_of_val(&future));
}
