import type { ScreenOf } from '../../../main/contract/screens.ts';
import { PressButton } from '../../components/buttons.tsx';
import { Notice } from '../../components/notice.tsx';
import { Page } from '../../components/page.tsx';
import { Toggle } from '../../components/toggle.tsx';
import { usePageContext } from '../../context/context.tsx';
import './certificates.css';

/** Both are on. What it costs to leave one out is said at once (SOURCES.md, Card application: certificates and braille). */
export function Certificates({ screen: { signature, authentication } }: { readonly screen: ScreenOf<'certificates'> }) {
  const { t } = usePageContext();
  return (
    <Page
      name="certificates"
      progress="wanted"
      layout="choices"
      title={t('certificates.title')}
      back
      out="stop"
      actions={
        <>
          <Toggle
            button="toggle-authentication"
            number={1}
            icon="points"
            on={authentication}
            title={t('certificates.authentication')}
            text={t('certificates.authenticationText')}
          />
          <Toggle
            button="toggle-signature"
            number={2}
            icon="sign"
            on={signature}
            title={t('certificates.signature')}
            text={t('certificates.signatureText')}
          />
          <PressButton button="next" icon="next" look="primary">
            {t('next')}
          </PressButton>
        </>
      }
    >
      <div role="status">
        {signature && authentication ? <Notice kind="ok">{t('certificates.both')}</Notice> : null}
        {authentication ? null : <Notice kind="caution">{t('certificates.noAuthentication')}</Notice>}
        {signature ? null : <p className="cost">{t('certificates.noSignature')}</p>}
        {signature && authentication ? null : <p className="cost">{t('certificates.later')}</p>}
      </div>
    </Page>
  );
}
