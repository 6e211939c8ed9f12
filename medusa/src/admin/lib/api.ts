// Calls of the plugin's routes. Not @medusajs/js-sdk: of an error it keeps the message alone, and the pages show which
// field of a post is wrong.
import type { ProblemView } from '../../types/http';

const DEFAULT_TOKEN_KEY = 'medusa_auth_token';

/** An answer other than 2xx. */
export class ApiError extends Error {
  constructor(
    message: string,
    readonly status: number,
    readonly code: string | undefined,
    readonly problems: ProblemView[],
    /** The post that is meant, where the request did not name it. */
    readonly postId?: string,
    /** The server gave no sentence of its own. */
    readonly isSilent = false,
  ) {
    super(message);
    this.name = 'ApiError';
  }
}

export interface Call {
  method?: 'GET' | 'POST' | 'DELETE';
  body?: unknown;
  query?: Record<string, string | number | undefined>;
  signal?: AbortSignal;
}

function addressOf(path: string, query: Call['query'] = {}): URL {
  const backend = new URL(__BACKEND_URL__ || '/', window.location.origin);
  const url = new URL(backend.pathname.replace(/\/$/, '') + path, backend.origin);
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined && value !== '') url.searchParams.set(name, String(value));
  }
  return url;
}

function authorization(): Record<string, string> {
  if (__AUTH_TYPE__ !== 'jwt') return {};
  const token = window.localStorage.getItem(__JWT_TOKEN_STORAGE_KEY__ || DEFAULT_TOKEN_KEY);
  return token ? { authorization: `Bearer ${token}` } : {};
}

async function errorOf(response: Response): Promise<ApiError> {
  const body = (await response.json().catch(() => ({}))) as Partial<{
    message: string;
    code: string;
    problems: ProblemView[];
    post_id: string;
  }>;
  const { message = `${response.status} ${response.statusText}`, code, problems = [], post_id } = body;
  return new ApiError(message, response.status, code, problems, post_id, body.message === undefined);
}

/** Sends a request the way the dashboard does, and gives the answer unread. */
export async function open(path: string, accept: string, call: Call = {}): Promise<Response> {
  const { method = 'GET', body, query, signal } = call;
  const response = await fetch(addressOf(path, query), {
    method,
    signal,
    credentials: __AUTH_TYPE__ === 'jwt' ? 'omit' : 'include',
    headers: {
      accept,
      ...authorization(),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    body: body === undefined ? undefined : JSON.stringify(body),
  });
  if (!response.ok) throw await errorOf(response);
  return response;
}

/** Sends a request and reads its JSON. */
export async function api<T>(path: string, call?: Call): Promise<T> {
  const response = await open(path, 'application/json', call);
  return (await response.json()) as T;
}
