import { expect, it } from 'vitest';
import type { Intent, Snapshot } from '../../contract/page-protocol.ts';
import type { Screen } from '../../contract/screens.ts';
import type { ScanGate } from '../scan/scan-gate.ts';
import { PageInput } from './page-input.ts';
import type { VisitEvent } from './types.ts';

type Fate = ReturnType<ScanGate['pass']>;

/** A page that shows `screen` at step 7. @param fate of any scan */
function harness({ screen = { name: 'menu' } as Screen, warning = false, fate = { do: 'note' } as Fate } = {}) {
  const sent: VisitEvent[] = [];
  const others: string[] = [];
  const jpeg = Uint8Array.of(1, 2, 3);
  const input = new PageInput({
    snapshot: () => ({ step: 7, screen, warning: warning ? { secondsLeft: 9, extensionsLeft: 1 } : null }) as unknown as Snapshot,
    send: (event) => void sent.push(event),
    scans: {
      pass: (_scan, up) => {
        others.push(up === null ? 'scan elsewhere' : `scan on ${up.name}`);
        return fate;
      },
      say: () => void others.push('say'),
    },
    trials: { saw: () => void others.push('saw') },
    applications: { current: { photo: { shot: 3, hints: [], jpeg } } as never },
    languages: ['ja'],
    log: (event, fields) => void others.push(`${event} ${JSON.stringify(fields)}`),
  });
  return { input, sent: () => sent.map((event) => event.type), events: sent, others };
}
const press = (step: number): Intent => ({ type: 'press', step, button: 'next' });

it('a touch of another step, or under the question whether somebody is there, only says that somebody is', () => {
  const now = harness();
  now.input.handle(press(7));
  expect(now.sent()).toEqual(['active', 'press']);
  const late = harness();
  late.input.handle(press(6));
  expect(late.sent()).toEqual(['active']);
  const asked = harness({ warning: true });
  asked.input.handle(press(7));
  expect(asked.sent()).toEqual(['active']);
});

it('of the wishes only what was said counts, and only a language that is offered', () => {
  const { input, events } = harness();
  input.handle({ type: 'prefs', prefs: { language: 'en', textSize: 2 } });
  expect(events[0]).toEqual({ type: 'prefs', prefs: { textSize: 2 } });
});

it('a scan goes where a screen asked for one; elsewhere it is said to be of no use', () => {
  const scanned: Intent = { type: 'scanned', step: 7, text: 'code' };
  const taken = harness({ screen: { name: 'receipt-find' } as Screen, fate: { do: 'take', text: 'code' } });
  taken.input.handle(scanned);
  expect([taken.sent(), taken.others]).toEqual([['active', 'scanned'], ['scan on receipt-find']].map((one) => [...one]));
  const nowhere = harness();
  nowhere.input.handle(scanned);
  expect([nowhere.sent(), nowhere.others]).toEqual([[], ['scan on menu', 'say']]);
  const trial = harness({ screen: { name: 'out-of-order' } as Screen, fate: { do: 'take', text: 'code' } });
  trial.input.handle(scanned);
  expect([trial.sent(), trial.others]).toEqual([[], ['scan on out-of-order', 'saw']]);
  const finder = harness({ screen: { name: 'finder' } as Screen, fate: { do: 'take', text: 'code' } });
  finder.input.handle({ ...scanned, step: 7 });
  expect(finder.others).toEqual(['scan on finder', 'say']);
  const again = harness({ fate: { do: 'nothing' } });
  again.input.handle({ ...scanned, step: 6 });
  expect(again.others).toEqual(['scan elsewhere']);
});

it('what is no picture is refused by a name, and a picture is shown to the screen that names it only', () => {
  const { input, sent, others } = harness({ screen: { name: 'photo' } as Screen });
  input.photo({ step: 7, jpeg: 'bm90IGEgcGljdHVyZQ==', hints: [] });
  expect(sent()).toEqual(['active']);
  expect(others).toEqual([expect.stringMatching(/^port\.refused .*photo\./)]);
  expect(input.picture(3)).toBeNull();
  const named = harness({ screen: { name: 'photo-check', shot: 3 } as unknown as Screen });
  expect([named.input.picture(3), named.input.picture(2)]).toEqual(['AQID', null]);
});
