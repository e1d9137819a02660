import { Crash } from './life.ts';

/** What a dead process leaves unanswered ends in rejections that nobody hears: these are no bugs, all others are. */
export function allowDeadProcesses(): void {
  process.on('unhandledRejection', (reason) => {
    if (!(reason instanceof Crash)) throw reason;
  });
}
