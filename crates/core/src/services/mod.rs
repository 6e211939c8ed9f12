//! One room per resource of X. Rooms do not know each other; `publish` stands on top of them.

pub mod media;
pub mod metrics;
pub mod oauth;
pub mod publish;
pub mod tweets;
pub mod users;

use crate::error::Error;
use crate::protocol::snowflake;

/// Checks an id before it gets into a path or a query.
pub fn check_id(field: &str, id: &str) -> Result<(), Error> {
    if snowflake::is_snowflake(id) {
        Ok(())
    } else {
        Err(Error::invalid_argument(field, "must be 1 to 19 digits"))
    }
}
