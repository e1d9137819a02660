import { unreachable } from '../../main/contract/result.ts';
import type { ReadBack } from '../../main/contract/screens.ts';
import { versionText } from '../../main/contract/words/dates.ts';
import { Fact, Facts } from '../components/facts.tsx';
import { TypedNumber } from '../components/numbers.tsx';
import { usePageContext } from '../context/context.tsx';

/** What matters most in a read-back comes first and large: where the points go, and what follows. Null: there is nothing but the question. */
export function ReadBackMain({ content }: { readonly content: ReadBack }) {
  const { t, rich, language } = usePageContext();
  switch (content.kind) {
    case 'set-up':
    case 'status':
      return null;
    case 'sign-up': {
      const { percent, cap, spend, from, to } = content.prospect;
      const values = { percent, cap: cap, spend: spend };
      return (
        <Facts main>
          <Fact name={t('readBack.service')}>{content.service}</Fact>
          {content.fields.map(({ label, text }) => (
            <Fact key={label} name={rich(label)}>
              <TypedNumber text={text} />
            </Fact>
          ))}
          <Fact name={t('readBack.on')}>{t(content.on === 'charge' ? 'readBack.onCharge' : 'readBack.onPurchase')}</Fact>
          <Fact name={t('readBack.prospect')}>
            {t(content.on === 'charge' ? 'readBack.prospectCharge' : 'readBack.prospectPurchase', values)}
          </Fact>
          <Fact name={t('readBack.period')}>
            {t('signedUp.period', { from: versionText(language, from), to: versionText(language, to) })}
          </Fact>
        </Facts>
      );
    }
    case 'municipal':
      return (
        <Facts main>
          <Fact name={t('readBack.policy')}>{content.policy}</Fact>
          <Fact name={t('readBack.municipality')}>{content.municipality}</Fact>
          <Fact name={t('readBack.amount')}>{t('policies.points', { points: content.amount })}</Fact>
          {content.answers.map(({ question, answer }) => (
            <Fact key={question} name={rich(question)}>
              {t(`question.${answer}`)}
            </Fact>
          ))}
        </Facts>
      );
    default:
      return unreachable(content);
  }
}
