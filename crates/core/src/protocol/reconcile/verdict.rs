//! Which post of a timeline is ours.

use std::collections::HashSet;

use super::mark::Likeness;
use super::shown::Shown;
use crate::protocol::checkpoint::Sought;
use crate::protocol::post::WirePost;
use crate::protocol::snowflake::created_at_ms;

/// A post's id has its time by X's clock; this much may lie between that and what was noted by ours.
pub const CLOCK_MARGIN_MS: u64 = 60_000;
/// The same for what was noted by X's clock.
pub const KNOWN_CLOCK_MARGIN_MS: u64 = 2_000;
/// Clocks of machines that publish for one account are taken to be this far apart at the most.
pub const CLOCK_ERROR_MS: u64 = 3_600_000;

/// The post that is looked for.
#[derive(Clone, Debug)]
pub struct Wanted<'a> {
    /// The account that was to post it. Posts of others are not ours.
    pub account: Option<&'a str>,
    /// How to know it again.
    pub seek: &'a Sought,
    /// Its text, where it is still at hand: texts are compared better by it than by what `seek` keeps.
    pub text: Option<&'a str>,
    /// Media that were uploaded for it alone. A post that carries one of them is ours.
    pub own_media: Vec<MediaMark<'a>>,
    /// When it was armed first.
    pub armed: Moment,
}

/// What a post shows of a medium.
#[derive(Clone, Copy, Debug)]
pub struct MediaMark<'a> {
    /// The id that it was posted with.
    pub id: &'a str,
    /// Its key, if X gave it.
    pub key: Option<&'a str>,
}

impl MediaMark<'_> {
    /// A key ends with the medium's id, as far as has been seen; the part before is its kind.
    fn is(&self, key: &str) -> bool {
        self.key == Some(key) || key.rsplit_once('_').is_some_and(|(_, id)| id == self.id)
    }
}

/// A moment by X's clock, which posts' ids tell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Moment {
    /// Milliseconds since the epoch.
    pub at_ms: u64,
    /// How much earlier by X's clock it may have been. What was created before that was there before.
    pub margin_ms: u64,
}

impl Moment {
    fn earliest(self) -> u64 {
        self.at_ms.saturating_sub(self.margin_ms)
    }
}

/// What other intents of the account explain.
#[derive(Clone, Copy, Debug, Default)]
pub struct Others<'a> {
    /// Posts that are known to be theirs, by id.
    pub claimed: &'a [String],
    /// Those in doubt, or under way, that [could be taken](Sought::is_alike) for ours.
    pub rivals: &'a [Rival],
}

/// An intent of the same text whose outcome is not known either.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Rival {
    /// Its post was not created before.
    pub from_ms: u64,
    /// Nor after this.
    pub until_ms: u64,
}

/// What the posts of an account say of the one that is looked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// It exists.
    Ours {
        /// Its id.
        id: String,
        /// How it is known.
        proof: Proof,
    },
    /// Some posts may be it, and it is not known which of them, or whether any.
    Ambiguous(Vec<Candidate>),
    /// Each post is explained otherwise.
    Absent,
}

impl Verdict {
    /// Reading the timeline again may tell more. What is equal in everything, and of a time that says too little, stays.
    pub fn may_change(&self) -> bool {
        match self {
            Self::Ours { .. } => false,
            Self::Absent => true,
            Self::Ambiguous(candidates) => {
                candidates.iter().all(|candidate| !matches!(candidate.why, Why::Twin | Why::Time))
            }
        }
    }
}

impl Verdict {
    /// The posts of which other intents may have something to say: all that are near ours, but for one that its media prove.
    pub fn in_question(&self) -> Vec<&str> {
        match self {
            Self::Ours { id, proof: Proof::Text } => vec![id],
            Self::Ambiguous(candidates) => candidates.iter().map(|candidate| candidate.id.as_str()).collect(),
            Self::Ours { proof: Proof::Media, .. } | Self::Absent => Vec::new(),
        }
    }
}

/// How a post is known to be ours.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Proof {
    /// It carries a medium that was uploaded for it alone.
    Media,
    /// Text, parent, quote, number of media and time agree, and nobody else lays claim to it.
    Text,
}

/// A post that may be ours.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Candidate {
    /// Its id.
    pub id: String,
    /// What makes it one.
    pub why: Why,
}

/// Why a post may be ours.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Why {
    /// It agrees in everything, as another one does.
    Twin,
    /// It agrees in everything, and may as well be that of another intent in doubt.
    Rival,
    /// It agrees in everything, and was created at about the time when ours was armed.
    Time,
    /// It has the same text, while something else differs or is not shown.
    EqualText,
    /// Its text is much like ours.
    SimilarText,
    /// Its text is not known well enough, and the rest agrees.
    UnknownText,
    /// It answers the same post.
    ReplyParent,
    /// It quotes the same post.
    QuotedPost,
    /// It carries the same media.
    Media,
}

impl Why {
    /// What makes it one, to go on after a post's id.
    pub fn words(self) -> &'static str {
        match self {
            Self::Twin => "equal to ours in everything, as another post is",
            Self::Rival => "equal to ours, and to another post whose outcome is unknown",
            Self::Time => "equal to ours, and created at about the time when ours was about to be sent",
            Self::EqualText => "the same text, while something else differs",
            Self::SimilarText => "a similar text",
            Self::UnknownText => "a text that can't be compared",
            Self::ReplyParent => "a reply to the same post",
            Self::QuotedPost => "a quote of the same post",
            Self::Media => "the same media",
        }
    }
}

/// What one post is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Weight {
    Ours(Proof),
    Candidate(Why),
    Explained,
}

/// Judges all posts of the account since the post was armed, less a margin for what clocks are off.
///
/// The burden of proof lies with "absent": it takes that every post is explained, as older, as another intent's, as a
/// repost, or as unlike ours in a way that X can't cause. A post that is near ours without being it leaves the outcome
/// open. An ordinary other post, whose text has nothing of ours and that answers and quotes something else, is
/// explained by that.
///
/// Texts alone prove a post ours only if it was created after arming, by the time in its id: an equal text from before
/// is an older post. An intent with media of its own is proven by these alone.
pub fn judge<'p>(
    wanted: &Wanted<'_>,
    posts: impl IntoIterator<Item = &'p WirePost>,
    others: &Others<'_>,
) -> Verdict {
    let mut by_media = Vec::new();
    let mut by_text = Vec::new();
    let mut candidates = Vec::new();
    // Pages move when somebody posts between two of them: a post that was last on one is the first of the next again.
    let mut seen = HashSet::new();
    for post in posts.into_iter().filter(|post| seen.insert(post.id.as_str())) {
        let id = post.id.clone();
        match weigh(wanted, post, others) {
            Weight::Ours(Proof::Media) => by_media.push(id),
            Weight::Ours(Proof::Text) => by_text.push(id),
            Weight::Candidate(why) => candidates.push(Candidate { id, why }),
            Weight::Explained => {}
        }
    }
    let (ours, proof) = if by_media.is_empty() { (by_text, Proof::Text) } else { (by_media, Proof::Media) };
    // What lies in a rival's time is the rival's if one that does not is ours.
    let has_equal = candidates.iter().any(|candidate| candidate.why == Why::Time);
    match ours.as_slice() {
        [] if candidates.is_empty() => Verdict::Absent,
        [] => Verdict::Ambiguous(candidates),
        [id] if proof == Proof::Media || !has_equal => Verdict::Ours { id: id.clone(), proof },
        _ => {
            let twins = ours.into_iter().map(|id| Candidate { id, why: Why::Twin });
            Verdict::Ambiguous(twins.chain(candidates).collect())
        }
    }
}

pub(super) fn weigh(wanted: &Wanted<'_>, post: &WirePost, others: &Others<'_>) -> Weight {
    if wanted.own_media.iter().any(|mark| carries(post, mark)) {
        return Weight::Ours(Proof::Media);
    }
    let is_repost = ["retweeted", "reposted"].into_iter().any(|kind| post.refers_to(kind).is_some());
    let is_foreign =
        wanted.account.is_some() && post.author_id.is_some() && post.author_id.as_deref() != wanted.account;
    let is_claimed = post.versions().any(|version| others.claimed.iter().any(|claimed| claimed == version));
    if is_repost
        || is_foreign
        || is_claimed
        || is_older(wanted, post)
        || has_other_parent_or_media(wanted, post)
    {
        return Weight::Explained;
    }
    by_text(wanted, post, others)
}

fn carries(post: &WirePost, mark: &MediaMark<'_>) -> bool {
    post.attachments.media_keys.iter().any(|key| mark.is(key))
}

/// Each version of it was there before ours was armed. An id that can't be read gives no time.
fn is_older(wanted: &Wanted<'_>, post: &WirePost) -> bool {
    let earliest = wanted.armed.earliest();
    post.versions().all(|id| created_at_ms(id).is_some_and(|created| created < earliest))
}

/// It answers another post than ours does, or carries media while ours has media of its own. X changes neither.
fn has_other_parent_or_media(wanted: &Wanted<'_>, post: &WirePost) -> bool {
    let parent = post.refers_to("replied_to");
    let other_parent = parent.is_some() && parent != wanted.seek.reply_to.as_deref();
    let other_media = !post.attachments.media_keys.is_empty()
        && !wanted.own_media.is_empty()
        && wanted.own_media.iter().all(|mark| mark.key.is_some());
    other_parent || other_media
}

fn by_text(wanted: &Wanted<'_>, post: &WirePost, others: &Others<'_>) -> Weight {
    let Wanted { seek, armed, .. } = wanted;
    let keys = &post.attachments.media_keys;
    let same_parent = post.refers_to("replied_to") == seek.reply_to.as_deref();
    let same_number = keys.len() == wanted.own_media.len() + seek.media_ids.len();
    let quoted = post.refers_to("quoted");
    let same_media =
        same_number && seek.media_ids.iter().all(|id| carries(post, &MediaMark { id, key: None }));
    let created = created_at_ms(&post.id);
    match likeness(wanted, post) {
        Likeness::Equal { same_quote }
            if same_parent && same_quote && same_media && wanted.own_media.is_empty() =>
        {
            let created = created.unwrap_or(armed.at_ms);
            if created < armed.at_ms {
                Weight::Candidate(Why::Time)
            } else if others.rivals.iter().any(|rival| (rival.from_ms..=rival.until_ms).contains(&created)) {
                Weight::Candidate(Why::Rival)
            } else {
                Weight::Ours(Proof::Text)
            }
        }
        Likeness::Equal { .. } => Weight::Candidate(Why::EqualText),
        Likeness::Near => Weight::Candidate(Why::SimilarText),
        Likeness::Unknown if same_parent && same_number && quoted == seek.quotes.as_deref() => {
            Weight::Candidate(Why::UnknownText)
        }
        Likeness::Unknown | Likeness::Far if same_parent && seek.reply_to.is_some() => {
            Weight::Candidate(Why::ReplyParent)
        }
        Likeness::Unknown | Likeness::Far if quoted.is_some() && quoted == seek.quotes.as_deref() => {
            Weight::Candidate(Why::QuotedPost)
        }
        Likeness::Unknown | Likeness::Far if same_media && !keys.is_empty() => Weight::Candidate(Why::Media),
        Likeness::Unknown | Likeness::Far => Weight::Explained,
    }
}

/// A post that was edited may have had our text before: which one it had then X does not say.
fn likeness(wanted: &Wanted<'_>, post: &WirePost) -> Likeness {
    let earliest = wanted.armed.earliest();
    let was_edited = post
        .versions()
        .skip(1)
        .any(|version| created_at_ms(version).is_none_or(|created| created >= earliest));
    match Likeness::of(&Shown::of(post), wanted.seek, wanted.text) {
        Likeness::Far if was_edited => Likeness::Unknown,
        likeness => likeness,
    }
}
