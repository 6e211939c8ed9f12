//! Other bytes in the place of a source's own.

use bytes::Bytes;

use super::server::{Reply, Server};
use super::{call, open_url, pattern, rest};

#[tokio::test]
async fn bytes_that_are_kept_can_be_read_again_from_memory_and_from_a_file() {
    let body = pattern(300_000);
    for memory_limit in [0, 299_999, 300_000] {
        let server = Server::script(vec![Reply::new("200 OK", &["ETag: \"v1\""], b"the source's own")]).await;
        let call = call();
        let source = open_url(&call, &server.url("/a.mp4")).await.unwrap();
        let validator = source.validator().map(str::to_owned);
        let runs = body.chunks(70_000).map(Bytes::copy_from_slice).collect();
        let mut kept = source.holding(runs, memory_limit).await.unwrap();
        assert_eq!((kept.length(), kept.validator()), (Some(300_000), validator.as_deref()));
        assert_eq!(rest(&call, &mut kept).await.unwrap(), body);
        assert!(kept.can_restart());
        kept.restart_at(&call, 123_456).await.unwrap();
        assert_eq!(rest(&call, &mut kept).await.unwrap(), body[123_456..]);
        assert_eq!(server.requests().len(), 1);
    }
}
