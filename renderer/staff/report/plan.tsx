import { type FormEvent, useState } from 'react';
import type { StaffReport } from '../../../main/contract/staff.ts';
import { useStaff } from '../kit/kit.tsx';
import { Button, Failure, Message } from '../kit/parts.tsx';
import type { AskFailure } from '../port/connect.ts';
import { REPORT_WORDS } from '../strings/report-words.ts';
import { Panel } from './bars.tsx';
import { inWords, monthOf } from './days.ts';
import { percentIn, shownIn } from './shown.ts';

const MOST_CARDS = 1_000_000;

interface PlanProps {
  readonly report: StaffReport;
  /** The number of cards was stored: the report is another one now. */
  readonly onSaved: () => void;
}

/** Set-ups against half of the cards newly issued, and where staff enter how many those were. */
export function Plan({ report, onSaved }: PlanProps) {
  const { language } = useStaff();
  const words = REPORT_WORDS[language];
  const { setUps, planPercent, issued } = report;
  const month = monthOf(report);
  return (
    <Panel title={words.plan} name="plan">
      <div className="plan">
        <dl className="big">
          <div>
            <dt>{words.setUps}</dt>
            <dd data-number="setUps">{shownIn(language, setUps, words.cases)}</dd>
          </div>
          <div>
            <dt>{words.planShare}</dt>
            <dd data-number="planPercent">{percentIn(planPercent)}</dd>
          </div>
        </dl>
        <div className="plan-words">
          {planPercent === null ? null : <Progress percent={planPercent} label={words.plan} />}
          <p>{planSentence(report, language)}</p>
          {month === null ? null : <IssuedForm key={month} month={month} issued={issued} onSaved={onSaved} />}
        </div>
      </div>
    </Panel>
  );
}

function planSentence({ setUps, planPercent, issued }: StaffReport, language: 'ja' | 'en'): string {
  const words = REPORT_WORDS[language];
  if (issued === null) return words.noIssued;
  if (planPercent !== null) return words.goal(shownIn(language, issued), shownIn(language, Math.ceil(issued / 2)));
  return setUps === 'few' ? words.setUpsFew : words.noPlan;
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
  const { language, ask } = useStaff();
  const words = REPORT_WORDS[language];
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
    <form className="issued" onSubmit={(event) => void save(event)} noValidate>
      <label htmlFor="issued-cards">{words.issuedLabel(inWords(month, language))}</label>
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
        {words.save}
      </Button>
      <p id="issued-hint" className="hint">
        {words.issuedHint}
      </p>
      {bad ? (
        <Message tone="stop" role="alert">
          {words.issuedBad}
        </Message>
      ) : null}
      {saved ? (
        <Message tone="ok" role="status">
          {words.saved}
        </Message>
      ) : null}
      <Failure failure={failure} />
    </form>
  );
}
