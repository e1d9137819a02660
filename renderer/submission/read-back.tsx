import { useState } from 'react';
import { formatReceipt } from '../../main/contract/receipt.ts';
import { unreachable } from '../../main/contract/result.ts';
import type { ReadBack as Content, ScreenOf } from '../../main/contract/screens.ts';
import type { WhoseCard } from '../../main/contract/submission.ts';
import { dayAndTimeText, versionText } from '../../main/contract/words/dates.ts';
import { ActButton } from '../components/act-button.tsx';
import { PressButton } from '../components/buttons.tsx';
import { Fact, Facts } from '../components/facts.tsx';
import { Page } from '../components/page.tsx';
import { usePageContext } from '../context/context.tsx';
import { ReadBackMain } from './read-back-main.tsx';
import './read-back.css';
import './stamp.css';

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

/**
 * What the card will sign, and nothing else (invariant 4): first what a person can judge, all of which must have been seen; numbers that
 * only machines compare are one press away. Page 2: the holder's own reading, in helper mode.
 */
export function ReadBack({ screen: { content, page } }: { readonly screen: ScreenOf<'read-back'> }) {
  const { t, step } = usePageContext();
  const [opened, setOpened] = useState<number | null>(null);
  const details = opened === step;
  const second = page === 2;
  return (
    <Page
      name="read-back"
      progress="check"
      layout="record"
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
        <div className="button-pair">
          <ActButton act="details" run={() => setOpened(details ? null : step)}>
            {t(details ? 'readBack.noDetails' : 'readBack.details')}
          </ActButton>
          <PressButton button="confirm" icon="check" look="primary">
            {t(second ? 'readBack.secondConfirm' : 'readBack.confirm')}
          </PressButton>
        </div>
      }
    >
      {details ? <Details content={content} /> : <Plain content={content} />}
    </Page>
  );
}

/** What a person can judge. */
function Plain({ content }: { readonly content: Content }) {
  const { t, rich } = usePageContext();
  return (
    <div className="summary">
      <ReadBackMain content={content} />
      <Facts>
        <Fact name={t('readBack.what')}>{t(whatKey(content))}</Fact>
        <Fact name={t('readBack.whose')}>{t(whoseKey(content.whose))}</Fact>
        {content.helped ? <Fact name={t('readBack.helped')}>{t('readBack.helpedYes')}</Fact> : null}
        {content.terms.length === 0 ? null : (
          <Fact name={t('readBack.terms')}>
            {content.terms.map(({ ref, title }) => (
              <span key={ref.id} className="term">
                {rich(title)}
              </span>
            ))}
          </Fact>
        )}
      </Facts>
    </div>
  );
}

/** What the platform compares, value for value. */
function Details({ content }: { readonly content: Content }) {
  const { t, rich, language } = usePageContext();
  return (
    <Facts>
      {content.kind === 'status' || content.helped ? null : <Fact name={t('readBack.helped')}>{t('readBack.helpedNo')}</Fact>}
      <Fact name={t('readBack.at')}>{rich(dayAndTimeText(language, content.at))}</Fact>
      <Fact name={t('labels.receipt')} code>
        {formatReceipt(content.receipt)}
      </Fact>
      <Fact name={t('readBack.terminal')} code>
        {content.terminal}
      </Fact>
      {content.terms.map(({ ref, title }) => (
        <Fact key={ref.id} name={rich(title)}>
          {t('terms.version', { date: versionText(language, ref.version) })}
        </Fact>
      ))}
      <Fact name={t('readBack.challenge')} code>
        <span className="challenge">{content.challenge.match(/.{1,8}/g)?.join(' ')}</span>
      </Fact>
    </Facts>
  );
}
