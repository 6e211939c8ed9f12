import type { MedusaContainer } from '@medusajs/framework/types';
import { twitterOf } from '../../src/twitter/service';
import type { TwitterAccountView, TwitterPostInput, TwitterPostView } from '../../src/types/http';
import { type Sandbox, type SeededUser, useSandbox } from '../../testing/sandbox';
import { type Answer, type Login, SignedIn, signIn } from '../../testing/staff';

export type { Answer };

/** What a member of staff does, over HTTP. */
export class Staff extends SignedIn {
  static async signedIn(container: MedusaContainer, api: unknown): Promise<Staff> {
    return new Staff(await signIn(container, api));
  }

  /** Goes over the sandbox's page, which says yes at once for the newest user or the one of that name. */
  async grant(query = '', username = ''): Promise<Record<string, string>> {
    const begun = await this.get(`/admin/twitter/oauth?redirect_uri=https://shop.example/back${query}`);
    if (begun.status !== 200) throw new Error(JSON.stringify(begun.data));
    const page = await fetch(`${begun.data.location}&username=${username}`, { redirect: 'manual' });
    const back = new URL(page.headers.get('location') as string);
    return Object.fromEntries(back.searchParams);
  }

  /** Connects an account by OAuth 2.0. */
  async connect(query = '', username = ''): Promise<TwitterAccountView> {
    const answer = await this.post('/admin/twitter/oauth/callback', await this.grant(query, username));
    if (answer.status !== 200) throw new Error(JSON.stringify(answer.data));
    return answer.data.account;
  }

  async compose(input: TwitterPostInput): Promise<TwitterPostView> {
    const answer = await this.post('/admin/twitter/posts', input);
    if (answer.status !== 201) throw new Error(JSON.stringify(answer.data));
    return answer.data.post;
  }

  /** Publishes and waits for the outcome. */
  publish(id: string): Promise<Answer> {
    return this.post(`/admin/twitter/posts/${id}/publish`, { wait: true });
  }

  async read(id: string): Promise<TwitterPostView> {
    return (await this.get(`/admin/twitter/posts/${id}`)).data.post;
  }

  /** Reads a post until it has settled. */
  async settled(id: string): Promise<TwitterPostView> {
    for (;;) {
      const post = await this.read(id);
      if (post.status !== 'publishing') return post;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
}

/** Stores an account with a sandbox user's tokens, as an operator's input would. */
export async function accountOf(
  container: MedusaContainer,
  user: SeededUser,
  { oauth1 = false, oauth2 = true, config = {} as Record<string, unknown> } = {},
): Promise<string> {
  const twitter = twitterOf(container);
  const { id } = await twitter.createTwitterAccounts({
    x_user_id: user.id,
    metadata: { profile: { id: user.id, username: user.username, name: user.name } },
  });
  const tokens = {
    access_token: user.oauth2.accessToken,
    refresh_token: user.oauth2.refreshToken,
    expires_at: user.oauth2.expiresAt,
    obtained_at: Date.now(),
    scope: user.oauth2.scope,
  };
  const { accessToken, accessTokenSecret } = user.oauth1Credentials;
  await twitter.storeCredentials(
    id,
    0,
    {
      ...(oauth2 ? tokens : {}),
      ...(oauth1 ? { oauth1_credentials: { access_token: accessToken, access_token_secret: accessTokenSecret } } : {}),
      ...config,
    },
    'connected',
  );
  return id;
}

/** What a suite of the plugin's has. */
export interface Shop {
  sandbox: { current: Sandbox };
  staff: Staff;
  /** At X, for one test. */
  user: SeededUser;
  /** Of that user. */
  account_id: string;
}

/**
 * A sandbox in X's place, somebody of the staff, and for each test an account of a new user.
 * @param suite what Medusa's test runner gives
 * @param options impatient: lost answers are looked for at once
 */
export function useShop(
  { api, getContainer }: { api: unknown; getContainer: () => MedusaContainer },
  { isImpatient = false } = {},
): Shop {
  const login = {} as Login;
  const shop = { sandbox: useSandbox(), staff: new Staff(login) } as Shop;
  const setSchedule = (schedule: number[] | undefined) => {
    if (isImpatient) twitterOf(getContainer()).options.reconcileScheduleMs = schedule;
  };
  beforeAll(async () => {
    Object.assign(login, await signIn(getContainer(), api));
  });
  beforeEach(async () => {
    shop.user = shop.sandbox.current.seedUser();
    shop.account_id = await accountOf(getContainer(), shop.user);
    setSchedule([0]);
  });
  afterEach(() => setSchedule(undefined));
  return shop;
}

/** Addresses of media that the sandbox makes. */
export const media = {
  jpeg: (sandbox: Sandbox, seed = 1) => `${sandbox.url}/media/jpeg?seed=${seed}`,
  video: (sandbox: Sandbox, bytes = 300_000) => `${sandbox.url}/media/mp4?bytes=${bytes}`,
  gif: (sandbox: Sandbox) => `${sandbox.url}/media/gif?frames=3`,
};
