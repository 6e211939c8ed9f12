// Counters of publishes and requests in the text format of Prometheus, by the channels of Node: no package is needed.
// https://prometheus.io/docs/instrumenting/exposition_formats/
import { subscribe, unsubscribe } from 'node:diagnostics_channel';

const BOUNDS = [0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300];

/** @param {Record<string, string | number>} labels */
function shown(labels) {
  const escaped = (/** @type {unknown} */ value) =>
    String(value).replace(/[\\"\n]/g, (letter) => (letter === '\n' ? '\\n' : `\\${letter}`));
  return Object.entries(labels)
    .map(([name, value]) => `${name}="${escaped(value)}"`)
    .join(',');
}

/** A number for each combination of labels. */
class Counter {
  /** @param {string} name @param {string} help */
  constructor(name, help) {
    this.name = name;
    this.help = help;
    /** @type {Map<string, number>} */
    this.values = new Map();
  }

  /** @param {Record<string, string | number>} labels @param {number} [by] */
  add(labels, by = 1) {
    const key = shown(labels);
    this.values.set(key, (this.values.get(key) ?? 0) + by);
  }

  lines() {
    const values = [...this.values].map(([labels, value]) => `${this.name}{${labels}} ${value}`);
    return [`# HELP ${this.name} ${this.help}`, `# TYPE ${this.name} counter`, ...values];
  }
}

/** Times in buckets. */
class Histogram {
  /** @param {string} name @param {string} help */
  constructor(name, help) {
    this.name = name;
    this.help = help;
    /** @type {Map<string, { buckets: number[], sum: number, count: number }>} */
    this.values = new Map();
  }

  /** @param {Record<string, string | number>} labels @param {number} seconds */
  add(labels, seconds) {
    const key = shown(labels);
    const value = this.values.get(key) ?? { buckets: BOUNDS.map(() => 0), sum: 0, count: 0 };
    this.values.set(key, value);
    value.buckets = value.buckets.map((count, index) => count + (seconds <= BOUNDS[index] ? 1 : 0));
    value.sum += seconds;
    value.count += 1;
  }

  lines() {
    const lines = [`# HELP ${this.name} ${this.help}`, `# TYPE ${this.name} histogram`];
    for (const [labels, { buckets, sum, count }] of this.values) {
      for (const [index, bound] of BOUNDS.entries()) {
        lines.push(`${this.name}_bucket{${labels},le="${bound}"} ${buckets[index]}`);
      }
      lines.push(`${this.name}_bucket{${labels},le="+Inf"} ${count}`);
      lines.push(`${this.name}_sum{${labels}} ${sum}`, `${this.name}_count{${labels}} ${count}`);
    }
    return lines;
  }
}

/** Counts from now on, until `stop()`. Labels have few values: no ids, no texts. */
export function countPublishes() {
  const publishes = new Counter('twitter_publishes_total', 'Publishes, by how they ended.');
  const seconds = new Histogram('twitter_publish_seconds', 'How long publishes took.');
  const dollars = new Counter('twitter_estimated_cost_usd_total', "What publishes cost by X's list of prices.");
  const requests = new Counter('twitter_requests_total', 'Attempts of requests to X, by how they ended.');

  /** @param {any} message */
  const onPublish = ({ operation, durationMs, result, error }) => {
    publishes.add({ operation, code: error?.code ?? 'OK' });
    seconds.add({ operation }, durationMs / 1000);
    if (result?.estimatedCost) dollars.add({ operation }, result.estimatedCost.usd);
  };
  /** @param {any} message */
  const onRequest = ({ method, path, status }) => requests.add({ method, path, status: status ?? 'none' });

  subscribe('twitter-native:publish', onPublish);
  subscribe('twitter-native:request', onRequest);
  return {
    text: () => `${[publishes, seconds, dollars, requests].flatMap((metric) => metric.lines()).join('\n')}\n`,
    stop() {
      unsubscribe('twitter-native:publish', onPublish);
      unsubscribe('twitter-native:request', onRequest);
    },
  };
}
