import type { ScreenOf } from '../../../main/contract/screens.ts';
import { PressButton } from '../../components/buttons.tsx';
import { Page } from '../../components/page.tsx';
import { usePageContext } from '../../context/context.tsx';
import { PhotoHints } from '../../photo/photo-hints.tsx';
import { ShotPicture } from '../../photo/shot-picture.tsx';
import './photo-review.css';

/** The person looks at the photo for themselves; hints stay as a line beside it. */
export function PhotoReview({ screen: { hints, shot } }: { readonly screen: ScreenOf<'photo-review'> }) {
  const { t } = usePageContext();
  return (
    <Page
      name="photo-review"
      progress="photo"
      layout="camera"
      title={t('photoReview.title')}
      back
      out="stop"
      picture={<ShotPicture shot={shot} />}
      aside={hints.length === 0 ? undefined : <PhotoHints hints={hints} />}
      actions={
        <>
          <PressButton button="retake" icon="again">
            {t('photoAdvice.retake')}
          </PressButton>
          <PressButton button="use" icon="check" look="primary">
            {t('photoAdvice.use')}
          </PressButton>
        </>
      }
    >
      <p>{t('photoReview.text')}</p>
    </Page>
  );
}
