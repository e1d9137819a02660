import { useState } from 'react';
import type { StaffReport } from '../../../main/contract/staff.ts';
import { calendarDayIn } from '../../../main/contract/words/formats.ts';
import { Button, Failure } from '../components/basics.tsx';
import { saveFile } from '../components/save-file.ts';
import { useStaff } from '../components/staff-context.tsx';
import { useAnswer } from '../components/use-answer.ts';
import type { AskFailure } from '../port/connect.ts';
import { Bars, Panel, Stripes } from '../report/bars.tsx';
import { DayCharts } from '../report/day-columns.tsx';
import { type Range, type RangeName, rangeOf } from '../report/days.ts';
import { Plan } from '../report/plan.tsx';
import { RangeChoice } from '../report/range-choice.tsx';
import { percentIn, shownIn } from '../report/shown.ts';
import { nameOf } from '../words/texts.ts';

/** "Today and the plan": counts of this kiosk, and never anybody in them. */
export function ReportTab() {
  const { t, language, ask } = useStaff();
  const [chosen, setChosen] = useState<{ name: RangeName; range: Range }>(() => ({
    name: 'month',
    range: rangeOf('month', Date.now()),
  }));
  const { answer, failure, loading, again } = useAnswer({ what: 'report', ...chosen.range }, 'report');
  const [unsaved, setUnsaved] = useState<AskFailure | null>(null);
  const save = async (what: 'report-csv' | 'report-pdf') => {
    const asked = await ask({ what, ...chosen.range });
    setUnsaved(asked.ok ? null : asked.error);
    if (asked.ok && asked.answer.what === 'file') saveFile(asked.answer.file);
  };
  const report = answer?.report;
  return (
    <div className="stack" aria-busy={loading}>
      <Stripes />
      <RangeChoice {...chosen} onChoose={(name, range) => setChosen({ name, range })} />
      <Failure failure={failure ?? unsaved} />
      {report === undefined ? (
        <p>{t('console.loading')}</p>
      ) : (
        <>
          <div className="row">
            <h2 className="period" data-period={`${report.from} ${report.to}`}>
              {report.from === report.to
                ? calendarDayIn(language, report.from)
                : t('report.days', { from: calendarDayIn(language, report.from), to: calendarDayIn(language, report.to) })}
            </h2>
            <Button name="report-again" icon="online" onPress={again}>
              {t('report.again')}
            </Button>
            <Button name="report-csv" icon="down" onPress={() => void save('report-csv')}>
              {t('report.csv')}
            </Button>
            <Button name="report-pdf" icon="printer" onPress={() => void save('report-pdf')}>
              {t('report.pdf')}
            </Button>
          </div>
          <Plan report={report} onSaved={again} />
          <Numbers report={report} />
          {report.days.length > 1 ? <DayCharts days={report.days} /> : null}
          <Lists report={report} />
          {report.threshold > 1 ? <p className="hint">{t('report.fewNote', { threshold: report.threshold })}</p> : null}
        </>
      )}
    </div>
  );
}

function Numbers({ report }: { readonly report: StaffReport }) {
  const { t } = useStaff();
  const all = report.signUps.find(({ key }) => key === 'all')?.count ?? 0;
  const numbers = [
    ['signUps', t('report.signUps'), shownIn(t, all, 'report.cases')],
    ['applications', t('report.applications'), shownIn(t, report.applications, 'report.cases')],
    ['municipal', t('report.municipal'), shownIn(t, report.municipal, 'report.cases')],
    ['visits', t('report.visits'), shownIn(t, report.visits, 'report.times')],
    ['helpedPercent', t('report.helped'), percentIn(t, report.helpedPercent)],
    ['uptimePercent', t('report.uptime'), percentIn(t, report.uptimePercent)],
  ] as const;
  return (
    <Panel title={t('report.numbers')} name="numbers">
      <dl className="grid figures">
        {numbers.map(([key, label, value]) => (
          <div key={key}>
            <dt>{label}</dt>
            <dd data-number={key}>{value}</dd>
          </div>
        ))}
      </dl>
    </Panel>
  );
}

function Lists({ report }: { readonly report: StaffReport }) {
  const { t } = useStaff();
  const categories = report.signUps
    .filter(({ key }) => key !== 'all')
    .map(({ key, count }) => ({ key, count, cells: [nameOf(t, key, `category.${key}`, `together.${key}`)] }));
  const abandoned = report.abandoned.map(({ key, count }) => {
    const [step = '', reason] = key.split('.');
    const where = nameOf(t, step, `screen.${step}`, `together.${step}`);
    return { key, count, cells: [where, reason === undefined ? '' : nameOf(t, reason, `gaveUp.${reason}`)] };
  });
  const referrals = report.referrals.map(({ key, count }) => ({
    key,
    count,
    cells: [nameOf(t, key, `reason.card.${key}`, `reason.refused.${key}`, `together.${key}`)],
  }));
  return (
    <div className="grid report-lists">
      <Bars name="categories" title={t('report.categories')} heads={[t('report.categories')]} rows={categories} />
      <Bars
        name="abandoned"
        title={t('report.abandoned')}
        hint={t('report.abandonedHint')}
        heads={[t('report.step'), t('report.reason')]}
        rows={abandoned}
      />
      <Bars name="referrals" title={t('report.referrals')} heads={[t('report.reason')]} rows={referrals} />
      <Panel title={t('report.median')} hint={t('report.medianHint')} name="median">
        {report.medianMinutes.length === 0 ? (
          <p className="hint">{t('report.notYet')}</p>
        ) : (
          <table className="bars">
            <tbody>
              {report.medianMinutes.map(({ key, minutes }) => (
                <tr key={key} data-row={key}>
                  <th scope="row">{nameOf(t, key, `journey.${key}`)}</th>
                  <td className="number">{t('report.minutes', { minutes })}</td>
                </tr>
              ))}
            </tbody>
          </table>
        )}
      </Panel>
    </div>
  );
}
