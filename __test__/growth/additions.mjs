// What a new endpoint and a new option of a call take: each file that a person edits, and what comes in after which line.

/**
 * @typedef {object} Addition
 * @property {string} file
 * @property {string} [after] a part of the file, which is there once; without it, the file's end
 * @property {string} text
 */

/** `getUserByName(name, credentials, options?)`. @type {Addition[]} */
export const ENDPOINT = [
  {
    file: 'crates/core/src/operation.rs',
    after: '\noperations! {\n',
    text: '    GetUserByName => "getUserByName", Some("Failed to get user"), "Reads a user by name.";\n',
  },
  {
    file: 'crates/core/src/services/users.rs',
    text: `
static BY_NAME: Endpoint = Endpoint {
    method: Method::GET,
    host: Host::Api,
    template: "/2/users/by/username/:username",
    resend: ResendSafety::Idempotent,
    context: ProblemContext::General,
};

/// What a name leads to.
#[derive(Clone, Debug, Deserialize)]
pub struct NamedUser {
    /// The user's id.
    pub id: String,
    /// The name, as its user writes it.
    pub username: String,
}

/// Reads a user by name.
pub async fn by_name(call: &Call, credentials: &Credentials, name: &str) -> Result<NamedUser, Error> {
    let request = Request::new(&BY_NAME, Authorization::User(credentials)).path_value(name);
    let (answer, _) = send_json::<Answer<NamedUser>>(call, &request).await?;
    answer.data.ok_or_else(|| Error::new(ErrorCode::UnexpectedResponse, "X's answer has no user"))
}
`,
  },
  {
    file: 'src/output/tweets.rs',
    text: `
/// What a name leads to.
#[napi(object, object_from_js = false)]
pub struct NamedUser {
    /// The user's id.
    pub id: String,
    /// The name, as its user writes it.
    pub username: String,
}

impl From<twitter_native_core::services::users::NamedUser> for NamedUser {
    fn from(user: twitter_native_core::services::users::NamedUser) -> Self {
        Self { id: user.id, username: user.username }
    }
}
`,
  },
  {
    file: 'src/exports/tweets.rs',
    text: `
/// Reads a user by name.
#[napi(
    catch_unwind,
    ts_args_type = "name: string, credentials: string | TokenManager | OAuth1Credentials, options?: CallOptions",
    ts_return_type = "Promise<NamedUser>"
)]
pub fn get_user_by_name<'env>(
    env: &'env Env,
    name: Unknown<'env>,
    credentials: Unknown<'env>,
    options: Unknown<'env>,
    environment: Unknown<'env>,
) -> napi::Result<PromiseRaw<'env, crate::output::NamedUser>> {
    call::start(env, Operation::GetUserByName, (options, environment), || {
        let name: String = read_argument(name, "name")?;
        let credentials = read_user_credentials(credentials, "credentials")?;
        Ok(|call: Call| async move {
            call.run(users::by_name(&call, &credentials, &name)).await.map_err(Failure::from)
        })
    })
}
`,
  },
  {
    file: 'js/functions.js',
    after: '\nconst TABLE = {\n',
    text: "  getUserByName: { takes: [asGiven, credentialsOf], last: 'options' },\n",
  },
  {
    file: '__test__/support/every-export.js',
    after: '    publishTweetWithMedia: () => api.publishTweetWithMedia(text(), token),\n',
    text: "    getUserByName: () => api.getUserByName('a_name', token),\n",
  },
];

/** `getUserTweets(userId, credentials, { sortOrder })`. @type {Addition[]} */
export const OPTION = [
  {
    file: 'src/input/options.rs',
    after: '\npub struct TimelineOptions {\n',
    text: `    /// Which posts come first.
    #[napi(ts_type = "'recency' | 'relevancy'")]
    pub sort_order: Option<String>,
`,
  },
  {
    file: 'src/input/options.rs',
    after: '    fn from(options: TimelineOptions) -> Self {\n        Self {\n',
    text: '            sort_order: options.sort_order,\n',
  },
  {
    file: 'crates/core/src/services/tweets/read.rs',
    after: '\npub struct TimelineQuery {\n',
    text: '    pub sort_order: Option<String>,\n',
  },
  {
    file: 'crates/core/src/services/tweets/read.rs',
    after: '        let pairs = [\n',
    text: '            ("sort_order", query.sort_order.clone()),\n',
  },
];
