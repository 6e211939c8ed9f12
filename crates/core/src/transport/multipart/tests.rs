#![allow(clippy::unwrap_used)]

use http_body::Body as _;

use super::*;

#[tokio::test]
async fn a_body_has_the_length_that_it_tells_and_then_an_end() {
    let file = [Bytes::from(vec![7; 3 * FRAME_BYTES + 1]), Bytes::new(), Bytes::from_static(b"end")];
    let multipart = Multipart::new(&[("media_category", "tweet_image".to_owned())], "media", file).unwrap();
    let mut body = multipart.to_reqwest(None);
    let told = body.size_hint().exact().unwrap();
    let mut came = Vec::new();
    while let Some(frame) = std::future::poll_fn(|context| Pin::new(&mut body).poll_frame(context)).await {
        let bytes = frame.unwrap().into_data().unwrap();
        assert!(!bytes.is_empty() && bytes.len() <= FRAME_BYTES);
        came.extend(bytes);
    }
    assert_eq!(came.len() as u64, told);
    assert!(came.windows(4).any(|window| window == b"\x07end"));
    assert!(body.is_end_stream());
}
