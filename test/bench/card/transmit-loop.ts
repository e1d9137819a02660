import { queryTries, selectJpki } from '../../../main/core/card/jpki/commands.ts';
import { createContext, Disposition, Protocol, Share } from '../../../native/pcsc/index.ts';
import { median } from '../rounds.ts';
import { coreReader, openNext } from './core-reader.ts';

/**
 * `transmit-loop.ts addon|core COUNT`: prints the median of COUNT short commands in microseconds. `addon`: the addon in this process.
 * `core`: from the core over the line to the card host and back.
 */
const [side = '', countText] = process.argv.slice(2);
const count = Number(countText);
// Calls under way do not keep a process alive by themselves.
const alive = setInterval(() => {}, 1000);

async function measure(transmit: (apdu: Uint8Array) => Promise<{ readonly ok: boolean }>): Promise<void> {
  const must = async (apdu: Uint8Array) => {
    if (!(await transmit(apdu)).ok) throw new Error('the card does not answer');
  };
  await must(selectJpki());
  const took: number[] = [];
  for (let n = 0; n < count; n++) {
    const apdu = queryTries();
    const began = performance.now();
    await must(apdu);
    took.push((performance.now() - began) * 1000);
  }
  process.stdout.write(`${median(took)}\n`);
}

if (side === 'core') {
  const reader = coreReader();
  const channel = await openNext(reader);
  await measure((apdu) => channel.transmit(apdu));
  await channel.close('unpower');
  await reader.stop();
} else {
  const context = createContext();
  await context.establish();
  const connected = await context.connect('Virtual PCD 00 00', Share.exclusive, Protocol.t0 | Protocol.t1);
  if (!connected.ok) throw new Error(`no card: ${connected.code.toString(16)}`);
  await measure((apdu) => context.transmit(connected.value, apdu));
  await context.disconnect(connected.value.card, Disposition.unpower);
  await context.release();
}
clearInterval(alive);
