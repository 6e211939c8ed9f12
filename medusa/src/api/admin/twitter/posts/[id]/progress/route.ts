import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import type { AuthenticatedMedusaRequest, MedusaResponse } from '@medusajs/framework/http';
import { route } from '../../../../../../http/errors';
import { loadPost } from '../../../../../../posts/load';
import { twitterOf } from '../../../../../../twitter/service';
import { progressView } from '../../../../../../views/posts';

const LOOK_EVERY_MS = 400;
/** Proxies close connections that are silent for longer. */
const KEEP_ALIVE_MS = 15_000;

/**
 * Streams how far a post's publish is, as server-sent events named `progress`, until its outcome is known. The process
 * that publishes writes to the database, so that this may be another one.
 */
export const GET = route(async (request: AuthenticatedMedusaRequest, response: MedusaResponse) => {
  const twitter = twitterOf(request.scope);
  const id = request.params.id as string;
  const first = await loadPost(twitter, id);
  const gone = new AbortController();
  response.once('close', () => gone.abort());
  response.writeHead(200, {
    'Content-Type': 'text/event-stream',
    'Cache-Control': 'no-cache, no-transform',
    Connection: 'keep-alive',
    'X-Accel-Buffering': 'no',
  });
  let last = '';
  let spoken = Date.now();
  const say = async (text: string) => {
    spoken = Date.now();
    if (!response.write(text)) await once(response, 'drain', { signal: gone.signal });
    // A compressing middleware keeps what it has until it is flushed.
    (response as { flush?: () => void }).flush?.();
  };
  try {
    for (let row = first; ; row = await loadPost(twitter, id)) {
      const progress = progressView(row);
      const data = JSON.stringify(progress);
      if (data !== last) await say(`event: progress\ndata: ${data}\n\n`);
      else if (Date.now() - spoken > KEEP_ALIVE_MS) await say(': waiting\n\n');
      last = data;
      if (progress.status !== 'publishing') break;
      await delay(LOOK_EVERY_MS, undefined, { signal: gone.signal });
    }
  } catch (error) {
    // After the headers there is no status to answer with; the browser connects again by itself.
    if (!gone.signal.aborted) request.scope.resolve('logger').warn(`progress of ${id}: ${(error as Error).message}`);
  }
  response.end();
});
