import { Text } from '@medusajs/ui';
import { useTexts } from '../../i18n/use-texts';
import type { Series } from '../../lib/series';
import { LineChart } from './line-chart';

interface ChartPanelProps {
  title: string;
  times: Date[];
  series: Series[];
}

/** A chart with its title and, for several lines, what they are. */
export function ChartPanel({ title, times, series }: ChartPanelProps) {
  const { t } = useTexts();
  return (
    <div className="flex flex-col gap-y-2">
      <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1">
        <Text size="small" weight="plus">
          {title}
        </Text>
        {series.length > 1 && (
          <ul aria-hidden className="flex flex-wrap gap-x-4">
            {series.map(({ name, colour }) => (
              <li key={name} className="txt-compact-xsmall text-ui-fg-subtle flex items-center gap-x-1.5">
                <span className="h-2 w-2 rounded-full" style={{ background: colour }} />
                {name}
              </li>
            ))}
          </ul>
        )}
      </div>
      <LineChart label={t('post.insights.overTime', { metric: title })} times={times} series={series} />
    </div>
  );
}
