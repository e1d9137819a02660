import { usePageContext } from '../context/context.tsx';

const STEPS = ['about', 'whose', 'terms', 'card', 'check', 'pin', 'result'] as const;
type Step = (typeof STEPS)[number];
/** The application for a card has steps of its own. */
const APPLICATION = ['form', 'contact', 'wanted', 'photo', 'reread', 'sent'] as const;

/** The sign-up's own names for a place among the steps: what is chosen comes first, the number while the card lies there. */
const PLACES = { choose: 'about', entry: 'card' } as const satisfies Record<string, Step>;
export type ProgressAt = Step | keyof typeof PLACES | (typeof APPLICATION)[number];

/** Where a journey stands. */
export function Progress({ at }: { readonly at: ProgressAt }) {
  const { t, plain } = usePageContext();
  const application = APPLICATION.some((step) => step === at);
  const steps: readonly ProgressAt[] = application ? APPLICATION : STEPS;
  const index = steps.indexOf(at === 'choose' || at === 'entry' ? PLACES[at] : at);
  return (
    <div
      className="progress"
      role="img"
      aria-label={plain('steps.position', { count: steps.length, index: index + 1, name: plain(`steps.${at}`) })}
    >
      {steps.map((step, place) => (
        <span key={step} className={place < index ? 'past' : place === index ? 'now' : 'ahead'} aria-hidden="true">
          <span className="bar" />
          <span className="name">{place === index ? t(`steps.${at}`) : place + 1}</span>
        </span>
      ))}
    </div>
  );
}
