import { WorkflowScheduler } from '@medusajs/framework/orchestration';
import type { MedusaContainer } from '@medusajs/framework/types';
import { Modules } from '@medusajs/framework/utils';

// What the whole test run looks through for secrets.
const { keepSeen } = require('../../__test__/support/records.js') as { keepSeen(value: unknown): void };

const EMAIL = 'staff@example.test';
const PASSWORD = 'not a secret';

/** An answer of the backend, whatever its status. */
export interface Answer {
  status: number;
  // biome-ignore lint/suspicious/noExplicitAny: tests look into whatever they need
  data: any;
  headers: Record<string, string>;
}

/** Where a backend of Medusa's test runner listens, and who asks it. */
export interface Login {
  address: string;
  headers: { authorization: string };
}

/**
 * Creates a member of staff and signs them in. From now on no clock begins the backend's jobs: tests run them, and one that
 * began in the middle of a test would do what the test is about to do.
 * @param api what the test runner gives: an axios instance, without its type
 */
export async function signIn(container: MedusaContainer, api: unknown): Promise<Login> {
  await new WorkflowScheduler().clear();
  const address = (api as { defaults: { baseURL: string } }).defaults.baseURL;
  const [user] = await container.resolve(Modules.USER).createUsers([{ email: EMAIL }]);
  const auth = container.resolve(Modules.AUTH);
  const login = { body: { email: EMAIL, password: PASSWORD }, url: '', headers: {}, query: {}, protocol: 'http' };
  const { authIdentity } = await auth.register('emailpass', login);
  await auth.updateAuthIdentities([{ id: authIdentity?.id as string, app_metadata: { user_id: user?.id } }]);
  const { data } = await ask(`${address}/auth/user/emailpass`, 'POST', {}, login.body);
  return { address, headers: { authorization: `Bearer ${data.token}` } };
}

async function ask(url: string, method: string, headers: Record<string, string>, body?: object): Promise<Answer> {
  const answer = await fetch(url, {
    method,
    headers: { ...headers, ...(body ? { 'content-type': 'application/json' } : {}) },
    body: body ? JSON.stringify(body) : null,
  });
  const text = await answer.text();
  const isJson = answer.headers.get('content-type')?.includes('json') ?? false;
  const data = isJson && text !== '' ? JSON.parse(text) : text;
  return { status: answer.status, data, headers: Object.fromEntries(answer.headers) };
}

/** What a member of staff asks of a backend, over HTTP. Answers are kept for the search for secrets. */
export class SignedIn {
  constructor(private readonly login: Login) {}

  get address(): string {
    return this.login.address;
  }

  get headers(): Login['headers'] {
    return { ...this.login.headers };
  }

  get(path: string): Promise<Answer> {
    return this.#request('GET', path);
  }

  post(path: string, body: object = {}): Promise<Answer> {
    return this.#request('POST', path, body);
  }

  delete(path: string): Promise<Answer> {
    return this.#request('DELETE', path);
  }

  async #request(method: string, path: string, body?: object): Promise<Answer> {
    const answer = await ask(this.address + path, method, this.headers, body);
    keepSeen(answer.data);
    return answer;
  }
}
