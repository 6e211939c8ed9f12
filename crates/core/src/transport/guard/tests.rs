#![allow(clippy::unwrap_used)]

use std::time::Duration;

use super::lookups::tests::Service;
use super::*;

#[tokio::test]
async fn look_ups_that_hang_let_others_fail_in_time() {
    let service = Service::hanging();
    let lookups = Box::leak(Box::new(service.places(1)));
    crate::transport::tls::install_crypto();
    let policy = AddressPolicy { allow_private_networks: false, allow_http: true, allowed_hosts: None };
    let client = reqwest::Client::builder()
        .connect_timeout(Duration::from_millis(50))
        .no_proxy()
        .dns_resolver(GuardedResolver { policy, lookups })
        .build()
        .unwrap();
    for name in ["hangs.example", "hangs.example", "waits.example"] {
        let failure = client.get(format!("http://{name}/")).send().await.unwrap_err();
        assert!(failure.is_connect() && failure.is_timeout(), "{failure:?}");
    }
}
