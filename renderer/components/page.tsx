import type { ReactNode } from 'react';
import type { Screen } from '../../main/contract/screens.ts';
import { useKit } from '../kit/kit.tsx';
import { PressButton } from './buttons.tsx';
import { Progress } from './progress.tsx';

interface PageProps {
  readonly name: Screen['name'];
  readonly title: ReactNode;
  /** Shows where the set-up stands. */
  readonly progress?: Parameters<typeof Progress>[0]['at'] | null;
  readonly picture?: ReactNode;
  /** What there is to read. */
  readonly children?: ReactNode;
  /** What there is to do; its primary button is the lowest thing on the screen above the navigation. */
  readonly actions?: ReactNode;
  readonly back?: boolean;
  /** How the way out is called: nothing is lost (`finish`) or something is given up (`stop`). */
  readonly out?: 'stop' | 'finish';
  /** Layout of its own: `pad` for the PIN, `result` for results, `wide` for long text. */
  readonly shape?: 'pad' | 'wide' | 'alarm' | 'calm';
}

/** The frame of every screen: reading above (or left), doing below (or right), ways out at the very bottom. */
export function Page({ name, title, progress = null, picture, children, actions, back = false, out, shape }: PageProps) {
  const { step, t, plain } = useKit();
  return (
    <>
      <main className={`main ${shape ?? ''}`} data-screen={name} data-step={step}>
        <div className="stage">
          {progress === null ? null : <Progress at={progress} />}
          {picture === undefined ? null : <div className="picture">{picture}</div>}
          <h1 tabIndex={-1}>{title}</h1>
          <div className="body">{children}</div>
        </div>
        {actions === undefined ? null : <div className="actions">{actions}</div>}
      </main>
      <nav className="ways" aria-label={plain('frame.navigation')}>
        {back ? (
          <PressButton button="back" icon="back" look="quiet">
            {t('frame.back')}
          </PressButton>
        ) : null}
        {out === undefined ? null : (
          <PressButton button="home" icon="close" look="quiet">
            {t(out === 'stop' ? 'frame.giveUp' : 'frame.finish')}
          </PressButton>
        )}
      </nav>
    </>
  );
}
