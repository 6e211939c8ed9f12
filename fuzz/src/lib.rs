//! What the fuzz targets share: rules of the core, written a second time from their specifications and without a look
//! at the core's own code, so that the two can be compared.

pub mod calendar;
pub mod disguise;
pub mod drafts;
pub mod gif;
pub mod input;
pub mod line;
pub mod mac;
pub mod mime;
pub mod pictures;
pub mod policy;
pub mod ranges;
pub mod reasons;
pub mod rfc5849;
pub mod spelling;
pub mod weight;
