import type { ScreenOf } from '../../../main/contract/screens.ts';
import { PressButton } from '../../components/buttons.tsx';
import { Notice } from '../../components/notice.tsx';
import { Page } from '../../components/page.tsx';
import { SlipLine } from '../../components/slip-line.tsx';
import { usePageContext } from '../../context/context.tsx';
import { BigMark } from '../../pictures/big-mark.tsx';

/** A slip with what was chosen: no personal data on it, no session that waits. */
export function SavedForLater({ screen: { service, preRegistration, slip } }: { readonly screen: ScreenOf<'saved-for-later'> }) {
  const { t, rich } = usePageContext();
  return (
    <Page
      name="saved-for-later"
      mark={<BigMark name="paper" kind="info" />}
      title={t('saved.title', { service })}
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
      {preRegistration === null ? null : <Notice kind="caution">{rich(preRegistration)}</Notice>}
      <p>{t('saved.text')}</p>
      <p>{t('saved.next')}</p>
    </Page>
  );
}
