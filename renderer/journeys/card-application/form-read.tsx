import { FORM_ID_GROUPS } from '../../../main/contract/application.ts';
import type { FormProblem, ScreenOf } from '../../../main/contract/screens.ts';
import { PressButton } from '../../components/buttons.tsx';
import { Icon } from '../../components/icons.tsx';
import { DigitPad } from '../../components/keyboard.tsx';
import { Page } from '../../components/page.tsx';
import { TypedBox } from '../../components/typed-box.tsx';
import { usePageContext } from '../../context/context.tsx';
import { formGroups } from '../../context/groups.ts';
import { ScanView } from '../../scan/scan-view.tsx';
import './form-read.css';

const DIGITS = FORM_ID_GROUPS.reduce((sum, size) => sum + size, 0);

/** The form's number at the beginning (`form-read`) and once more at the end (`form-again`): by scanner, camera, or typed. */
export function FormRead({ screen }: { readonly screen: ScreenOf<'form-read' | 'form-again'> }) {
  const { t, plain } = usePageContext();
  const { name, text, problem, camera } = screen;
  const again = name === 'form-again';
  return (
    <Page
      name={name}
      progress={again ? 'reread' : 'form'}
      layout="digits"
      title={t(again ? 'formRead.againTitle' : 'formRead.title')}
      back
      out="stop"
      aside={
        <>
          {camera ? (
            <ScanView keys problem={problem === null ? null : t(`formRead.problem.${problem}`)} />
          ) : (
            <>
              <TypedBox groups={formGroups(text)} empty={plain('entry.empty')} />
              <FormSays text={text} problem={problem} />
            </>
          )}
          <PressButton button={camera ? 'stop-scan' : 'scan'} icon={camera ? 'close' : 'camera'}>
            {t(camera ? 'entry.stopScan' : 'formRead.scan')}
          </PressButton>
          {again ? null : (
            <PressButton button="no-form" icon="form">
              {t('aboutApplication.noForm')}
            </PressButton>
          )}
        </>
      }
      actions={<DigitPad empty={text === ''} />}
    >
      {camera ? null : <p>{t(again ? 'formRead.againText' : 'formRead.text')}</p>}
    </Page>
  );
}

function FormSays({ text, problem }: { readonly text: string; readonly problem: FormProblem | null }) {
  const { t } = usePageContext();
  const missing = DIGITS - text.length;
  return (
    <div className={problem === null ? 'entry-message' : 'entry-message wrong'} data-problem={problem ?? undefined}>
      <p role={problem === null ? 'status' : 'alert'}>
        <Icon name={problem !== null ? 'caution' : missing > 0 ? 'info' : 'ok'} />
        <span>
          {problem !== null
            ? t(`formRead.problem.${problem}`)
            : missing > 0
              ? t('entry.missingDigits', { count: missing })
              : t('entry.enough')}
        </span>
      </p>
    </div>
  );
}
