import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { defaultPkiDir, ensureTestPki } from '../pki/index.ts';
import { type Arguments, readArguments, usage } from './arguments.ts';
import { createVirtualCard, type VirtualCard } from './card.ts';
import { type InsertedCard, insertCard } from './insert.ts';
import { fileLog } from './log.ts';
import { cardMemory, fileCardMemory } from './memory.ts';

const RETRY_MS = 1000;
const say = (line: string): void => console.log(`virtual-card: ${line}`);

/** Lays the card on the reader, waiting for one to be there. @returns null when told to stop first */
async function layOn(card: VirtualCard, { host, port, log }: Arguments, stop: AbortSignal): Promise<InsertedCard | null> {
  let told = false;
  while (!stop.aborted) {
    try {
      return await insertCard(card, { host, port, ...(log === null ? {} : { log: fileLog(log) }) });
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? String(error.code) : 'error';
      if (!told) say(`no reader listens on ${host}:${port} (${code}); trying again every second. Ctrl-C ends.`);
      told = true;
      await sleep(RETRY_MS, undefined, { signal: stop }).catch(() => undefined);
    }
  }
  return null;
}

/** Keeps the card on the reader until it leaves by itself or the signal comes. */
async function keep(card: VirtualCard, args: Arguments, stop: AbortSignal): Promise<void> {
  while (!stop.aborted) {
    const inserted = await layOn(card, args, stop);
    if (inserted === null) return;
    say(`card "${card.name}" lies on the reader at ${args.host}:${args.port}`);
    const takeOff = (): void => void inserted.remove();
    stop.addEventListener('abort', takeOff, { once: true });
    if (stop.aborted) takeOff();
    await inserted.gone;
    stop.removeEventListener('abort', takeOff);
    if (inserted.removedBy === 'reader') {
      say('the reader closed the line');
      await sleep(RETRY_MS, undefined, { signal: stop }).catch(() => undefined);
      continue;
    }
    say(inserted.removedBy === 'left' ? `the card left the reader at command ${inserted.apdus}` : 'card taken off');
    return;
  }
}

async function main(): Promise<number> {
  const parsed = readArguments(process.argv.slice(2));
  if (!parsed.ok) {
    console.error(`virtual-card: ${parsed.error}\n${usage}`);
    return 2;
  }
  const args = parsed.value;
  const stop = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) void once(process, signal).then(() => stop.abort());
  const pki = await ensureTestPki(args.pki ?? defaultPkiDir);
  const memory = args.state === null ? cardMemory() : fileCardMemory(args.state);
  const card = createVirtualCard(args.card, pki, { memory });
  say(card.pin === '' ? `card "${card.name}" has no PIN` : `card "${card.name}", test PIN ${card.pin}`);
  await keep(card, args, stop.signal);
  return 0;
}

process.exitCode = await main();
