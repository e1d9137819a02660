import { useCallback, useEffect, useState } from 'react';
import type { StaffAnswer, StaffRequest } from '../../../main/contract/staff.ts';
import type { AskFailure } from '../port/connect.ts';
import { useStaff } from './staff-context.tsx';

type AnswerOf<W extends StaffAnswer['what']> = Extract<StaffAnswer, { what: W }>;

/** `null`: nothing has come yet. */
export interface Answered<W extends StaffAnswer['what']> {
  readonly answer: AnswerOf<W> | null;
  readonly failure: AskFailure | null;
  readonly loading: boolean;
  /** Asks once more; what is shown stays until the answer comes. */
  readonly again: () => void;
}

/**
 * Asks when a tab opens, and whenever the request changes. @param what which answer belongs to it; another one is a fault of ours and
 * shown as `storage`
 */
export function useAnswer<W extends StaffAnswer['what']>(request: StaffRequest, what: W): Answered<W> {
  const { ask } = useStaff();
  const [state, setState] = useState<Omit<Answered<W>, 'again'>>({ answer: null, failure: null, loading: true });
  const [turn, setTurn] = useState(0);
  const text = JSON.stringify(request);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the text stands for the request, `turn` asks again
  useEffect(() => {
    let over = false;
    setState((old) => ({ ...old, loading: true }));
    void ask(request).then((asked) => {
      if (over) return;
      if (!asked.ok) setState((old) => ({ ...old, failure: asked.error, loading: false }));
      else if (asked.answer.what === what) setState({ answer: asked.answer as AnswerOf<W>, failure: null, loading: false });
      else setState((old) => ({ ...old, failure: 'storage', loading: false }));
    });
    return () => {
      over = true;
    };
  }, [text, turn, what, ask]);
  return { ...state, again: useCallback(() => setTurn((old) => old + 1), []) };
}
