import type { ScreenOf } from '../../../main/contract/screens.ts';
import { PressButton } from '../../components/buttons.tsx';
import { Fact, Facts } from '../../components/facts.tsx';
import { History } from '../../components/history.tsx';
import { ListTurner } from '../../components/lists.tsx';
import { MaskedNumber, TypedNumber } from '../../components/numbers.tsx';
import { Page } from '../../components/page.tsx';
import { PendingHere } from '../../components/pending-here.tsx';
import { SlipLine } from '../../components/slip-line.tsx';
import { usePageContext } from '../../context/context.tsx';
import './status.css';

/** What a person has set up, what was granted, what can still come. */
export function Status({ screen }: { readonly screen: ScreenOf<'status'> }) {
  const { t, plain } = usePageContext();
  const { status, service, pending, page, pages, slip } = screen;
  const { myKeyId, linked, counted, granted, remaining, cap, history } = status;
  const text = plain('status.bar', { cap: cap, granted: granted, remaining: remaining });
  return (
    <Page
      name="status"
      layout="reading"
      progress="result"
      title={t('status.title')}
      aside={
        <section className="granted">
          <p className="sum">
            <span>{t('status.granted')}</span>
            <strong>{t('status.points', { points: granted })}</strong>
          </p>
          <svg className="bar" viewBox="0 0 100 10" preserveAspectRatio="none" role="img" aria-label={text} focusable="false">
            <rect className="got" width={cap === 0 ? 0 : (Math.min(granted, cap) / cap) * 100} height="10" />
          </svg>
          <p className="ends">
            <span>
              {t('status.remaining')} {t('status.points', { points: remaining })}
            </span>
            <span>
              {t('status.cap')} {t('status.points', { points: cap })}
            </span>
          </p>
        </section>
      }
      actions={
        <>
          {pages > 1 ? <ListTurner page={page} pages={pages} /> : null}
          <SlipLine slip={slip} />
          <PressButton button="done" icon="check" look="primary">
            {t('done')}
          </PressButton>
        </>
      }
    >
      <Facts>
        <Fact name={t('status.id')} code>
          {myKeyId === null ? t('status.noId') : <TypedNumber text={myKeyId} />}
        </Fact>
        <Fact name={t('status.service')}>
          {linked === null ? t('status.noService') : service}
          {linked === null ? null : <MaskedNumber account={linked.account} />}
        </Fact>
        <PendingHere rows={pending} />
        <Fact name={t('status.counted')}>{t('status.yen', { yen: counted })}</Fact>
      </Facts>
      <History items={history} />
    </Page>
  );
}
