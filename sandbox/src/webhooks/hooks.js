'use strict';

const { UnknownName } = require('../known.js');
const { challenge } = require('./call.js');
const { Courier } = require('./courier.js');
const { liked, postCreated, postDeleted, revoked, uuid } = require('./events.js');
const { Places } = require('./places.js');

/**
 * @typedef {{ id: string, url: string, valid: boolean, createdAt: string }} Webhook
 *
 * @typedef {object} Subscription
 * @property {string} id
 * @property {string} eventType
 * @property {{ user_id?: string, keyword?: string, direction?: string }} filter
 * @property {string} [tag]
 * @property {string} [webhookId]
 * @property {string} createdAt
 * @property {string} updatedAt
 */

/** How a replay's times are distinguished: by minutes. */
const MINUTE = 60_000;

/** The app's webhooks and subscriptions, and what happens. */
class Hooks {
  /** @type {Map<string, Webhook>} */
  webhooks = new Map();
  /** @type {Map<string, Subscription>} */
  subscriptions = new Map();
  /** @type {Set<string>} webhooks that past events are being delivered to */
  replaying = new Set();
  places = new Places();
  #state;

  /** @param {import('../state.js').State} state @param {() => void} changed called for each delivery */
  constructor(state, changed) {
    this.#state = state;
    this.courier = new Courier({
      clock: state.clock,
      secret: state.app.apiSecret,
      find: (id) => {
        const webhook = this.webhooks.get(id);
        return webhook?.valid ? this.places.find(webhook.url) : undefined;
      },
      changed,
    });
  }

  /** Asks a webhook whether it is the app's; what it did wrong makes it invalid, unless that may pass by itself. @param {Webhook} webhook */
  async check(webhook) {
    const url = this.places.find(webhook.url);
    const fault = url
      ? await challenge(url, this.#state.app.apiSecret, this.courier.signal)
      : { what: 'CRC GET request failed', isTransient: true };
    if (!fault) webhook.valid = true;
    else if (!fault.isTransient) webhook.valid = false;
    return fault?.what;
  }

  /** X's check of all webhooks, which it makes each hour. */
  async checkAll() {
    for (const webhook of this.webhooks.values()) await this.check(webhook);
  }

  /** @param {import('./events.js').Happening} happening */
  tell({ type, uuid: event_uuid, payload, includes, about }) {
    const event = (/** @type {object} */ filter, /** @type {string | undefined} */ tag) => ({
      data: {
        event_uuid,
        filter,
        event_type: type,
        ...(tag === undefined ? {} : { tag }),
        payload,
        ...(includes ? { includes } : {}),
      },
    });
    if (type === 'oauth.revoke' && !this.#state.options.subscribedRevocations) {
      for (const id of this.webhooks.keys()) this.courier.post(id, event({}, undefined));
      return;
    }
    for (const { eventType, filter, tag, webhookId } of this.subscriptions.values()) {
      const fits = about.some(
        ({ userId, direction }) =>
          filter.user_id === userId && (filter.direction === undefined || filter.direction === direction),
      );
      const isMeant = eventType === type && (fits || (about.length === 0 && filter.user_id === undefined));
      if (isMeant && webhookId !== undefined) this.courier.post(webhookId, event(filter, tag));
    }
  }

  /** @param {any} tweet */
  postCreated(tweet) {
    for (const happening of postCreated(this.#state, tweet)) this.tell(happening);
  }

  /** @param {any} tweet */
  postDeleted(tweet) {
    this.tell(postDeleted(this.#state, tweet));
  }

  /** A user likes a post. @param {string} tweetId @param {string} userId */
  like(tweetId, userId) {
    const tweet = this.#state.tweets.get(tweetId);
    if (!tweet || tweet.deleted) throw new UnknownName(`There is no post ${JSON.stringify(tweetId)}`);
    const by = this.#userOf(userId);
    tweet.metrics.like_count += 1;
    this.tell(liked(this.#state, tweet, by));
  }

  /** A user ends the app's access: no token of theirs is good any more. @param {string} userId */
  revoke(userId) {
    const user = this.#userOf(userId);
    this.#state.endAccess(user);
    this.revoked(user);
  }

  /** @param {import('../state.js').User} user */
  revoked(user) {
    this.tell(revoked(this.#state, user));
  }

  /**
   * Any other event, to those who have subscribed to it.
   * @param {string} type @param {unknown} payload @param {{ userId?: string, direction?: 'inbound' | 'outbound' }} [about]
   */
  emit(type, payload, about) {
    this.tell({ type, uuid: uuid(), payload, about: about ? [about] : [] });
  }

  /** Delivers what a webhook was to have between two minutes, both included. @param {string} webhookId @param {number} from @param {number} to */
  replay(webhookId, from, to) {
    const past = this.courier.deliveries().filter(({ webhookId: of, at, copy, isReplay }) => {
      return of === webhookId && at >= from && at < to + MINUTE && copy === 1 && !isReplay;
    });
    this.replaying.add(webhookId);
    const work = past.map(({ event }) => this.courier.post(webhookId, event, { isReplay: true }));
    Promise.all(work).then(() => this.replaying.delete(webhookId));
  }

  /** @param {string} id */
  #userOf(id) {
    const user = this.#state.users.get(id);
    if (!user) throw new UnknownName(`There is no user ${JSON.stringify(id)}`);
    return user;
  }
}

module.exports = { Hooks };
