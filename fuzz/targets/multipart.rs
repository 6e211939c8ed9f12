//! A multipart body is read back by another reader as the fields and the file that were put in, however the file is
//! cut into runs. Lines: the field's values, cut lengths as letters, then the file.
#![no_main]

use bytes::Bytes;
use libfuzzer_sys::{Corpus, fuzz_target};
use support::input::{cut, first_line_of_bytes};
use support::mime::{Part, parts};
use twitter_native_core::protocol::multipart::{content_type, frame};

const BOUNDARY: &str = "twitter-native-QSkUWDHZVjqm3Ms0oNGa5Lr1bt9c7TFE";
const NAMES: [&str; 3] = ["command", "media_id", "segment_index"];

fuzz_target!(|bytes: &[u8]| -> Corpus {
    if bytes.windows(BOUNDARY.len()).any(|window| window == BOUNDARY.as_bytes()) {
        return Corpus::Reject;
    }
    let (values, rest) = first_line_of_bytes(bytes);
    let (lengths, file) = first_line_of_bytes(rest);
    let values = String::from_utf8_lossy(values);
    let fields: Vec<(&str, String)> = NAMES.into_iter().zip(values.split('\t').map(str::to_owned)).collect();
    let runs: Vec<Bytes> = cut(file, lengths).into_iter().map(Bytes::copy_from_slice).collect();
    let body = frame(BOUNDARY, &fields, "media", runs.clone());
    // The file's runs are in it as they are, not as copies.
    let kept = body.iter().skip(1).zip(&runs).all(|(run, given)| run.as_ptr() == given.as_ptr());
    assert!(kept && body.len() == runs.len() + 2);

    let text = |(name, value): &(&str, String)| Part {
        name: (*name).to_owned(),
        file_name: None,
        content_type: None,
        body: value.clone().into_bytes(),
    };
    let mut expected: Vec<Part> = fields.iter().map(text).collect();
    expected.push(Part {
        name: "media".to_owned(),
        file_name: Some("blob".to_owned()),
        content_type: Some("application/octet-stream".to_owned()),
        body: file.to_vec(),
    });
    assert_eq!(parts(&content_type(BOUNDARY), &body.concat()), Some(expected));
    Corpus::Keep
});
