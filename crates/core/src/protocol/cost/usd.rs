//! Money, exactly.

use std::fmt;
use std::iter::Sum;
use std::ops::{Add, Mul};

/// The highest price that is taken, in dollars: a thousand times what X's dearest call costs is a mistake.
pub const MAX_PRICE: u64 = 1000;
const MICROS: u64 = 1_000_000;
/// `MICROS` as a float.
const MICROS_F64: f64 = 1_000_000.0;

/// An amount in whole millionths of a dollar, so that sums do not drift. It does not overflow: what is too large stays at
/// the largest amount.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Usd(u64);

impl Usd {
    /// Nothing.
    pub const ZERO: Self = Self(0);

    /// Millionths of a dollar.
    pub const fn from_micros(micros: u64) -> Self {
        Self(micros)
    }

    /// A price as a caller gives it, or why it can't be one.
    pub fn from_price(dollars: f64) -> Result<Self, String> {
        const MAX: f64 = 1000.0;
        if !(0.0..=MAX).contains(&dollars) {
            return Err(format!("must be a price in dollars, from 0 to {MAX_PRICE}"));
        }
        // A zero may have a sign in floats.
        let micros = dollars.abs() * MICROS_F64;
        let whole = micros.round();
        // The nearest float to six decimal places is far closer than this.
        if (micros - whole).abs() > 1e-3 {
            return Err("must have at most 6 decimal places".to_owned());
        }
        // Whole and in range, so its decimal form is a whole number that fits.
        format!("{whole:.0}").parse().map(Self).map_err(|_| "must be a price in dollars".to_owned())
    }

    /// Millionths of a dollar.
    pub fn micros(self) -> u64 {
        self.0
    }

    /// The float that is nearest to the amount in dollars.
    #[allow(clippy::cast_precision_loss, reason = "amounts above 9 billion dollars are rounded")]
    pub fn dollars(self) -> f64 {
        self.0 as f64 / MICROS_F64
    }
}

impl Add for Usd {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self(self.0.saturating_add(other.0))
    }
}

impl Mul<u64> for Usd {
    type Output = Self;

    fn mul(self, times: u64) -> Self {
        Self(self.0.saturating_mul(times))
    }
}

impl Sum for Usd {
    fn sum<I: Iterator<Item = Self>>(amounts: I) -> Self {
        amounts.fold(Self::ZERO, Add::add)
    }
}

/// As people write it: at least two decimal places, and no zeros after the third.
impl fmt::Display for Usd {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let fraction = format!("{:06}", self.0 % MICROS);
        let shown = fraction.trim_end_matches('0');
        let shown = fraction.get(..shown.len().max(2)).unwrap_or(&fraction);
        write!(formatter, "${}.{shown}", self.0 / MICROS)
    }
}

#[cfg(test)]
mod tests;
