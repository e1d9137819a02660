import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

export interface LineSpeed {
  /** Both ways each, shared by all connections. */
  readonly bitsPerSecond: number;
  /** Added to every byte's way, each way. */
  readonly delayMs?: number;
}

/** A TCP relay that carries no more than a rate, takes in no more than it has carried, and can be made faster or slower while it runs. */
export interface SlowLine {
  /** Where the kiosk thinks the platform is. */
  readonly url: string;
  set(speed: LineSpeed): void;
  /** From now on connections stay open and nothing moves; false: it moves again. */
  hold(held: boolean): void;
  /** Breaks the running connections. */
  drop(): void;
  /** Bytes towards the platform so far. */
  readonly carried: number;
  close(): Promise<void>;
}

const SLOT_MS = 10;
const MOST_SLICE = 1460;
const LATE_MS = 50;

/** One direction: hands out sending times, in turn, to whoever has bytes. */
class Pacer {
  speed: LineSpeed;
  held = false;
  carried = 0;
  #free = 0;

  constructor(speed: LineSpeed) {
    this.speed = speed;
  }

  get slice(): number {
    return Math.min(MOST_SLICE, Math.max(64, Math.round((this.speed.bitsPerSecond / 8000) * SLOT_MS)));
  }

  /** Resolves when the line has carried these bytes. */
  async carry(bytes: number): Promise<void> {
    while (this.held) await sleep(SLOT_MS);
    // A timer that is late must not make the line slower than it is said to be.
    const now = performance.now();
    const start = now - this.#free < LATE_MS ? this.#free : now;
    this.#free = start + (bytes * 8000) / this.speed.bitsPerSecond;
    await sleep(this.#free - performance.now());
    this.carried += bytes;
  }
}

const sleep = (ms: number) => new Promise<void>((resolve) => (ms <= 0 ? setImmediate(resolve) : setTimeout(resolve, ms)));

/** Reads a chunk only when the one before is through: what does not fit stays in the sender's kernel. */
async function pump(from: Socket, to: Socket, pacer: Pacer): Promise<void> {
  let last: Promise<unknown> = Promise.resolve();
  for await (const chunk of from as AsyncIterable<Buffer>) {
    for (let at = 0; at < chunk.length; ) {
      const slice = chunk.subarray(at, at + pacer.slice);
      at += slice.length;
      await pacer.carry(slice.length);
      const arrives = pacer.speed.delayMs === undefined ? null : sleep(pacer.speed.delayMs);
      last = Promise.all([last, arrives]).then(() => to.writable && to.write(slice));
    }
  }
  await last;
  to.end();
}

/** @param target `http://127.0.0.1:PORT` */
export async function startSlowLine(target: string, speed: LineSpeed): Promise<SlowLine> {
  const { hostname, port } = new URL(target);
  const up = new Pacer(speed);
  const down = new Pacer(speed);
  const sockets = new Set<Socket>();
  const server = createServer((near) => {
    const far = connect(Number(port), hostname);
    for (const [one, other, pacer] of [
      [near, far, up],
      [far, near, down],
    ] as const) {
      sockets.add(one);
      one.setNoDelay(true);
      one.on('close', () => {
        sockets.delete(one);
        if (one.errored !== null) other.destroy();
      });
      pump(one, other, pacer).catch(() => other.destroy());
    }
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    set(next) {
      up.speed = next;
      down.speed = next;
    },
    hold(held) {
      up.held = held;
      down.held = held;
    },
    drop() {
      for (const socket of sockets) socket.resetAndDestroy();
    },
    get carried() {
      return up.carried;
    },
    async close() {
      up.held = false;
      down.held = false;
      for (const socket of sockets) socket.resetAndDestroy();
      server.close();
      await once(server, 'close');
    },
  };
}
