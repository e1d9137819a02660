import { useState } from 'react';
import {
  CATEGORY_NAMES,
  JOURNEY_NAMES,
  nameOfAbandonment,
  nameOfKey,
  REFERRAL_NAMES,
} from '../../../main/contract/report-words.ts';
import type { StaffReport } from '../../../main/contract/staff.ts';
import { useStaff } from '../kit/kit.tsx';
import { Button, Failure } from '../kit/parts.tsx';
import { saveFile } from '../kit/save-file.ts';
import { useAnswer } from '../kit/use-answer.ts';
import type { AskFailure } from '../port/connect.ts';
import { Bars, Panel, Stripes } from '../report/bars.tsx';
import { DayCharts } from '../report/day-columns.tsx';
import { inWords, type Range, type RangeName, rangeOf } from '../report/days.ts';
import { Plan } from '../report/plan.tsx';
import { RangeChoice } from '../report/range-choice.tsx';
import { percentIn, shownIn } from '../report/shown.ts';
import { REPORT_WORDS } from '../strings/report-words.ts';

/** "Today and the plan": counts of this kiosk, and never anybody in them. */
export function ReportTab() {
  const { words: common, language, ask } = useStaff();
  const words = REPORT_WORDS[language];
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
    <div className="tab report" aria-busy={loading}>
      <Stripes />
      <RangeChoice {...chosen} onChoose={(name, range) => setChosen({ name, range })} />
      <Failure failure={failure ?? unsaved} />
      {report === undefined ? (
        <p>{common.console.loading}</p>
      ) : (
        <>
          <div className="row report-head">
            <h2 data-period={`${report.from} ${report.to}`}>
              {report.from === report.to
                ? words.oneDay(inWords(report.from, language))
                : words.days(inWords(report.from, language), inWords(report.to, language))}
            </h2>
            <Button name="report-again" icon="online" onPush={again}>
              {words.again}
            </Button>
            <Button name="report-csv" icon="down" onPush={() => void save('report-csv')}>
              {words.csv}
            </Button>
            <Button name="report-pdf" icon="printer" onPush={() => void save('report-pdf')}>
              {words.pdf}
            </Button>
          </div>
          <Plan report={report} onSaved={again} />
          <Numbers report={report} />
          {report.days.length > 1 ? <DayCharts days={report.days} /> : null}
          <Lists report={report} />
          {report.threshold > 1 ? <p className="hint">{words.fewNote(report.threshold)}</p> : null}
        </>
      )}
    </div>
  );
}

function Numbers({ report }: { readonly report: StaffReport }) {
  const { language } = useStaff();
  const words = REPORT_WORDS[language];
  const all = report.signUps.find(({ key }) => key === 'all')?.count ?? 0;
  const numbers = [
    ['signUps', words.signUps, shownIn(language, all, words.cases)],
    ['applications', words.applications, shownIn(language, report.applications, words.cases)],
    ['municipal', words.municipal, shownIn(language, report.municipal, words.cases)],
    ['visits', words.visits, shownIn(language, report.visits, words.times)],
    ['helpedPercent', words.helped, percentIn(report.helpedPercent)],
    ['uptimePercent', words.uptime, percentIn(report.uptimePercent)],
  ] as const;
  return (
    <Panel title={words.numbers} name="numbers">
      <dl className="numbers">
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
  const { language } = useStaff();
  const words = REPORT_WORDS[language];
  const categories = report.signUps
    .filter(({ key }) => key !== 'all')
    .map(({ key, count }) => ({ key, count, cells: [nameOfKey(CATEGORY_NAMES, key)[language]] }));
  const abandoned = report.abandoned.map(({ key, count }) => {
    const { step, reason } = nameOfAbandonment(key);
    return { key, count, cells: [step[language], reason[language]] };
  });
  const referrals = report.referrals.map(({ key, count }) => ({ key, count, cells: [nameOfKey(REFERRAL_NAMES, key)[language]] }));
  return (
    <div className="report-grid">
      <Bars name="categories" title={words.categories} heads={[words.categories]} rows={categories} />
      <Bars
        name="abandoned"
        title={words.abandoned}
        hint={words.abandonedHint}
        heads={[words.step, words.reason]}
        rows={abandoned}
      />
      <Bars name="referrals" title={words.referrals} heads={[words.reason]} rows={referrals} />
      <Panel title={words.median} hint={words.medianHint} name="median">
        {report.medianMinutes.length === 0 ? (
          <p className="none">{words.notYet}</p>
        ) : (
          <table className="bars">
            <tbody>
              {report.medianMinutes.map(({ key, minutes }) => (
                <tr key={key} data-row={key}>
                  <th scope="row">{nameOfKey(JOURNEY_NAMES, key)[language]}</th>
                  <td className="number">{words.minutes(minutes)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        )}
      </Panel>
    </div>
  );
}
