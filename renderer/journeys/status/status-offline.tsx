import type { ScreenOf } from '../../../main/contract/screens.ts';
import { PressButton } from '../../components/buttons.tsx';
import { Facts } from '../../components/facts.tsx';
import { Icon } from '../../components/icons.tsx';
import { Notice } from '../../components/notice.tsx';
import { Page } from '../../components/page.tsx';
import { PendingHere } from '../../components/pending-here.tsx';
import { usePageContext } from '../../context/context.tsx';
import { BigMark } from '../../pictures/big-mark.tsx';

/** A question needs somebody who answers. */
export function StatusOffline({ screen: { pending } }: { readonly screen: ScreenOf<'status-offline'> }) {
  const { t } = usePageContext();
  return (
    <Page
      name="status-offline"
      mark={<BigMark name="offline" kind="stop" />}
      title={t('statusOffline.title')}
      aside={<Notice kind="info">{t('statusOffline.nothing')}</Notice>}
      actions={
        <PressButton button="done" icon="close" look="primary">
          {t('done')}
        </PressButton>
      }
    >
      <p>{t('statusOffline.text')}</p>
      <p className="next-step">
        <Icon name="next" />
        <span>{t('statusOffline.next')}</span>
      </p>
      <Facts>
        <PendingHere rows={pending} />
      </Facts>
    </Page>
  );
}
