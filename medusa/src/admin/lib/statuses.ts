import type { AccountStatus, TwitterPostStatus, TwitterPostView } from '../../types/http';

type Colour = 'green' | 'red' | 'blue' | 'orange' | 'grey' | 'purple';

export const POST_STATUSES: Record<TwitterPostStatus, { label: string; colour: Colour }> = {
  draft: { label: 'Draft', colour: 'grey' },
  scheduled: { label: 'Scheduled', colour: 'purple' },
  publishing: { label: 'Publishing', colour: 'blue' },
  posted: { label: 'Posted', colour: 'green' },
  failed: { label: 'Failed', colour: 'red' },
  unknown: { label: 'Outcome unknown', colour: 'orange' },
  deleted: { label: 'Deleted on X', colour: 'grey' },
};

export const ACCOUNT_STATUSES: Record<AccountStatus, { label: string; colour: Colour }> = {
  connected: { label: 'Connected', colour: 'green' },
  reauth_required: { label: 'Reconnect needed', colour: 'orange' },
  not_connected: { label: 'Not connected', colour: 'grey' },
};

const SCOPES: Record<string, string> = {
  'tweet.read': 'read posts',
  'tweet.write': 'publish posts',
  'users.read': "read the account's profile",
  'media.write': 'upload media',
  'offline.access': 'stay connected when the token expires',
};

/** What a scope allows, in words. */
export const scopeInWords = (scope: string) => SCOPES[scope] ?? scope;

const EDITABLE: TwitterPostStatus[] = ['draft', 'scheduled', 'failed'];

/** Whether a post may still be changed: one whose thread stands in part may only go on as it is. */
export const isEditable = ({ status, intent }: Pick<TwitterPostView, 'status' | 'intent'>) =>
  EDITABLE.includes(status) && !intent?.published.length;
