import { type MouseEvent, type PointerEvent, useEffect, useState } from 'react';
import { usePageContext } from './context.tsx';
import { createRollover, createTouches } from './touches.ts';

/** How far outside its edge a finger may lift and still mean the button, in CSS px: hands shake. */
const SLACK = 24;

/** Fingers are the page's, whichever key they are on. */
const rollover = createRollover();

export interface PressHandlers {
  readonly onPointerDown: (event: PointerEvent<HTMLElement>) => void;
  readonly onPointerUp: (event: PointerEvent<HTMLElement>) => void;
  readonly onPointerCancel: () => void;
  readonly onClick: (event: MouseEvent<HTMLElement>) => void;
}

/**
 * Presses that forgive. A browser's click is lost when the finger slides a little or when a second finger touches; here a finger that
 * goes down on a button and comes up on or near it has pressed it, whatever it did between; unless another screen came up meanwhile, and the
 * same button now means something else. Keyboard and assistive tools send a click without a pointer (`detail` 0), which counts too; the click
 * after a pointer does not count twice.
 * @param inOrder a key of a pad: under two fingers what was touched first counts first
 */
export function usePress(run: () => void, inOrder = false): PressHandlers {
  const { step } = usePageContext();
  const [touches] = useState(createTouches);
  useEffect(() => () => rollover.drop(touches), [touches]);
  return {
    onPointerDown(event) {
      if (event.button !== 0 || !touches.down(event.pointerId, event.timeStamp, step)) return;
      // The lift is ours even when the finger has slid off the edge.
      event.currentTarget.setPointerCapture(event.pointerId);
      if (inOrder) rollover.down(touches, step, run);
    },
    onPointerUp(event) {
      if (!touches.up(event.pointerId, event.timeStamp, step)) return;
      const { left, right, top, bottom } = event.currentTarget.getBoundingClientRect();
      const { clientX: x, clientY: y } = event;
      const inside = x >= left - SLACK && x <= right + SLACK && y >= top - SLACK && y <= bottom + SLACK;
      if (!inside) rollover.drop(touches);
      else if (inOrder) rollover.up(touches, step);
      else run();
    },
    onPointerCancel() {
      touches.cancel();
      rollover.drop(touches);
    },
    onClick(event) {
      if (event.detail === 0) run();
    },
  };
}
