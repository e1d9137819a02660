import type { PhotoWay } from '../../../main/contract/application.ts';
import type { ScreenOf } from '../../../main/contract/screens.ts';
import { PressButton } from '../../components/buttons.tsx';
import { Icon, type IconName } from '../../components/icons.tsx';
import { Notice } from '../../components/notice.tsx';
import { Page } from '../../components/page.tsx';
import { usePageContext } from '../../context/context.tsx';
import { PhotoSample } from '../../pictures/photo-sample.tsx';
import './photo-prepare.css';

const RULES = [
  { icon: 'camera', text: 'photoPrepare.front' },
  { icon: 'glasses', text: 'photoPrepare.bare' },
  { icon: 'eye', text: 'photoPrepare.hair' },
  { icon: 'wall', text: 'photoPrepare.behind' },
] as const satisfies readonly { icon: IconName; text: string }[];

/** How to sit and look; whoever cannot, says so here and is not told again by the camera. */
export function PhotoPrepare({ screen: { way } }: { readonly screen: ScreenOf<'photo-prepare'> }) {
  const { t, plain } = usePageContext();
  return (
    <Page
      name="photo-prepare"
      progress="photo"
      layout="illustrated"
      title={t('photoPrepare.title')}
      back
      out="stop"
      picture={<PhotoSample label={plain('photoPrepare.picture')} />}
      aside={<OtherWays way={way} />}
      actions={
        <PressButton button="next" icon="camera" look="primary">
          {t('photoPrepare.next')}
        </PressButton>
      }
    >
      <ul className="rules">
        {RULES.map(({ icon, text }) => (
          <li key={icon}>
            <Icon name={icon} />
            <span>{t(text)}</span>
          </li>
        ))}
      </ul>
      <p>{t('photoPrepare.lead')}</p>
    </Page>
  );
}

function OtherWays({ way }: { readonly way: PhotoWay }) {
  const { t } = usePageContext();
  if (way !== 'normal')
    return (
      <section className="other-ways">
        <Notice kind="info">{t(way === 'cover' ? 'photoPrepare.coverOn' : 'photoPrepare.poseOn')}</Notice>
        <PressButton button="normal" icon="back">
          {t('photoPrepare.normal')}
        </PressButton>
      </section>
    );
  return (
    <section className="other-ways">
      <h2>{t('photoPrepare.others')}</h2>
      <PressButton button="cover" icon="person">
        {t('photoPrepare.cover')}
      </PressButton>
      <PressButton button="pose" icon="child">
        {t('photoPrepare.pose')}
      </PressButton>
    </section>
  );
}
