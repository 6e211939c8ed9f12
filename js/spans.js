'use strict';

const { Phases } = require('./phases.js');

/** The name of what makes the spans, to whoever filters by it. */
const SCOPE = 'twitter-native';

/** @typedef {typeof import('@opentelemetry/api')} Api */

/** @type {Api | null | undefined} */
let loaded;

/** OpenTelemetry's API, if the host has it. It is looked for once, at the first call after something was set up there. */
function api() {
  if (loaded !== undefined) return loaded;
  try {
    loaded = /** @type {Api} */ (require('@opentelemetry/api'));
  } catch {
    // Not there, or broken: then there is nobody to tell.
    loaded = null;
  }
  return loaded;
}

/**
 * What makes spans, if the host has set up something that takes them.
 * @param {Api} otel
 */
function tracerOf(otel) {
  const { version } = require('../package.json');
  const provider = /** @type {any} */ (otel.trace.getTracerProvider());
  // The API's own provider takes the place of one that is not there yet.
  if (typeof provider.getDelegateTracer === 'function') return provider.getDelegateTracer(SCOPE, version);
  return provider.getTracer(SCOPE, version);
}

/** Makes OpenTelemetry spans of a call: one of a publish, and below it one of each phase and request. */
class SpanObserver {
  #otel;
  #tracer;
  #clock = clockOf();
  #begun = this.#clock();
  /** What the call's requests belong to. */
  #context;
  /** @type {import('@opentelemetry/api').Span | undefined} */
  #publish;
  /** @type {Phases | undefined} */
  #phases;

  /** @param {Api} otel @param {import('@opentelemetry/api').Tracer} tracer @param {import('./observation.js').CallFacts} facts */
  constructor(otel, tracer, { operation, publishes }) {
    this.#otel = otel;
    this.#tracer = tracer;
    this.#context = otel.context.active();
    if (!publishes) return;
    const attributes = { 'twitter_native.operation': operation };
    this.#publish = tracer.startSpan(operation, { startTime: this.#begun, attributes }, this.#context);
    this.#context = otel.trace.setSpan(this.#context, this.#publish);
    this.#phases = new Phases(
      (name, parent, startTime) => tracer.startSpan(name, { startTime }, parent),
      otel,
      this.#context,
    );
  }

  /**
   * An observer, if there is somebody to make spans for.
   * @param {import('./observation.js').CallFacts} facts
   */
  static of(facts) {
    try {
      const otel = api();
      const tracer = otel && tracerOf(otel);
      return tracer ? new SpanObserver(otel, tracer, facts) : undefined;
    } catch {
      // An API that is not as it should be is none.
      return undefined;
    }
  }

  /** @param {any} event */
  onRequest(event) {
    // Several may be reported at once, long after they were over; the clock may have been set meanwhile.
    const now = this.#clock();
    const startTime = Math.min(Math.max(event.startedAt, this.#begun), now);
    const end = Math.min(startTime + event.durationMs, now);
    const parent = this.#phases?.ofRequest(event, startTime, end) ?? this.#context;
    const { SpanKind, SpanStatusCode } = this.#otel;
    const options = { kind: SpanKind.CLIENT, startTime, attributes: attributesOf(event) };
    const span = this.#tracer.startSpan(`${event.method} ${event.path}`, options, parent);
    if (isFailure(event)) span.setStatus({ code: SpanStatusCode.ERROR, message: event.failure });
    span.end(end);
  }

  /** @param {any} event */
  onProgress(event) {
    this.#phases?.ofProgress(event, this.#clock());
  }

  /**
   * Whatever the call does, its callbacks included, belongs to its span.
   * @template T
   * @param {() => Promise<T>} work
   * @returns {Promise<T>}
   */
  around(work) {
    return this.#publish ? this.#otel.context.with(this.#context, work) : work();
  }

  /** @param {{ result: unknown } | { error: unknown }} outcome */
  onSettled(outcome) {
    const span = this.#publish;
    if (!span) return;
    this.#phases?.end();
    if ('error' in outcome) {
      const { code, message } = /** @type {{ code?: string, message?: string }} */ (outcome.error ?? {});
      span.setAttribute('error.type', code ?? '_OTHER');
      span.setStatus({ code: this.#otel.SpanStatusCode.ERROR, message });
    } else {
      span.setAttributes(attributesOfResult(outcome.result));
    }
    span.end(this.#clock());
  }
}

/** A clock that tells milliseconds since the epoch and never goes back, for the spans of one call. */
function clockOf() {
  const base = Date.now() - performance.now();
  return () => base + performance.now();
}

/** @param {{ status?: number, failure?: string }} event */
const isFailure = ({ status, failure }) => failure !== undefined || (status !== undefined && status >= 400);

/**
 * A request's attributes, by OpenTelemetry's semantic conventions for HTTP clients. There is no `url.full`: it would have
 * ids in it.
 * @param {any} event
 */
function attributesOf({ method, host, path, status, attempt, failure, rateLimit, operation }) {
  const { hostname, port } = new URL(`https://${host}`);
  /** @type {Record<string, string | number>} */
  const attributes = {
    'http.request.method': method,
    'server.address': hostname,
    'server.port': Number(port || 443),
    'url.template': path,
    'twitter_native.operation': operation,
  };
  if (status !== undefined) attributes['http.response.status_code'] = status;
  if (attempt > 1) attributes['http.request.resend_count'] = attempt - 1;
  if (failure !== undefined) attributes['error.type'] = /time/.test(failure) ? 'timeout' : 'connection';
  else if (status >= 400) attributes['error.type'] = String(status);
  if (rateLimit?.remaining !== undefined) attributes['twitter_native.rate_limit.remaining'] = rateLimit.remaining;
  return attributes;
}

/** @param {any} result of a publish; `undefined` of an intent that there was nothing to resume of */
function attributesOfResult(result) {
  const { tweetId, id, tweets, media, reconciled, attempts, estimatedCost } = result ?? {};
  const known = {
    'twitter_native.tweet_id': tweetId ?? id ?? tweets?.[0]?.tweetId,
    'twitter_native.parts': tweets?.length,
    'twitter_native.media': media?.length,
    'twitter_native.reconciled': reconciled,
    'twitter_native.attempts': attempts,
    'twitter_native.estimated_cost_usd': estimatedCost?.usd,
  };
  return Object.fromEntries(Object.entries(known).filter(([, value]) => value !== undefined && value !== ''));
}

module.exports = { SpanObserver };
