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
  /** Shows what to do; takes the room that is left. */
  readonly picture?: ReactNode;
  /** Says how it stands, beside the title. */
  readonly mark?: ReactNode;
  /** What there is to read. */
  readonly children?: ReactNode;
  /** What there is to do; its primary button is the lowest thing on the screen above the navigation. */
  readonly actions?: ReactNode;
  readonly back?: boolean;
  /** The way out: something is given up (`stop`), nothing is lost (`finish`), or all is done (`done`, another press). */
  readonly out?: 'stop' | 'finish' | 'done';
  /** Layout of its own: `keys` for the PIN, `wide` for long text, `calm` and `alarm` when there is nothing to decide. */
  readonly shape?: 'keys' | 'wide' | 'alarm' | 'calm';
}

/** The frame of every screen: reading above (or left), doing below (or right), ways out at the very bottom. */
export function Page({ name, title, progress = null, picture, mark, children, actions, back = false, out, shape }: PageProps) {
  const { step, t, plain } = useKit();
  return (
    <>
      <main className={`main ${shape ?? ''}`} data-screen={name} data-step={step}>
        <div className="stage">
          {progress === null ? null : <Progress at={progress} />}
          {picture === undefined ? null : <div className="picture">{picture}</div>}
          <div className="headline">
            {mark}
            <h1 tabIndex={-1}>{title}</h1>
          </div>
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
          <PressButton button={out === 'done' ? 'done' : 'home'} icon="close" look="quiet">
            {t(out === 'stop' ? 'frame.giveUp' : 'frame.finish')}
          </PressButton>
        )}
      </nav>
    </>
  );
}
