import type { WhoseCard } from '../../main/contract/content.ts';
import { formatReceipt } from '../../main/contract/receipt.ts';
import { unreachable } from '../../main/contract/result.ts';
import type { ScreenOf } from '../../main/contract/screens.ts';
import { PressButton } from '../components/buttons.tsx';
import { Fact, Facts } from '../components/facts.tsx';
import { Page } from '../components/page.tsx';
import { useKit } from '../kit/kit.tsx';
import { dayAndTimeText, versionText } from '../strings/dates.ts';

function whoseKey(whose: WhoseCard) {
  switch (whose) {
    case 'self':
      return 'readBack.whoseSelf' as const;
    case 'child-under-15':
      return 'readBack.whoseChild' as const;
    case 'represented':
      return 'readBack.whoseRepresented' as const;
    default:
      return unreachable(whose);
  }
}

/** Everything the card will sign, and nothing else (invariant 4). */
export function ReadBack({ screen: { content } }: { readonly screen: ScreenOf<'read-back'> }) {
  const { t, mark, language } = useKit();
  return (
    <Page
      name="read-back"
      progress="check"
      shape="record"
      readFirst
      title={t('readBack.title')}
      back
      out="stop"
      aside={<p>{t('readBack.text')}</p>}
      actions={
        <PressButton button="confirm" icon="check" look="primary">
          {t('readBack.confirm')}
        </PressButton>
      }
    >
      <Facts>
        <Fact name={t('readBack.what')}>{t('readBack.whatSetUp')}</Fact>
        <Fact name={t('readBack.whose')}>{t(whoseKey(content.whose))}</Fact>
        <Fact name={t('readBack.helped')}>{t(content.helped ? 'readBack.helpedYes' : 'readBack.helpedNo')}</Fact>
        <Fact name={t('readBack.terms')}>
          {content.terms.map(({ ref, title }) => (
            <span key={ref.id} className="term">
              {mark(title)} <small>{t('terms.version', { date: versionText(language, ref.version) })}</small>
            </span>
          ))}
        </Fact>
        <Fact name={t('readBack.at')}>{mark(dayAndTimeText(language, content.at))}</Fact>
        <Fact name={t('labels.receipt')} code>
          {formatReceipt(content.receipt)}
        </Fact>
        <Fact name={t('readBack.terminal')} code>
          {content.terminal}
        </Fact>
        <Fact name={t('readBack.challenge')} code>
          <span className="challenge">{content.challenge.match(/.{1,8}/g)?.join(' ')}</span>
        </Fact>
      </Facts>
    </Page>
  );
}
