//! Sets of characters as sorted ranges.

/// Says whether a character lies in one of the ranges, which must be sorted.
pub(super) fn is_in(ranges: &[(char, char)], letter: char) -> bool {
    let behind = ranges.partition_point(|(start, _)| *start <= letter);
    behind.checked_sub(1).and_then(|index| ranges.get(index)).is_some_and(|(_, end)| letter <= *end)
}
