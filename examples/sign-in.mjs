// Signs a user in with OAuth 2.0 and PKCE: node examples/sign-in.mjs, then open the address that it prints.
// The app needs X_CLIENT_ID (and X_CLIENT_SECRET if it is confidential), and the redirect URI below among its settings.
import { createServer } from 'node:http';
import { appFromEnvironment, exchangeCodeForToken, getUserProfile, initiateUserAuth } from 'twitter-native';
import { listen } from './lib/listen.mjs';

if (!appFromEnvironment().clientId) {
  console.error('Set X_CLIENT_ID, and X_CLIENT_SECRET if the app has one: X’s developer console shows them.');
  process.exit(1);
}
const server = createServer();
const redirectUri = `${await listen(server)}/callback`;

const { authUrl, state, codeVerifier } = initiateUserAuth(redirectUri);
console.log(`Open ${authUrl}`);

server.on('request', async (request, response) => {
  const { pathname, searchParams } = new URL(request.url, redirectUri);
  // A state that is not ours is somebody else's way back.
  if (pathname !== '/callback' || searchParams.get('state') !== state) return response.writeHead(404).end();
  try {
    const tokens = await exchangeCodeForToken(searchParams.get('code'), redirectUri, codeVerifier);
    const { username } = await getUserProfile(tokens.access_token);
    response.end(`Signed in as @${username}. You may close this page.`);
    console.log(`Signed in as @${username}; scopes: ${tokens.scope}`);
  } catch (error) {
    response.writeHead(502).end('That did not work.');
    console.error(`${error.code}: ${error.message}`);
    process.exitCode = 1;
  }
  server.close();
});
