//! Name resolution that yields checked addresses alone.

use std::net::SocketAddr;

use reqwest::dns::{Addrs, Name, Resolve, Resolving};

use crate::protocol::addresses::{AddressPolicy, AddressRefusal, check_ip};

/// Resolves names for media sources. What it returns is what is connected to, so a name can't change its address
/// between the check and the connection; if any address of a name is refused, the name is refused.
///
/// IP literals never reach a resolver: [`crate::protocol::addresses::check_url`] covers them.
#[derive(Clone, Debug)]
pub(crate) struct GuardedResolver {
    policy: AddressPolicy,
}

impl GuardedResolver {
    pub(crate) fn new(policy: AddressPolicy) -> Self {
        Self { policy }
    }
}

impl Resolve for GuardedResolver {
    fn resolve(&self, name: Name) -> Resolving {
        let policy = self.policy.clone();
        Box::pin(async move {
            let addresses: Vec<SocketAddr> = tokio::net::lookup_host((name.as_str(), 0)).await?.collect();
            for address in &addresses {
                check_ip(address.ip(), &policy)?;
            }
            let checked: Addrs = Box::new(addresses.into_iter());
            Ok(checked)
        })
    }
}

/// The refusal inside a failed request, if that is why it failed.
pub(crate) fn refusal_in(error: &reqwest::Error) -> Option<&AddressRefusal> {
    let mut cause: Option<&(dyn std::error::Error + 'static)> = Some(error);
    while let Some(current) = cause {
        if let Some(refusal) = current.downcast_ref::<AddressRefusal>() {
            return Some(refusal);
        }
        cause = current.source();
    }
    None
}
