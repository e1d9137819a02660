import { expect, it } from 'vitest';
import { portPair } from '../../test/support/port-pair.ts';
import { holdPort } from './held-port.ts';

const flush = () => new Promise((done) => setTimeout(done));

it('keeps a greeting until it is released, in order, and no more than a greeting’s worth', async () => {
  const [page, far] = portPair();
  const held = holdPort(far);
  const heard: string[] = [];
  held.onMessage((text) => heard.push(text));
  for (let at = 0; at < 20; at += 1) page.send(String(at));
  await flush();
  expect(heard).toEqual([]);
  held.release();
  expect(heard).toEqual(['0', '1', '2', '3', '4', '5', '6', '7']);
  page.send('after');
  await flush();
  expect(heard.at(-1)).toBe('after');
});

it('passes what is sent, and its end', async () => {
  const [page, far] = portPair();
  const held = holdPort(far);
  const got: string[] = [];
  page.onMessage((text) => got.push(text));
  let closed = false;
  held.onClose(() => {
    closed = true;
  });
  held.send('snapshot');
  await flush();
  expect(got).toEqual(['snapshot']);
  held.close();
  expect(closed).toBe(true);
});
