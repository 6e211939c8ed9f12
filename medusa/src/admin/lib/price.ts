import type { CostView, MonthView } from '../../types/http';
import type { Texts } from '../i18n/texts';

/** What a post costs, and why it costs more than others: `About $0.20: it has a link`. */
export function priceInWords({ t, format }: Texts, { usd, items }: CostView): string {
  const links = items.filter(({ what }) => what === 'post_with_link').length;
  const parts = items.filter(({ what }) => what === 'post').length + links;
  const total = format.usd(usd);
  if (links === 0) return t('costs.about', { total });
  return parts > 1 ? t('costs.aboutWithLinks', { total, count: links, parts }) : t('costs.aboutWithLink', { total });
}

/** How often the schedule reads a post, in words. */
export function scheduleInWords({ t }: Texts, insights: MonthView['insights']): string {
  const { schedule, readings_per_post: readings } = insights;
  return schedule === 'off' ? t('costs.off') : t('costs.schedule', { schedule, readings });
}
