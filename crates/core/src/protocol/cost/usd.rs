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

/// As people write it: at least two decimal places, and no zeros behind the third.
impl fmt::Display for Usd {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let fraction = format!("{:06}", self.0 % MICROS);
        let shown = fraction.trim_end_matches('0');
        let shown = fraction.get(..shown.len().max(2)).unwrap_or(&fraction);
        write!(formatter, "${}.{shown}", self.0 / MICROS)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::float_cmp)]

    use super::*;
    use proptest::prelude::*;

    #[test]
    fn amounts_are_shown_as_people_write_them() {
        for (micros, shown) in [
            (0, "$0.00"),
            (15_000, "$0.015"),
            (200_000, "$0.20"),
            (1_000, "$0.001"),
            (1, "$0.000001"),
            (1_000_000, "$1.00"),
            (12_345_678, "$12.345678"),
        ] {
            assert_eq!(Usd::from_micros(micros).to_string(), shown);
        }
    }

    #[test]
    fn sums_do_not_drift() {
        let tenth: Usd = std::iter::repeat_n(Usd::from_price(0.1).unwrap(), 3).sum();
        assert_eq!(tenth.dollars(), 0.3);
        assert_eq!((Usd::from_micros(15_000) * 1_000_001).dollars(), 15_000.015);
        assert_eq!(Usd::from_micros(u64::MAX) + Usd::from_micros(1), Usd::from_micros(u64::MAX));
        assert_eq!(Usd::from_micros(u64::MAX) * 2, Usd::from_micros(u64::MAX));
    }

    #[test]
    fn what_is_no_price_is_refused() {
        for price in [-0.001, 1000.1, f64::NAN, f64::INFINITY, f64::NEG_INFINITY] {
            assert!(Usd::from_price(price).unwrap_err().contains("from 0 to 1000"), "{price}");
        }
        for price in [0.000_000_1, 0.015_000_1, 0.333_333_3] {
            assert!(Usd::from_price(price).unwrap_err().contains("6 decimal places"), "{price}");
        }
        // As arithmetic in floats leaves it.
        assert_eq!(Usd::from_price(0.1 + 0.2).unwrap(), Usd::from_micros(300_000));
        assert_eq!(Usd::from_price(-0.0).unwrap(), Usd::ZERO);
    }

    proptest! {
        #[test]
        fn a_price_survives_the_way_through_floats(micros in 0..=MAX_PRICE * MICROS) {
            let amount = Usd::from_micros(micros);
            prop_assert_eq!(Usd::from_price(amount.dollars()).unwrap(), amount);
        }
    }
}
