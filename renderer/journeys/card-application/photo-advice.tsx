import type { ScreenOf } from '../../../main/contract/screens.ts';
import { PressButton } from '../../components/buttons.tsx';
import { Page } from '../../components/page.tsx';
import { usePageContext } from '../../context/context.tsx';
import { PhotoHints } from '../../photo/photo-hints.tsx';
import { ShotPicture } from '../../photo/shot-picture.tsx';
import './photo-review.css';

/** Asked once: a hint is a wish, and taking the photo again the easy way. */
export function PhotoAdvice({ screen: { hints, shot } }: { readonly screen: ScreenOf<'photo-advice'> }) {
  const { t } = usePageContext();
  return (
    <Page
      name="photo-advice"
      progress="photo"
      layout="camera"
      title={t('photoAdvice.title')}
      back
      out="stop"
      picture={<ShotPicture shot={shot} />}
      aside={<PhotoHints hints={hints} />}
      actions={
        <>
          <PressButton button="use" icon="check">
            {t('photoAdvice.use')}
          </PressButton>
          <PressButton button="retake" icon="again" look="primary">
            {t('photoAdvice.retake')}
          </PressButton>
        </>
      }
    >
      <p>{t('photoAdvice.text')}</p>
    </Page>
  );
}
