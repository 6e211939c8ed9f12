//! What errors and results may show of a text that came from outside.

/// The most characters that are shown of it.
const LONGEST: usize = 500;

/// One line of bounded length, without anything that steers a terminal or begins another line of a log.
pub fn is_line(text: &str) -> bool {
    text.chars().count() <= LONGEST && !text.contains(is_breaking)
}

/// Steers a terminal, or ends a line.
pub fn is_breaking(letter: char) -> bool {
    letter.is_control() || matches!(letter, '\u{2028}' | '\u{2029}')
}

/// Fails unless the text is a line.
#[track_caller]
pub fn assert_line(text: &str) {
    assert!(is_line(text), "{text:?} is shown");
}
