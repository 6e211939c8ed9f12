import { useTexts } from '../../i18n/use-texts';
import type { Series } from '../../lib/series';

/** What the charts show, for those who can't see them. */
export function ReadingsTable({ times, series }: { times: Date[]; series: Series[] }) {
  const { t, format } = useTexts();
  return (
    <table className="sr-only">
      <caption>{t('post.insights.readings')}</caption>
      <thead>
        <tr>
          <th scope="col">{t('post.insights.readAt')}</th>
          {series.map(({ name }) => (
            <th key={name} scope="col">
              {name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {times.map((time, index) => (
          <tr key={time.getTime()}>
            <th scope="row">{format.dateTime(time)}</th>
            {series.map(({ name, values }) => (
              <td key={name}>{values[index] ?? t('post.insights.notGiven')}</td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
