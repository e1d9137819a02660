import type { ScreenOf, TermsDocument } from '../../../main/contract/screens.ts';
import { versionText } from '../../../main/contract/words/dates.ts';
import { PressButton } from '../../components/buttons.tsx';
import { Icon } from '../../components/icons.tsx';
import { Page } from '../../components/page.tsx';
import { usePageContext } from '../../context/context.tsx';
import './terms.css';

/** All documents: what matters of each in a few sentences, the whole text one press away. Each is agreed to by itself, in order, with its points in view. */
export function Terms({ screen: { documents, index, full } }: { readonly screen: ScreenOf<'terms'> }) {
  const { t, rich } = usePageContext();
  const next = documents[index];
  if (next === undefined) return null;
  return (
    <Page
      name="terms"
      progress="terms"
      layout="reading"
      title={full ? rich(next.title) : t('terms.title')}
      back
      out="stop"
      actions={
        <div className="button-pair">
          <PressButton button={full ? 'show-summary' : 'show-all'}>{t(full ? 'terms.showSummary' : 'terms.showAll')}</PressButton>
          <PressButton button="agree" icon="check" look="primary">
            {documents.length === 1 ? t('terms.agree') : t('terms.agreeTo', { number: index + 1 })}
          </PressButton>
        </div>
      }
    >
      {full ? (
        <WholeText document={next} />
      ) : (
        documents.map((one, at) => (
          <MainPoints key={one.ref.id} document={one} number={documents.length === 1 ? null : at + 1} agreed={at < index} />
        ))
      )}
    </Page>
  );
}

function Version({ document: { ref } }: { readonly document: TermsDocument }) {
  const { t, language } = usePageContext();
  return <small>{t('terms.version', { date: versionText(language, ref.version) })}</small>;
}

interface MainPointsProps {
  readonly document: TermsDocument;
  /** Names it on the button, where there are several. */
  readonly number: number | null;
  readonly agreed: boolean;
}

/** What is agreed to is a line: what comes next, and is asked for by the button, comes into view by that. */
function MainPoints({ document, number, agreed }: MainPointsProps) {
  const { t, rich } = usePageContext();
  return (
    <>
      <h2 className="document">
        {number === null ? null : <span className="number">{number}</span>}
        {rich(document.title)} <Version document={document} />
        {agreed ? (
          <span className="agreed">
            {' '}
            <Icon name="check" /> {t('terms.agreed')}
          </span>
        ) : null}
      </h2>
      {agreed ? null : (
        <ul className="bullets">
          {document.summary.map((sentence) => (
            <li key={sentence}>{rich(sentence)}</li>
          ))}
        </ul>
      )}
    </>
  );
}

function WholeText({ document }: { readonly document: TermsDocument }) {
  const { rich } = usePageContext();
  return (
    <>
      <p className="which">
        <Version document={document} />
      </p>
      <div className="full-text">
        {document.paragraphs.map((paragraph) => (
          <p key={paragraph}>{rich(paragraph)}</p>
        ))}
      </div>
    </>
  );
}
