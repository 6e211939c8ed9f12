import { defineRouteConfig } from '@medusajs/admin-sdk';
import { Channels } from '@medusajs/icons';
import { Navigate } from 'react-router-dom';
import { currentTexts } from '../../i18n/use-texts';

/** The menu's item; its first page is the list of posts. */
export default function TwitterPage() {
  return <Navigate to="/twitter/posts" replace />;
}

export const config = defineRouteConfig({
  label: 'menu.root',
  translationNs: 'medusa-plugin-twitter',
  icon: Channels,
});

export const handle = { breadcrumb: () => currentTexts().t('menu.root') };
