import type { WhoseCard } from '../../main/contract/content.ts';
import { formatReceipt } from '../../main/contract/receipt.ts';
import { unreachable } from '../../main/contract/result.ts';
import type { ReadBack as Content, ScreenOf } from '../../main/contract/screens.ts';
import { PressButton } from '../components/buttons.tsx';
import { Fact, Facts } from '../components/facts.tsx';
import { Page } from '../components/page.tsx';
import { useKit } from '../kit/kit.tsx';
import { dayAndTimeText, versionText } from '../strings/dates.ts';
import { ReadBackChief } from './read-back-chief.tsx';

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

function whatKey(content: Content) {
  switch (content.kind) {
    case 'set-up':
      return 'readBack.whatSetUp' as const;
    case 'sign-up':
      return content.makeId ? ('readBack.whatSignUpAndId' as const) : ('readBack.whatSignUp' as const);
    case 'municipal':
      return 'readBack.whatMunicipal' as const;
    case 'status':
      return 'readBack.whatStatus' as const;
    default:
      return unreachable(content);
  }
}

const TEXTS = {
  'set-up': 'readBack.text',
  'sign-up': 'readBack.textSignUp',
  municipal: 'readBack.textMunicipal',
  status: 'readBack.textStatus',
} as const satisfies Record<Content['kind'], string>;

/** Everything the card will sign, and nothing else (invariant 4). Page 2: the holder's own reading, in helper mode. */
export function ReadBack({ screen: { content, page } }: { readonly screen: ScreenOf<'read-back'> }) {
  const { t, mark, language } = useKit();
  const second = page === 2;
  return (
    <Page
      name="read-back"
      progress="check"
      shape="record"
      readFirst
      mark={second ? <div className="stamp second">{t('readBack.second')}</div> : undefined}
      title={t(second ? 'readBack.secondTitle' : 'readBack.title')}
      back
      out="stop"
      aside={
        <>
          {content.kind === 'sign-up' ? <p className="no-change">{t('readBack.noChange')}</p> : null}
          <p>{t(TEXTS[content.kind])}</p>
        </>
      }
      actions={
        <PressButton button="confirm" icon="check" look="primary">
          {t(second ? 'readBack.secondConfirm' : 'readBack.confirm')}
        </PressButton>
      }
    >
      <ReadBackChief content={content} />
      <Facts>
        <Fact name={t('readBack.what')}>{t(whatKey(content))}</Fact>
        <Fact name={t('readBack.whose')}>{t(whoseKey(content.whose))}</Fact>
        {content.kind === 'status' ? null : (
          <Fact name={t('readBack.helped')}>{t(content.helped ? 'readBack.helpedYes' : 'readBack.helpedNo')}</Fact>
        )}
        {content.terms.length === 0 ? null : (
          <Fact name={t('readBack.terms')}>
            {content.terms.map(({ ref, title }) => (
              <span key={ref.id} className="term">
                {mark(title)} <small>{t('terms.version', { date: versionText(language, ref.version) })}</small>
              </span>
            ))}
          </Fact>
        )}
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
