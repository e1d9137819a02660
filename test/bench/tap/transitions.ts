import { z } from 'zod';

/** From a browser's trace to the time of each transition. Times of a trace are microseconds on one clock for all its processes. */

const Event = z.object({
  name: z.string(),
  cat: z.string().default(''),
  ph: z.string(),
  ts: z.number(),
  dur: z.number().optional(),
  pid: z.number(),
  tid: z.number(),
  args: z.record(z.string(), z.unknown()).optional(),
});
type Event = z.infer<typeof Event>;
export const Trace = z.object({ traceEvents: z.array(z.unknown()) });

/** ms. From the touch on: the step in the document, its frame made by the page, the frame on the glass. */
export interface Transition {
  readonly from: string;
  readonly to: string;
  readonly total: number;
  /** Until the next step is in the document: the touch to the page, the core and back, React. */
  readonly answer: number;
  /** Until the page has made its frame: style and layout. */
  readonly page: number;
  /** Until it is on the glass: paint, raster, the compositor. */
  readonly draw: number;
  /** What the page's own thread did of it, by the names of the trace. */
  readonly work: Readonly<Record<string, number>>;
}

const WORK = [
  'UpdateLayoutTree',
  'Layout',
  'PrePaint',
  'Paint',
  'Layerize',
  'Commit',
  'FunctionCall',
  'RunMicrotasks',
  'V8.GC_MC_ALL',
];
const MS = 1000;

function parsed(raw: unknown): Event[] {
  return Trace.parse(raw).traceEvents.flatMap((one) => {
    const event = Event.safeParse(one);
    return event.success ? [event.data] : [];
  });
}

/** A frame that changed nothing has no place in the row of frames that were shown. */
const Presentation = z.object({ begin_frame_id: z.object({ sequence_number: z.number().positive() }) });
const isPresented = ({ args }: Event) => Presentation.safeParse(args).success;

/** @param raw a trace with `blink.user_timing`, `devtools.timeline`, taken of a page with `markTaps` in it */
export function transitionsOf(raw: unknown): Transition[] {
  const events = parsed(raw).toSorted((a, b) => a.ts - b.ts);
  const taps = new Map<string, Event>();
  const found: Transition[] = [];
  const drawn = events.filter(({ name, ph }) => name === 'AnimationFrame::Render' && ph === 'e');
  const presented = events.filter((event) => event.name === 'AnimationFrame::Presentation' && isPresented(event));
  for (const event of events) {
    if (!event.cat.includes('blink.user_timing')) continue;
    const [kind, number = '', way = ''] = event.name.split(':');
    if (kind === 'tap') taps.set(`${event.pid} ${number}`, event);
    if (kind !== 'step') continue;
    const tap = taps.get(`${event.pid} ${number}`);
    const render = drawn.find(({ pid, tid, ts }) => pid === event.pid && tid === event.tid && ts >= event.ts);
    if (tap === undefined || render === undefined) continue;
    const present = presented.find(({ pid, tid, ts }) => pid === event.pid && tid === event.tid && ts >= render.ts);
    if (present === undefined) continue;
    const [from = '', to = ''] = way.split('>');
    const own = events.filter(
      ({ pid, tid, ts, ph }) => ph === 'X' && pid === event.pid && tid === event.tid && ts >= tap.ts && ts < render.ts,
    );
    const work = Object.fromEntries(
      WORK.map((name) => [name, own.filter((one) => one.name === name).reduce((sum, { dur = 0 }) => sum + dur, 0) / MS]),
    );
    found.push({
      from,
      to,
      total: (present.ts - tap.ts) / MS,
      answer: (event.ts - tap.ts) / MS,
      page: (render.ts - event.ts) / MS,
      draw: (present.ts - render.ts) / MS,
      work,
    });
  }
  return found;
}
