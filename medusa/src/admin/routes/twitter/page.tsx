import { defineRouteConfig } from '@medusajs/admin-sdk';
import { Channels } from '@medusajs/icons';
import { Navigate } from 'react-router-dom';

/** The menu's item; its first page is the list of posts. */
export default function TwitterPage() {
  return <Navigate to="/twitter/posts" replace />;
}

export const config = defineRouteConfig({ label: 'X (Twitter)', icon: Channels });

export const handle = { breadcrumb: () => 'X (Twitter)' };
