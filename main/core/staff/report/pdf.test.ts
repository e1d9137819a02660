import { inflateSync } from 'node:zlib';
import { expect, it } from 'vitest';
import type { StaffReport } from '../../../contract/staff.ts';
import { reportPdf } from './pdf.ts';
import { daysOf } from './period.ts';

const at = Date.UTC(2026, 10, 26, 4, 5);
const report = (given: Partial<StaffReport> = {}): StaffReport => ({
  from: '2026-11-01',
  to: '2026-11-26',
  visits: 520,
  setUps: 256,
  issued: 540,
  planPercent: 95,
  signUps: [
    { key: 'all', count: 132 },
    { key: 'qr', count: 'few' },
  ],
  applications: 'few',
  municipal: 14,
  abandoned: [{ key: 'pin.timeout', count: 6 }],
  helpedPercent: null,
  medianMinutes: [{ key: 'set-up', minutes: 3.5 }],
  referrals: [{ key: 'pin-locked', count: 5 }],
  uptimePercent: 99.4,
  opening: null,
  days: daysOf({ from: '2026-11-01', to: '2026-11-26' }).map((day) => ({ day, setUps: 10, signUps: 'few', applications: 0 })),
  threshold: 5,
  ...given,
});

/** Everything a reader could search for: each font's map from its own numbers back to characters, applied to what each page shows. */
function textOf(pdf: Uint8Array): string {
  const bytes = Buffer.from(pdf);
  const raw = bytes.toString('latin1');
  const streamOf = (id: string): string => {
    const start = raw.indexOf(`\n${id} 0 obj`);
    const from = raw.indexOf('stream\n', start) + 'stream\n'.length;
    return inflateSync(bytes.subarray(from, raw.indexOf('\nendstream', from))).toString('latin1');
  };
  const maps = new Map<string, Map<number, string>>();
  for (const [, name = '', font = ''] of raw.matchAll(/\/(F\d+) (\d+) 0 R/g)) {
    const body = raw.slice(raw.indexOf(`\n${font} 0 obj`), raw.indexOf('endobj', raw.indexOf(`\n${font} 0 obj`)));
    const cmap = streamOf(/\/ToUnicode (\d+) 0 R/.exec(body)?.[1] ?? '');
    const map = new Map<number, string>();
    for (const [, first = '', list = ''] of cmap.matchAll(/<([0-9a-f]{4})> <[0-9a-f]{4}> \[([^\]]*)\]/g)) {
      [...list.matchAll(/<([0-9a-f ]+)>/g)].forEach(([, hex = ''], index) => {
        map.set(Number.parseInt(first, 16) + index, Buffer.from(hex.replaceAll(' ', ''), 'hex').swap16().toString('utf16le'));
      });
    }
    maps.set(name, map);
  }
  const pages = [...raw.matchAll(/\/Contents (\d+) 0 R/g)].map(([, id = '']) => streamOf(id));
  return pages
    .flatMap((page) => page.split('ET'))
    .map((block) => {
      const map = maps.get(/\/(F\d+) [\d.]+ Tf/.exec(block)?.[1] ?? '');
      const glyphs = [...block.matchAll(/<([0-9a-f]+)>/g)].flatMap(([, hex = '']) => hex.match(/.{4}/g) ?? []);
      return glyphs.map((glyph) => map?.get(Number.parseInt(glyph, 16)) ?? '?').join('');
    })
    .join('\n');
}

it('is an A4 with the numbers of the report in words that can be searched, and small ones only as 少数', async () => {
  const pdf = await reportPdf(report(), { terminal: 'K-1 町役場 髙﨑Ⅲ𠮷\u{2ebf0}', at });
  expect(Buffer.from(pdf.subarray(0, 5)).toString()).toBe('%PDF-');
  expect(Buffer.from(pdf).toString('latin1')).toContain('/MediaBox [0 0 595.28 841.89]');
  const text = textOf(pdf);
  for (const words of [
    '256件',
    '95 %',
    '132件',
    '520回',
    '14件',
    '99.4 %',
    '新規540枚の半分が目標',
    '暗証番号の入力（時間切れ）',
    '3.5分',
  ])
    expect(text).toContain(words);
  expect(text).toContain('2026年11月1日 から 2026年11月26日 まで');
  expect(text).toContain('作成 2026年11月26日 13:05');
  expect(text).toContain('「少数」は、5件より少ない数');
  // The first font lacks 𠮷, so a second one sets it; what none has is the sign that printers put for it.
  expect(text).toContain('K-1 町役場 髙﨑Ⅲ');
  expect(text).toContain('𠮷');
  expect(text).toContain('〓');
  expect(text).not.toContain('few');
});

it('what cannot be said is a dash, and an empty month is a report too', async () => {
  const nothing = { setUps: 0, visits: 0, signUps: [], abandoned: [], referrals: [], medianMinutes: [] } as const;
  const empty = report({
    ...nothing,
    signUps: [],
    abandoned: [],
    referrals: [],
    medianMinutes: [],
    issued: null,
    planPercent: null,
    days: [],
  });
  const text = textOf(await reportPdf(empty, { terminal: 'K-1', at }));
  expect(text).toContain('新規交付枚数が未入力');
  expect(text).toContain('まだ分かりません。');
});

it('sixty abandonments and 62 days go on over the pages, each numbered', async () => {
  const abandoned = Array.from({ length: 60 }, (_, n) => ({ key: `pin-${n}.timeout`, count: 100 - n }));
  const days = daysOf({ from: '2026-07-01', to: '2026-08-31' }).map((day) => ({ day, setUps: 100, signUps: 0, applications: 7 }));
  const text = textOf(await reportPdf(report({ abandoned, days }), { terminal: 'K-1', at }));
  expect(text).toContain('1 / 3');
  expect(text).toContain('3 / 3');
  expect(text).toContain('pin-59');
});
