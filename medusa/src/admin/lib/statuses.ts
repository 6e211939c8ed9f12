import type { AccountStatus, TwitterPostStatus, TwitterPostView } from '../../types/http';
import type { TextKey, Texts } from '../i18n/texts';

type Colour = 'green' | 'red' | 'blue' | 'orange' | 'grey' | 'purple';

/** In the order in which they are offered. */
export const POST_STATUSES: Record<TwitterPostStatus, Colour> = {
  draft: 'grey',
  scheduled: 'purple',
  publishing: 'blue',
  posted: 'green',
  failed: 'red',
  unknown: 'orange',
  deleted: 'grey',
};

export const ACCOUNT_STATUSES: Record<AccountStatus, Colour> = {
  connected: 'green',
  reauth_required: 'orange',
  not_connected: 'grey',
};

const SCOPES: Record<string, TextKey & `accounts.scopes.${string}`> = {
  'tweet.read': 'accounts.scopes.read',
  'tweet.write': 'accounts.scopes.write',
  'users.read': 'accounts.scopes.profile',
  'media.write': 'accounts.scopes.media',
  'offline.access': 'accounts.scopes.offline',
};

/** What a scope allows, in words. */
export function scopeInWords({ t }: Texts, scope: string): string {
  const key = SCOPES[scope];
  return key ? t(key) : scope;
}

const EDITABLE: TwitterPostStatus[] = ['draft', 'scheduled', 'failed'];

/** Whether a post may still be changed: one whose thread exists in part may only be continued as it is. */
export const isEditable = ({ status, intent }: Pick<TwitterPostView, 'status' | 'intent'>) =>
  EDITABLE.includes(status) && !intent?.published.length;
