import { defineRouteConfig } from '@medusajs/admin-sdk';
import { Channels } from '@medusajs/icons';
import { Navigate } from 'react-router-dom';

/** The menu's item; its first page is the list of posts. */
export default function SocialPage() {
  return <Navigate to="/social/posts" replace />;
}

export const config = defineRouteConfig({ label: 'Social', icon: Channels });

export const handle = { breadcrumb: () => 'Social' };
