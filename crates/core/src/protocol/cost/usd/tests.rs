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
