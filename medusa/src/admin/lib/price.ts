import type { CostView, MonthView } from '../../types/http';

const dollars = new Intl.NumberFormat('en-US', {
  style: 'currency',
  currency: 'USD',
  minimumFractionDigits: 2,
  maximumFractionDigits: 3,
});

export const formatUsd = (usd: number) => dollars.format(usd);

/** What a post costs, and why it costs more than others: `About $0.20: it has a link`. */
export function priceInWords({ usd, items }: CostView): string {
  const links = items.filter(({ what }) => what === 'post_with_link').length;
  const posts = items.filter(({ what }) => what === 'post').length + links;
  const link = posts > 1 ? `${links} of its ${posts} parts ${links === 1 ? 'has' : 'have'} a link` : 'it has a link';
  return `About ${formatUsd(usd)}${links > 0 ? `: ${link}` : ''}`;
}

/** How often the schedule reads a post, in words. */
export function scheduleInWords({ schedule, readings_per_post: readings }: MonthView['insights']): string {
  if (schedule === 'off') return 'Metrics are read only when somebody asks for them';
  return `The schedule “${schedule}” reads a post’s metrics ${readings} times in 30 days`;
}
