#![allow(clippy::unwrap_used)]

use super::*;

#[test]
fn what_is_no_certificate_is_refused() {
    let garbage = "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n";
    for pem in ["", "no certificate", garbage] {
        assert!(Tls::new(&[pem.to_owned()]).is_err(), "{pem}");
    }
    assert!(Tls::new(&[]).is_ok());
}

#[test]
fn media_are_asked_for_by_http_1_alone() {
    let tls = Tls::new(&[]).unwrap();
    let spoken = |alpn| tls.config(alpn).unwrap().alpn_protocols.len();
    assert_eq!((spoken(Alpn::Any), spoken(Alpn::Http1)), (2, 1));
}
