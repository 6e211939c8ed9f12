#![allow(clippy::unwrap_used)]

use super::*;

/// By all groups, and by the sketch that was written and read.
fn alike(one: &str, other: &str) -> [bool; 2] {
    let (one, other) = (Groups::of(one), Groups::of(other));
    let kept = Sketch::read(&Sketch::of(&one).write()).unwrap();
    [one.is_like(&other), kept.is_like(&other)]
}

#[test]
fn a_text_is_like_itself_with_a_few_letters_changed() {
    let text = "We are open again from Monday on, with new bread and old friends";
    for other in [
        text.to_owned(),
        text.to_uppercase(),
        text.replace('-', ""),
        format!("@somebody {text}"),
        format!("{text} t.co/abcdefghij"),
        text.replace("Monday", "Mo\u{301}nday"),
    ] {
        assert_eq!(alike(text, &other), [true; 2], "{other}");
    }
    assert_eq!(alike("Hi", "Hi"), [true; 2]);
}

#[test]
fn other_texts_are_not() {
    let texts = [
        "We are open again from Monday on, with new bread and old friends",
        "Closed today: the baker is ill, and the flour has not come",
        "Thank you for ten years in this street!",
        "Neues Brot ab Montag, und alte Freunde",
        "月曜日から新しいパンがあります",
        "Yes",
        "No",
        "👍",
    ];
    for (index, one) in texts.iter().enumerate() {
        for other in texts.iter().skip(index + 1) {
            assert_eq!(alike(one, other), [false; 2], "{one} / {other}");
        }
        assert_eq!(alike(one, ""), [false; 2]);
    }
    assert_eq!(alike("", ""), [false; 2]);
}

#[test]
fn a_sketch_is_short_and_versioned() {
    let written = Sketch::of(&Groups::of(&"long words ".repeat(2000))).write();
    assert_eq!((written.len(), written.chars().next()), (23, Some(VERSION)));
    assert_eq!(Sketch::of(&Groups::of("")).write(), "1");
    for unknown in ["", "2AAAAAAAAAAAAAAAAAAAAAA", "1AAAA", "1!", "é"] {
        assert_eq!(Sketch::read(unknown), None, "{unknown}");
    }
}
