import type { ReactNode } from 'react';
import type { Shown } from '../../../main/contract/staff.ts';
import { useStaff } from '../components/staff-context.tsx';
import { shownIn } from './shown.ts';
import './report.css';

interface BarRow {
  readonly key: string;
  readonly cells: readonly string[];
  readonly count: Shown;
}

interface BarsProps {
  readonly title: string;
  readonly hint?: string;
  /** Heads of the cells before the bar. */
  readonly heads: readonly string[];
  readonly rows: readonly BarRow[];
  readonly name: string;
}

const FULL = 100;
const STRIPES_ID = 'few-stripes';
/** How a count that is not told is filled. */
export const STRIPES = `url(#${STRIPES_ID})`;

/** Once on a page that draws stripes. */
export function Stripes() {
  return (
    <svg className="pattern" width="0" height="0" aria-hidden="true" focusable="false">
      <pattern id={STRIPES_ID} width="4" height="4" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
        <rect className="stripe" width="2" height="4" />
      </pattern>
    </svg>
  );
}

/** A table whose rows have a bar: the number is text, the bar is only for the eye. */
export function Bars({ title, hint, heads, rows, name }: BarsProps) {
  const { t } = useStaff();
  const most = Math.max(1, ...rows.map(({ count }) => (count === 'few' ? 0 : count)));
  return (
    <Panel title={title} hint={hint} name={name}>
      {rows.length === 0 ? (
        <p className="hint">{t('report.nothing')}</p>
      ) : (
        <table className="bars">
          <thead className="visually-hidden">
            <tr>
              {heads.map((head) => (
                <th key={head} scope="col">
                  {head}
                </th>
              ))}
              <th scope="col">{t('report.count')}</th>
            </tr>
          </thead>
          <tbody>
            {rows.map(({ key, cells, count }) => (
              <tr key={key} data-row={key}>
                {cells.map((cell, index) =>
                  index === 0 ? (
                    <th key="first" scope="row">
                      {cell}
                    </th>
                  ) : (
                    <td key={cell}>{cell}</td>
                  ),
                )}
                <td className="bar-cell">
                  <span className="bar-of">
                    <svg
                      className="bar"
                      viewBox={`0 0 ${FULL} 10`}
                      preserveAspectRatio="none"
                      aria-hidden="true"
                      focusable="false"
                    >
                      {count === 'few' ? (
                        <rect className="few" fill={STRIPES} width="6" height="10" />
                      ) : (
                        <rect className="known" width={(FULL * count) / most} height="10" />
                      )}
                    </svg>
                    <span className={count === 'few' ? 'value few' : 'value'}>{shownIn(t, count)}</span>
                  </span>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </Panel>
  );
}

interface PanelProps {
  readonly title: string;
  readonly hint?: string | undefined;
  readonly name: string;
  readonly children: ReactNode;
}

export function Panel({ title, hint, name, children }: PanelProps) {
  return (
    <section className="report-panel stack" data-panel={name} aria-labelledby={`panel-title-${name}`}>
      <h3 id={`panel-title-${name}`}>{title}</h3>
      {hint === undefined ? null : <p className="hint">{hint}</p>}
      {children}
    </section>
  );
}
