import type { Charset } from '../../../main/contract/catalogue.ts';
import { unreachable } from '../../../main/contract/result.ts';
import type { ScreenOf } from '../../../main/contract/screens.ts';
import { PressButton } from '../../components/buttons.tsx';
import { EntryMessage } from '../../components/entry-message.tsx';
import { AbcPad, DigitPad, KanaPad } from '../../components/keyboard.tsx';
import { Page } from '../../components/page.tsx';
import { TypedBox } from '../../components/typed-box.tsx';
import { usePageContext } from '../../context/context.tsx';
import { groupsOf } from '../../context/groups.ts';
import { WherePicture } from '../../pictures/where-picture.tsx';
import { ScanView } from '../../scan/scan-view.tsx';
import './entry.css';

function Pad({ charset, empty }: { readonly charset: Charset; readonly empty: boolean }) {
  switch (charset) {
    case 'digits':
      return <DigitPad empty={empty} />;
    case 'upper-digits':
      return <AbcPad empty={empty} cases={false} />;
    case 'alphanumeric':
      return <AbcPad empty={empty} cases />;
    case 'kana':
      return <KanaPad empty={empty} />;
    default:
      return unreachable(charset);
  }
}

/** One number or code: where it stands, a pad for its signs, and at once what is missing or wrong. */
export function Entry({ screen }: { readonly screen: ScreenOf<'entry'> }) {
  const { t, plain } = usePageContext();
  const { service, label, where, charset, text, index, count, similar, scan } = screen;
  return (
    <Page
      name="entry"
      progress="entry"
      layout={charset === 'digits' ? 'digits' : 'letters'}
      title={t('entry.title', { label })}
      back
      out="stop"
      picture={scan === 'camera' ? <ScanView keys problem={null} /> : <WherePicture where={where} />}
      aside={
        <>
          <TypedBox groups={groupsOf(text)} similar={similar} empty={plain('entry.empty')} />
          <EntryMessage screen={screen} />
          {scan === 'off' ? null : (
            <PressButton button={scan === 'ready' ? 'scan' : 'stop-scan'} icon={scan === 'ready' ? 'camera' : 'close'}>
              {t(scan === 'ready' ? 'entry.scan' : 'entry.stopScan')}
            </PressButton>
          )}
        </>
      }
      actions={<Pad charset={charset} empty={text === ''} />}
    >
      <p className="of-what">{t('entry.which', { service, count, index: index + 1 })}</p>
      <p className="where-message">{t(`where.${where}`)}</p>
    </Page>
  );
}
