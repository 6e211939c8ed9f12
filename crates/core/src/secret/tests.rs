use super::*;

#[test]
fn a_secret_does_not_print() {
    let secret = Secret::new("hunter2hunter2");
    assert_eq!(format!("{secret:?} {:#?}", Some(&secret)).matches("hunter").count(), 0);
}

#[test]
fn equal_secrets_are_equal() {
    assert_eq!(Secret::new("a"), Secret::new("a"));
    assert_ne!(Secret::new("a"), Secret::new("b"));
}
