import type { QueueView } from '../../../main/contract/staff.ts';
import { agoIn, timeIn } from '../../../main/contract/words/formats.ts';
import { Message } from '../components/basics.tsx';
import { useStaff } from '../components/staff-context.tsx';

const STATES = ['pending', 'sending', 'parked', 'accepted', 'refused', 'cancelled', 'lost'] as const;
/** Of these one is one too many. */
const LOOK: ReadonlySet<(typeof STATES)[number]> = new Set(['parked', 'lost']);

export function Numbers({ queue }: { readonly queue: QueueView }) {
  const { t, language } = useStaff();
  return (
    <>
      <div data-line={queue.line}>
        <Message tone={queue.line === 'online' ? 'ok' : 'caution'}>
          <strong>{t(`queue.line.${queue.line}`)}</strong>
          {queue.oldestSeconds === null ? (
            <span>{t('queue.nothingWaits')}</span>
          ) : (
            <span>
              {t('queue.oldest')}
              {agoIn(language, queue.oldestSeconds)}
            </span>
          )}
          {queue.nextAttempt === null ? null : (
            <span>
              {t('queue.nextAttempt')}
              {timeIn(language, queue.nextAttempt)}
            </span>
          )}
        </Message>
      </div>
      <dl className="grid figures">
        {STATES.map((state) => (
          <div key={state} data-count={state} className={LOOK.has(state) && queue.counts[state] > 0 ? 'look' : ''}>
            <dt>{t(`queue.counts.${state}`)}</dt>
            <dd>{queue.counts[state]}</dd>
          </div>
        ))}
        <div data-count="challenges" className={queue.challenges === 0 ? 'look' : ''}>
          <dt>{t('queue.challenges')}</dt>
          <dd>{queue.challenges}</dd>
        </div>
      </dl>
    </>
  );
}
