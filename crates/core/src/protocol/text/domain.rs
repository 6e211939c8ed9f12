//! Where a domain ends, and which parts of it a link without a scheme may use.

use super::chars::{DOT, UNDERSCORE, is_domain, is_label, is_latin_label};
use super::punycode::label_fits;
use super::tlds::tld_end;

/// Finds domains in one text, for starts that only move forward.
///
/// A domain is labels joined by dots whose last label, without an underscore, comes before a known top-level
/// domain; as many labels as possible are taken. Starts may lie close together (in a script without spaces every
/// character is one), so what is found out about a label and about the labels after it is kept: the whole text is
/// read a bounded number of times, whatever it holds.
pub(super) struct DomainFinder<'text> {
    text: &'text [u16],
    label: Label,
    chain: Option<Chain>,
}

/// A run of label characters.
#[derive(Clone, Copy, Default)]
struct Label {
    end: usize,
    /// It ends in a character that a label may end with, and a dot follows.
    closed: bool,
    last_underscore: Option<usize>,
}

/// Dots that follow one another with nothing but whole labels between them.
#[derive(Clone, Copy)]
struct Chain {
    last_dot: usize,
    /// The last dot before which a whole label of the chain allows a top-level domain to follow, and its end.
    best: Option<(usize, usize)>,
}

impl<'text> DomainFinder<'text> {
    pub(super) fn new(text: &'text [u16]) -> Self {
        Self { text, label: Label::default(), chain: None }
    }

    /// The end of the domain that starts at `start`.
    pub(super) fn domain_end(&mut self, start: usize) -> Option<usize> {
        if !self.text.get(start).copied().is_some_and(is_domain) {
            return None;
        }
        if start >= self.label.end {
            self.label = read_label(self.text, start);
        }
        let label = self.label;
        if !label.closed {
            return None;
        }
        let chain = match self.chain {
            Some(chain) if label.end <= chain.last_dot => chain,
            _ => *self.chain.insert(read_chain(self.text, label.end)),
        };
        match chain.best {
            Some((dot, end)) if dot > label.end => Some(end),
            _ if label.last_underscore.is_some_and(|underscore| underscore >= start) => None,
            _ => tld_end(self.text, label.end + 1),
        }
    }
}

fn read_label(text: &[u16], start: usize) -> Label {
    let mut label = Label { end: start, ..Label::default() };
    let mut last = None;
    for unit in text.iter().skip(start).copied().take_while(|unit| is_label(*unit)) {
        if unit == UNDERSCORE {
            label.last_underscore = Some(label.end);
        }
        last = Some(unit);
        label.end += 1;
    }
    label.closed = last.is_some_and(is_domain) && text.get(label.end) == Some(&DOT);
    label
}

fn read_chain(text: &[u16], first_dot: usize) -> Chain {
    let mut chain = Chain { last_dot: first_dot, best: None };
    loop {
        let start = chain.last_dot + 1;
        if !text.get(start).copied().is_some_and(is_domain) {
            return chain;
        }
        let label = read_label(text, start);
        if !label.closed {
            return chain;
        }
        chain.last_dot = label.end;
        if label.last_underscore.is_none()
            && let Some(end) = tld_end(text, label.end + 1)
        {
            chain.best = Some((label.end, end));
        }
    }
}

/// The parts of a domain that a link without a scheme is made of: ASCII or accented Latin labels before a top-level
/// domain. Start and end of each, from the left.
pub(super) fn latin_domains(domain: &[u16]) -> impl Iterator<Item = (usize, usize)> {
    let mut at = 0;
    std::iter::from_fn(move || {
        while at < domain.len() {
            let start = at;
            let mut label = start;
            let mut end = None;
            let stop = loop {
                let stop =
                    label + domain.iter().skip(label).take_while(|unit| is_latin_label(**unit)).count();
                if stop == label || domain.get(stop) != Some(&DOT) {
                    break stop;
                }
                end = tld_end(domain, stop + 1).or(end);
                label = stop + 1;
            };
            if let Some(end) = end {
                at = end;
                return Some((start, end));
            }
            at = stop + 1;
        }
        None
    })
}

/// Whether DNS could hold the domain: every label fits, and what starts as punycode has no other letters.
pub(super) fn is_encodable(domain: &[u16]) -> bool {
    let claims_punycode = domain.starts_with(&[0x78, 0x6E, 0x2D, 0x2D]);
    if claims_punycode && latin_domains(domain).next().is_none() {
        return false;
    }
    domain.split(|unit| *unit == DOT).all(label_fits)
}
