// Takes spans as OpenTelemetry's exporters send them, by OTLP over HTTP in JSON: https://opentelemetry.io/docs/specs/otlp/
import { EventEmitter, once } from 'node:events';
import { createServer } from 'node:http';
import { json } from 'node:stream/consumers';

/**
 * @typedef {{ traceId: string, spanId: string, parentSpanId?: string, name: string, scope: string,
 *   startTimeUnixNano: string, endTimeUnixNano: string, attributes: Record<string, unknown> }} Span
 */

/** @param {any[]} attributes */
const plain = (attributes) =>
  Object.fromEntries(attributes.map(({ key, value }) => [key, Object.values(value ?? {})[0]]));

/** @param {any} request @returns {Span[]} */
function spansOf({ resourceSpans = [] }) {
  return resourceSpans.flatMap((/** @type {any} */ { scopeSpans = [] }) =>
    scopeSpans.flatMap((/** @type {any} */ { scope, spans = [] }) =>
      spans.map((/** @type {any} */ span) => ({
        ...span,
        scope: scope?.name,
        attributes: plain(span.attributes ?? []),
      })),
    ),
  );
}

/** A collector on the loopback, which keeps all that it is sent. */
export async function startCollector() {
  /** @type {Span[]} */
  const spans = [];
  const arrivals = new EventEmitter();
  const server = createServer(async (request, response) => {
    spans.push(...spansOf(await json(request)));
    response.setHeader('content-type', 'application/json').end('{}');
    arrivals.emit('spans');
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
  return {
    url: `http://127.0.0.1:${port}`,
    spans,
    /**
     * What `find` gives, once it gives something.
     * @template T
     * @param {(spans: Span[]) => T | undefined} find
     * @param {AbortSignal} signal ends the waiting
     * @returns {Promise<T>}
     */
    async until(find, signal) {
      for (;;) {
        const found = find(spans);
        if (found !== undefined) return found;
        await once(arrivals, 'spans', { signal });
      }
    },
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
}

/** A trace as lines, each span below the one that it belongs to. @param {Span[]} spans of one trace */
export function treeOf(spans) {
  const ids = new Set(spans.map(({ spanId }) => spanId));
  const below = (/** @type {string | undefined} */ parent) =>
    spans
      .filter(({ parentSpanId }) => (parent === undefined ? !ids.has(parentSpanId ?? '') : parentSpanId === parent))
      .toSorted((one, other) => Number(BigInt(one.startTimeUnixNano) - BigInt(other.startTimeUnixNano)));
  /** @type {(span: Span, depth: number) => string[]} */
  const lines = (span, depth) => [
    `${'  '.repeat(depth)}${span.name}`,
    ...below(span.spanId).flatMap((child) => lines(child, depth + 1)),
  ];
  return below(undefined).flatMap((span) => lines(span, 0));
}
