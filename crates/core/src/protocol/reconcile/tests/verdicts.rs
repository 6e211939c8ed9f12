//! What is ours, what may be, and what is explained.

use super::*;

fn at(ms: i64, text: &str) -> WirePost {
    shown(text, &json!({"id": id_after(ms)}))
}

#[test]
fn an_empty_timeline_shows_nothing() {
    assert_eq!(judged(&plain("Yes"), &[]), Verdict::Absent);
}

#[test]
fn an_ordinary_other_post_is_explained() {
    let seek = Sought::by_text("Thank you for asking, we open at eight", Some("7"), None);
    let posts = [
        shown("Fresh bread today, and a picture of it", &json!({"attachments": {"media_keys": ["3_1"]}})),
        shown("Closed on Sunday", &json!({})),
        shown("We can't help with that, sorry", &replies_to("8")),
        shown("This!", &json!({"referenced_tweets": [{"type": "quoted", "id": "9"}]})),
        // X never moves a reply to another post, so not even an equal one can be ours.
        shown("Thank you for asking, we open at eight", &replies_to("8")),
    ];
    assert_eq!(judged(&seek, &posts), Verdict::Absent);
    assert_eq!(judged(&plain("Bread at eight"), &posts), Verdict::Absent);
}

#[test]
fn what_it_answers_counts() {
    let answer = shown("Yes", &replies_to("7"));
    let plain_post = shown("Yes", &json!({}));
    let to = |id| Sought::by_text("Yes", Some(id), None);
    let all = [answer.clone(), shown("Yes", &json!({"id": id_after(400)}))];
    assert_eq!(judged(&to("7"), &all), ours(&answer.id));
    assert_eq!(judged(&plain("Yes"), &all), ours(&id_after(400)));
    assert_eq!(judged(&to("8"), std::slice::from_ref(&answer)), Verdict::Absent);
    // That X does not tell what it answers does not make it another post.
    assert_eq!(judged(&to("7"), std::slice::from_ref(&plain_post)), candidate(&plain_post, Why::EqualText));
}

#[test]
fn another_text_with_the_same_parent_or_quote_leaves_the_outcome_open() {
    let seek = Sought::by_text("Thank you for asking", Some("7"), Some("9"));
    let reply = shown("We open at eight", &replies_to("7"));
    assert_eq!(judged(&seek, std::slice::from_ref(&reply)), candidate(&reply, Why::ReplyParent));
    let quote = shown("We open at eight", &json!({"referenced_posts": [{"type": "quoted", "id": "9"}]}));
    assert_eq!(judged(&seek, std::slice::from_ref(&quote)), candidate(&quote, Why::QuotedPost));
}

#[test]
fn the_same_media_leave_the_outcome_open() {
    let seek = Sought { media_ids: vec!["19".into()], ..plain("A picture of bread") };
    let with = |keys: &[&str]| shown("Closed today", &json!({"attachments": {"media_keys": keys}}));
    let same = with(&["3_19"]);
    assert_eq!(judged(&seek, std::slice::from_ref(&same)), candidate(&same, Why::Media));
    assert_eq!(judged(&seek, &[with(&["3_20"])]), Verdict::Absent);
}

#[test]
fn an_own_medium_decides_alone() {
    let seek = plain("Words");
    let own = |key| Wanted { own_media: vec![MediaMark { id: "19", key }], ..wanted(&seek) };
    let with = |keys: &[&str], text: &str| {
        post(json!({"id": "5", "text": text, "attachments": {"media_keys": keys}}))
    };
    let is_ours = |post: &WirePost, key| {
        let verdict = judge(&own(key), [post], &Others::default());
        verdict == Verdict::Ours { id: post.id.clone(), proof: Proof::Media }
    };
    // Neither its text nor its time count: the key is in no other post.
    assert!(is_ours(&with(&["3_19"], "Edited since"), Some("3_19")));
    assert!(is_ours(&with(&["3_8", "3_19"], ""), None));
    assert!(!is_ours(&with(&["3_20"], "Words"), Some("3_19")));
    assert!(!is_ours(&with(&[], "Words"), Some("3_19")));
    assert!(!is_ours(&with(&["3_119"], "Words"), None));
    // Its text without any of its media: X may not show them yet.
    let bare = shown("Words", &json!({}));
    let verdict = judge(&own(Some("3_19")), [&bare], &Others::default());
    assert_eq!(verdict, candidate(&bare, Why::EqualText));
    let foreign = shown("Words", &json!({"attachments": {"media_keys": ["3_20"]}}));
    assert_eq!(judge(&own(Some("3_19")), [&foreign], &Others::default()), Verdict::Absent);
}

#[test]
fn only_what_was_created_after_arming_is_ours() {
    let seek = plain("Good morning");
    assert_eq!(judged(&seek, &[at(0, "Good morning")]), ours(&id_after(0)));
    for before in [-2_001, -10_000, -60_000, -3_600_000] {
        assert_eq!(judged(&seek, &[at(before, "Good morning")]), Verdict::Absent, "{before}");
    }
    let about_then = at(-500, "Good morning");
    assert_eq!(judged(&seek, std::slice::from_ref(&about_then)), candidate(&about_then, Why::Time));
    // An older one does not hide ours; one of about that time may be ours instead.
    let newer = at(300, "Good morning");
    assert_eq!(judged(&seek, &[newer.clone(), at(-10_000, "Good morning")]), ours(&newer.id));
    let both = judged(&seek, &[newer, about_then]);
    assert!(matches!(&both, Verdict::Ambiguous(two) if two.len() == 2) && !both.may_change());
}

#[test]
fn two_that_are_equal_are_not_told_apart() {
    let verdict = judged(&plain("Good morning"), &[at(900, "Good morning"), at(300, "Good  morning")]);
    let twin = |ms| Candidate { id: id_after(ms), why: Why::Twin };
    assert_eq!(verdict, Verdict::Ambiguous(vec![twin(900), twin(300)]));
    assert!(!verdict.may_change());
}

/// Pages of a timeline overlap where somebody posts between two reads.
#[test]
fn a_post_that_two_pages_show_is_one_post() {
    let (found, near) = (at(300, "Good morning"), at(500, "Good morning!"));
    let seek = plain("Good morning");
    assert_eq!(judged(&seek, &[found.clone(), found.clone()]), ours(&found.id));
    assert_eq!(judged(&seek, &[near.clone(), near.clone()]), candidate(&near, Why::SimilarText));
}

#[test]
fn what_others_claim_is_theirs() {
    let seek = plain("Good morning");
    let (theirs, own) = (at(300, "Good morning"), at(400, "Good morning"));
    let claimed = [theirs.id.clone()];
    let others = Others { claimed: &claimed, rivals: &[] };
    assert_eq!(judge(&wanted(&seek), [&theirs], &others), Verdict::Absent);
    assert_eq!(judge(&wanted(&seek), [&theirs, &own], &others), ours(&own.id));
    let edited = shown("Good morning!", &json!({"edit_history_tweet_ids": [theirs.id, id_after(300)]}));
    assert_eq!(judge(&wanted(&seek), [&edited], &others), Verdict::Absent);
}

#[test]
fn of_two_equal_intents_in_doubt_none_takes_the_other_s_post() {
    let seek = plain("Good morning");
    let rival = |from, until| {
        let at = |ms| ARMED.saturating_add_signed(ms);
        [Rival { from_ms: at(from), until_ms: at(until) }]
    };
    let found = at(300, "Good morning");
    let judged = |rivals: &[Rival]| judge(&wanted(&seek), [&found], &Others { claimed: &[], rivals });
    let contested = judged(&rival(-50, 70_000));
    assert_eq!(contested, candidate(&found, Why::Rival));
    assert!(contested.may_change());
    assert_eq!(judged(&rival(-90_000, -20_000)), ours(&found.id));
    assert_eq!(judged(&rival(301, 70_000)), ours(&found.id));
    assert!(seek.is_alike(&plain("Good\u{a0}morning")));
    assert!(!seek.is_alike(&plain("Good evening")));
    assert!(!seek.is_alike(&Sought::by_text("Good morning", Some("7"), None)));
}

#[test]
fn reposts_and_posts_of_others_are_explained() {
    let seek = plain("Good morning");
    for kind in ["retweeted", "reposted"] {
        let repost = shown("Good morning", &json!({"referenced_tweets": [{"type": kind, "id": "7"}]}));
        assert_eq!(judged(&seek, &[repost]), Verdict::Absent);
    }
    assert_eq!(judged(&seek, &[shown("Good morning", &json!({"author_id": "43"}))]), Verdict::Absent);
    let unsigned = shown("Good morning", &json!({"author_id": null}));
    assert_eq!(judged(&seek, std::slice::from_ref(&unsigned)), ours(&unsigned.id));
}

#[test]
fn a_post_that_was_edited_may_have_been_ours() {
    let seek = plain("Good morning");
    let edited = |first: i64, text: &str| {
        shown(
            text,
            &json!({"id": id_after(9_000), "edit_history_tweet_ids": [id_after(first), id_after(9_000)]}),
        )
    };
    let since = edited(300, "Good evening to all, as the sun sets");
    assert_eq!(judged(&seek, std::slice::from_ref(&since)), candidate(&since, Why::UnknownText));
    assert_eq!(judged(&seek, &[edited(-90_000, "Good evening to all, as the sun sets")]), Verdict::Absent);
    let back = edited(300, "Good morning");
    assert_eq!(judged(&seek, std::slice::from_ref(&back)), ours(&back.id));
    // Ours was an edit of an older post itself.
    let ours_itself = edited(-90_000, "Good morning");
    assert_eq!(judged(&seek, std::slice::from_ref(&ours_itself)), ours(&ours_itself.id));
    // As X answers at times.
    let empty = shown("Good evening to all", &json!({"edit_history_tweet_ids": [""]}));
    assert_eq!(judged(&seek, &[empty]), Verdict::Absent);
}

#[test]
fn a_checkpoint_of_before_takes_any_text_for_near() {
    for sketch in [None, Some("9unknown".to_owned())] {
        let seek = Sought { sketch, ..Sought::by_text("Thank you", Some("7"), None) };
        let equal = shown("Thank you", &replies_to("7"));
        assert_eq!(judged(&seek, std::slice::from_ref(&equal)), ours(&equal.id));
        let other = shown("Quite another text", &replies_to("7"));
        assert_eq!(judged(&seek, std::slice::from_ref(&other)), candidate(&other, Why::UnknownText));
        for unlike in [
            shown("Quite another text", &json!({})),
            shown("Quite another text", &replies_to("8")),
            shown("Quite another text", &json!({"attachments": {"media_keys": ["3_1"]}})),
        ] {
            assert_eq!(judged(&seek, &[unlike]), Verdict::Absent);
        }
    }
}

#[test]
fn an_event_settles_the_outcome_at_once() {
    let seek = Sought::by_text("Thank you", Some("7"), None);
    // With X's older names, as in the events that it sends.
    let event = post(json!({
        "id": id_after(300), "text": "@somebody Thank you", "author_id": ACCOUNT,
        "in_reply_to_user_id": "9", "edit_history_tweet_ids": [id_after(300)],
        "referenced_tweets": [{"type": "replied_to", "id": "7"}],
        "entities": {"mentions": [{"start": 0, "end": 9, "username": "somebody", "id": "9"}]},
    }));
    let others = Others::default();
    let expected = EventVerdict::Ours { id: event.id.clone(), proof: Proof::Text };
    assert_eq!(judge_event(&wanted(&seek), &event, &others), expected);
    let with_media = Wanted { own_media: vec![MediaMark { id: "19", key: Some("7_19") }], ..wanted(&seek) };
    let video = shown("Anything", &json!({"attachments": {"media_keys": ["7_19"]}}));
    let expected = EventVerdict::Ours { id: video.id.clone(), proof: Proof::Media };
    assert_eq!(judge_event(&with_media, &video, &others), expected);
    let near = shown("We open at eight", &replies_to("7"));
    let expected = EventVerdict::Candidate(Candidate { id: near.id.clone(), why: Why::ReplyParent });
    assert_eq!(judge_event(&wanted(&seek), &near, &others), expected);
    for other in [
        shown("Closed today", &json!({})),
        shown(
            "Thank you",
            &json!({"id": id_after(-10_000), "referenced_tweets": [{"type": "replied_to", "id": "7"}]}),
        ),
        shown("Thank you", &json!({"author_id": "43"})),
    ] {
        assert_eq!(judge_event(&wanted(&seek), &other, &others), EventVerdict::Another);
    }
}

#[test]
fn each_reason_has_words_of_its_own() {
    let reasons = [
        Why::Twin,
        Why::Rival,
        Why::Time,
        Why::EqualText,
        Why::SimilarText,
        Why::UnknownText,
        Why::ReplyParent,
        Why::QuotedPost,
        Why::Media,
    ];
    let words: std::collections::HashSet<&str> = reasons.iter().map(|why| why.words()).collect();
    assert_eq!(words.len(), reasons.len());
    for (why, meant) in [(Why::UnknownText, "compared"), (Why::QuotedPost, "quote"), (Why::Media, "media")] {
        assert!(why.words().contains(meant));
    }
}
