//! How to know a post again, worked out when somebody first asks.

use std::fmt;
use std::hash::{Hash, Hasher};
use std::ops::Deref;
use std::sync::{Arc, LazyLock};

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::Sought;

/// A [`Sought`] that is worked out from the post's content when somebody first asks, and shared by all its copies.
///
/// Its digest and sketch cost more than all the rest of a post that X answers at once, and nobody asks for those of such a
/// post: only checkpoints that are kept, posts in doubt, and posts beside one in doubt need them. What it is
/// worked out from is its own and never changes, so it is the same whenever that happens.
#[derive(Clone)]
pub struct LazySought(Arc<LazyLock<Sought, Work>>);

type Work = Box<dyn FnOnce() -> Sought + Send>;

impl LazySought {
    /// What `work` gives, when somebody asks.
    pub fn new(work: impl FnOnce() -> Sought + Send + 'static) -> Self {
        Self(Arc::new(LazyLock::new(Box::new(work))))
    }
}

impl From<Sought> for LazySought {
    fn from(sought: Sought) -> Self {
        Self::new(move || sought)
    }
}

impl Default for LazySought {
    fn default() -> Self {
        Sought::default().into()
    }
}

impl Deref for LazySought {
    type Target = Sought;

    fn deref(&self) -> &Sought {
        &self.0
    }
}

impl fmt::Debug for LazySought {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        (**self).fmt(formatter)
    }
}

impl PartialEq for LazySought {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0) || **self == **other
    }
}

impl Eq for LazySought {}

impl Hash for LazySought {
    fn hash<H: Hasher>(&self, state: &mut H) {
        (**self).hash(state);
    }
}

impl Serialize for LazySought {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        (**self).serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for LazySought {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Sought::deserialize(deserializer).map(Self::from)
    }
}
