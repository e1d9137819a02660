import type { ScreenOf } from '../../main/contract/screens.ts';
import { PressButton } from '../components/buttons.tsx';
import { Page } from '../components/page.tsx';
import { useKit } from '../kit/kit.tsx';
import { versionText } from '../strings/dates.ts';

/** One document: first what matters in a few sentences, the whole text one press away. */
export function Terms({ screen: { document, index, count, full } }: { readonly screen: ScreenOf<'terms'> }) {
  const { t, mark, language } = useKit();
  return (
    <Page
      name="terms"
      progress="terms"
      shape="wide"
      title={mark(document.title)}
      back
      out="stop"
      actions={
        <>
          <PressButton button={full ? 'show-summary' : 'show-all'} icon="paper">
            {t(full ? 'terms.showSummary' : 'terms.showAll')}
          </PressButton>
          <PressButton button="agree" icon="check" look="primary">
            {t('terms.agree')}
          </PressButton>
        </>
      }
    >
      <p className="which">
        <span>{t('terms.count', { count, index: index + 1 })}</span>
        <span>{t('terms.version', { date: versionText(language, document.ref.version) })}</span>
      </p>
      {full ? (
        <div className="full-text">
          {document.paragraphs.map((paragraph) => (
            <p key={paragraph}>{mark(paragraph)}</p>
          ))}
        </div>
      ) : (
        <>
          <h2>{t('terms.summary')}</h2>
          <ul className="points">
            {document.summary.map((sentence) => (
              <li key={sentence}>{mark(sentence)}</li>
            ))}
          </ul>
        </>
      )}
    </Page>
  );
}
