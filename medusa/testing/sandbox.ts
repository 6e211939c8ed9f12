import type { Sandbox, SandboxOptions, SeededUser } from 'twitter-native-sandbox';

const { startSandbox } = require('twitter-native-sandbox') as typeof import('twitter-native-sandbox');

// What the whole test run looks for in everything that was printed and answered.
const { keepSecrets } = require('../../__test__/support/records.js') as {
  keepSecrets(secrets: (string | undefined)[]): void;
};

export type { Sandbox, SeededUser };

/** Keeps the secrets of a sandbox: the app's, and the tokens that were given out. */
function keepSecretsOf({ env, ledger }: Sandbox): void {
  const tokens: { accessToken: string; refreshToken?: string; user: Record<'oauth1Token' | 'oauth1Secret', string> }[] =
    ledger.tokens();
  keepSecrets([env.X_CLIENT_SECRET, env.X_API_KEY, env.X_API_SECRET]);
  for (const { accessToken, refreshToken, user } of tokens) {
    keepSecrets([accessToken, refreshToken, user.oauth1Token, user.oauth1Secret]);
  }
}

/** A sandbox for a suite: started before its tests, pointed at by the environment, closed after them. */
export function useSandbox(options: SandboxOptions = {}): { current: Sandbox } {
  const holder = {} as { current: Sandbox };
  let before: NodeJS.ProcessEnv;
  beforeAll(async () => {
    before = { ...process.env };
    holder.current = await startSandbox({ rateLimits: false, processingMs: 50, ...options });
    Object.assign(process.env, holder.current.env);
  });
  afterAll(async () => {
    process.env = before;
    keepSecretsOf(holder.current);
    await holder.current.close();
  });
  afterEach(() => {
    holder.current.faults.clear();
    holder.current.clock.resume();
  });
  return holder;
}
