import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { countPublishes } from './counters.mjs';

/** @param {string} name @param {string[]} parameters */
async function outputOf(name, ...parameters) {
  const path = fileURLToPath(new URL(name, import.meta.url));
  const { stdout } = await promisify(execFile)(process.execPath, [path, ...parameters]);
  return stdout.trimEnd().split('\n');
}

test('print-trace prints the spans of a publish, each below the one that it belongs to', async () => {
  const lines = await outputOf('print-trace.mjs');
  const names = lines.map((line) => line.replace(/ {2}[\d.]+ ms.*$/, ''));
  const statuses = names.filter((name) => name.trim() === 'GET /2/media/upload');
  assert.ok(statuses.length >= 1);
  assert.deepEqual(
    names.filter((name, index) => name !== names[index - 1]),
    [
      'a click on Publish',
      '  publishTweetWithMedia',
      '    upload',
      '      POST /2/media/upload/initialize',
      '      POST /2/media/upload/:id/append',
      '      POST /2/media/upload/:id/finalize',
      '      POST /2/media/metadata',
      '    process',
      '      GET /2/media/upload',
      '    post',
      '      POST /2/tweets',
    ],
  );
  assert.match(lines[1], /twitter_native\.estimated_cost_usd=0\.205/);
  assert.match(String(lines.at(-1)), /http\.response\.status_code=201/);
});

test('serve-metrics counts publishes and requests as Prometheus reads them', async () => {
  const lines = await outputOf('serve-metrics.mjs', '--once');
  for (const line of [
    'twitter_publishes_total{operation="publishTweetWithMedia",code="OK"} 1',
    'twitter_publishes_total{operation="createTweet",code="OK"} 1',
    'twitter_publishes_total{operation="createTweet",code="DUPLICATE_TWEET"} 1',
    'twitter_estimated_cost_usd_total{operation="createTweet"} 0.2',
    'twitter_requests_total{method="GET",path="/2/tweets/:id",status="200"} 1',
    'twitter_requests_total{method="POST",path="/2/tweets",status="201"} 2',
    'twitter_publish_seconds_count{operation="createTweet"} 2',
    'twitter_publish_seconds_bucket{operation="createTweet",le="+Inf"} 2',
  ]) {
    assert.ok(lines.includes(line), line);
  }
  const shape = /^(# (HELP|TYPE) [a-z_]+ .+|[a-z_]+\{([a-z]+="[^"\n]*",?)+\} [\d.e+-]+)$/;
  for (const line of lines) assert.match(line, shape);
});

test('nothing is counted after stop()', async () => {
  const { channel } = await import('node:diagnostics_channel');
  const counters = countPublishes();
  const message = { call: 1, operation: 'createTweet', durationMs: 300, result: {} };
  channel('twitter-native:publish').publish(message);
  counters.stop();
  channel('twitter-native:publish').publish(message);
  assert.match(counters.text(), /twitter_publishes_total\{operation="createTweet",code="OK"\} 1\n/);
  assert.match(counters.text(), /twitter_publish_seconds_bucket\{operation="createTweet",le="0.25"\} 0\n/);
  assert.match(counters.text(), /twitter_publish_seconds_bucket\{operation="createTweet",le="0.5"\} 1\n/);
});
