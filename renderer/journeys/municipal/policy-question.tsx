import type { ScreenOf } from '../../../main/contract/screens.ts';
import { Choice } from '../../components/buttons.tsx';
import { Page } from '../../components/page.tsx';
import { usePageContext } from '../../context/context.tsx';
import './policy-question.css';

/** One question, two answers. */
export function PolicyQuestion({ screen: { text, index, count } }: { readonly screen: ScreenOf<'policy-question'> }) {
  const { t, rich } = usePageContext();
  return (
    <Page
      name="policy-question"
      progress="choose"
      layout="choices"
      title={rich(text)}
      back
      out="stop"
      actions={
        <>
          <Choice button="yes" number={1} icon="ok" title={t('question.yes')} text={null} />
          <Choice button="no" number={2} icon="close" title={t('question.no')} text={null} />
        </>
      }
    >
      <p className="which">
        <span>{t('question.count', { count, index: index + 1 })}</span>
      </p>
      <p>{t('question.note')}</p>
    </Page>
  );
}
