import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MOST_SIGNS, PACE_MS } from './key-run.ts';
import { Wedge, type WedgeEvent } from './wedge.ts';
import type { WedgeKey } from './wedge-key.ts';

type Event = WedgeEvent<string>;
const key = (name: string, at: number, some: Partial<WedgeKey<string>> = {}): WedgeKey<string> => ({
  key: name,
  code: '',
  shift: false,
  control: false,
  alt: false,
  capsLock: false,
  repeat: false,
  own: true,
  typing: false,
  mark: 'here',
  at,
  ...some,
});

/** Keys, each so many ms after the last; timers run as a page's would. */
function feed(keys: readonly (readonly [name: string, gap: number])[], some: Partial<WedgeKey<string>> = {}) {
  const wedge = new Wedge<string>();
  const events: Event[] = [];
  const taken: boolean[] = [];
  let at = 1000;
  const timers = (until: number) => {
    for (let due = wedge.next(); due !== null && due <= until; due = wedge.next()) events.push(...wedge.tick(due));
  };
  for (const [name, gap] of keys) {
    timers(at + gap);
    at += gap;
    const pressed = wedge.press(key(name, at, some));
    events.push(...pressed.events);
    taken.push(pressed.taken);
  }
  timers(Number.POSITIVE_INFINITY);
  return { events, taken };
}
const even = (keys: readonly string[], gap: number) => keys.map((name) => [name, gap] as const);
const texts = (events: readonly Event[]) => events.map((event) => (event.do === 'scan' ? event.text : event.do));
const typed = (events: readonly Event[]) =>
  events.flatMap((event) => (event.do === 'keys' ? event.keys.map((each) => each.key) : []));

const EAN = [...'4901234567894'];

describe('a scanner', () => {
  it.each([1, 4, 15, 35, 36, 50, 70, 85])(
    'at %d ms a key is one text, and nobody else sees a key of it, the end neither',
    (gap) => {
      for (const end of ['Enter', 'Tab']) {
        for (const typing of [false, true]) {
          const { events, taken } = feed(even([...EAN, end], gap), { typing });
          expect(texts(events)).toEqual([EAN.join('')]);
          expect(taken.every((each) => each)).toBe(true);
        }
      }
    },
  );

  it.each([4, 36, 70])('at %d ms a key without a line end is read after a pause, and a late Enter presses nothing', (gap) => {
    const url = even([...'https://form.example.jp/apply?id=98765432109876543210987'], gap);
    expect(texts(feed(url).events)).toEqual(['https://form.example.jp/apply?id=98765432109876543210987']);
    const { events, taken } = feed([...url, ['Enter', 700]]);
    expect(events).toHaveLength(1);
    expect(taken.at(-1)).toBe(true);
  });

  it.each([40, 85, 120, 190])('may stop once for %d ms, wherever it is', (hiccup) => {
    for (let where = 1; where <= EAN.length; where += 1) {
      const keys = even([...EAN, 'Enter'], 4).map(([name, gap], at) => [name, at === where ? hiccup : gap] as const);
      // Of the line end alone nobody can tell whose it is; a person may not have pressed so soon.
      expect(texts(feed(keys).events)).toEqual([EAN.join('')]);
    }
  });

  it('of four digits and Enter is a scan as well: they are no PIN', () => {
    for (const gap of [2, 36, 70, 95]) expect(texts(feed(even([...'1234', 'Enter'], gap)).events)).toEqual(['1234']);
    for (const gap of [2, 36, 70]) expect(texts(feed(even([...'1234'], gap)).events)).toEqual(['1234']);
    for (const short of ['7', '12', '123']) expect(texts(feed(even([...short, 'Enter'], 60)).events)).toEqual([short]);
  });

  it('may press Shift between, end its line twice, begin with Enter', () => {
    const { events, taken } = feed(even(['Enter', 'Shift', 'A', 'Shift', 'B', 'c', 'Enter', 'Enter'], 8));
    expect(texts(events)).toEqual(['ABc']);
    expect(taken.every((each) => each)).toBe(true);
  });

  it('is read by its keys in both layouts, whatever the machine makes of them', () => {
    const wedge = new Wedge<string>();
    // A US scanner on a Japanese machine: Shift and the key right of L is a colon to it.
    const codes = [...'MADO', '1', 'R', ':', '5', '='];
    const events = codes.flatMap((sign, at) => {
      const code =
        sign === ':' ? 'Semicolon' : sign === '=' ? 'Equal' : /\d/.test(sign) ? `Digit${sign}` : `Key${sign.toUpperCase()}`;
      const made = sign === ':' ? '+' : sign === '=' ? '^' : sign;
      return wedge.press(key(made, at * 4, { code, shift: /[A-Z:]/.test(sign) })).events;
    });
    expect([...events, ...wedge.press(key('Enter', 40)).events]).toEqual([
      { do: 'scan', text: 'MADO1R+5^', us: 'MADO1R:5=', jis: 'MADO1R+5^', mark: 'here' },
    ]);
  });

  it("does not know of the machine's Caps Lock", () => {
    const keys = [...'mado1r'].map((sign) => [sign, 4] as const);
    expect(texts(feed([...keys, ['Enter', 4]], { capsLock: true }).events)).toEqual(['MADO1R']);
  });

  it('may send control signs as Ctrl and a key', () => {
    const wedge = new Wedge<string>();
    const presses = [
      key('1', 0),
      key('2', 4),
      key('3', 8),
      key(']', 12, { control: true, code: 'BracketRight' }),
      key('4', 16),
      key('m', 20, { control: true, code: 'KeyM' }),
    ];
    expect(texts(presses.flatMap((press) => wedge.press(press).events))).toEqual(['123\u001d4']);
  });

  /** Every sign by its number: Alt is held while the pad types it (keyboard emulation that goes round layouts). */
  const byNumber = (text: string, gap: number, digits: number, some: Partial<WedgeKey<string>> = {}) => {
    const wedge = new Wedge<string>();
    const events: Event[] = [];
    let at = 1000;
    const press = (name: string, more: Partial<WedgeKey<string>>) => {
      at += gap;
      const pressed = wedge.press(key(name, at, { ...some, ...more }));
      events.push(...pressed.events);
      return pressed.taken;
    };
    let taken = true;
    for (const sign of text) {
      press('Alt', { code: 'AltLeft', alt: true });
      // With Num Lock off the pad sends arrows, and Alt and an arrow is the browser's way back.
      for (const digit of String(sign.charCodeAt(0)).padStart(digits, '0'))
        taken = press(digit === '4' ? 'ArrowLeft' : digit, { code: `Numpad${digit}`, alt: true }) && taken;
    }
    const end = (name: string) => {
      taken = press(name, { code: name }) && taken;
    };
    const pause = () => {
      for (let due = wedge.next(); due !== null; due = wedge.next()) events.push(...wedge.tick(due));
    };
    return { events, end, pause, allTaken: () => taken };
  };
  it.each([
    [4, 3],
    [4, 4],
    [30, 4],
    [70, 2],
  ])('may send every sign by its number (%d ms a key, %d digits): it presses nothing, its Enter neither', (gap, digits) => {
    for (const typing of [false, true]) {
      for (const text of ['MADO1R:1234567897', '4901', '7']) {
        const entered = byNumber(text, gap, digits, { typing });
        entered.end('Enter');
        entered.pause();
        expect(texts(entered.events)).toEqual([text]);
        expect(entered.allTaken()).toBe(true);
        const paused = byNumber(text, gap, digits, { typing });
        paused.pause();
        expect(texts(paused.events)).toEqual([text]);
      }
      const numbered = byNumber('4901\r', gap, digits, { typing });
      numbered.pause();
      expect(texts(numbered.events)).toEqual(['4901']);
    }
  });

  it('may send anything, of which 512 signs are kept', () => {
    fc.assert(
      fc.property(
        fc.array(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 1 }), { minLength: 3, maxLength: 900 }),
        fc.integer({ min: 0, max: 85 }),
        (signs, gap) => {
          const single = signs.filter((sign) => [...sign].length === 1);
          fc.pre(single.length >= 3);
          const { events, taken } = feed(even([...single, 'Enter'], gap));
          expect(texts(events)).toEqual([single.slice(0, MOST_SIGNS).join('').slice(0, MOST_SIGNS)]);
          expect(taken.every((each) => each)).toBe(true);
        },
      ),
    );
  });
});

describe('a person', () => {
  it.each([101, 120, 150, 250, 900])('who types a PIN at %d ms a key keeps every key, in order, and Enter', (gap) => {
    const { events } = feed(even([...'1234', 'Enter'], gap));
    expect(texts(events).every((each) => each === 'keys')).toBe(true);
    expect(typed(events)).toEqual([...'1234', 'Enter']);
  });

  it('may roll three digits of four', () => {
    const { events } = feed([
      ['1', 0],
      ['2', 60],
      ['3', 70],
      ['4', 180],
      ['Enter', 300],
    ]);
    expect(typed(events)).toEqual([...'1234', 'Enter']);
  });

  it("who types text quickly writes seven letters at a scanner's pace", () => {
    const { events } = feed([...even([...'minatop'], 90), ['a', 150], ['y', 90], ['Enter', 220]], { typing: true });
    expect(typed(events)).toEqual([...'minatopay', 'Enter']);
  });

  it('gets a lone key back after a moment', () => {
    const wedge = new Wedge<string>();
    expect(wedge.press(key('7', 0))).toEqual({ taken: true, events: [] });
    expect(wedge.tick(PACE_MS + 1)).toEqual([]);
    expect(wedge.next()).toBe(200);
    expect(wedge.tick(200)).toEqual([{ do: 'keys', keys: [{ key: '7', mark: 'here' }] }]);
    expect(wedge.next()).toBeNull();
  });

  it('moves with Tab and arrows, behind what was typed before', () => {
    const { events, taken } = feed([
      ['7', 0],
      ['Tab', 150],
      ['ArrowLeft', 300],
    ]);
    expect(typed(events)).toEqual(['7']);
    expect(taken).toEqual([true, false, false]);
  });

  it('has digits on a ten-key with Num Lock off', () => {
    expect(typed(feed([['End', 0]], { code: 'Numpad1' }).events)).toEqual(['1']);
  });

  it('who holds a key down presses it once', () => {
    const wedge = new Wedge<string>();
    expect(wedge.press(key('Enter', 0)).events).toEqual([]);
    expect(typed(wedge.tick(200))).toEqual(['Enter']);
    expect(wedge.press(key('Enter', 500, { repeat: true }))).toEqual({ taken: true, events: [] });
    expect(wedge.next()).toBeNull();
  });
});

describe('keys that are no person’s', () => {
  it.each([1, 4, 36, 99, 120, 150, 200, 250, 330])(
    'at %d ms a key are one scan on every screen, with or without a line end',
    (gap) => {
      for (const end of [['Enter'], ['Tab'], []])
        for (const typing of [false, true])
          for (const text of ['1', '1234', '4901234567894']) {
            const { events, taken } = feed(even([...text, ...end], gap), { typing, own: false });
            expect(texts(events)).toEqual([text]);
            expect(taken.every((each) => each)).toBe(true);
          }
    },
  );

  it('press nothing, whatever they are, at whatever pace', () => {
    const names = fc.constantFrom(
      ...'0123456789aZ/+-* ',
      'Enter',
      'Escape',
      'Backspace',
      'Delete',
      'PageDown',
      'Tab',
      'F5',
      'ArrowUp',
      'Shift',
    );
    fc.assert(
      fc.property(
        fc.array(fc.tuple(names, fc.integer({ min: 1, max: 3000 })), { maxLength: 30 }),
        fc.boolean(),
        fc.boolean(),
        (keys, typing, control) => {
          const { events, taken } = feed(keys, { typing, own: false, control });
          expect(typed(events)).toEqual([]);
          expect(taken.every((each) => each)).toBe(true);
        },
      ),
    );
  });

  it('beside a ten-key pad: the pad’s digits are a person’s, a scan at the same pace is none', () => {
    const wedge = new Wedge<string>();
    const events: Event[] = [];
    const press = (name: string, at: number, own: boolean) => {
      for (let due = wedge.next(); due !== null && due <= at; due = wedge.next()) events.push(...wedge.tick(due));
      events.push(...wedge.press(key(name, at, { own })).events);
    };
    for (const [index, name] of [...'12'].entries()) press(name, 1000 + index * 250, true);
    for (const [index, name] of [...'4901', 'Enter'].entries()) press(name, 3000 + index * 250, false);
    press('3', 6000, true);
    for (let due = wedge.next(); due !== null; due = wedge.next()) events.push(...wedge.tick(due));
    expect(texts(events)).toEqual(['keys', 'keys', '4901', 'keys']);
    expect(typed(events)).toEqual(['1', '2', '3']);
  });
});

describe('keys of the browser', () => {
  it.each([
    ['p', { control: true }],
    ['w', { control: true }],
    ['Tab', { control: true }],
    ['m', { control: true, code: 'KeyM' }],
    ['ArrowLeft', { alt: true }],
    ['F4', { alt: true }],
    ['d', { alt: true }],
    ['Enter', { alt: true }],
    ['F5', {}],
    ['F11', {}],
    ['ContextMenu', {}],
    ['BrowserBack', {}],
    ['PrintScreen', {}],
  ] as const)('%s %j reaches nobody, and a scan after it is whole', (name, some) => {
    for (const own of [true, false]) {
      const wedge = new Wedge<string>();
      const first = wedge.press(key(name, 1000, { own, ...some }));
      expect(first).toEqual({ taken: true, events: [] });
      const events = [...EAN, 'Enter'].flatMap((sign, at) => wedge.press(key(sign, 1004 + at * 4, { own })).events);
      expect(texts(events)).toEqual([EAN.join('')]);
    }
  });

  it('a person’s own, who moves the focus, are left alone', () => {
    for (const name of ['Tab', 'ArrowDown', 'Home', 'End']) expect(feed([[name, 1]]).taken).toEqual([false]);
  });
});
