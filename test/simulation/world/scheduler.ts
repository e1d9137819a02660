/** Virtual time: what is to happen, earliest first, and of the same instant in the order of its making. A binary heap, for 10,000 kiosks. */
export interface Scheduler {
  /** Virtual ms since the world began; never goes back. */
  now(): number;
  /** @returns a handle for `cancel` */
  after(ms: number, run: () => void): number;
  cancel(handle: number): void;
  /** Lets the next event happen. @param until virtual ms; @returns false when there is none up to then (and time stands at `until`) */
  step(until: number): boolean;
}

interface Planned {
  readonly at: number;
  readonly order: number;
  run: (() => void) | null;
}

const before = (a: Planned, b: Planned) => a.at < b.at || (a.at === b.at && a.order < b.order);

export function createScheduler(): Scheduler {
  let time = 0;
  let order = 0;
  const heap: Planned[] = [];
  const planned = new Map<number, Planned>();

  const rise = (from: number) => {
    let index = from;
    for (;;) {
      const parent = (index - 1) >> 1;
      const [mine, above] = [heap[index], heap[parent]];
      if (index === 0 || mine === undefined || above === undefined || !before(mine, above)) return;
      heap[index] = above;
      heap[parent] = mine;
      index = parent;
    }
  };

  const sink = () => {
    let index = 0;
    for (;;) {
      const mine = heap[index];
      let least = index;
      for (const child of [2 * index + 1, 2 * index + 2]) {
        const [below, best] = [heap[child], heap[least]];
        if (below !== undefined && best !== undefined && before(below, best)) least = child;
      }
      const other = heap[least];
      if (least === index || mine === undefined || other === undefined) return;
      heap[index] = other;
      heap[least] = mine;
      index = least;
    }
  };

  const take = (): Planned | null => {
    const first = heap[0];
    const last = heap.pop();
    if (first === undefined || last === undefined) return null;
    if (heap.length > 0) {
      heap[0] = last;
      sink();
    }
    return first;
  };

  return {
    now: () => time,
    after(ms, run) {
      order += 1;
      const entry = { at: time + Math.max(0, ms), order, run };
      planned.set(order, entry);
      heap.push(entry);
      rise(heap.length - 1);
      return order;
    },
    cancel(handle) {
      const entry = planned.get(handle);
      if (entry !== undefined) entry.run = null;
      planned.delete(handle);
    },
    step(until) {
      for (;;) {
        const first = heap[0];
        if (first === undefined || first.at > until) {
          time = Math.max(time, until);
          return false;
        }
        take();
        if (first.run === null) continue;
        planned.delete(first.order);
        time = first.at;
        first.run();
        return true;
      }
    },
  };
}
