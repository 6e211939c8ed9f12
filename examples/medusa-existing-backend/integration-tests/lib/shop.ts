import type { MedusaContainer } from '@medusajs/framework/types';
import { Modules } from '@medusajs/framework/utils';
import type { Sandbox, SandboxOptions, SeededUser } from 'twitter-native-sandbox';
import { SOCIALS_MODULE } from '../../src/modules/socials';
import type SocialsService from '../../src/modules/socials/service';
import { encryptionOf } from '../../src/modules/socials/utils/token-helpers';
import type { ApiConfig, MediaAttachment, SocialPostRow } from '../../src/types/socials';

const { startSandbox } = require('twitter-native-sandbox') as typeof import('twitter-native-sandbox');

// What the repository's whole test run looks for in everything that was printed and answered.
const { keepSecrets, keepSeen } = require('../../../../__test__/support/records.js') as {
  keepSecrets(secrets: (string | undefined)[]): void;
  keepSeen(value: unknown): void;
};

const EMAIL = 'staff@example.test';
const PASSWORD = 'not a secret';
const LIFE_SECONDS = 7200;

/** The one account of a text's post on X, and how often it is there. */
export const postsOf = (sandbox: Sandbox, text: string) =>
  sandbox.ledger.tweets().filter((tweet: { body: { text: string } }) => tweet.body.text === text);

/** The sandbox in X's place for a suite: the environment points at it. */
export function useSandbox(options: SandboxOptions = {}): { current: Sandbox } {
  const holder = {} as { current: Sandbox };
  beforeAll(async () => {
    holder.current = await startSandbox({ rateLimits: false, processingMs: 50, ...options });
    Object.assign(process.env, holder.current.env);
  });
  afterEach(() => {
    holder.current.faults.clear();
    holder.current.clock.resume();
  });
  afterAll(async () => {
    const { env, ledger } = holder.current;
    keepSecrets([env.X_CLIENT_SECRET, env.X_API_KEY, env.X_API_SECRET, process.env.ENCRYPTION_KEY]);
    for (const { accessToken, refreshToken, user } of ledger.tokens()) {
      keepSecrets([accessToken, refreshToken, user.oauth1Token, user.oauth1Secret]);
    }
    await holder.current.close();
  });
  return holder;
}

/** An answer of the backend, whatever its status. */
export interface Answer {
  status: number;
  // biome-ignore lint/suspicious/noExplicitAny: tests look into whatever they need
  data: any;
}

/** Makes a member of staff and gives what signs their requests. */
export async function signIn(container: MedusaContainer, baseURL: string): Promise<Staff> {
  const [user] = await container.resolve(Modules.USER).createUsers([{ email: EMAIL }]);
  const auth = container.resolve(Modules.AUTH);
  const { authIdentity } = await auth.register('emailpass', {
    body: { email: EMAIL, password: PASSWORD },
    url: '',
    headers: {},
    query: {},
    protocol: 'http',
  });
  await auth.updateAuthIdentities([{ id: authIdentity?.id as string, app_metadata: { user_id: user?.id } }]);
  const signedIn = await fetch(`${baseURL}/auth/user/emailpass`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email: EMAIL, password: PASSWORD }),
  });
  const { token } = (await signedIn.json()) as { token: string };
  return new Staff(baseURL, token);
}

/** What a member of staff does, over HTTP. */
export class Staff {
  constructor(
    readonly baseURL: string,
    readonly token: string,
  ) {}

  /** The same person at another process of the backend. */
  at(baseURL: string): Staff {
    return new Staff(baseURL, this.token);
  }

  get(path: string): Promise<Answer> {
    return this.#request('GET', path);
  }

  post(path: string, body: object = {}): Promise<Answer> {
    return this.#request('POST', path, body);
  }

  async #request(method: string, path: string, body?: object): Promise<Answer> {
    const answer = await fetch(`${this.baseURL}${path}`, {
      method,
      headers: { authorization: `Bearer ${this.token}`, 'content-type': 'application/json' },
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
    const data = await answer.json();
    keepSeen(data);
    return { status: answer.status, data };
  }

  /** Writes a post. */
  async compose(
    platform_id: string,
    caption: string,
    others: { media_attachments?: MediaAttachment[]; metadata?: object } = {},
  ): Promise<SocialPostRow> {
    const answer = await this.post('/admin/social-posts', { platform_id, name: 'A post', caption, ...others });
    if (answer.status !== 201) throw new Error(JSON.stringify(answer.data));
    return answer.data.socialPost;
  }

  publish(id: string): Promise<Answer> {
    return this.post(`/admin/social-posts/${id}/publish`);
  }

  async read(id: string): Promise<SocialPostRow> {
    return (await this.get(`/admin/social-posts/${id}`)).data.socialPost;
  }
}

/** Stores an account with a sandbox user's tokens, as the callback would. */
export async function accountOf(
  container: MedusaContainer,
  user: SeededUser,
  changes: Partial<ApiConfig> = {},
): Promise<string> {
  const socials: SocialsService = container.resolve(SOCIALS_MODULE);
  const encryption = encryptionOf(container);
  const api_config: ApiConfig = {
    provider: 'x',
    access_token_encrypted: encryption.encrypt(user.oauth2.accessToken),
    refresh_token_encrypted: encryption.encrypt(String(user.oauth2.refreshToken)),
    token_type: 'bearer',
    scope: user.oauth2.scope,
    expires_in: LIFE_SECONDS,
    retrieved_at: new Date().toISOString(),
    ...changes,
  };
  const { id } = await socials.createSocialPlatforms({ name: 'X', api_config: api_config as Record<string, unknown> });
  return id;
}

/** Goes over X's page, which says yes at once, and gives what it sends back. */
export async function grant(location: string): Promise<Record<string, string>> {
  const page = await fetch(location, { redirect: 'manual' });
  return Object.fromEntries(new URL(String(page.headers.get('location'))).searchParams);
}

/** Pictures and videos that the sandbox makes. */
export const media = {
  images: (sandbox: Sandbox, count: number): MediaAttachment[] =>
    Array.from({ length: count }, (_, seed) => ({ type: 'image', url: `${sandbox.url}/media/jpeg?seed=${seed}` })),
  video: (sandbox: Sandbox, bytes: number): MediaAttachment[] => [
    { type: 'video', url: `${sandbox.url}/media/mp4?bytes=${bytes}&durationMs=2000` },
  ],
};
