use super::*;

#[test]
fn a_field_and_a_file_in_runs() {
    let fields = [("segment_index", "7".to_owned())];
    let file = [Bytes::from_static(b"by"), Bytes::from_static(b"tes")];
    let body = frame("xyz", &fields, "media", file).concat();
    let expected = "--xyz\r\nContent-Disposition: form-data; name=\"segment_index\"\r\n\r\n7\r\n\
                        --xyz\r\nContent-Disposition: form-data; name=\"media\"; filename=\"blob\"\r\n\
                        Content-Type: application/octet-stream\r\n\r\nbytes\r\n--xyz--\r\n";
    assert_eq!(String::from_utf8_lossy(&body), expected);
    assert_eq!(content_type("xyz"), "multipart/form-data; boundary=xyz");
}
