use super::*;

fn read(first: &str) -> Proof {
    let mut proof = Proof::default();
    assert!(proof.push(first.as_bytes()) && !proof.is_owed());
    proof.restart();
    proof
}

#[test]
fn the_same_bytes_prove_it_however_they_are_cut() {
    for cuts in [&["hello, world"][..], &["hel", "lo"], &["hello", ", world"], &["h", "ello, "]] {
        let mut proof = read("hello");
        assert!(proof.is_owed());
        assert!(cuts.iter().all(|cut| proof.push(cut.as_bytes())), "{cuts:?}");
        assert!(!proof.is_owed());
    }
}

#[test]
fn other_bytes_are_found_out_where_the_known_ones_end() {
    for cuts in [&["hellO, world"][..], &["Hel", "lo"], &["xxxxxxxx"]] {
        let mut proof = read("hello");
        assert!(!cuts.iter().all(|cut| proof.push(cut.as_bytes())), "{cuts:?}");
    }
}

#[test]
fn a_second_restart_does_not_forget_what_the_first_one_owes() {
    let mut proof = read("hello");
    assert!(proof.push(b"hel"));
    proof.restart();
    assert!(proof.push(b"hel") && proof.is_owed());
    assert!(!proof.push(b"p!"));
}

#[test]
fn after_it_is_proven_the_next_restart_owes_more() {
    let mut proof = read("hello");
    assert!(proof.push(b"hello, world"));
    proof.restart();
    assert!(proof.push(b"hello") && proof.is_owed());
    assert!(proof.push(b", world") && !proof.is_owed());
}

#[test]
fn nothing_read_owes_nothing() {
    let mut proof = Proof::default();
    proof.restart();
    assert!(!proof.is_owed() && proof.push(b"anything"));
}
