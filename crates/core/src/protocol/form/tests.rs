use super::*;

#[test]
fn what_is_encoded_is_decoded() {
    let pairs = [("a b", "1+2&=é"), ("empty", "")];
    let text = encode_form(&pairs);
    assert_eq!(text, "a%20b=1%2B2%26%3D%C3%A9&empty=");
    assert_eq!(decode_form(&text), pairs.map(|(n, v)| (n.to_owned(), v.to_owned())));
}

#[test]
fn bytes_that_are_no_text_stay_as_they_are() {
    let pairs = [(&b"a\xff "[..], &b"%4\x00%"[..]), (b"", b"="), (b"b", b"")];
    let pairs = pairs.map(|(name, value)| (name.to_vec(), value.to_vec()));
    assert_eq!(decode_form_bytes("a%fF+=%4%00%&&==&b"), pairs);
}

#[test]
fn bad_escapes_do_no_harm() {
    assert_eq!(decode_form("a=%zz+1&&b"), [("a".into(), "%zz 1".into()), ("b".into(), String::new())]);
}
