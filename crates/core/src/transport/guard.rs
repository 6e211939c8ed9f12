//! Name resolution that yields checked addresses alone.

use reqwest::dns::{Addrs, Name, Resolve, Resolving};

use super::lookups::{self, Lookups};
use crate::protocol::addresses::{AddressPolicy, AddressRefusal, check_resolved};

/// Resolves names for media sources. What it returns is what is connected to, so a name can't change its address
/// between the check and the connection; if any address of a name is refused, the name is refused.
///
/// IP literals never reach a resolver: [`crate::protocol::addresses::check_url`] covers them.
pub(crate) struct GuardedResolver {
    policy: AddressPolicy,
    lookups: &'static Lookups,
}

impl GuardedResolver {
    pub(crate) fn new(policy: AddressPolicy) -> Self {
        Self { policy, lookups: lookups::of_media() }
    }
}

impl Resolve for GuardedResolver {
    fn resolve(&self, name: Name) -> Resolving {
        let (policy, lookups) = (self.policy.clone(), self.lookups);
        Box::pin(async move {
            let addresses = lookups.resolve(name.as_str()).await?;
            for address in &addresses {
                check_resolved(name.as_str(), address.ip(), &policy)?;
            }
            let checked: Addrs = Box::new(addresses.into_iter());
            Ok(checked)
        })
    }
}

/// Resolves X's names and a proxy's. Who sets them up decides where they lead.
pub(crate) struct PlainResolver;

impl Resolve for PlainResolver {
    fn resolve(&self, name: Name) -> Resolving {
        Box::pin(async move {
            let addresses: Addrs = Box::new(lookups::of_api().resolve(name.as_str()).await?.into_iter());
            Ok(addresses)
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

#[cfg(test)]
mod tests;
