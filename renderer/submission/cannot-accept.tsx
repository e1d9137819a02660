import type { ScreenOf } from '../../main/contract/screens.ts';
import { PressButton } from '../components/buttons.tsx';
import { Icon } from '../components/icons.tsx';
import { Notice } from '../components/notice.tsx';
import { Page } from '../components/page.tsx';
import { usePageContext } from '../context/context.tsx';
import { BigMark } from '../pictures/big-mark.tsx';

/** Told before the PIN is spent; without a card, before anything is sent. */
export function CannotAccept({ screen: { reason, cardless } }: { readonly screen: ScreenOf<'cannot-accept'> }) {
  const { t } = usePageContext();
  return (
    <Page
      name="cannot-accept"
      progress={cardless ? 'reread' : 'check'}
      mark={<BigMark name="stop" kind="stop" />}
      title={t('cannot.title')}
      actions={
        <PressButton button="done" icon="close" look="primary">
          {t('done')}
        </PressButton>
      }
    >
      <p>{t(`cannot.${reason}.text`)}</p>
      <p className="next-step">
        <Icon name="next" />
        <span>{t(`cannot.${reason}.next`)}</span>
      </p>
      <Notice kind="info">{t(cardless ? 'cannot.nothingSent' : 'cannot.nothing')}</Notice>
    </Page>
  );
}
