use super::*;

fn whole(content: &Content) -> Vec<u8> {
    let mut bytes = Vec::new();
    while (bytes.len() as u64) < content.bytes {
        bytes.extend_from_slice(&content.piece(bytes.len() as u64, content.bytes));
    }
    bytes
}

#[test]
fn a_medium_is_the_same_from_wherever_it_is_read() {
    for kind in [Kind::Image, Kind::Video] {
        let content = Content::new(kind, 3_000_000, 5);
        let bytes = whole(&content);
        assert_eq!(bytes.len(), 3_000_000);
        assert_eq!(crc32fast::hash(&bytes), content.checksum());
        let piece = content.piece(1_048_600, 1_048_700);
        assert_eq!(Some(&piece[..]), bytes.get(1_048_600..1_048_700));
        assert_ne!(content.checksum(), Content::new(kind, 3_000_000, 6).checksum());
    }
}
