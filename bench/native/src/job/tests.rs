use super::*;

#[test]
fn a_text_is_known_to_the_letter() {
    assert_eq!(number_of(&text_of(17)), Some(17));
    assert_eq!(number_of(&text_of(17).replace("autumn", "winter")), None);
    assert_eq!(number_of("Number x"), None);
}
