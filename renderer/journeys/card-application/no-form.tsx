import type { ScreenOf } from '../../../main/contract/screens.ts';
import { PressButton } from '../../components/buttons.tsx';
import { Page } from '../../components/page.tsx';
import { SlipLine } from '../../components/slip-line.tsx';
import { usePageContext } from '../../context/context.tsx';
import { BigMark } from '../../pictures/big-mark.tsx';

/** Where a form is to be had (SOURCES.md, Card application: routes and form); the same on paper. */
export function NoForm({ screen: { slip } }: { readonly screen: ScreenOf<'no-form'> }) {
  const { t } = usePageContext();
  return (
    <Page
      name="no-form"
      mark={<BigMark name="form" kind="info" />}
      title={t('noForm.title')}
      back
      actions={
        <>
          <SlipLine slip={slip} />
          <PressButton button="done" icon="check" look="primary">
            {t('done')}
          </PressButton>
        </>
      }
    >
      <ul className="bullets">
        <li>{t('noForm.window')}</li>
        <li>{t('noForm.bring')}</li>
        <li>{t('noForm.post')}</li>
        <li>{t('noForm.again')}</li>
      </ul>
    </Page>
  );
}
