import type TwitterModuleService from '../src/modules/twitter/service';
import { tokenManagerOf } from '../src/twitter/credentials';

/** A service with one account, and proxies of it as a workflow's container gives them. */
function serviceWith(access_token: string) {
  const row = { revision: 1, config: { access_token, expires_at: Date.now() + 7_200_000 } };
  const service = {
    options: { clientId: 'app' },
    itself: () => service,
    openCredentials: async () => row,
  } as unknown as TwitterModuleService;
  return { row, resolve: () => new Proxy(service, {}) };
}

it('an account has one manager in a process, from whichever workflow it is asked for', () => {
  const { resolve } = serviceWith('first');
  const manager = tokenManagerOf(resolve(), 'account', 'first');
  expect(tokenManagerOf(resolve(), 'account', 'first')).toBe(manager);
  expect(tokenManagerOf(resolve(), 'other', 'first')).not.toBe(manager);
});

it('an account that was connected again is not used with its former token', async () => {
  const { row, resolve } = serviceWith('first');
  await expect(tokenManagerOf(resolve(), 'account', 'first').getAccessToken()).resolves.toBe('first');
  row.config.access_token = 'second';
  const manager = tokenManagerOf(resolve(), 'account', 'second');
  await expect(manager.getAccessToken()).resolves.toBe('second');
  expect(tokenManagerOf(resolve(), 'account', 'second')).toBe(manager);
});

it('a manager that has seen the new token itself stays', async () => {
  const { row, resolve } = serviceWith('second');
  const manager = tokenManagerOf(resolve(), 'account', 'first');
  await manager.getAccessToken();
  expect(tokenManagerOf(resolve(), 'account', row.config.access_token)).toBe(manager);
});
