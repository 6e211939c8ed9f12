// An exporter of OpenTelemetry's SDK that prints each trace as a tree, once its first span has ended.

/** @typedef {import('@opentelemetry/sdk-trace-base').ReadableSpan} ReadableSpan */

/** @param {[number, number]} time */
const ms = ([seconds, nanos]) => seconds * 1000 + nanos / 1e6;

/** Prints a trace when the span that it began with ends. */
export class TextExporter {
  /** @type {Map<string, ReadableSpan[]>} */
  #traces = new Map();
  #print;

  /** @param {(line: string) => void} print */
  constructor(print = console.log) {
    this.#print = print;
  }

  /** @param {ReadableSpan[]} spans @param {(result: { code: number }) => void} done */
  export(spans, done) {
    for (const span of spans) {
      const { traceId } = span.spanContext();
      const trace = [...(this.#traces.get(traceId) ?? []), span];
      this.#traces.set(traceId, trace);
      if (span.parentSpanContext !== undefined) continue;
      this.#traces.delete(traceId);
      this.#show(trace, span, 0);
    }
    done({ code: 0 });
  }

  /** @param {ReadableSpan[]} trace @param {ReadableSpan} span @param {number} depth */
  #show(trace, span, depth) {
    const took = `${ms(span.duration).toFixed(1)} ms`;
    const attributes = Object.entries(span.attributes).map(([name, value]) => `${name}=${value}`);
    this.#print(`${'  '.repeat(depth)}${span.name}  ${[took, ...attributes].join('  ')}`);
    const children = trace.filter((other) => other.parentSpanContext?.spanId === span.spanContext().spanId);
    children.sort((one, other) => ms(one.startTime) - ms(other.startTime));
    for (const child of children) this.#show(trace, child, depth + 1);
  }

  async shutdown() {}
}
