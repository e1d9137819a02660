import type { ScreenOf } from '../../../main/contract/screens.ts';
import { versionText } from '../../../main/contract/words/dates.ts';
import { AgeLine } from '../../components/age-line.tsx';
import { PressButton } from '../../components/buttons.tsx';
import { Icon } from '../../components/icons.tsx';
import { Notice } from '../../components/notice.tsx';
import { Page } from '../../components/page.tsx';
import { usePageContext } from '../../context/context.tsx';
import { ScanView } from '../../scan/scan-view.tsx';
import './about-sign-up.css';

/** What it is, until when, what is needed. In a family run the service stands already. */
export function AboutSignUp({ screen }: { readonly screen: ScreenOf<'about-sign-up'> }) {
  const { t, language } = usePageContext();
  const { percent, cap, from, to, lastDay, age, family, scan, scanProblem } = screen;
  const scanning = scan === 'camera';
  const day = (each: string) => versionText(language, each);
  return (
    <Page
      name="about-sign-up"
      progress="choose"
      title={t('aboutSignUp.title')}
      back
      out="stop"
      aside={
        scanning ? <ScanView keys={false} problem={scanProblem === null ? null : t(`aboutSignUp.${scanProblem}`)} /> : undefined
      }
      actions={
        <>
          {scanning ? (
            <PressButton button="stop-scan" icon="close">
              {t('entry.stopScan')}
            </PressButton>
          ) : (
            <div className="button-pair even">
              <PressButton button="scan" icon="camera">
                {t('aboutSignUp.scan')}
              </PressButton>
              <PressButton button="next" icon="others">
                {t('aboutSignUp.others')}
              </PressButton>
            </div>
          )}
          <PressButton button="self" icon="person" look="primary">
            {t('about.own')}
          </PressButton>
        </>
      }
    >
      {scanProblem === null || scanning ? null : <Notice kind="caution">{t(`aboutSignUp.${scanProblem}`)}</Notice>}
      {family === null ? null : (
        <Notice kind="info">
          {t('aboutSignUp.family', { service: family })} {t('aboutSignUp.familyOne')}
        </Notice>
      )}
      {scanning ? null : (
        <>
          <ul className="bullets">
            <li>{t('aboutSignUp.what')}</li>
            <li>{t('aboutSignUp.gain', { percent, cap: cap })}</li>
            <li>{t('aboutSignUp.period', { from: day(from), to: day(to) })}</li>
            <li>{t('aboutSignUp.lastDay', { day: day(lastDay) })}</li>
            <li>{t('aboutSignUp.once')}</li>
          </ul>
          <section className="requirements">
            <h2>{t('aboutSignUp.bring')}</h2>
            <p className="thing">
              <Icon name="card" />
              <span>{t('aboutSignUp.bringCard')}</span>
            </p>
            <p className="thing">
              <Icon name="e-money" />
              <span>{t('aboutSignUp.bringAccount')}</span>
            </p>
          </section>
        </>
      )}
      {age.old ? <AgeLine age={age} /> : null}
    </Page>
  );
}
