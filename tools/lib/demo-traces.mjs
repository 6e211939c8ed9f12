// Whether Medusa's own tracing picks up what a publish does.
import { treeOf } from './trace-collector.mjs';

/** @typedef {import('./trace-collector.mjs').Span} Span */

const WAIT_MS = 120_000;

/** What a publish with pictures is below, from the request on, and what is below it. */
const ABOVE = [
  /^\/admin\/twitter\/posts\/:id\/publish$/,
  /^route handler: \/admin\/twitter\/posts\/:id\/publish$/,
  /^workflow:twitter-begin-publish-post$/,
  /^step:twitter-publish-post:invoke$/,
];
const BELOW = ['upload', 'POST /2/media/upload', 'POST /2/media/metadata', 'post', 'POST /2/tweets'];

/** A span and those that it is below, itself first. @param {Span} span @param {Span[]} spans @returns {Span[]} */
function lineage(span, spans) {
  const parent = spans.find(({ spanId }) => spanId === span.parentSpanId);
  return parent === undefined ? [span] : [span, ...lineage(parent, spans)];
}

/** The spans of a publish with pictures, once the request that asked for it is over. @param {Span[]} spans */
function traceOfPublish(spans) {
  const upload = spans.find(({ name, scope }) => name === 'upload' && scope === 'twitter-native');
  if (upload === undefined) return undefined;
  const trace = spans.filter(({ traceId }) => traceId === upload.traceId);
  // A request's span ends last.
  return trace.every(({ parentSpanId }) => parentSpanId) ? undefined : trace;
}

/**
 * Waits for the trace of a publish with pictures, and gives it as a text.
 * @param {Awaited<ReturnType<typeof import('./trace-collector.mjs').startCollector>>} collector
 */
export async function checkTraces(collector) {
  const signal = AbortSignal.timeout(WAIT_MS);
  const trace = await collector.until(traceOfPublish, signal).catch(() => undefined);
  if (trace === undefined) throw new Error(`No trace of a publish came within ${WAIT_MS / 1000} seconds`);
  const tree = treeOf(trace).join('\n');
  const publish = trace.find(({ name, scope }) => name.startsWith('PublishIntent.') && scope === 'twitter-native');
  const above = publish ? lineage(publish, trace).slice(1) : [];
  const below = trace.filter((span) => publish && span !== publish && lineage(span, trace).includes(publish));
  const lacking = [
    ...ABOVE.filter((pattern) => !above.some(({ name }) => pattern.test(name))),
    ...BELOW.filter((wanted) => !below.some(({ name }) => name === wanted)),
  ];
  if (lacking.length > 0) throw new Error(`The trace of a publish lacks ${lacking.join(', ')}:\n${tree}`);
  return tree;
}
