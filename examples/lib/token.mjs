/** The access token that the examples post with. */
export function tokenFromEnvironment() {
  const token = process.env.X_OAUTH2_TOKEN;
  if (!token) {
    console.error('Set X_OAUTH2_TOKEN to an OAuth 2.0 access token with the scopes tweet.write and media.write.');
    process.exit(1);
  }
  return token;
}
