import type { MedusaRequest, MedusaResponse } from '@medusajs/framework/http';
import { MedusaError, Modules } from '@medusajs/framework/utils';
import { verifyWebhookSignature, webhookCrcResponse } from 'twitter-native';
import { route } from '../../../http/errors';
import type TwitterModuleService from '../../../modules/twitter/service';
import { announce } from '../../../publishing/announce';
import { appOf } from '../../../twitter/app';
import { twitterOf } from '../../../twitter/service';
import { type ActivityEvent, type Effect, eventOf, takeEvent } from '../../../webhooks/events';

/** The event that passes one of X's on to subscribers; its data is X's. */
export const TWITTER_WEBHOOK_RECEIVED = 'twitter.webhook.received';

function secretOf(twitter: TwitterModuleService): string {
  const { apiSecret } = appOf(twitter);
  if (apiSecret !== undefined) return apiSecret;
  throw new MedusaError(MedusaError.Types.NOT_FOUND, 'Webhooks need the API secret: set X_API_SECRET');
}

async function tell(request: MedusaRequest, event: ActivityEvent, { isNew, postId }: Effect): Promise<void> {
  if (!isNew) return;
  const bus = request.scope.resolve(Modules.EVENT_BUS);
  await bus.emit({ name: TWITTER_WEBHOOK_RECEIVED, data: { ...event } });
  if (postId !== undefined) await announce(request.scope, postId);
}

/** Answers X's check that this address is ours. */
export const GET = route(async (request: MedusaRequest, response: MedusaResponse) => {
  const { crc_token } = request.query;
  if (typeof crc_token !== 'string' || crc_token === '') {
    throw new MedusaError(MedusaError.Types.INVALID_DATA, 'crc_token is missing');
  }
  response.json(webhookCrcResponse(crc_token, secretOf(twitterOf(request.scope))));
});

/** Takes an event, if X has signed exactly these bytes. */
export const POST = route(async (request: MedusaRequest, response: MedusaResponse) => {
  const twitter = twitterOf(request.scope);
  const { rawBody } = request as { rawBody?: Buffer };
  const signature = request.get('x-twitter-webhooks-signature');
  if (rawBody === undefined || !verifyWebhookSignature(rawBody, signature, secretOf(twitter))) {
    throw new MedusaError(MedusaError.Types.UNAUTHORIZED, 'The signature does not belong to the body');
  }
  const event = eventOf(request.body);
  if (event !== undefined) await tell(request, event, await takeEvent(twitter, event));
  response.json({ received: true });
});
