import type { CardProblem as Problem } from '../../main/contract/card.ts';
import type { PublicLanguage } from '../../main/contract/languages.ts';
import type { ScreenOf } from '../../main/contract/screens.ts';
import { dayText } from '../../main/contract/words/dates.ts';
import { PressButton } from '../components/buttons.tsx';
import { Icon } from '../components/icons.tsx';
import { Page } from '../components/page.tsx';
import { SlipLine } from '../components/slip-line.tsx';
import { usePageContext } from '../context/context.tsx';
import { BigMark } from '../pictures/big-mark.tsx';
import { CardOnReader } from '../pictures/card-on-reader.tsx';

/** What kind of trouble: take another card (`swap`), put it down again (`again`), or go somewhere else (`office`). */
function kindOf(problem: Problem): 'swap' | 'again' | 'office' {
  switch (problem.code) {
    case 'not-my-number-card':
    case 'juki-card':
    case 'phone':
    case 'newer-card':
      return 'swap';
    case 'mute':
    case 'removed':
    case 'reader-failed':
    case 'reader-busy':
    case 'unexpected-status':
    case 'certificate-unreadable':
    case 'pin-wrong':
    case 'signature-mismatch':
      return 'again';
    case 'no-auth-certificate':
    case 'pin-less-card':
    case 'pin-locked':
    case 'pin-unusable':
    case 'certificate-expired':
      return 'office';
  }
}

/** Reading once more with the same card may help, and the core takes the press. */
function canReadAgain(problem: Problem, journey: ScreenOf<'card-problem'>['journey']): boolean {
  switch (problem.code) {
    case 'reader-failed':
    case 'reader-busy':
    case 'certificate-unreadable':
      return true;
    case 'unexpected-status':
      // After the PIN the visit is over: what was composed may have been signed.
      return journey === 'check' || (problem.step !== 'verify' && problem.step !== 'sign');
    default:
      return false;
  }
}

/** What any of the texts has a place for. */
function valuesOf(problem: Problem, language: PublicLanguage) {
  return {
    count: problem.code === 'pin-wrong' ? problem.triesLeft : 0,
    date: problem.code === 'certificate-expired' ? dayText(language, problem.notAfter) : '',
    code: problem.code === 'unexpected-status' ? `${problem.step} ${problem.sw}` : '',
  };
}

/** One clear text and one next step for everything that can be wrong with a card (SOURCES.md, Set-up: states of a card). */
export function CardProblem({ screen: { problem, journey, slip } }: { readonly screen: ScreenOf<'card-problem'> }) {
  const { t, plain, language } = usePageContext();
  const kind = kindOf(problem);
  const again = canReadAgain(problem, journey);
  return (
    <Page
      name="card-problem"
      progress={journey === 'set-up' ? 'card' : null}
      mark={kind === 'again' ? <BigMark name="caution" kind="caution" /> : <BigMark name="stop" kind="stop" />}
      picture={kind === 'swap' ? <CardOnReader act="take" label={plain('takeCard.picture')} /> : undefined}
      title={t(`problem.${problem.code}.title`)}
      {...(again ? { out: 'done' } : {})}
      actions={
        <>
          {kind === 'office' ? <SlipLine slip={slip} /> : null}
          {again ? (
            <PressButton button="try-again" icon="card" look="primary">
              {t('problem.tryAgain')}
            </PressButton>
          ) : (
            <PressButton button="done" icon="close" look="primary">
              {t('done')}
            </PressButton>
          )}
        </>
      }
    >
      <p>{t(`problem.${problem.code}.text`, valuesOf(problem, language))}</p>
      <p className="next-step">
        <Icon name="next" />
        <span>{t(`problem.${problem.code}.next`)}</span>
      </p>
    </Page>
  );
}
