//! Reads an answer that comes over HTTP/2.

use std::io::Read;

use bytes::{Buf, Bytes, BytesMut};
use flate2::bufread::MultiGzDecoder;
use h2::RecvStream;
use http::header::CONTENT_ENCODING;

use super::connection::Sent;
use crate::transport::answer::{AnswerBody, MAX_ANSWER_BYTES, RawAnswer};
use crate::transport::failure::TransportFailure;

/// Waits for an answer and reads it within bounds.
pub(super) async fn read(mut sent: Sent) -> Result<RawAnswer, TransportFailure> {
    let answer = (&mut sent.answer).await.map_err(|failure| TransportFailure::from_http2(&failure))?;
    let (mut head, mut stream) = answer.into_parts();
    let body = read_body(&mut stream).await;
    let body = match (body, head.headers.remove(CONTENT_ENCODING)) {
        (AnswerBody::Whole(packed), Some(encoding)) if encoding == "gzip" => unpacked(packed),
        (AnswerBody::Whole(_), Some(encoding)) => AnswerBody::unasked_encoding(&encoding),
        (body, _) => body,
    };
    Ok(RawAnswer { status: head.status, headers: head.headers, body, took: None })
}

async fn read_body(stream: &mut RecvStream) -> AnswerBody {
    let mut whole = BytesMut::new();
    while let Some(read) = stream.data().await {
        let chunk = match read {
            Ok(chunk) => chunk,
            Err(failure) => {
                return AnswerBody::BrokenOff(TransportFailure::from_http2(&failure).after_head());
            }
        };
        if whole.len() + chunk.len() > MAX_ANSWER_BYTES {
            return AnswerBody::too_large();
        }
        // The server may send as much again.
        let _a_stream_that_has_ended = stream.flow_control().release_capacity(chunk.len());
        if whole.is_empty() && stream.is_end_stream() {
            return AnswerBody::Whole(chunk);
        }
        whole.extend_from_slice(&chunk);
    }
    AnswerBody::Whole(whole.freeze())
}

fn unpacked(packed: Bytes) -> AnswerBody {
    if packed.is_empty() {
        return AnswerBody::Whole(packed);
    }
    let mut whole = Vec::new();
    let mut bounded = MultiGzDecoder::new(packed.reader()).take(MAX_ANSWER_BYTES as u64 + 1);
    match bounded.read_to_end(&mut whole) {
        Ok(read) if read > MAX_ANSWER_BYTES => AnswerBody::too_large(),
        Ok(_) => AnswerBody::Whole(whole.into()),
        Err(failure) => AnswerBody::BrokenOff(TransportFailure::of_body(&failure)),
    }
}
