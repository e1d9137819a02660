import { renderToStaticMarkup } from 'react-dom/server';
import { expect, it } from 'vitest';
import type { Snapshot } from '../../main/contract/page-protocol.ts';
import type { Screen } from '../../main/contract/screens.ts';
import { awaySnapshot } from '../connection/away-snapshot.ts';
import { qrPath } from '../pictures/qr.ts';
import { Frame } from './frame.tsx';

const draw = (screen: Screen, some: Partial<Snapshot> = {}, connected = true) =>
  renderToStaticMarkup(
    <Frame
      snapshot={{ ...awaySnapshot(null), step: 42, screen, ...some }}
      connected={connected}
      intend={() => undefined}
      report={() => undefined}
    />,
  );
const all = (html: string, attribute: string) =>
  [...html.matchAll(new RegExp(`${attribute}="([^"]*)"`, 'g'))].map(([, value]) => value);

it('names the screen, the step and every button', () => {
  const html = draw({ name: 'menu', can: ['check', 'set-up'], cardPresent: false });
  expect(all(html, 'data-screen')).toEqual(['menu']);
  expect(all(html, 'data-step')).toEqual(['42']);
  expect(all(html, 'data-button')).toEqual(['check', 'set-up', 'home']);
  expect(all(html, 'data-choice')).toEqual(['1', '2']);
  expect(all(html, 'data-pref')).toContain('textSize-3');
  expect(html).toContain('data-call-staff');
  const buttons = html.match(/<button[^>]*>/g) ?? [];
  for (const button of buttons) expect(button).toMatch(/data-(button|pref|call-staff)=/);
});

it('draws the pad by positions and never says which digits are in', () => {
  const pin = { name: 'pin', triesLeft: 3, wrong: false, shuffled: true, layout: [7, 0, 4, 9, 2, 6, 1, 8, 3, 5] } as const;
  const html = draw({ ...pin, layout: [...pin.layout], digits: 4 });
  expect(all(html, 'data-position')).toEqual(['0', '1', '2', '3', '4', '5', '6', '7', '8', '9']);
  expect(all(html, 'data-edit')).toEqual(['clear', 'back', 'ok', 'unshuffle']);
  expect(html.match(/class="dot in"/g)).toHaveLength(4);
  expect(all(draw({ ...pin, layout: [...pin.layout], shuffled: false, digits: 0 }), 'data-edit')).toContain('shuffle');
});

it('asks over whatever is up, which cannot be pressed then', () => {
  const html = draw({ name: 'about-set-up' }, { warning: { secondsLeft: 9, extensionsLeft: 1 } });
  expect(html).toMatch(/class="kiosk"[^>]*inert/);
  expect(html).toContain('role="alertdialog"');
  expect(html).toContain('data-extend');
  expect(draw({ name: 'about-set-up' }, { warning: { secondsLeft: 9, extensionsLeft: 0 } })).not.toContain('data-extend');
});

it('offers nothing to press while the host is away', () => {
  expect(draw({ name: 'out-of-order', reason: 'starting' }, {}, false)).not.toContain('<button');
});

it('draws an account as it was typed, and a masked one without its dots for ears', () => {
  const linked = {
    service: { ja: 'みなとペイ', en: 'Minato Pay' },
    account: '••••••••5678',
    on: 'charge',
    since: '2026-11-23T05:07:09.123Z',
  } as const;
  const html = draw({ name: 'already-signed-up', receipt: '1234567897', linked, service: 'みなとペイ', slip: { state: 'none' } });
  expect(html).toContain('<span class="visually-hidden">5 6 7 8</span>');
  expect(html).toContain('<span>••••</span><span>••••</span><span>5678</span>');
});

it('puts no more into the QR code than the address it was given', () => {
  const screen = {
    name: 'service',
    hit: {
      id: 'minato-pay',
      name: 'みなとペイ',
      kana: 'ミナトペイ',
      category: 'qr',
      on: ['charge'],
      hindrances: ['app-only'],
      registerFirst: false,
    },
    lastDay: '2027-02-28',
    sameDayCounts: true,
    maxChargePerTime: null,
    minors: true,
    phoneNeeded: true,
    preRegistration: null,
    needs: [
      { label: '会員番号', where: 'app-account' },
      { label: 'コード', where: 'app-code' },
    ],
    url: 'https://pay.example/',
  } satisfies Screen;
  const qr = draw(screen).match(/<svg class="qr".*?<\/svg>/)?.[0] ?? '';
  expect(qr).toContain(qrPath('https://pay.example/').path);
  // App only: nothing to go on with, and it says why.
  expect(all(draw(screen), 'data-button')).toEqual(['back', 'home']);
});
