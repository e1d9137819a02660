import type { ScreenOf } from '../../../main/contract/screens.ts';
import { Choice } from '../../components/buttons.tsx';
import { Page } from '../../components/page.tsx';
import { usePageContext } from '../../context/context.tsx';
import './pre-registration.css';

/** Only the person and the service know: who has registered goes on, who has not takes a slip that says how. */
export function PreRegistration({ screen: { service, text } }: { readonly screen: ScreenOf<'pre-registration'> }) {
  const { t, rich } = usePageContext();
  return (
    <Page
      name="pre-registration"
      layout="choices"
      progress="choose"
      title={t('preRegistration.title', { service })}
      back
      out="stop"
      actions={
        <>
          <Choice button="yes" number={1} icon="ok" title={t('preRegistration.yes')} text={t('preRegistration.yesText')} />
          <Choice button="no" number={2} icon="printer" title={t('preRegistration.no')} text={t('preRegistration.noText')} />
        </>
      }
    >
      <p>{rich(text)}</p>
    </Page>
  );
}
