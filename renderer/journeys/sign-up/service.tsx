import type { ScreenOf } from '../../../main/contract/screens.ts';
import { versionText } from '../../../main/contract/words/dates.ts';
import { PressButton } from '../../components/buttons.tsx';
import { Fact, Facts } from '../../components/facts.tsx';
import { Notice } from '../../components/notice.tsx';
import { Page } from '../../components/page.tsx';
import { usePageContext } from '../../context/context.tsx';
import { QrCode } from '../../pictures/qr-code.tsx';
import './service.css';

/** One service: what it asks for, what stands in the way, and its own page for a phone. Hindrances come first, not at the end. */
export function Service({ screen }: { readonly screen: ScreenOf<'service'> }) {
  const { t, rich, plain, language } = usePageContext();
  const { hit, lastDay, sameDayCounts, maxChargePerTime, minors, phoneNeeded, preRegistration, needs, url } = screen;
  const open = hit.hindrances.length === 0;
  const both = hit.on.length > 1;
  return (
    <Page
      name="service"
      progress="choose"
      title={hit.name}
      back={open}
      out="finish"
      aside={
        <section className="phone-code">
          <QrCode text={url} label={plain('service.qrAlt', { service: hit.name })} />
          <div>
            <h2>{t('service.qr')}</h2>
            <p className="small">{t('service.qrText')}</p>
          </div>
        </section>
      }
      actions={
        <>
          {open ? (
            <PressButton button="later" icon="printer">
              {t('service.later')}
            </PressButton>
          ) : null}
          {open ? (
            <div className={both ? 'ways-on both' : 'ways-on'}>
              {hit.on.map((on) => (
                <PressButton key={on} button={on} icon={on} look={both ? 'plain' : 'primary'}>
                  {t(both ? `service.${on}` : 'service.next')}
                </PressButton>
              ))}
            </div>
          ) : (
            <PressButton button="back" icon="back" look="primary">
              {t('service.other')}
            </PressButton>
          )}
        </>
      }
    >
      {hit.hindrances.map((hindrance) => (
        <Notice key={hindrance} kind="stop">
          {t(`hindranceText.${hindrance}`)}
        </Notice>
      ))}
      {open && preRegistration !== null ? (
        <Notice kind="caution">
          {t('service.registerFirst')} {rich(preRegistration)}
        </Notice>
      ) : null}
      <Facts>
        <Fact name={t('service.onWhat')}>{t(both ? 'finder.both' : `finder.${hit.on[0] ?? 'charge'}`)}</Fact>
        <Fact name={t('service.needs')}>
          {needs.map(({ label, where }) => (
            <span key={label} className="term">
              {rich(label)} <small className="inline">{t(`whereShort.${where}`)}</small>
            </span>
          ))}
        </Fact>
        <Fact name={t('service.lastDay')}>{rich(versionText(language, lastDay))}</Fact>
        <Fact name={t('service.sameDay')}>{t(sameDayCounts ? 'service.sameDayYes' : 'service.sameDayNo')}</Fact>
        {maxChargePerTime === null ? null : (
          <Fact name={t('service.maxCharge')}>{t('service.maxChargeYen', { yen: maxChargePerTime })}</Fact>
        )}
        <Fact name={t('service.minors')}>{t(minors ? 'service.minorsYes' : 'service.minorsNo')}</Fact>
        <Fact name={t('service.phone')}>{t(phoneNeeded ? 'service.phoneYes' : 'service.phoneNo')}</Fact>
      </Facts>
    </Page>
  );
}
