use super::*;

fn length(label: &str) -> usize {
    encoded_length(&label.encode_utf16().collect::<Vec<_>>())
}

/// RFC 3492, section 7.1, samples A, B, F, J and L.
#[test]
fn counts_the_published_samples() {
    let samples = [
        ("ليهمابتكلموشعربي؟", "egbpdaj6bu4bxfgehfvwxn"),
        ("他们为什么不说中文", "ihqwcrb4cv8a8dqg056pqjye"),
        ("почемужеонинеговорятпорусски", "b1abfaaepdrnnbgefbadotcwatmq2g4l"),
        ("PorquénopuedensimplementehablarenEspañol", "PorqunopuedensimplementehablarenEspaol-fmd56a"),
        ("3年B組金八先生", "3B-ww4c5e180e575a65lsy2b"),
    ];
    for (label, encoded) in samples {
        assert_eq!(length(label), "xn--".len() + encoded.len(), "{label}");
    }
}

#[test]
fn ascii_stays_as_it_is() {
    assert_eq!(length("example"), 7);
    assert!(label_fits(&[0x61; 63]));
    assert!(!label_fits(&[0x61; 64]));
    assert!(!label_fits(&[]));
}
