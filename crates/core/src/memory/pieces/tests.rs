use super::*;

#[test]
fn chunks_of_any_size_become_full_pieces_and_a_rest() {
    let all: Vec<u8> = (0..=250).cycle().take(3 * PIECE_BYTES + 100).collect();
    for size in [1000, PIECE_BYTES, 2 * PIECE_BYTES + 1, all.len()] {
        let mut pieces = Pieces::default();
        let mut got: Vec<Bytes> = Vec::new();
        for chunk in all.chunks(size) {
            got.extend(pieces.push(chunk));
        }
        assert!(got.iter().all(|piece| piece.len() == PIECE_BYTES), "chunks of {size}");
        got.extend(pieces.rest());
        assert_eq!(got.concat(), all, "chunks of {size}");
        assert_eq!(pieces.rest(), None);
    }
}

#[test]
fn what_was_not_asked_for_yet_is_not_lost() {
    let mut pieces = Pieces::default();
    assert_eq!(pieces.push(b"first").next(), None);
    assert_eq!(pieces.push(b", then").next(), None);
    assert_eq!(pieces.rest().as_deref(), Some(&b"first, then"[..]));
}

#[test]
fn a_piece_holds_what_it_held_however_many_come_after_it() {
    let mut pieces = Pieces::default();
    let mut first: Vec<Bytes> = pieces.push(&vec![1; PIECE_BYTES]).collect();
    drop(pieces.push(&vec![2; PIECE_BYTES]).collect::<Vec<_>>());
    let third: Vec<Bytes> = pieces.push(&vec![3; PIECE_BYTES]).collect();
    assert!(first.concat().iter().all(|byte| *byte == 1));
    first.clear();
    assert!(third.concat().iter().all(|byte| *byte == 3));
}
