use super::TextPart::{Link, Words};
use super::*;

#[test]
fn no_character_is_cut() {
    assert_eq!(split_links("c.coa\u{e007f}c.co/c"), [Link("c.coa\u{e007f}".into()), Words("c.co/c".into())]);
}

#[test]
fn links_and_what_is_between_them() {
    assert_eq!(split_links(""), []);
    assert_eq!(split_links("no link"), [Words("no link".into())]);
    assert_eq!(
        split_links("日本 https://a.example.com/x?y=1 and example.com."),
        [
            Words("日本 ".into()),
            Link("https://a.example.com/x?y=1".into()),
            Words(" and ".into()),
            Link("example.com".into()),
            Words(".".into())
        ]
    );
}
