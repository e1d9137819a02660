import type { ReactNode } from 'react';
import type { Screen } from '../../main/contract/screens.ts';
import { usePageContext } from '../context/context.tsx';
import { LocalButton, PressButton } from './buttons.tsx';
import { Pager } from './pager.tsx';
import { Progress, type ProgressAt } from './progress.tsx';
import { usePages } from './use-pages.ts';

/**
 * - `columns`: reading, and a few buttons; `choices`: the same with broad buttons
 * - `reading`: long text; `record`: many short facts; `illustrated`: words with a picture beside them
 * - `menu`: many choices; `front`: a picture and things beside it
 * - `keypad`: the PIN; `digits`, `letters`: something to type, on a pad or a keyboard
 * - `list`: a list and what narrows it; `search`: a list that a keyboard narrows
 * - `camera`: the picture is what it is about
 * - `centred`, `alarm`: there is nothing to decide
 */
type Layout =
  | 'columns'
  | 'choices'
  | 'reading'
  | 'record'
  | 'illustrated'
  | 'menu'
  | 'front'
  | 'keypad'
  | 'digits'
  | 'letters'
  | 'list'
  | 'search'
  | 'camera'
  | 'centred'
  | 'alarm';

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
  /** Where its parts lie, in every shape of window and in reach of a wheelchair (styles/layout). */
  readonly layout?: Layout;
}

/** The frame of every screen: reading above (or left), doing below (or right), ways out at the very bottom. */
export function Page(props: PageProps) {
  const { name, title, progress = null, picture, mark, children, aside, actions, readFirst = false, layout = 'columns' } = props;
  const { step, t } = usePageContext();
  const pages = usePages(step);
  const more = readFirst && !pages.allSeen;
  return (
    <>
      <main className="main" data-screen={name} data-layout={layout} data-step={step}>
        {progress === null ? null : <Progress at={progress} />}
        {picture === undefined ? null : <div className="picture">{picture}</div>}
        <div className="reading">
          <div className="headline">
            {mark}
            <h1 tabIndex={-1}>{title}</h1>
          </div>
          <Pager pages={pages}>{children}</Pager>
        </div>
        {aside === undefined && actions === undefined ? null : (
          <div className="doing">
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
    <nav className="navigation" aria-label={plain('frame.navigation')}>
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
