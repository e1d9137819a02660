import type { ScreenOf } from '../../main/contract/screens.ts';
import { Icon } from '../components/icons.tsx';
import { Page } from '../components/page.tsx';
import { usePageContext } from '../context/context.tsx';
import { useAlarmSound } from '../context/use-alarm-sound.ts';
import { CardOnReader } from '../pictures/card-on-reader.tsx';

/** The session is over and wiped; the card still lies there. */
export function TakeCard({ screen: { alarm } }: { readonly screen: ScreenOf<'take-card'> }) {
  const { t, plain } = usePageContext();
  useAlarmSound(alarm);
  return (
    <Page
      name="take-card"
      layout={alarm ? 'alarm' : 'centred'}
      picture={<CardOnReader act="take" label={plain('takeCard.picture')} />}
      title={
        <>
          {alarm ? <Icon name="bell" /> : null}
          {t(alarm ? 'takeCard.alarmTitle' : 'takeCard.title')}
        </>
      }
    >
      <p role={alarm ? 'alert' : undefined}>{t(alarm ? 'takeCard.alarmText' : 'takeCard.text')}</p>
    </Page>
  );
}
