import type { ScreenOf } from '../../main/contract/screens.ts';
import { PressButton } from '../components/buttons.tsx';
import { Page } from '../components/page.tsx';
import { usePageContext } from '../context/context.tsx';
import { BigMark } from '../pictures/big-mark.tsx';

export function Goodbye({ screen: { reason } }: { readonly screen: ScreenOf<'goodbye'> }) {
  const { t } = usePageContext();
  const well = reason === 'done';
  return (
    <Page
      name="goodbye"
      layout="centred"
      mark={<BigMark name={well ? 'ok' : 'info'} kind={well ? 'ok' : 'info'} />}
      title={t(`goodbye.title.${reason}`)}
      actions={
        <PressButton button="start" icon="next">
          {t('goodbye.start')}
        </PressButton>
      }
    >
      <p>{t(`goodbye.text.${reason}`)}</p>
    </Page>
  );
}
