use super::*;

fn facts(content_type: ContentType) -> MediaFacts {
    MediaFacts { content_type: Some(content_type), ..MediaFacts::default() }
}

fn codes(facts: &MediaFacts, bytes: u64, category: MediaCategory) -> Vec<&'static str> {
    check(facts, Some(bytes), category).into_iter().map(|problem| problem.code).collect()
}

#[test]
fn each_kind_has_its_size() {
    for (content_type, category, limit) in [
        (ContentType::Jpeg, MediaCategory::TweetImage, 5_000_000),
        (ContentType::Gif, MediaCategory::TweetGif, 15_000_000),
        (ContentType::Mp4, MediaCategory::DmVideo, 1_000_000_000),
    ] {
        assert!(codes(&facts(content_type), limit, category).is_empty());
        assert_eq!(codes(&facts(content_type), limit + 1, category), ["too_large"]);
    }
}

#[test]
fn a_video_has_to_fit_into_its_segments_too() {
    let video = |bytes| codes(&facts(ContentType::Mp4), bytes, MediaCategory::TweetVideo);
    assert!(video(5_000_000_000).is_empty());
    assert_eq!(video(5_000_000_001), ["too_many_segments"]);
    assert_eq!(video(16_000_000_000), ["too_many_segments"]);
    assert_eq!(video(16_000_000_001), ["too_large"]);
}

#[test]
fn figures_that_no_number_holds_are_too_many() {
    let most = Some(u32::MAX);
    let announced = MediaFacts { width: most, height: most, frames: most, ..facts(ContentType::Png) };
    assert!(codes(&announced, 1, MediaCategory::TweetGif).contains(&"gif_too_many_pixels"));
    let product =
        MediaFacts { width: Some(1 << 16), height: Some(1 << 16), frames: Some(1 << 31), ..announced };
    assert!(codes(&product, 1, MediaCategory::TweetGif).contains(&"gif_too_many_pixels"));
    let wrapped = MediaFacts { width: Some(1 << 31), height: Some(1 << 31), frames: Some(4), ..product };
    assert!(codes(&wrapped, 1, MediaCategory::TweetGif).contains(&"gif_too_many_pixels"));
}

#[test]
fn a_direct_message_takes_shorter_videos() {
    let video = MediaFacts { duration_ms: Some(600_001), ..facts(ContentType::Mp4) };
    assert!(codes(&video, 1, MediaCategory::TweetVideo).is_empty());
    assert_eq!(codes(&video, 1, MediaCategory::DmVideo), ["video_too_long"]);
}

#[test]
fn what_the_account_decides_is_advice_and_no_problem() {
    let video = MediaFacts {
        width: Some(1080),
        height: Some(1920),
        duration_ms: Some(20 * 60_000 + 1),
        ..facts(ContentType::Mp4)
    };
    assert!(codes(&video, 1, MediaCategory::TweetVideo).is_empty());
    let advice = |facts: &MediaFacts, bytes, category| -> Vec<&str> {
        advise(facts, Some(bytes), category).into_iter().map(|problem| problem.code).collect()
    };
    assert_eq!(
        advice(&video, 1, MediaCategory::TweetVideo),
        ["long_without_subscription", "larger_than_stated", "larger_than_stated"]
    );
    let short = MediaFacts { duration_ms: Some(140_000), ..facts(ContentType::Mp4) };
    assert!(advice(&short, 512_000_000, MediaCategory::DmVideo).is_empty());
    assert_eq!(advice(&short, 512_000_001, MediaCategory::DmVideo), ["large_without_subscription"]);
    let moving = MediaFacts { animated: Some(true), ..facts(ContentType::Webp) };
    assert!(codes(&moving, 1, MediaCategory::TweetImage).is_empty());
    assert_eq!(advice(&moving, 1, MediaCategory::TweetImage), ["animation_may_stand_still"]);
}

#[test]
fn a_wrong_kind_says_both() {
    let problems = check(&facts(ContentType::Html), Some(10), MediaCategory::TweetImage);
    assert_eq!(problems.len(), 1);
    assert!(problems.iter().all(|problem| problem.message.contains("text/html")));
    assert!(problems.iter().all(|problem| problem.message.contains("tweet_image")));

    let moving = MediaFacts { animated: Some(true), ..facts(ContentType::Gif) };
    let messages: Vec<String> =
        check(&moving, None, MediaCategory::TweetImage).into_iter().map(|problem| problem.message).collect();
    assert_eq!(messages, ["the bytes are animated image/gif, which X does not accept as tweet_image"]);
}

#[test]
fn all_problems_are_reported_at_once() {
    let gif = MediaFacts {
        animated: Some(true),
        width: Some(1300),
        height: Some(1100),
        frames: Some(400),
        ..facts(ContentType::Gif)
    };
    let expected =
        ["too_large", "gif_too_many_frames", "gif_too_wide", "gif_too_tall", "gif_too_many_pixels"];
    assert_eq!(codes(&gif, 16_000_000, MediaCategory::TweetGif), expected);

    let video = MediaFacts {
        width: Some(1000),
        height: Some(100),
        duration_ms: Some(100),
        ..facts(ContentType::Mp4)
    };
    assert_eq!(codes(&video, 1, MediaCategory::TweetVideo), ["video_too_short", "video_aspect"]);
}
