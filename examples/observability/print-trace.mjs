// Publishes to the sandbox and prints what OpenTelemetry saw of it: node examples/observability/print-trace.mjs
import { context, trace } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { BasicTracerProvider, SimpleSpanProcessor } from '@opentelemetry/sdk-trace-base';
import { publishTweetWithMedia } from 'twitter-native';
import { startSandbox } from '../../sandbox/index.js';
import { TextExporter } from './text-exporter.mjs';

// What a backend's instrumentation does once, at its start.
context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
trace.setGlobalTracerProvider(
  new BasicTracerProvider({ spanProcessors: [new SimpleSpanProcessor(new TextExporter())] }),
);

const sandbox = await startSandbox();
Object.assign(process.env, sandbox.env);
const { oauth2 } = sandbox.seedUser();
const content = {
  text: 'The lamp is back: https://shop.example.com/lamp',
  media: [{ url: `${sandbox.url}/media/mp4?durationMs=2000`, altText: 'The lamp, switched on and off' }],
};
await trace.getTracer('example').startActiveSpan('a click on Publish', async (span) => {
  await publishTweetWithMedia(content, oauth2.accessToken);
  span.end();
});
await sandbox.close();
