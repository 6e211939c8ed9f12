//! An authority and a certificate of its own, made for this run.

use std::sync::Arc;

use anyhow::Context;
use rcgen::{BasicConstraints, CertificateParams, DnType, IsCa, Issuer, KeyPair, KeyUsagePurpose};
use rustls::ServerConfig;
use rustls::pki_types::{PrivateKeyDer, PrivatePkcs8KeyDer};
use tokio_rustls::TlsAcceptor;

/// Everything that clients call the mock.
const NAMES: [&str; 5] = ["127.0.0.1", "localhost", "api.x.com", "api.twitter.com", "upload.twitter.com"];

/// Speaks TLS, with HTTP/2 as X does, and HTTP/1.1. The authority's certificate is written to the file.
pub(crate) fn acceptor(ca_file: &str) -> anyhow::Result<TlsAcceptor> {
    let authority_key = KeyPair::generate()?;
    let mut authority = CertificateParams::new(Vec::new())?;
    authority.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    authority.key_usages = vec![KeyUsagePurpose::KeyCertSign];
    authority.distinguished_name.push(DnType::CommonName, "bench-mock's authority");
    let certificate = authority.self_signed(&authority_key)?;
    std::fs::write(ca_file, certificate.pem()).with_context(|| format!("writing {ca_file}"))?;

    let key = KeyPair::generate()?;
    let names = NAMES.map(str::to_owned);
    let mut leaf = CertificateParams::new(names)?;
    // A name like its authority's would make it look self-signed.
    leaf.distinguished_name.push(DnType::CommonName, "bench-mock");
    let leaf = leaf.signed_by(&key, &Issuer::new(authority, authority_key))?;
    let private = PrivateKeyDer::from(PrivatePkcs8KeyDer::from(key.serialize_der()));
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let mut config = ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()?
        .with_no_client_auth()
        .with_single_cert(vec![leaf.der().clone()], private)?;
    config.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
    Ok(TlsAcceptor::from(Arc::new(config)))
}
