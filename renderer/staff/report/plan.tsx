import { type FormEvent, useState } from 'react';
import type { StaffReport } from '../../../main/contract/staff.ts';
import { calendarDayIn } from '../../../main/contract/words/formats.ts';
import { Button, Failure, Message } from '../components/basics.tsx';
import { useStaff } from '../components/staff-context.tsx';
import type { AskFailure } from '../port/connect.ts';
import type { StaffText } from '../words/texts.ts';
import { Panel } from './bars.tsx';
import { monthOf } from './days.ts';
import { percentIn, shownIn } from './shown.ts';

const MOST_CARDS = 1_000_000;

interface PlanProps {
  readonly report: StaffReport;
  /** The number of cards was stored: the report is another one now. */
  readonly onSaved: () => void;
}

/** Set-ups against half of the cards newly issued, and where staff enter how many those were. */
export function Plan({ report, onSaved }: PlanProps) {
  const { t } = useStaff();
  const { setUps, planPercent, issued } = report;
  const month = monthOf(report);
  return (
    <Panel title={t('report.plan')} name="plan">
      <div className="plan">
        <dl className="row figures">
          <div>
            <dt>{t('report.setUps')}</dt>
            <dd data-number="setUps">{shownIn(t, setUps, 'report.cases')}</dd>
          </div>
          <div>
            <dt>{t('report.planShare')}</dt>
            <dd data-number="planPercent">{percentIn(t, planPercent)}</dd>
          </div>
        </dl>
        <div className="stack">
          {planPercent === null ? null : <Progress percent={planPercent} label={t('report.plan')} />}
          <p>{planSentence(t, report)}</p>
          {month === null ? null : <IssuedForm key={month} month={month} issued={issued} onSaved={onSaved} />}
        </div>
      </div>
    </Panel>
  );
}

function planSentence(t: StaffText, { setUps, planPercent, issued }: StaffReport): string {
  if (issued === null) return t('report.noIssued');
  if (planPercent !== null) return t('report.goal', { cards: shownIn(t, issued), half: shownIn(t, Math.ceil(issued / 2)) });
  return setUps === 'few' ? t('report.setUpsFew') : t('report.noPlan');
}

/** Full at the goal; more than the goal stays full, and the number says how much. */
function Progress({ percent, label }: { readonly percent: number; readonly label: string }) {
  return (
    <svg className="progress" viewBox="0 0 100 6" preserveAspectRatio="none" role="img" aria-label={`${label}: ${percent} %`}>
      <rect className="track" width="100" height="6" />
      <rect className="known" width={Math.min(100, percent)} height="6" />
    </svg>
  );
}

interface IssuedFormProps {
  readonly month: string;
  readonly issued: number | null;
  readonly onSaved: () => void;
}

function IssuedForm({ month, issued, onSaved }: IssuedFormProps) {
  const { t, language, ask } = useStaff();
  const [text, setText] = useState(issued === null ? '' : String(issued));
  const [bad, setBad] = useState(false);
  const [saved, setSaved] = useState(false);
  const [failure, setFailure] = useState<AskFailure | null>(null);
  const save = async (event: FormEvent) => {
    event.preventDefault();
    // Full-width digits are what a Japanese keyboard gives.
    const typed = text.normalize('NFKC').replaceAll(',', '').trim();
    const cards = Number(typed);
    const fits = /^\d{1,7}$/.test(typed) && cards <= MOST_CARDS;
    setBad(!fits);
    setFailure(null);
    setSaved(false);
    if (!fits) return;
    const asked = await ask({ what: 'issued', month, cards });
    if (!asked.ok) {
      setFailure(asked.error);
      return;
    }
    setSaved(true);
    onSaved();
  };
  return (
    <form className="issued row" onSubmit={(event) => void save(event)} noValidate>
      <label htmlFor="issued-cards">{t('report.issuedLabel', { month: calendarDayIn(language, month) })}</label>
      <input
        id="issued-cards"
        inputMode="numeric"
        autoComplete="off"
        value={text}
        onChange={(event) => setText(event.target.value)}
        aria-describedby="issued-hint"
        aria-invalid={bad}
      />
      <Button submit kind="primary" name="issued-save">
        {t('report.save')}
      </Button>
      <p id="issued-hint" className="hint">
        {t('report.issuedHint')}
      </p>
      {bad ? (
        <Message tone="stop" role="alert">
          {t('report.issuedBad')}
        </Message>
      ) : null}
      {saved ? (
        <Message tone="ok" role="status">
          {t('report.saved')}
        </Message>
      ) : null}
      <Failure failure={failure} />
    </form>
  );
}
