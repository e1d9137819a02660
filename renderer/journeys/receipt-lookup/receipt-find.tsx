import type { ScreenOf } from '../../../main/contract/screens.ts';
import { PressButton } from '../../components/buttons.tsx';
import { Icon } from '../../components/icons.tsx';
import { DigitPad } from '../../components/keyboard.tsx';
import { Page } from '../../components/page.tsx';
import { TypedBox } from '../../components/typed-box.tsx';
import { usePageContext } from '../../context/context.tsx';
import { ScanView } from '../../scan/scan-view.tsx';
import './receipt-find.css';

/** 3-3-4, as on the slip. */
function receiptGroups(text: string): string[] {
  return [text.slice(0, 3), text.slice(3, 6), text.slice(6)].filter((group) => group !== '');
}

/** By receipt number, which names nobody: no card is needed. */
export function ReceiptFind({ screen: { text, problem, camera } }: { readonly screen: ScreenOf<'receipt-find'> }) {
  const { t, plain } = usePageContext();
  return (
    <Page
      name="receipt-find"
      layout="digits"
      title={t('receiptFind.title')}
      back
      out="finish"
      aside={
        <>
          {camera ? (
            <ScanView keys problem={problem === null ? null : t(`receiptFind.problem.${problem}`)} />
          ) : (
            <>
              <TypedBox groups={receiptGroups(text)} empty={plain('entry.empty')} />
              <div className={problem === null ? 'entry-message' : 'entry-message wrong'} data-problem={problem ?? undefined}>
                <p role={problem === null ? 'status' : 'alert'}>
                  <Icon name={problem === null ? (text.length < 10 ? 'info' : 'ok') : 'caution'} />
                  <span>
                    {problem !== null
                      ? t(`receiptFind.problem.${problem}`)
                      : text.length < 10
                        ? t('entry.missingDigits', { count: 10 - text.length })
                        : t('entry.enough')}
                  </span>
                </p>
              </div>
            </>
          )}
          <PressButton button={camera ? 'stop-scan' : 'scan'} icon={camera ? 'close' : 'camera'}>
            {t(camera ? 'entry.stopScan' : 'receiptFind.scan')}
          </PressButton>
        </>
      }
      actions={<DigitPad empty={text === ''} />}
    >
      <p>{t('receiptFind.text')}</p>
    </Page>
  );
}
