import { once } from 'node:events';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { ensureTestPki, type TestPki } from '../pki/index.ts';
import { createVirtualCard } from './card.ts';
import { encodeFrame, frameReader } from './frames.ts';
import { insertCard } from './insert.ts';
import { LogEntry } from './log.ts';

const SELECT = '00A4040C0AD392F000260100000001';
let pki: TestPki;
let server: Server;
let port: number;
beforeAll(async () => {
  pki = await ensureTestPki();
});
beforeEach(async () => {
  server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  port = (server.address() as AddressInfo).port;
});
afterEach(() => void server.close());

/** The reader's side of one card: what it sends, and the card's frames in order. */
async function reader(): Promise<{ socket: Socket; send(hex: string): void; next(): Promise<string> }> {
  const [socket]: Socket[] = await once(server, 'connection');
  if (socket === undefined) throw new Error('no connection');
  const read = frameReader();
  const frames: string[] = [];
  socket.on('data', (piece) => {
    for (const payload of read(Buffer.from(piece))) frames.push(Buffer.from(payload).toString('hex').toUpperCase());
    socket.emit('frame');
  });
  return {
    socket,
    send: (hex) => void socket.write(encodeFrame(Buffer.from(hex, 'hex'))),
    next: async () => {
      while (frames.length === 0) await once(socket, 'frame');
      return frames.shift() ?? '';
    },
  };
}

test('power, ATR and commands; removal by the person; the log tells all, and no PIN', async () => {
  const log: LogEntry[] = [];
  const card = createVirtualCard('fresh', pki);
  const waiting = reader();
  const inserted = await insertCard(card, { port, log: (entry) => void log.push(entry) });
  const slot = await waiting;
  slot.send('01');
  slot.send('04');
  expect(await slot.next()).toBe(Buffer.from(card.atr).toString('hex').toUpperCase());
  slot.send(SELECT);
  expect(await slot.next()).toBe('9000');
  slot.send(`0020009804${Buffer.from(card.pin).toString('hex')}`);
  expect(await slot.next()).toBe('9000');
  slot.send('02');
  slot.send('00200098');
  expect(await slot.next()).toBe('6986');
  expect([inserted.removedBy, inserted.apdus]).toEqual([null, 3]);
  const closed = once(slot.socket, 'close');
  await inserted.remove();
  await closed;
  await inserted.gone;
  await inserted.remove();
  expect(inserted.removedBy).toBe('removed');
  for (const entry of log) expect(LogEntry.parse(entry)).toEqual(entry);
  expect(log.map((entry) => ('command' in entry ? `${entry.n} ${entry.command} ${entry.sw}` : entry.event))).toEqual([
    'insert',
    'power',
    `1 ${SELECT} 9000`,
    '2 0020009804******** 9000',
    'power',
    '3 00200098 6986',
    'remove',
  ]);
  expect(JSON.stringify(log)).not.toContain(Buffer.from(card.pin).toString('hex'));
});

test('taking the card off cuts its power: what was verified is forgotten', async () => {
  const card = createVirtualCard('fresh', pki);
  for (const [expected, first] of [
    [/9000$/, `0020009804${Buffer.from(card.pin).toString('hex')}`],
    [/^6982$/, '00200098'],
  ] as const) {
    const waiting = reader();
    const inserted = await insertCard(card, { port });
    const slot = await waiting;
    for (const command of ['01', SELECT, first, `802A009733${'00'.repeat(51)}00`]) slot.send(command);
    await slot.next();
    await slot.next();
    expect(await slot.next()).toMatch(expected);
    await inserted.remove();
  }
});

test('a card that leaves closes the line without an answer', async () => {
  const log: LogEntry[] = [];
  const waiting = reader();
  const inserted = await insertCard(createVirtualCard('fresh', pki, { leaveAt: 2 }), {
    port,
    log: (entry) => void log.push(entry),
  });
  const slot = await waiting;
  slot.send('01');
  slot.send(SELECT);
  expect(await slot.next()).toBe('9000');
  const closed = once(slot.socket, 'close');
  slot.send('00200098');
  await closed;
  await inserted.gone;
  expect(inserted.removedBy).toBe('left');
  expect(log.slice(-2)).toMatchObject([
    { event: 'apdu', n: 2, sw: null },
    { event: 'remove', by: 'left' },
  ]);
});

test('taken off while a command is under way: logged once, before the removal, and never answered', async () => {
  const log: LogEntry[] = [];
  const gate = Promise.withResolvers<void>();
  const asked = Promise.withResolvers<void>();
  const sleep = (): Promise<void> => {
    asked.resolve();
    return gate.promise;
  };
  const waiting = reader();
  const inserted = await insertCard(createVirtualCard('fresh', pki, { delayMs: () => 1, sleep }), {
    port,
    log: (entry) => void log.push(entry),
  });
  const slot = await waiting;
  slot.send('01');
  slot.send(SELECT);
  await asked.promise;
  await inserted.remove();
  gate.resolve();
  await new Promise(setImmediate);
  expect(log.map(({ event }) => event)).toEqual(['insert', 'power', 'apdu', 'remove']);
});

test('a reader that goes away takes the card with it', async () => {
  const waiting = reader();
  const inserted = await insertCard(createVirtualCard('fresh', pki), { port });
  (await waiting).socket.destroy();
  await inserted.gone;
  expect(inserted.removedBy).toBe('reader');
});

test('no reader: the error of the connection', async () => {
  server.close();
  await once(server, 'close');
  await expect(insertCard(createVirtualCard('fresh', pki), { port })).rejects.toMatchObject({ code: 'ECONNREFUSED' });
});
