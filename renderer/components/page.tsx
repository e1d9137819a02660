import type { ReactNode } from 'react';
import type { Screen } from '../../main/contract/screens.ts';
import { usePageContext } from '../context/context.tsx';
import { LocalButton, PressButton } from './buttons.tsx';
import { Pager } from './pager.tsx';
import { Progress, type ProgressAt } from './progress.tsx';
import { usePages } from './use-pages.ts';

interface PageProps {
  readonly name: Screen['name'];
  readonly title: ReactNode;
  /** Shows where the journey stands. */
  readonly progress?: ProgressAt | null;
  /** Shows what to do; takes the room that is left. */
  readonly picture?: ReactNode;
  /** Says how it stands, beside the title. */
  readonly mark?: ReactNode;
  /** What there is to read. What does not fit the screen becomes pages (use-pages.ts): no word is ever cut off. */
  readonly children?: ReactNode;
  /** Short things beside the reading: above the buttons, which on a wide screen is a column of its own. */
  readonly aside?: ReactNode;
  /** What there is to do; its primary button is the lowest thing on the screen above the navigation. */
  readonly actions?: ReactNode;
  /** The actions come when the last page has been on the screen, and not before. */
  readonly readFirst?: boolean;
  readonly back?: boolean;
  /** One more way from here, beside the ways out. */
  readonly onward?: ReactNode;
  /** The way out: something is given up (`stop`), nothing is lost (`finish`), or all is done (`done`, another press). */
  readonly out?: 'stop' | 'finish' | 'done';
  /**
   * Layout of its own: `keys` for the PIN, `wide` for long text, `record` for many short facts, `front` for a picture and things beside it, `calm` and `alarm` when
   * there is nothing to decide; `own ...` where the screen has places of its own (own.css).
   */
  readonly shape?: 'keys' | 'wide' | 'record' | 'front' | 'alarm' | 'calm' | `own ${string}`;
}

/** The frame of every screen: reading above (or left), doing below (or right), ways out at the very bottom. */
export function Page(props: PageProps) {
  const { name, title, progress = null, picture, mark, children, aside, actions, readFirst = false, shape = '' } = props;
  const { step, t } = usePageContext();
  const pages = usePages(step);
  const more = readFirst && !pages.allSeen;
  return (
    <>
      <main className={`main ${shape}`} data-screen={name} data-step={step}>
        {progress === null ? null : <Progress at={progress} />}
        {picture === undefined ? null : <div className="picture">{picture}</div>}
        <div className="stage">
          <div className="headline">
            {mark}
            <h1 tabIndex={-1}>{title}</h1>
          </div>
          <Pager pages={pages}>{children}</Pager>
        </div>
        {aside === undefined && actions === undefined ? null : (
          <div className="side">
            {aside === undefined ? null : <div className="aside">{aside}</div>}
            {actions === undefined ? null : (
              <div className="actions">
                {more ? (
                  <LocalButton icon="down" run={() => pages.turn(1)}>
                    {t('terms.following')}
                  </LocalButton>
                ) : (
                  actions
                )}
              </div>
            )}
          </div>
        )}
      </main>
      <Ways {...props} />
    </>
  );
}

function Ways({ back = false, out, onward }: PageProps) {
  const { t, plain } = usePageContext();
  return (
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
      {onward}
    </nav>
  );
}
