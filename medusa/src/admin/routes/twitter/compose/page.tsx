import { defineRouteConfig } from '@medusajs/admin-sdk';
import { Composer } from '../../../components/composer/composer';
import { currentTexts } from '../../../i18n/use-texts';

export default function ComposePage() {
  return <Composer />;
}

export const config = defineRouteConfig({
  label: 'menu.compose',
  translationNs: 'medusa-plugin-twitter',
  rank: 2,
});

export const handle = { breadcrumb: () => currentTexts().t('menu.compose') };
