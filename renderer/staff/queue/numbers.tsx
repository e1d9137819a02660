import type { QueueView } from '../../../main/contract/staff.ts';
import { useStaff } from '../kit/kit.tsx';
import { Message } from '../kit/parts.tsx';
import { OPS_WORDS } from '../strings/ops-words.ts';

const STATES = ['pending', 'sending', 'parked', 'accepted', 'refused', 'cancelled', 'lost'] as const;
/** Of these one is one too many. */
const LOOK: ReadonlySet<(typeof STATES)[number]> = new Set(['parked', 'lost']);

export function Numbers({ queue }: { readonly queue: QueueView }) {
  const { language } = useStaff();
  const t = OPS_WORDS[language].queue;
  return (
    <>
      <div data-line={queue.line}>
        <Message tone={queue.line === 'online' ? 'ok' : 'caution'}>
          <strong>{t.line[queue.line]}</strong>
          {queue.oldestSeconds === null ? (
            <span>{t.nothingWaits}</span>
          ) : (
            <span>
              {t.oldest}
              {t.age(queue.oldestSeconds)}
            </span>
          )}
          {queue.nextAttempt === null ? null : (
            <span>
              {t.nextAttempt}
              {new Date(queue.nextAttempt).toLocaleTimeString('ja-JP')}
            </span>
          )}
        </Message>
      </div>
      <dl className="numbers">
        {STATES.map((state) => (
          <div key={state} data-count={state} className={LOOK.has(state) && queue.counts[state] > 0 ? 'look' : ''}>
            <dt>{t.counts[state]}</dt>
            <dd>{queue.counts[state]}</dd>
          </div>
        ))}
        <div data-count="challenges" className={queue.challenges === 0 ? 'look' : ''}>
          <dt>{t.challenges}</dt>
          <dd>{queue.challenges}</dd>
        </div>
      </dl>
    </>
  );
}
