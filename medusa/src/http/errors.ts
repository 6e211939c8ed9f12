import type { MedusaRequest, MedusaResponse } from '@medusajs/framework/http';
import { MedusaError } from '@medusajs/framework/utils';
import type { TwitterErrorCode } from 'twitter-native';
import { isTwitterFailure, retryAtOf, sentenceOf, type TwitterFailure } from '../twitter/errors';
import type { TwitterPostError } from '../types/http';

/** HTTP statuses of twitter-native's codes. */
const STATUS_OF_CODE: Readonly<Record<TwitterErrorCode, number>> = {
  INVALID_ARGUMENT: 400,
  INVALID_TWEET: 400,
  INVALID_MEDIA: 400,
  MEDIA_SOURCE: 400,
  MEDIA_FORBIDDEN_HOST: 400,
  MEDIA_TOO_LARGE: 400,
  MEDIA_PROCESSING: 400,
  UNAUTHORIZED: 401,
  REAUTH_REQUIRED: 401,
  MISSING_SCOPE: 401,
  NO_CREDITS: 402,
  FORBIDDEN: 403,
  NOT_FOUND: 404,
  DUPLICATE_TWEET: 409,
  CHECKPOINT_MISMATCH: 409,
  IN_PROGRESS: 409,
  RATE_LIMITED: 429,
  USAGE_CAP: 429,
  INTERNAL: 500,
  NETWORK: 502,
  UPSTREAM: 502,
  UNEXPECTED_RESPONSE: 502,
  UNKNOWN_OUTCOME: 502,
  ABORTED: 503,
  TIMEOUT: 504,
};

/** HTTP statuses of Medusa's error types, as its own handler gives them. */
const STATUS_OF_TYPE: Readonly<Record<string, number>> = {
  [MedusaError.Types.UNAUTHORIZED]: 401,
  [MedusaError.Types.FORBIDDEN]: 403,
  [MedusaError.Types.NOT_FOUND]: 404,
  [MedusaError.Types.CONFLICT]: 409,
  [MedusaError.Types.DUPLICATE_ERROR]: 422,
  [MedusaError.Types.INVALID_DATA]: 400,
  [MedusaError.Types.NOT_ALLOWED]: 400,
};

/** The status of a failure's code: one of twitter-native's, or Medusa's type in capitals. */
export function statusOf(code: string): number {
  const known: Readonly<Record<string, number>> = STATUS_OF_CODE;
  return known[code] ?? STATUS_OF_TYPE[code.toLowerCase()] ?? 400;
}

function sayWhen(response: MedusaResponse, retryAt: Date | undefined): void {
  if (retryAt === undefined) return;
  const seconds = Math.max(1, Math.ceil((retryAt.getTime() - Date.now()) / 1000));
  response.setHeader('Retry-After', seconds);
}

function answerTwitterFailure(failure: TwitterFailure, response: MedusaResponse): void {
  const retryAt = retryAtOf(failure);
  sayWhen(response, retryAt);
  response.status(statusOf(failure.code)).json({
    type: failure.type,
    code: failure.code,
    message: sentenceOf(failure),
    ...(retryAt === undefined ? {} : { retry_at: retryAt.toISOString() }),
  });
}

/** Answers with why a post is not out. */
export function answerPostError(error: TwitterPostError, response: MedusaResponse, body: object): void {
  sayWhen(response, error.retry_at === null ? undefined : new Date(error.retry_at));
  response.status(statusOf(error.code)).json({ ...body, ...error });
}

/** What a `MedusaError` of this plugin's may carry beside its type and message. */
interface Refusal {
  type: string;
  message: string;
  /** What is refused, for programs and for the pages' own words. */
  code: string;
  /** Fields and what is wrong with them. */
  problems: unknown;
  /** The post that is meant. */
  post_id: string;
}

type Handler<Request extends MedusaRequest> = (request: Request, response: MedusaResponse) => Promise<unknown>;

/**
 * A route whose failures get the status that is right for them. Errors of a workflow arrive as plain objects, which
 * Medusa's handler would answer with 500, and there is no type of its own for 429.
 */
export function route<Request extends MedusaRequest>(handler: Handler<Request>): Handler<Request> {
  return async (request, response) => {
    try {
      // Postgres has no NUL, so nothing can have that id.
      if (Object.values(request.params).some((value) => value.includes('\0'))) {
        throw new MedusaError(MedusaError.Types.NOT_FOUND, 'Not found');
      }
      await handler(request, response);
    } catch (error) {
      if (isTwitterFailure(error)) return answerTwitterFailure(error, response);
      const { type, message, problems, post_id, code } = error as Partial<Refusal>;
      const status = type === undefined ? undefined : STATUS_OF_TYPE[type];
      if (status === undefined) throw error;
      const details = {
        ...(problems === undefined ? {} : { problems }),
        ...(code === undefined ? {} : { code }),
        ...(post_id === undefined ? {} : { post_id }),
      };
      response.status(status).json({ type, message, ...details });
    }
  };
}
