import type { ScreenOf } from '../../../main/contract/screens.ts';
import { PressButton } from '../../components/buttons.tsx';
import { Icon } from '../../components/icons.tsx';
import { Notice } from '../../components/notice.tsx';
import { Page } from '../../components/page.tsx';
import { usePageContext } from '../../context/context.tsx';
import { BigMark } from '../../pictures/big-mark.tsx';

/** Politely no, by the person's own answers; answering again is one touch away. */
export function PolicyNotForYou({ screen: { title } }: { readonly screen: ScreenOf<'policy-not-for-you'> }) {
  const { t } = usePageContext();
  return (
    <Page
      name="policy-not-for-you"
      mark={<BigMark name="stop" kind="stop" />}
      title={t('notForYou.title')}
      back
      actions={
        <PressButton button="done" icon="close" look="primary">
          {t('done')}
        </PressButton>
      }
    >
      <p>{t('notForYou.text', { title })}</p>
      <p className="next-step">
        <Icon name="next" />
        <span>{t('notForYou.next')}</span>
      </p>
      <Notice kind="info">{t('notForYou.nothing')}</Notice>
    </Page>
  );
}
