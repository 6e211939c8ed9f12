import { formatDateTime } from '../../lib/format';
import type { Series } from '../../lib/series';

/** What the charts show, for those who can't see them. */
export function ReadingsTable({ times, series }: { times: Date[]; series: Series[] }) {
  return (
    <table className="sr-only">
      <caption>Readings</caption>
      <thead>
        <tr>
          <th scope="col">Read at</th>
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
            <th scope="row">{formatDateTime(time)}</th>
            {series.map(({ name, values }) => (
              <td key={name}>{values[index] ?? 'not told'}</td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
