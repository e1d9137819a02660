import type { ScreenOf } from '../../../main/contract/screens.ts';
import { PressButton } from '../../components/buttons.tsx';
import { Icon } from '../../components/icons.tsx';
import { Receipt } from '../../components/numbers.tsx';
import { Page } from '../../components/page.tsx';
import { SlipLine } from '../../components/slip-line.tsx';
import { usePageContext } from '../../context/context.tsx';
import { BigMark } from '../../pictures/big-mark.tsx';

/** Not the end: the same sign-up makes the ID along, after one more read-back. */
export function NotSetUp({ screen: { receipt, slip } }: { readonly screen: ScreenOf<'not-set-up'> }) {
  const { t } = usePageContext();
  return (
    <Page
      name="not-set-up"
      progress="result"
      mark={<BigMark name="caution" kind="caution" />}
      title={t('notSetUp.title')}
      out="done"
      actions={
        <>
          <SlipLine slip={slip} />
          <PressButton button="next" icon="points" look="primary">
            {t('notSetUp.go')}
          </PressButton>
        </>
      }
    >
      <p>{t('notSetUp.text')}</p>
      <p className="next-step">
        <Icon name="next" />
        <span>{t('notSetUp.next')}</span>
      </p>
      <p>{t('notSetUp.once')}</p>
      <Receipt receipt={receipt} />
    </Page>
  );
}
