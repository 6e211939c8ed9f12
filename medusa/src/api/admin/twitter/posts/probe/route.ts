import type { AuthenticatedMedusaRequest, MedusaResponse } from '@medusajs/framework/http';
import { probeMedia } from 'twitter-native';
import { route } from '../../../../../http/errors';
import { bodyOf } from '../../../../../http/input';
import { probeSchema } from '../../../../../http/schemas';
import { clientOf } from '../../../../../twitter/app';
import { isTwitterFailure } from '../../../../../twitter/errors';
import { twitterOf } from '../../../../../twitter/service';
import { sourceOf } from '../../../../../twitter/shop-files';
import type { ProbeView } from '../../../../../types/http';

/** A source that is slower is reported as unreadable. */
const TIMEOUT_MS = 15_000;

const UNREADABLE: ProbeView = {
  ...{ content_type: null, category: null, bytes: null, width: null, height: null },
  ...{ duration_ms: null, frames: null, problems: [], warnings: [], removes: [] },
};

/** Finds what a medium is, from its bytes; one that can't be read is reported as a problem. */
export const POST = route(async (request: AuthenticatedMedusaRequest, response: MedusaResponse) => {
  const { url } = bodyOf(probeSchema, request);
  try {
    const twitter = twitterOf(request.scope);
    const source = await sourceOf(twitter, url);
    const probe = await probeMedia(source, { client: clientOf(twitter), timeoutMs: TIMEOUT_MS });
    const view: ProbeView = {
      content_type: probe.contentType,
      category: probe.category ?? null,
      bytes: probe.bytes ?? null,
      width: probe.width ?? null,
      height: probe.height ?? null,
      duration_ms: probe.durationMs ?? null,
      frames: probe.frames ?? null,
      problems: probe.problems,
      warnings: probe.warnings,
      removes: probe.prepare?.removes ?? [],
    };
    response.json({ probe: view });
  } catch (error) {
    if (!isTwitterFailure(error)) throw error;
    response.json({ probe: { ...UNREADABLE, problems: [{ code: error.code, message: error.message }] } });
  }
});
