// Writes index.d.ts: types/header.d.ts, which declares what the JavaScript layer adds, and below it what the native
// layer declares. Run by the build; the result is committed, and the tests see to it that it is fresh.
import { readFileSync, writeFileSync } from 'node:fs';

const root = new URL('../', import.meta.url);
const read = (/** @type {string} */ path) => readFileSync(new URL(path, root), 'utf8');

/** Options that are read beside others. @type {Record<string, string>} */
const EXTENDS = {
  IntentOptions: 'CallOptions',
  PublishOptions: 'IntentOptions',
  ResolveOptions: 'CallOptions',
  MetricsOptions: 'CallOptions',
  ActivityListOptions: 'OAuthConfig',
  TimelineOptions: 'CallOptions',
};
/** What only the JavaScript layer sees, or declares itself. */
const HIDDEN = [
  ...[
    'Cancellation',
    'Delivery',
    'Environment',
    'HeldCredentials',
    'ManagedTokens',
    'Failure',
    'ObservedBucket',
    'StoredTokens',
    'IntentHandle',
    'StoredIntent',
    'UserTweets',
  ],
  ...['openIntent', 'publishIntentPost', 'publishIntentThread', 'settleIntent', 'observeIntent', 'intentStatus'],
  ...['holdCredentials', 'holdEnvironment', 'oauth1Header'],
  ...['keepVerifier', 'takeVerifier'],
  ...['manageTokens', 'managedAccessToken'],
  ...['createWebhook', 'listWebhooks', 'validateWebhook', 'deleteWebhook', 'replayWebhook'],
  ...['createActivitySubscription', 'listActivitySubscriptions'],
  ...['updateActivitySubscription', 'deleteActivitySubscription'],
];

function nativeTypes() {
  const body = read('native/index.d.ts').replace(/^\/\*[\s\S]*?\*\/\n\/\* eslint-disable \*\/\n/, '');
  const declarations = body.split(/\n(?=\/\*\*|export )/).reduce((/** @type {string[]} */ all, part) => {
    // A comment belongs to the declaration behind it.
    const last = all.at(-1);
    if (last && /^\/\*\*/.test(last) && !/\nexport |^export /.test(last)) all[all.length - 1] = `${last}\n${part}`;
    else all.push(part);
    return all;
  }, []);
  return declarations
    .filter(
      (part) =>
        !HIDDEN.some((name) =>
          new RegExp(`^export (declare (class|const|function)|interface) ${name}\\b`, 'm').test(part),
        ),
    )
    .map((part) => part.trim())
    .filter(Boolean)
    .map((part) =>
      Object.entries(EXTENDS).reduce(
        (text, [name, base]) => text.replace(`interface ${name} {`, `interface ${name} extends ${base} {`),
        part,
      ),
    )
    .join('\n\n');
}

function errorCodes() {
  const source = read('crates/core/src/error_code.rs');
  const codes = [...source.matchAll(/=> "([A-Z0-9_]+)", "[a-z_]+",/g)].map((match) => `\n  | '${match[1]}'`);
  if (codes.length < 20) throw new Error('the error codes were not found');
  return codes.join('');
}

function eventTypes() {
  const source = read('crates/core/src/protocol/activity.rs');
  const types = [...source.matchAll(/^ {4}"([a-z_.]+)", (Public|Private), \w+;$/gm)].map(
    (match) => `\n  | '${match[1]}'`,
  );
  if (types.length < 40) throw new Error('the types of events were not found');
  return types.join('');
}

const header = read('types/header.d.ts')
  .replace(' __ERROR_CODES__', errorCodes())
  .replace(' __EVENT_TYPES__', eventTypes());
writeFileSync(new URL('index.d.ts', root), `${header}${nativeTypes()}\n`);
writeFileSync(
  new URL('index.d.mts', root),
  "export * from './index.js';\nexport { TwitterService as default } from './index.js';\n",
);
