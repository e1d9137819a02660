import { useState } from 'react';
import type { HealthResult } from '../../../main/contract/staff.ts';
import { listIn } from '../../../main/contract/words/formats.ts';
import { Icon } from '../../components/icons.tsx';
import { Button, Failure, Message, type Tone } from '../components/basics.tsx';
import { saveFile } from '../components/save-file.ts';
import { useStaff } from '../components/staff-context.tsx';
import { useAnswer } from '../components/use-answer.ts';
import type { AskFailure } from '../port/connect.ts';
import { findingInWords } from '../words/texts.ts';
import { TrialOfDevices } from './device-trial.tsx';
import { OpeningPanel } from './opening.tsx';

const TONES: Record<HealthResult['state'], Tone> = { good: 'ok', warning: 'caution', bad: 'stop', unknown: 'info' };

/** The numbered checks, and what to do about each. */
export function HealthTab() {
  const { t, language, ask } = useStaff();
  const [failure, setFailure] = useState<AskFailure | null>(null);
  const { answer, failure: unread, loading, again } = useAnswer({ what: 'health' }, 'health');
  const save = async (as: 'json' | 'text') => {
    const asked = await ask({ what: 'health-file', as });
    setFailure(asked.ok ? null : asked.error);
    if (asked.ok && asked.answer.what === 'file') saveFile(asked.answer.file);
  };
  const results = answer?.report.results ?? [];
  const look = results.filter(({ state }) => state === 'bad' || state === 'warning').map(({ number }) => number);
  return (
    <div className="stack by-finger" aria-busy={loading}>
      {answer === null ? (
        <p>{t('console.loading')}</p>
      ) : look.length === 0 ? (
        <Message tone="ok" role="status">
          {t('health.allGood')}
        </Message>
      ) : (
        <Message tone={results.some(({ state }) => state === 'bad') ? 'stop' : 'caution'} role="status">
          <strong>{t('health.look', { numbers: listIn(language, look.map(String)) })}</strong>
        </Message>
      )}
      <Failure failure={failure ?? unread} />
      <div className="row">
        <Button icon="search" name="health-again" off={loading} onPress={again}>
          {loading ? t('console.loading') : t('health.again')}
        </Button>
        <Button icon="phone" name="health-text" onPress={() => void save('text')}>
          {t('health.saveText')}
        </Button>
        <Button icon="paper" name="health-json" onPress={() => void save('json')}>
          {t('health.saveJson')}
        </Button>
      </div>
      <ol className="stack">
        {results.map((result) => (
          <Check key={result.id} result={result} />
        ))}
      </ol>
      <OpeningPanel />
      <TrialOfDevices />
    </div>
  );
}

function Check({ result }: { readonly result: HealthResult }) {
  const { t, language } = useStaff();
  const { number, id, state, finding, facts } = result;
  const { name, says, todo } = findingInWords(language, result);
  return (
    <li className={`item check ${TONES[state]}`} data-check={id} data-state={state} data-finding={finding}>
      <span className="check-number">{number}</span>
      <span className="check-state">
        <Icon name={TONES[state]} />
        {t(`health.state.${state}`)}
      </span>
      <div className="check-words">
        <strong>{name}</strong>
        <p>{says}</p>
        {todo === '' ? null : <p className="todo">{todo}</p>}
        {id === 'versions' ? (
          <dl className="row facts">
            {Object.entries(facts).map(([key, value]) => (
              <div key={key}>
                <dt>{key}</dt>
                <dd>{value}</dd>
              </div>
            ))}
          </dl>
        ) : null}
      </div>
    </li>
  );
}
