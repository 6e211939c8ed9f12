#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

use std::collections::HashSet;

use proptest::prelude::*;

use super::*;
use crate::protocol::media::category::MediaKind;

fn medium(field: &str, kind: MediaKind) -> MediaDraft<'static> {
    MediaDraft { field: field.to_owned(), kind: Some(kind), ..MediaDraft::default() }
}

#[test]
fn media_are_presented_with_one_call_to_action() {
    let shown = |presentation, media| PostDraft {
        text: "Look",
        media,
        presentation: Some(presentation),
        ..PostDraft::default()
    };
    let calling = |calls_to_action| PresentationDraft { calls_to_action, ..PresentationDraft::default() };
    let site = ("visitSite", Some("https://shop.example/"));
    assert_eq!(found(&shown(calling(vec![site]), images(1))), []);
    assert_eq!(found(&shown(calling(vec![("installApp", None)]), images(1))), []);
    assert_eq!(
        found(&shown(calling(vec![site]), Vec::new())),
        [plain("presentation_without_media", "presentation")]
    );
    assert_eq!(
        found(&shown(calling(vec![site, ("installApp", None)]), images(1))),
        [bounded("too_many_calls_to_action", "presentation.callToAction", 1, 2)]
    );
    for url in ["http://shop.example/", "shop.example", ""] {
        assert_eq!(
            found(&shown(calling(vec![("watchNow", Some(url))]), images(1))),
            [plain("call_to_action_url", "presentation.callToAction.watchNow")]
        );
    }
    let preview = PresentationDraft { preview_media_id: Some("x"), ..PresentationDraft::default() };
    assert_eq!(found(&shown(preview, images(1))), [plain("invalid_id", "presentation.previewMediaId")]);
}

#[test]
fn an_address_is_an_absolute_url() {
    let with = |url| {
        let media = vec![MediaDraft { url: Some(url), ..medium("imageUrls[0]", MediaKind::Image) }];
        PostDraft { media, ..PostDraft::default() }
    };
    assert_eq!(found(&with("https://cdn.example.com/lamp.jpg")), []);
    for url in ["", "lamp.jpg", "//cdn.example.com/lamp.jpg", "/lamp.jpg", "https://"] {
        assert_eq!(found(&with(url)), [plain("invalid_url", "imageUrls[0]")], "{url}");
    }
}

#[test]
fn media_that_were_uploaded_already_count() {
    let with = |media, media_ids| PostDraft { media, media_ids, ..PostDraft::default() };
    assert_eq!(found(&with(Vec::new(), vec!["1", "2", "3", "4"])), []);
    assert_eq!(found(&with(Vec::new(), vec!["1"; 5])), [bounded("too_many_media", "mediaIds", 4, 5)]);
    assert_eq!(found(&with(images(2), vec!["1"; 3])), [bounded("too_many_media", "media", 4, 5)]);
    let video = vec![medium("videoUrl", MediaKind::Video)];
    assert_eq!(found(&with(video, vec!["1"])), [plain("mixed_media", "videoUrl")]);
    assert_eq!(found(&with(Vec::new(), vec!["x"])), [plain("invalid_id", "mediaIds[0]")]);
    let quoting = PostDraft { quote_tweet_id: Some("1"), ..with(Vec::new(), vec!["2"]) };
    assert_eq!(found(&quoting), [plain("quote_with_media", "quoteTweetId")]);
}

fn images(count: usize) -> Vec<MediaDraft<'static>> {
    (0..count).map(|index| medium(&format!("imageUrls[{index}]"), MediaKind::Image)).collect()
}

fn check(post: &PostDraft<'_>) -> Vec<Problem> {
    validate_post(post, &PostLimits::default())
}

/// Code, field, limit and actual figure of each problem.
fn found(post: &PostDraft<'_>) -> Vec<(&'static str, String, Option<u64>, Option<u64>)> {
    let rows = check(post).into_iter();
    rows.map(|problem| (problem.code.as_str(), problem.field, problem.limit, problem.actual)).collect()
}

fn plain(code: &'static str, field: &str) -> (&'static str, String, Option<u64>, Option<u64>) {
    (code, field.to_owned(), None, None)
}

fn bounded(
    code: &'static str,
    field: &str,
    limit: u64,
    actual: u64,
) -> (&'static str, String, Option<u64>, Option<u64>) {
    (code, field.to_owned(), Some(limit), Some(actual))
}

#[test]
fn takes_what_x_takes() {
    let poll = PollDraft { options: vec!["yes", "no"], duration_minutes: 1440 };
    let longest_alt_text = "é".repeat(1000);
    let mut described = images(4);
    described[0].alt_text = Some(&longest_alt_text);
    let mut video = medium("videoUrl", MediaKind::Video);
    video.subtitles = vec![SubtitleDraft { language_code: "EN", display_name: "English" }];
    let unknown = |index: usize| MediaDraft { field: format!("media[{index}]"), ..MediaDraft::default() };
    let posts = [
        PostDraft { text: "hello", ..PostDraft::default() },
        PostDraft { media: described, ..PostDraft::default() },
        PostDraft { media: vec![video], tagged_user_ids: vec!["12"; 10], ..PostDraft::default() },
        PostDraft { media: vec![medium("gifUrl", MediaKind::Gif)], ..PostDraft::default() },
        PostDraft { media: (0..4).map(unknown).collect(), ..PostDraft::default() },
        PostDraft {
            text: "Well?",
            poll: Some(poll),
            reply_settings: Some("mentionedUsers"),
            ..PostDraft::default()
        },
        PostDraft {
            text: "@you yes",
            reply_to: Some("1445880548472328192"),
            exclude_reply_user_ids: vec!["783214"],
            reply_settings: Some("everyone"),
            ..PostDraft::default()
        },
        PostDraft {
            text: "see",
            quote_tweet_id: Some("20"),
            community_id: Some("1"),
            share_with_followers: true,
            ..PostDraft::default()
        },
    ];
    for post in posts {
        assert_eq!(check(&post), [], "{post:?}");
    }
}

#[test]
fn judges_the_text() {
    let long = "日".repeat(141);
    assert_eq!(found(&PostDraft::default()), [plain("text_empty", "text")]);
    assert_eq!(
        found(&PostDraft { text: &long, ..PostDraft::default() }),
        [bounded("text_too_long", "text", 280, 282)]
    );
    let post = PostDraft { text: "😀\u{FEFF}a\u{FFFF}", ..PostDraft::default() };
    let problems = check(&post);
    assert_eq!(found(&post), [bounded("text_invalid_character", "text", 0, 2)]);
    assert!(problems[0].message.contains("U+FEFF at index 2"), "{}", problems[0].message);
    let premium = PostLimits { max_weighted_length: 25_000, ..PostLimits::default() };
    assert_eq!(validate_post(&PostDraft { text: &long, ..PostDraft::default() }, &premium), []);
}

#[test]
fn counts_cashtags_where_asked() {
    let post = PostDraft { text: "$A and $B", ..PostDraft::default() };
    assert_eq!(check(&post), []);
    let limits = PostLimits { max_cashtags: Some(1), ..PostLimits::default() };
    let problems = validate_post(&post, &limits);
    assert_eq!(problems[0].code, ProblemCode::TooManyCashtags);
    assert_eq!((problems[0].limit, problems[0].actual), (Some(1), Some(2)));
}

#[test]
fn judges_number_and_mix_of_media() {
    let with = |media| PostDraft { media, ..PostDraft::default() };
    let of = |kind, count: usize| {
        (0..count).map(|index| medium(&format!("media[{index}]"), kind)).collect::<Vec<_>>()
    };
    assert_eq!(found(&with(images(5))), [bounded("too_many_images", "imageUrls", 4, 5)]);
    assert_eq!(found(&with(of(MediaKind::Gif, 2))), [bounded("too_many_gifs", "media", 1, 2)]);
    assert_eq!(found(&with(of(MediaKind::Video, 3))), [bounded("too_many_videos", "media", 1, 3)]);
    let mut mixed = images(5);
    mixed.push(medium("videoUrl", MediaKind::Video));
    assert_eq!(
        found(&with(mixed)),
        [bounded("too_many_images", "imageUrls", 4, 5), plain("mixed_media", "media")]
    );
    let gif_and_video = vec![medium("gifUrl", MediaKind::Gif), medium("videoUrl", MediaKind::Video)];
    assert_eq!(found(&with(gif_and_video)), [plain("mixed_media", "media")]);
    let unknown = |index| MediaDraft { field: format!("media[{index}]"), ..MediaDraft::default() };
    assert_eq!(found(&with((0..5).map(unknown).collect())), [bounded("too_many_media", "media", 4, 5)]);
    assert_eq!(
        found(&with(vec![unknown(0), medium("media[1]", MediaKind::Video)])),
        [plain("mixed_media", "media")]
    );
}

#[test]
fn judges_what_belongs_to_a_medium() {
    let long = "x".repeat(1001);
    let mut image = medium("media[0]", MediaKind::Image);
    image.alt_text = Some(&long);
    image.subtitles = vec![
        SubtitleDraft { language_code: "en", display_name: "" },
        SubtitleDraft { language_code: "DE", display_name: "Deutsch" },
        SubtitleDraft { language_code: "DE", display_name: "German" },
    ];
    assert_eq!(
        found(&PostDraft { media: vec![image], ..PostDraft::default() }),
        [
            bounded("alt_text_too_long", "media[0].altText", 1000, 1001),
            plain("subtitles_unsupported", "media[0].subtitles"),
            plain("subtitles_invalid_language", "media[0].subtitles[0].languageCode"),
            plain("subtitles_name_empty", "media[0].subtitles[0].displayName"),
            plain("subtitles_duplicate_language", "media[0].subtitles[2].languageCode"),
        ]
    );
}

#[test]
fn judges_a_poll() {
    let poll = |options, duration_minutes| {
        let poll = Some(PollDraft { options, duration_minutes });
        found(&PostDraft { text: "?", poll, ..PostDraft::default() })
    };
    assert_eq!(poll(vec!["a", "b"], 5), []);
    assert_eq!(poll(vec!["a", "b", "c", "d"], 10_080), []);
    assert_eq!(poll(vec!["a"], 5), [bounded("poll_options_count", "poll.options", 2, 1)]);
    assert_eq!(poll(vec!["a"; 5], 5), [bounded("poll_options_count", "poll.options", 4, 5)]);
    assert_eq!(poll(vec!["a", "b"], 4), [bounded("poll_duration", "poll.durationMinutes", 5, 4)]);
    assert_eq!(
        poll(vec!["a", "b"], 10_081),
        [bounded("poll_duration", "poll.durationMinutes", 10_080, 10_081)]
    );
    let long = "日".repeat(26);
    assert_eq!(
        poll(vec!["", &long], 5),
        [
            bounded("poll_option_length", "poll.options[0]", 1, 0),
            bounded("poll_option_length", "poll.options[1]", 25, 26),
        ]
    );
    let silent = PostDraft {
        poll: Some(PollDraft { options: vec!["a", "b"], duration_minutes: 5 }),
        ..PostDraft::default()
    };
    assert_eq!(found(&silent), [plain("text_empty", "text")]);
}

#[test]
fn judges_what_excludes_what() {
    let post = PostDraft {
        text: "everything",
        media: images(1),
        poll: Some(PollDraft { options: vec!["a", "b"], duration_minutes: 5 }),
        quote_tweet_id: Some("20"),
        has_card: true,
        has_direct_message_link: true,
        ..PostDraft::default()
    };
    let expected = [
        plain("poll_with_media", "poll"),
        plain("quote_with_media", "quoteTweetId"),
        plain("quote_with_poll", "quoteTweetId"),
        plain("card_with_media", "cardUri"),
        plain("card_with_poll", "cardUri"),
        plain("card_with_quote", "cardUri"),
        plain("card_with_direct_message_link", "cardUri"),
    ];
    assert_eq!(found(&post), expected);
}

#[test]
fn judges_references_and_their_companions() {
    let post = PostDraft {
        text: "x",
        quote_tweet_id: Some("12345678901234567890"),
        community_id: None,
        previous_post_id: Some(""),
        share_with_followers: true,
        exclude_reply_user_ids: vec!["1", "me"],
        tagged_user_ids: vec!["1"; 11],
        reply_settings: Some("friends"),
        ..PostDraft::default()
    };
    let expected = [
        plain("invalid_id", "quoteTweetId"),
        plain("invalid_id", "previousPostId"),
        plain("invalid_id", "excludeReplyUserIds[1]"),
        plain("invalid_reply_settings", "replySettings"),
        bounded("too_many_tagged_users", "taggedUserIds", 10, 11),
        plain("tagged_users_without_media", "taggedUserIds"),
        plain("excluded_users_without_reply", "excludeReplyUserIds"),
        plain("share_without_community", "shareWithFollowers"),
    ];
    assert_eq!(found(&post), expected);
    let reply =
        PostDraft { text: "x", reply_to: Some("-1"), community_id: Some("c"), ..PostDraft::default() };
    assert_eq!(found(&reply), [plain("invalid_id", "replyTo"), plain("invalid_id", "communityId")]);
}

#[test]
fn codes_are_distinct_words_in_snake_case() {
    let names: HashSet<&str> = ProblemCode::ALL.iter().map(|code| code.as_str()).collect();
    assert_eq!(names.len(), ProblemCode::ALL.len());
    assert!(names.iter().all(|name| name.bytes().all(|byte| byte == b'_' || byte.is_ascii_lowercase())));
}

proptest! {
    #[test]
    fn messages_never_hold_what_the_post_holds(secret in "[q-z]{12,40}") {
        let long = secret.repeat(100);
        let mut media = images(5);
        media[0].alt_text = Some(&long);
        media[1].subtitles = vec![SubtitleDraft { language_code: &secret, display_name: "" }];
        let post = PostDraft {
            text: &long,
            media,
            poll: Some(PollDraft { options: vec![&long], duration_minutes: 0 }),
            reply_to: Some(&secret),
            reply_settings: Some(&secret),
            tagged_user_ids: vec![&secret],
            ..PostDraft::default()
        };
        let problems = check(&post);
        prop_assert!(problems.len() >= 8);
        for problem in problems {
            prop_assert!(!problem.to_string().contains(&secret), "{}", problem);
            for figure in [problem.limit, problem.actual].into_iter().flatten().filter(|figure| *figure > 0) {
                prop_assert!(problem.message.contains(&figure.to_string()), "{}", problem);
            }
        }
    }
}
