#![allow(clippy::unwrap_used)]

use super::*;

#[test]
fn a_large_chunk_is_not_copied() {
    let chunk = Bytes::from(vec![7; LARGE_BYTES]);
    let mut gather = Gather::default();
    gather.push(chunk.clone());
    assert_eq!(gather.next().unwrap().as_ptr(), chunk.as_ptr());
    assert_eq!(gather.next(), None);
}

#[test]
fn small_chunks_become_a_large_one_and_keep_their_place() {
    let mut gather = Gather::default();
    gather.push(Bytes::from_static(b"first"));
    assert_eq!(gather.next(), None);
    gather.push(Bytes::from(vec![7; LARGE_BYTES]));
    assert_eq!(gather.next().unwrap(), "first");
    assert_eq!(gather.next().unwrap().len(), LARGE_BYTES);
    for _ in 0..LARGE_BYTES - 1 {
        gather.push(Bytes::from_static(b"x"));
        assert_eq!(gather.next(), None);
    }
    gather.push(Bytes::from_static(b"y"));
    let whole = gather.next().unwrap();
    assert_eq!((whole.len(), whole.last()), (LARGE_BYTES, Some(&b'y')));
    gather.push(Bytes::from_static(b"end"));
    assert_eq!(gather.rest().unwrap(), "end");
    assert_eq!(gather.rest(), None);
}
