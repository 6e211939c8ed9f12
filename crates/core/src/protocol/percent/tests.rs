use super::{decode, encode, encode_again_into, encode_bytes_into};

/// From X's page on percent-encoding parameters.
#[test]
fn published_examples() {
    assert_eq!(encode("Ladies + Gentlemen"), "Ladies%20%2B%20Gentlemen");
    assert_eq!(encode("An encoded string!"), "An%20encoded%20string%21");
    assert_eq!(encode("Dogs, Cats & Mice"), "Dogs%2C%20Cats%20%26%20Mice");
    assert_eq!(encode("☃"), "%E2%98%83");
}

#[test]
fn what_is_encoded_is_decoded() {
    assert_eq!(decode(encode("☃ + 100%").as_bytes()), "☃ + 100%".as_bytes());
    assert_eq!(decode(b"%2f+%2%zz%"), b"/+%2%zz%");
}

#[test]
fn reserved_characters_that_urls_often_keep_are_encoded() {
    assert_eq!(encode("!*'()"), "%21%2A%27%28%29");
    assert_eq!(encode("-._~"), "-._~");
}

#[test]
fn a_text_is_encoded_as_its_bytes_are_and_once_more() {
    for text in ["", "plain", "%", "%%2", "a b", "é☃ \u{1F600}!", "ends with é", "\u{7f}\0~"] {
        let mut by_bytes = String::new();
        encode_bytes_into(&mut by_bytes, text.as_bytes());
        assert_eq!(encode(text), by_bytes);
        let mut again = String::new();
        encode_again_into(&mut again, &by_bytes);
        assert_eq!(again, encode(&by_bytes));
    }
    let mut broken = String::new();
    encode_bytes_into(&mut broken, b"a\xff\xc3(\xe2\x98");
    assert_eq!(broken, "a%FF%C3%28%E2%98");
}
