use super::*;

/// RFC 7636, appendix B.
#[test]
fn the_vector_of_the_rfc() {
    let challenge = s256_challenge("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk");
    assert_eq!(challenge, "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM");
}

#[test]
fn a_made_verifier_is_a_verifier() {
    assert!(is_verifier(&verifier_from(&[255; 32])));
    assert!(!is_verifier("short"));
    assert!(!is_verifier(&"=".repeat(50)));
}
