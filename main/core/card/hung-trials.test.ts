import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, expect, it } from 'vitest';
import { testFolder } from '../../../test/support/test-folder.ts';
import type { ReaderEvent } from '../../contract/card-host.ts';
import { kindOf, openHungTrials } from './hung-trials.ts';
import { readCard } from './jpki/read-card.ts';

const READER = 'Identive SCR33xx v2.0 USB SC Reader [CCID Interface] (21121412216352) 00 00';
let data: string;
beforeEach(() => {
  data = testFolder('kiosk', 'hung-trials');
});

function open(setting: 'auto' | 'never' = 'auto') {
  const listeners: ((event: ReaderEvent) => void)[] = [];
  const logged: string[] = [];
  const trials = openHungTrials({
    data,
    setting,
    reader: {
      onEvent(listener) {
        listeners.push(listener);
        return () => {};
      },
    },
    log: (event) => logged.push(event),
  });
  const lay = (session: number, reader = READER) => {
    for (const listener of listeners) listener({ type: 'inserted', session, reader, found: false });
  };
  const lift = (session: number, reader = READER) => {
    for (const listener of listeners) listener({ type: 'removed', session, reader });
  };
  return { trials, lay, lift, logged };
}

it('a card whose extended read hangs: the next one on that reader is read with short APDUs, also after a start; another reader is tried', async () => {
  const { trials, lay, lift, logged } = open();
  const sent: string[] = [];
  const read = (session: number) =>
    readCard(
      {
        session,
        close: async () => {},
        async transmit(apdu) {
          const command = Buffer.from(apdu).toString('hex');
          sent.push(command);
          if (command === '00b08a00000000') {
            // The host is ended first, and with it its cards.
            lift(session);
            return { ok: false, error: { code: 'timeout' } };
          }
          const label = `${Buffer.from('JPKIAPICCTOKEN2'.padEnd(32, ' ')).toString('hex')}9000`;
          const answer =
            command === '00b0860020' ? label : command === '00200098' ? '63c3' : command === '00b08a0000' ? '6a82' : '9000';
          return { ok: true, value: Uint8Array.from(Buffer.from(answer, 'hex')) };
        },
      },
      { extended: trials.lengthFor(session), onHang: () => trials.hung(session), now: 0 },
    );
  lay(1);
  expect(await read(1)).toEqual({ ok: false, error: { code: 'reader-failed' } });
  lay(2);
  sent.length = 0;
  expect(await read(2)).toEqual({ ok: false, error: { code: 'no-auth-certificate' } });
  expect(sent).toContain('00b08a0000');
  expect(sent).not.toContain('00b08a00000000');
  expect(logged).toEqual(['reader.extended-hung']);
  lay(3, 'Sony FeliCa Port/PaSoRi 4.0 (0123456) 01 00');
  expect(trials.lengthFor(3)).toBe('auto');

  const later = open();
  later.lay(1);
  expect(later.trials.lengthFor(1)).toBe('never');
});

it('keeps the kind of a reader, without serial and numbers', () => {
  const { trials, lay } = open();
  lay(1);
  trials.hung(1);
  expect(JSON.parse(readFileSync(join(data, 'reader.json'), 'utf8'))).toEqual({
    v: 1,
    short: ['Identive SCR33xx v2.0 USB SC Reader'],
  });
  for (const [name, kind] of [
    ['Virtual PCD 00 01', 'Virtual PCD'],
    ['ACS ACR39U ICC Reader 0A 00', 'ACS ACR39U ICC Reader'],
    ['Sony RC-S300/P (0A12345) 00 00', 'Sony RC-S300/P'],
    ['(123) 00 00', 'unnamed'],
  ] as const)
    expect(kindOf(name)).toBe(kind);
});

it('is forgotten where the settings say never; a damaged file is none', () => {
  const first = open();
  first.lay(1);
  first.trials.hung(1);
  open('never');
  expect(readdirSync(data)).not.toContain('reader.json');
  writeFileSync(join(data, 'reader.json'), '{"v":1,"short":"all"}');
  const later = open();
  later.lay(1);
  expect(later.trials.lengthFor(1)).toBe('auto');
});
