//! TLS for all clients: whom to trust, worked out once.

use std::sync::{Arc, LazyLock, Once};

use rustls::client::Resumption;
use rustls::crypto::CryptoProvider;
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject;
use rustls::{ClientConfig as TlsConfig, RootCertStore};
use rustls_platform_verifier::Verifier;

use crate::error::Error;
use crate::error_code::ErrorCode;

/// What an application speaks over TLS.
#[derive(Clone, Copy, Debug)]
pub(super) enum Alpn {
    /// HTTP/2 where the server has it, else HTTP/1.1.
    Any,
    Http1,
}

/// TLS for one client configuration.
#[derive(Debug)]
pub(crate) struct Tls {
    /// What the caller trusts besides Mozilla's and the system's roots.
    certificates: Vec<CertificateDer<'static>>,
    built: LazyTls,
}

type LazyTls = std::sync::OnceLock<Result<TlsConfig, Error>>;

impl Tls {
    /// Reads the caller's certificates, and no others yet: all of Mozilla's and the system's take milliseconds, which
    /// the JavaScript thread does not have.
    pub(crate) fn new(pem_texts: &[String]) -> Result<Self, Error> {
        let mut certificates = Vec::new();
        for (index, pem) in pem_texts.iter().enumerate() {
            certificates.extend(read(pem).ok_or_else(|| {
                Error::invalid_argument(
                    format!("client.caCertificates[{index}]"),
                    "must be certificates in PEM form",
                )
            })?);
        }
        Ok(Self { certificates, built: LazyTls::new() })
    }

    /// Worked out at the first use, which should be off the JavaScript thread. Sessions are resumed by all clients of a
    /// configuration that speak the same.
    pub(super) fn config(&self, alpn: Alpn) -> Result<TlsConfig, Error> {
        let built = self.built.get_or_init(|| {
            let mut config =
                if self.certificates.is_empty() { shared()? } else { build(&self.certificates)? };
            config.resumption = Resumption::default();
            config.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
            Ok(config)
        });
        let mut config = built.clone()?;
        if let Alpn::Http1 = alpn {
            config.resumption = Resumption::default();
            config.alpn_protocols = vec![b"http/1.1".to_vec()];
        }
        Ok(config)
    }
}

/// The certificates of a PEM text. `None` if it has none, or one that is no certificate.
fn read(pem: &str) -> Option<Vec<CertificateDer<'static>>> {
    let certificates: Vec<CertificateDer<'static>> =
        CertificateDer::pem_slice_iter(pem.as_bytes()).collect::<Result<_, _>>().ok()?;
    let mut store = RootCertStore::empty();
    let are_certificates = certificates.iter().all(|certificate| store.add(certificate.clone()).is_ok());
    (are_certificates && !certificates.is_empty()).then_some(certificates)
}

/// The configuration of all clients that trust no others than Mozilla and the system.
fn shared() -> Result<TlsConfig, Error> {
    static SHARED: LazyLock<Result<TlsConfig, Error>> = LazyLock::new(|| build(&[]));
    SHARED.clone()
}

fn build(certificates: &[CertificateDer<'static>]) -> Result<TlsConfig, Error> {
    let provider = provider();
    let mozillas = webpki_root_certs::TLS_SERVER_ROOT_CERTS.iter().cloned();
    let roots = mozillas.chain(certificates.iter().cloned());
    let verifier = Verifier::new_with_extra_roots(roots, Arc::clone(&provider)).map_err(not_set_up)?;
    Ok(TlsConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .map_err(not_set_up)?
        // The verifier of the platform, which checks as much as rustls's own does; "dangerous" is any that is not built in.
        .dangerous()
        .with_custom_certificate_verifier(Arc::new(verifier))
        .with_no_client_auth())
}

fn not_set_up(cause: rustls::Error) -> Error {
    Error::new(ErrorCode::Internal, "TLS could not be set up").with_cause(cause)
}

/// rustls asks for its cryptography once per process; a provider that the process has already stays.
fn provider() -> Arc<CryptoProvider> {
    install_crypto();
    CryptoProvider::get_default()
        .map_or_else(|| Arc::new(rustls::crypto::ring::default_provider()), Arc::clone)
}

/// Gives the process a cryptography if it has none.
pub(super) fn install_crypto() {
    static INSTALLED: Once = Once::new();
    INSTALLED.call_once(|| {
        let _already_there = rustls::crypto::ring::default_provider().install_default();
    });
}

#[cfg(test)]
mod tests;
