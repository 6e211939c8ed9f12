import { defineRouteConfig } from '@medusajs/admin-sdk';
import { Composer } from '../../../components/composer/composer';

export default function ComposePage() {
  return <Composer />;
}

export const config = defineRouteConfig({ label: 'Compose', rank: 2 });

export const handle = { breadcrumb: () => 'Compose' };
