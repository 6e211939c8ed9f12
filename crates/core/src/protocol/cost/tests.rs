use super::*;

const PLAIN: PostCharges =
    PostCharges { link: None, is_reply: false, uploads: 0, alt_texts: 0, subtitles: 0 };

fn micros(charges: &PostCharges) -> u64 {
    Prices::default().of_post(charges).micros()
}

/// The figures of X's page, <https://docs.x.com/x-api/getting-started/pricing>, in its own unit.
#[test]
fn the_list_is_x_own() {
    let prices = Prices::default();
    let listed = [
        (prices.post, "$0.015"),
        (prices.post_with_link, "$0.20"),
        (prices.summoned_reply, "$0.01"),
        (prices.alt_text, "$0.005"),
        (prices.post_read, "$0.005"),
        (prices.owned_read, "$0.001"),
        (prices.user_read, "$0.01"),
        (prices.delete, "$0.01"),
        (prices.event, "$0.005"),
        (prices.media_upload, "$0.00"),
        (prices.subtitles, "$0.00"),
    ];
    for (price, shown) in listed {
        assert_eq!(price.to_string(), shown);
    }
    assert_eq!(prices.as_of, LISTED_ON);
}

#[test]
fn a_link_makes_the_post_dear() {
    assert_eq!(micros(&PLAIN), 15_000);
    for link in [LinkIn::Text, LinkIn::Button, LinkIn::DirectMessage] {
        assert_eq!(micros(&PostCharges { link: Some(link), ..PLAIN }), 200_000);
    }
}

#[test]
fn media_cost_by_their_descriptions() {
    assert_eq!(micros(&PostCharges { uploads: 4, alt_texts: 3, ..PLAIN }), 30_000);
    let prices =
        Prices { media_upload: Usd::from_micros(7), subtitles: Usd::from_micros(11), ..Prices::default() };
    assert_eq!(prices.of_post(&PostCharges { uploads: 2, subtitles: 3, ..PLAIN }).micros(), 15_047);
}

#[test]
fn the_lines_add_up() {
    let prices =
        Prices { media_upload: Usd::from_micros(3), subtitles: Usd::from_micros(5), ..Prices::default() };
    for link in [None, Some(LinkIn::Text), Some(LinkIn::Button), Some(LinkIn::DirectMessage)] {
        for is_reply in [false, true] {
            for count in 0..4 {
                let charges =
                    PostCharges { link, is_reply, uploads: count, alt_texts: count, subtitles: count };
                let sum: Usd = prices.items_of_post(&charges).iter().map(|item| item.usd).sum();
                assert_eq!(sum, prices.of_post(&charges));
            }
        }
    }
}

#[test]
fn each_line_says_why() {
    let charges =
        PostCharges { link: Some(LinkIn::Text), is_reply: true, uploads: 2, alt_texts: 1, subtitles: 0 };
    let lines: Vec<(&str, String, String)> = Prices::default()
        .items_of_post(&charges)
        .into_iter()
        .map(|item| (item.what, item.usd.to_string(), item.why))
        .collect();
    assert_eq!(
        lines,
        [
            (
                "post_with_link",
                "$0.20".to_owned(),
                "its text has a link; as a reply to somebody who mentioned or quoted the account it costs $0.01"
                    .to_owned()
            ),
            ("media_upload", "$0.00".to_owned(), "2 uploaded media: no price on the list".to_owned()),
            ("alt_text", "$0.005".to_owned(), "1 alt text: $0.005 each".to_owned()),
        ]
    );
    let dearer = Prices { summoned_reply: Usd::from_micros(300_000), ..Prices::default() };
    assert!(!dearer.items_of_post(&charges).iter().any(|item| item.why.contains("reply")));
}

#[test]
fn calls_are_counted_by_kind() {
    let calls = PlannedCalls {
        post_reads: 76,
        owned_reads: 1000,
        user_reads: 1,
        summoned_replies: 2,
        deletes: 3,
        events: 4,
    };
    let items = Prices::default().items_of_calls(&calls);
    let shown: Vec<(&str, u64)> = items.iter().map(|item| (item.what, item.usd.micros())).collect();
    assert_eq!(
        shown,
        [
            ("post_read", 380_000),
            ("owned_read", 1_000_000),
            ("user_read", 10_000),
            ("summoned_reply", 20_000),
            ("delete", 30_000),
            ("event", 20_000)
        ]
    );
    assert!(Prices::default().items_of_calls(&PlannedCalls::default()).is_empty());
}
