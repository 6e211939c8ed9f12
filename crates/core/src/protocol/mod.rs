//! Pure rules of the protocols that X speaks: no I/O, no async, no clock, no random source.
pub mod snowflake;
pub mod text;
pub mod validation;
