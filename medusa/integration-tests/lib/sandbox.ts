import type { Sandbox, SandboxOptions, SeededUser } from 'twitter-native-sandbox';

const { startSandbox } = require('twitter-native-sandbox') as typeof import('twitter-native-sandbox');

export type { Sandbox, SeededUser };

/** A sandbox for a suite: started before its tests, pointed at by the environment, closed behind them. */
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
    await holder.current.close();
  });
  afterEach(() => {
    holder.current.faults.clear();
    holder.current.clock.resume();
  });
  return holder;
}
