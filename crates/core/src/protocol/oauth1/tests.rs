#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

use std::collections::BTreeSet;

use proptest::prelude::*;

use super::*;

const KEY: &str = "xvz1evFS4wEEPTGEFPHBog";
const SECRET: &str = "kAcSOqF21Fu85e7zjz7ZN2U4ZRhfV3WpwPAoE3Z7kBw";
const TOKEN: (&str, &str) =
    ("370773112-GmHxMAgYyLbNEtIKZeRNFsMKPR9EyMZeS9weJAEb", "LswwdoUaIvS8ltyTt5jkRh4J50vUPVVHtR2YPi5kE");

fn signature(input: &SignatureInput<'_>, token: Option<(&str, &str)>) -> String {
    sign(input, KEY, SECRET, token).unwrap().signature
}

/// The example on X's page on creating a signature, and the same request at the older addresses.
#[test]
fn the_example_of_x() {
    for (base, expected) in [
        ("https://api.x.com/1.1/statuses/update.json", "Ls93hJiZbQ3akF3HF3x1Bz8/zU4="),
        ("https://api.twitter.com/1.1/statuses/update.json", "hCtSmYh+iHYCEqBWrE7C7hYmtUk="),
        ("https://api.twitter.com/1/statuses/update.json", "tnnArxj06cWHq44gCs1OSKk/jLY="),
    ] {
        let url = format!("{base}?include_entities=true");
        let input = SignatureInput {
            method: "post",
            url: url.as_str().into(),
            params: &[("status", "Hello Ladies + Gentlemen, a signed OAuth request!")],
            oauth_extra: &[],
            nonce: "kYjzVBB8Y0ZFabxSWbWovY3uYSQ2pTgmZeNu2VS4cg",
            timestamp: 1_318_622_958,
            include_version: true,
        };
        assert_eq!(signature(&input, Some(TOKEN)), expected, "{base}");
    }
}

/// RFC 5849 §1.2, the three requests of its example.
#[test]
fn the_example_session_of_the_rfc() {
    let sign = |input: &SignatureInput<'_>, token| {
        sign(input, "dpf43f3p2l4k3l03", "kd94hf93k423kf44", token).unwrap().signature
    };
    let request = |method, url, oauth_extra, nonce, timestamp| SignatureInput {
        method,
        url: RequestUrl::Text(url),
        params: &[],
        oauth_extra,
        nonce,
        timestamp,
        include_version: false,
    };
    let callback = [("oauth_callback", "http://printer.example.com/ready")];
    let initiate = request("POST", "https://photos.example.net/initiate", &callback, "wIjqoS", 137_131_200);
    assert_eq!(sign(&initiate, None), "74KNZJeDHnMBp0EMJ9ZHt/XKycU=");

    let verifier = [("oauth_verifier", "hfdp7dh39dks9884")];
    let token = request("POST", "https://photos.example.net/token", &verifier, "walatlh", 137_131_201);
    assert_eq!(sign(&token, Some(("hh5s93j4hdidpola", "hdhd0244k9j7ao03"))), "gKgrFCywp7rO0OXSjdot/IHF7IU=");

    let url = "http://photos.example.net/photos?file=vacation.jpg&size=original";
    let resource = request("GET", url, &[], "chapoH", 137_131_202);
    assert_eq!(
        sign(&resource, Some(("nnch734d00sl2jdk", "pfkkdhi9sl3r4s00"))),
        "MdpQcU8iPSUjWoN/UDMsK2sui9I="
    );
}

/// RFC 5849 §3.4.1; the signature printed there is wrong (erratum 2550), this is the corrected one.
#[test]
fn the_base_string_of_the_rfc() {
    let input = SignatureInput {
        method: "POST",
        url: "http://example.com/request?b5=%3D%253D&a3=a&c%40=&a2=r%20b".into(),
        params: &[("c2", ""), ("a3", "2 q")],
        oauth_extra: &[],
        nonce: "7d8f3e4a",
        timestamp: 137_131_201,
        include_version: false,
    };
    let signed =
        sign(&input, "9djdj82h48djs9d2", "j49sk3j29djd", Some(("kkk9d7dh3k39sjv7", "dh893hdasih9"))).unwrap();
    let parameters = "a2=r%20b&a3=2%20q&a3=a&b5=%3D%253D&c%40=&c2=&oauth_consumer_key=9djdj82h48djs9d2&\
                      oauth_nonce=7d8f3e4a&oauth_signature_method=HMAC-SHA1&oauth_timestamp=137131201&\
                      oauth_token=kkk9d7dh3k39sjv7";
    assert_eq!(
        signed.base_string,
        format!("POST&http%3A%2F%2Fexample.com%2Frequest&{}", percent::encode(parameters))
    );
    assert_eq!(signed.signature, "r6/TJjbCOr97/+UU0NsvSne7s5g=");
}

/// Method, URL, parameters and signature.
type Case<'a> = (&'a str, &'a str, &'a [(&'a str, &'a str)], &'a str);

/// Today's endpoints; the values agree with oauthlib.
#[test]
fn todays_endpoints() {
    let init = [
        ("command", "INIT"),
        ("total_bytes", "10240"),
        ("media_type", "image/jpeg"),
        ("media_category", "tweet_image"),
    ];
    let get = "https://api.x.com/2/tweets?ids=20,1234567890123456789&tweet.fields=created_at,public_metrics";
    let append = "https://api.x.com/2/media/upload/1880028106020515840/append";
    let cases: [Case<'_>; 5] = [
        ("POST", "https://api.x.com/2/tweets", &[], "8QOMPSGe4iHPQkIcaVZ0d6bMBZw="),
        ("GET", get, &[], "FLQOjrZFKbOHL+IYFaLkh2X7XL8="),
        ("POST", append, &[], "chhPttiMshQdX9tOX9jm8zi3370="),
        ("DELETE", "https://api.x.com/2/tweets/1445880548472328192", &[], "IPuzwKYaAvKDY9kAJijqzVTNA/k="),
        ("POST", "https://upload.twitter.com/1.1/media/upload.json", &init, "QCRIyXDM95ePgKXcI+1g/6Nibaw="),
    ];
    for (method, url, params, expected) in cases {
        let input = todays_request(method, url, params, &[]);
        assert_eq!(signature(&input, Some(TOKEN)), expected, "{method} {url}");
    }
}

#[test]
fn the_first_step_of_the_three_legged_flow() {
    let url = "https://api.x.com/oauth/request_token";
    for (callback, expected) in [
        ("http://127.0.0.1:8080/cb?x=1", "lX1M1bZQJuF86XW9fMANfSx5T+c="),
        ("oob", "K6+yl+bgFVUWrFHilHqltZmWhFY="),
    ] {
        let extra = [("oauth_callback", callback)];
        assert_eq!(signature(&todays_request("POST", url, &[], &extra), None), expected);
    }
}

fn todays_request<'a>(
    method: &'a str,
    url: &'a str,
    params: &'a [(&'a str, &'a str)],
    oauth_extra: &'a [(&'a str, &'a str)],
) -> SignatureInput<'a> {
    SignatureInput {
        method,
        url: RequestUrl::Text(url),
        params,
        oauth_extra,
        nonce: "nonce1234567890",
        timestamp: 1_700_000_000,
        include_version: true,
    }
}

#[test]
fn default_ports_and_capitals_do_not_count_and_other_ports_do() {
    let url = |url| sign(&todays_request("GET", url, &[], &[]), KEY, SECRET, None).unwrap().base_string;
    assert_eq!(url("HTTPS://API.X.com:443/2/x?b=1#frag"), url("https://api.x.com/2/x?b=1"));
    assert!(url("http://localhost:8080/2/x").contains("localhost%3A8080%2F2%2Fx"));
}

#[test]
fn escapes_of_bytes_that_are_no_text_are_signed_as_they_are_sent() {
    let signed =
        sign(&todays_request("GET", "https://example.com/?a=%FF%e9+&%80=b", &[], &[]), KEY, SECRET, None);
    let base = signed.unwrap().base_string;
    assert!(base.contains("&%2580%3Db%26a%3D%25FF%25E9%2520%26"), "{base}");
}

#[test]
fn a_method_is_encoded() {
    let base = |method| {
        sign(&todays_request(method, "https://example.com/", &[], &[]), KEY, SECRET, None)
            .unwrap()
            .base_string
    };
    assert!(base("m-search!").starts_with("M-SEARCH%21&https%3A"));
    assert!(base("GET&x").starts_with("GET%26X&https%3A"));
}

#[test]
fn what_is_no_http_url_is_refused() {
    for url in ["", "/2/tweets", "ftp://example.com/", "mailto:a@b.c"] {
        assert!(sign(&todays_request("GET", url, &[], &[]), KEY, SECRET, None).is_err(), "{url:?}");
    }
}

/// A parameter for the independent signer, which sorts its pairs as a set and so takes each name once.
struct Pairs(BTreeSet<(String, String)>);

impl oauth1_request::Request for Pairs {
    fn serialize<S: oauth1_request::serializer::Serializer>(&self, mut serializer: S) -> S::Output {
        use oauth1_request::serializer::SerializerExt;
        // The serializer wants names in order, with its own `oauth_` ones between them.
        let mut own_done = false;
        for (name, value) in &self.0 {
            if !own_done && name.as_str() > "oauth_" {
                serializer.serialize_oauth_parameters();
                own_done = true;
            }
            serializer.serialize_parameter(name, value.as_str());
        }
        if !own_done {
            serializer.serialize_oauth_parameters();
        }
        serializer.end()
    }
}

proptest! {
    #[test]
    fn an_independent_signer_agrees(
        pairs in prop::collection::btree_map("[a-zA-Z]{1,8}", "\\PC{0,24}", 0..6),
        nonce in "[a-zA-Z0-9]{8,40}",
        timestamp in 1_u64..4_000_000_000,
        secret in "\\PC{1,20}",
        token_secret in "\\PC{0,20}",
    ) {
        let owned: Vec<(String, String)> = pairs.clone().into_iter().collect();
        let params: Vec<(&str, &str)> = owned.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect();
        let url = "https://api.x.com/oauth/request_token";
        let input = SignatureInput {
            method: "POST", url: url.into(), params: &params, oauth_extra: &[], nonce: &nonce, timestamp, include_version: true,
        };
        let ours = sign(&input, "consumer", &secret, Some(("token", &token_secret))).unwrap();

        let client = oauth1_request::Credentials::new("consumer", secret.as_str());
        let token = oauth1_request::Credentials::new("token", token_secret.as_str());
        let mut builder = oauth1_request::Builder::new(client, oauth1_request::HmacSha1::new());
        builder.token(token);
        builder.nonce(nonce.as_str());
        builder.timestamp(std::num::NonZeroU64::new(timestamp).unwrap());
        builder.version(true);
        let theirs = builder.post(url, &Pairs(owned.into_iter().collect()));
        let encoded = percent::encode(&ours.signature);
        prop_assert!(theirs.contains(&format!("oauth_signature=\"{encoded}\"")), "{theirs} lacks {encoded}");
    }
}
