//! How a target reads its input. Inputs are lines of text wherever that will do: whoever looks at a corpus can read
//! it, and a mutation of one line leaves the others as they are.

/// The first line, and everything after it.
pub fn first_line(text: &str) -> (&str, &str) {
    text.split_once('\n').unwrap_or((text, ""))
}

/// The bytes up to the first line's end, and everything after it.
pub fn first_line_of_bytes(bytes: &[u8]) -> (&[u8], &[u8]) {
    match bytes.iter().position(|byte| *byte == b'\n') {
        Some(end) => (&bytes[..end], &bytes[end + 1..]),
        None => (bytes, &[]),
    }
}

/// Cuts bytes into runs whose lengths are those of `lengths`, again and again. A length of zero gives an empty run.
pub fn cut<'a>(bytes: &'a [u8], lengths: &[u8]) -> Vec<&'a [u8]> {
    if lengths.iter().all(|length| *length == 0) {
        return vec![bytes];
    }
    let mut runs = Vec::new();
    let mut rest = bytes;
    for length in lengths.iter().cycle() {
        if rest.is_empty() {
            break;
        }
        let (run, behind) = rest.split_at(usize::from(*length).min(rest.len()));
        runs.push(run);
        rest = behind;
    }
    runs
}

/// Makes values of bytes. When these are used up, all that follow are zero.
#[derive(Debug)]
pub struct Reader<'a>(pub &'a [u8]);

impl<'a> Reader<'a> {
    /// Up to that many bytes.
    pub fn take(&mut self, count: usize) -> &'a [u8] {
        let (taken, rest) = self.0.split_at(count.min(self.0.len()));
        self.0 = rest;
        taken
    }

    /// A number of so many bytes.
    pub fn number(&mut self, bytes: usize) -> u64 {
        self.take(bytes).iter().fold(0, |number, byte| (number << 8) | u64::from(*byte))
    }

    /// A number below a bound of up to 2^16.
    pub fn below(&mut self, bound: u64) -> u64 {
        self.number(if bound > 256 { 2 } else { 1 }) % bound
    }

    /// Yes or no.
    pub fn flag(&mut self) -> bool {
        self.below(2) == 1
    }

    /// A word of up to that many of these letters.
    pub fn word(&mut self, most: u64, letters: &[u8]) -> String {
        let length = self.below(most + 1) as usize;
        let bytes = self.take(length);
        bytes.iter().map(|byte| char::from(letters[usize::from(*byte) % letters.len()])).collect()
    }
}
