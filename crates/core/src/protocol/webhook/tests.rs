use super::*;

const SECRET: &str = "kAcSOqF21Fu85e7zjz7ZN2U4ZRhfV3WpwPAoE3Z7kBw";

#[test]
fn a_challenge_is_answered() {
    let answer = crc_response("crc-token-123", SECRET);
    assert_eq!(answer.as_deref(), Some("sha256=neevp46UmFOUD4druBCAftlndPF9+kWFe+vIOP6l48U="));
}

#[test]
fn a_challenge_that_could_be_an_event_is_not() {
    for token in ["", "{\"data\":1}", "a b", "é", &"a".repeat(129)] {
        assert_eq!(crc_response(token, SECRET), None, "{token:?}");
    }
}

#[test]
fn events_are_verified_byte_by_byte() {
    let body = br#"{"data":{"event_type":"post.create"}}"#;
    let header = "sha256=prGU7k8HG5tmOVvJZHj+16ARQpuTFf7flRPlbyyfx7o=";
    assert!(verify_signature(body, header, SECRET));
    assert!(!verify_signature(&body[1..], header, SECRET));
    assert!(!verify_signature(body, &header[1..], SECRET));
    assert!(!verify_signature(body, "", SECRET));
}
