import type { Shown, StaffReport } from '../../../main/contract/staff.ts';
import { calendarDayIn } from '../../../main/contract/words/formats.ts';
import { useStaff } from '../components/staff-context.tsx';
import { Panel, STRIPES } from './bars.tsx';
import { shownIn } from './shown.ts';

type Day = StaffReport['days'][number];

/** Units of the drawing; it is as wide as its place. */
const WIDE = 640;
const HIGH = 72;
const TOP = 14;
const BELOW = 18;
/** With more days than these the numbers would run into each other; the table has them. */
const MOST_WITH_NUMBERS = 31;

interface DayColumnsProps {
  readonly title: string;
  readonly days: readonly Day[];
  readonly of: (day: Day) => Shown;
}

/** One column a day, the number on it; what it shows is also in the table below it. */
function DayColumns({ title, days, of }: DayColumnsProps) {
  const { t, language } = useStaff();
  const counts = days.map(of);
  if (counts.every((count) => count === 'few')) {
    return (
      <div className="day-columns">
        <h4>{title}</h4>
        <p className="hint">{t('report.dayFew')}</p>
      </div>
    );
  }
  const known = counts.map((count) => (count === 'few' ? 0 : count));
  const most = Math.max(...known);
  const best = days[known.indexOf(most)]?.day ?? '';
  const scale = HIGH / Math.max(1, most);
  const floor = TOP + HIGH;
  const step = WIDE / days.length;
  const bar = Math.min(30, step * 0.7);
  const every = days.length <= 16 ? 1 : days.length <= MOST_WITH_NUMBERS ? 2 : 5;
  const numbers = days.length <= MOST_WITH_NUMBERS;
  return (
    <div className="day-columns">
      <h4>{title}</h4>
      <svg
        viewBox={`0 0 ${WIDE} ${floor + BELOW}`}
        role="img"
        aria-label={
          most === 0
            ? t('report.chartEmpty', { what: title })
            : t('report.chart', { what: title, most: String(most), day: calendarDayIn(language, best) })
        }
      >
        {days.map(({ day }, index) => {
          const count = counts[index] ?? 0;
          const middle = (index + 0.5) * step;
          const high = count === 'few' ? 8 : count * scale;
          return (
            <g key={day}>
              {count === 0 ? null : (
                <rect
                  {...(count === 'few' ? { className: 'few', fill: STRIPES } : { className: 'known' })}
                  x={middle - bar / 2}
                  y={floor - high}
                  width={bar}
                  height={high}
                />
              )}
              {count === 'few' || count === 0 || !numbers ? null : (
                <text fontSize="11" x={middle} y={floor - high - 3}>
                  {count}
                </text>
              )}
              {index % every === 0 ? (
                <text className="under" fontSize="11" x={middle} y={floor + 13}>
                  {dayLabel(day, index)}
                </text>
              ) : null}
            </g>
          );
        })}
        <line x1="0" x2={WIDE} y1={floor} y2={floor} />
      </svg>
    </div>
  );
}

function dayLabel(day: string, index: number): string {
  const [, month = 0, date = 0] = day.split('-').map(Number);
  return index === 0 || date === 1 ? `${month}/${date}` : String(date);
}

/** The pictures of a period of several days, and their table. */
export function DayCharts({ days }: { readonly days: readonly Day[] }) {
  const { t, language } = useStaff();
  return (
    <Panel title={t('report.byDay')} name="days">
      <DayColumns title={t('report.setUps')} days={days} of={(day) => day.setUps} />
      <DayColumns title={t('report.signUps')} days={days} of={(day) => day.signUps} />
      <DayColumns title={t('report.applications')} days={days} of={(day) => day.applications} />
      <details>
        <summary>{t('report.dayTable')}</summary>
        <table className="days">
          <thead>
            <tr>
              {[t('report.day'), t('report.setUps'), t('report.signUps'), t('report.applications')].map((head) => (
                <th key={head} scope="col">
                  {head}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {days.map(({ day, setUps, signUps, applications }) => (
              <tr key={day}>
                <th scope="row">{calendarDayIn(language, day)}</th>
                <td className="number">{shownIn(t, setUps)}</td>
                <td className="number">{shownIn(t, signUps)}</td>
                <td className="number">{shownIn(t, applications)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </details>
    </Panel>
  );
}
