import type { ScreenOf } from '../../../main/contract/screens.ts';
import { versionText } from '../../../main/contract/words/dates.ts';
import { NextPerson, PressButton } from '../../components/buttons.tsx';
import { Fact, Facts } from '../../components/facts.tsx';
import { Icon } from '../../components/icons.tsx';
import { MaskedNumber, Receipt, TypedNumber } from '../../components/numbers.tsx';
import { Page } from '../../components/page.tsx';
import { SlipLine } from '../../components/slip-line.tsx';
import { usePageContext } from '../../context/context.tsx';
import { BigMark } from '../../pictures/big-mark.tsx';
import './signed-up.css';

/** It is done; what is to be done next, how much, and until when. */
export function SignedUp({ screen }: { readonly screen: ScreenOf<'signed-up'> }) {
  const { t, language } = usePageContext();
  const { receipt, linked, service, myKeyId, prospect, slip } = screen;
  const { spend, cap, from, to, maxChargePerTime } = prospect;
  const charge = linked.on === 'charge';
  return (
    <Page
      name="signed-up"
      progress="result"
      mark={<BigMark name="ok" kind="ok" />}
      title={t('signedUp.title')}
      aside={
        <section className="next-reward">
          <h2>
            <Icon name={charge ? 'charge' : 'purchase'} />
            {t(charge ? 'signedUp.nextCharge' : 'signedUp.nextPurchase')}
          </h2>
          <dl>
            <div>
              <dt>{t(charge ? 'signedUp.spendCharge' : 'signedUp.spendPurchase')}</dt>
              <dd>{t('signedUp.upTo', { yen: spend })}</dd>
            </div>
            <div>
              <dt>{t('signedUp.gain')}</dt>
              <dd>{t('signedUp.gainMost', { points: cap })}</dd>
            </div>
          </dl>
          <p>{t('signedUp.period', { from: versionText(language, from), to: versionText(language, to) })}</p>
          {charge && maxChargePerTime !== null && maxChargePerTime < spend ? (
            <p className="small">{t('signedUp.perTime', { yen: maxChargePerTime })}</p>
          ) : null}
        </section>
      }
      actions={
        <>
          <SlipLine slip={slip} receipt={receipt} />
          <NextPerson />
          <PressButton button="done" icon="check" look="primary">
            {t('done')}
          </PressButton>
        </>
      }
    >
      <Facts>
        <Fact name={t('already.service')}>{service}</Fact>
        <Fact name={t('signedUp.account')}>
          <MaskedNumber account={linked.account} />
        </Fact>
        {myKeyId === null ? null : (
          <Fact name={t('status.id')}>
            <TypedNumber text={myKeyId} /> <small>{t('signedUp.idMade')}</small>
          </Fact>
        )}
      </Facts>
      <p>{t('signedUp.noChange')}</p>
      <Receipt receipt={receipt} />
    </Page>
  );
}
