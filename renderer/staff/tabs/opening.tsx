import { useState } from 'react';
import { HOURS_ORDERS, type HoursOrder } from '../../../main/contract/hours.ts';
import { momentText } from '../../../main/contract/words/dates.ts';
import { plainText } from '../../../main/contract/words/ruby.ts';
import { Button, Failure, Message } from '../components/basics.tsx';
import { useStaff } from '../components/staff-context.tsx';
import { useAnswer } from '../components/use-answer.ts';
import type { AskFailure } from '../port/connect.ts';

/** Is the kiosk open by the hours or by hand, until when; and the buttons that open and close it by hand. */
export function OpeningPanel() {
  const { t, language, ask } = useStaff();
  const { answer, failure: unread, again } = useAnswer({ what: 'opening' }, 'opening');
  const [failure, setFailure] = useState<AskFailure | null>(null);
  const order = async (one: HoursOrder) => {
    const asked = await ask({ what: 'set-opening', order: one });
    setFailure(asked.ok ? null : asked.error);
    again();
  };
  const opening = answer?.opening ?? null;
  const offered = HOURS_ORDERS.filter((one) => opening?.hours === true || one === 'close' || one === 'follow');
  return (
    <section className="stack part" data-opening={opening === null ? 'none' : opening.open ? 'open' : 'closed'}>
      <h2>{t('opening.title')}</h2>
      <Failure failure={failure ?? unread} />
      {opening === null ? null : (
        <Message tone={opening.open ? 'ok' : 'info'} role="status">
          <strong>{t(`opening.${opening.open ? 'open' : 'closed'}`)}</strong> {t(`opening.by.${opening.by}`)}{' '}
          {opening.until === null
            ? null
            : t('opening.until', {
                moment: plainText(momentText(language, opening.until)),
                what: opening.open ? 'closes' : 'open',
              })}
        </Message>
      )}
      <p>{t('opening.text')}</p>
      <div className="row">
        {offered.map((one) => (
          <Button key={one} icon="clock" name={`opening-${one}`} onPress={() => void order(one)}>
            {t(`opening.orders.${one}`)}
          </Button>
        ))}
      </div>
    </section>
  );
}
