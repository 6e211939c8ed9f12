#![allow(clippy::unwrap_used)]

use proptest::prelude::*;

use super::*;

proptest! {
    /// However a file was read, it is the same file.
    #[test]
    fn runs_are_read_as_one(runs in proptest::collection::vec(proptest::collection::vec(0..4_u8, 0..5), 0..6), at in 0..24_usize, length in 0..12_usize) {
        let whole = runs.concat();
        let file = Runs::new(runs.iter().map(Vec::as_slice));
        prop_assert_eq!(file.length(), whole.len());
        prop_assert_eq!(file.byte(at), whole.get(at).copied());
        let part = at..at + length;
        prop_assert_eq!(file.has(&part), whole.get(part.clone()).is_some());
        prop_assert_eq!(file.part(part.clone()).map(Cow::into_owned), whole.get(part).map(<[u8]>::to_vec));
        prop_assert_eq!(file.bytes::<3>(at).map(Vec::from), whole.get(at..at + 3).map(<[u8]>::to_vec));
        let found = whole.get(at..).and_then(|rest| rest.iter().position(|byte| *byte == 3)).map(|place| at + place);
        prop_assert_eq!(file.find(3, at), found);
        prop_assert_eq!(file.starts_with(at, &[1, 2]), whole.get(at..).unwrap_or_default().starts_with(&[1, 2]));
    }
}
