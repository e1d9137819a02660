import { createContext, type ReactNode, useContext } from 'react';
import type { CameraNames, CameraReport } from '../../main/contract/camera.ts';
import { type PublicLanguage, traitsOf } from '../../main/contract/languages.ts';
import type { Button, Intent } from '../../main/contract/page-protocol.ts';
import { plainText } from '../../main/contract/words/ruby.ts';
import type { ValueArguments } from '../../main/contract/words/texts.ts';
import { Ruby } from '../components/ruby.tsx';
import { type TextKey, textOf } from '../words/texts.ts';
import type { PageWords } from '../words/words.generated.ts';

/** What every part of the page needs to speak and to answer. Nothing personal. */
interface PageContext {
  readonly language: PublicLanguage;
  /** Readings above kanji. */
  readonly ruby: boolean;
  /** The step on the screen: goes out with every press. */
  readonly step: number;
  readonly intend: (intent: Intent) => void;
  /** Which camera is for what. */
  readonly cameras: CameraNames;
  /** How a camera does. */
  readonly report: (report: CameraReport) => void;
}

const CurrentContext = createContext<PageContext | null>(null);
export const PageContextProvider = CurrentContext.Provider;

export interface PageTools {
  readonly language: PublicLanguage;
  readonly intend: (intent: Intent) => void;
  readonly cameras: CameraNames;
  readonly report: (report: CameraReport) => void;
  readonly press: (button: Button) => void;
  readonly step: number;
  /** A text to show, with readings where the person wants them. The page holds its key (`data-text`). */
  readonly t: <K extends TextKey>(key: K, ...values: ValueArguments<PageWords, K>) => ReactNode;
  /** The same text for names that are read aloud. */
  readonly plain: <K extends TextKey>(key: K, ...values: ValueArguments<PageWords, K>) => string;
  /** Marked-up text that is not one of the page's own (terms, dates). */
  readonly rich: (text: string) => ReactNode;
}

export function usePageContext(): PageTools {
  const context = useContext(CurrentContext);
  if (context === null) throw new Error('outside PageContextProvider');
  const { language, ruby, step, intend, cameras, report } = context;
  const rich = (text: string) => <Ruby text={text} on={ruby && traitsOf(language).readings} />;
  return {
    language,
    intend,
    cameras,
    report,
    step,
    press: (button) => intend({ type: 'press', step, button }),
    t: (key, ...values) => <span data-text={key}>{rich(textOf(language, key, ...values))}</span>,
    plain: (key, ...values) => plainText(textOf(language, key, ...values)),
    rich,
  };
}
