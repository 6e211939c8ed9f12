use super::read;

#[test]
fn what_a_body_holds_is_not_quoted() {
    for (body, why) in [
        (r#""a-secret-token""#, "its shape is not the one that X documents (line 1, column 16)"),
        (r#"{"data":{"a-secret-token":1}}"#, "its shape is not the one that X documents (line 1, column 0)"),
        ("[a-secret-token]", "it is not JSON (line 1, column 2)"),
        ("[1,\n2", "it is cut off (line 2, column 1)"),
        ("", "it is cut off (line 1, column 0)"),
    ] {
        assert_eq!(read::<Vec<u32>>(body.as_bytes()), Err(why.to_owned()), "{body}");
    }
    assert_eq!(read::<Vec<u32>>(b"[1,2]"), Ok(vec![1, 2]));
}
