import { pino } from 'pino';
import { type Log, LogEvents } from '../../contract/log-events.ts';

export interface LogDeps {
  readonly level: 'debug' | 'info' | 'warn' | 'error';
  /** One line of JSON with its newline. */
  readonly write: (line: string) => void;
  /** Epoch ms. */
  readonly now: () => number;
}

/**
 * The core's log: one JSON line per event of the catalogue, `{level, time, event, ...fields}`. A field that the catalogue does not name,
 * or whose value does not parse, never reaches the line; so nothing personal can (main/contract/log-events.ts).
 */
export function createLog({ level, write, now }: LogDeps): Log {
  const logger = pino(
    {
      level,
      base: null,
      timestamp: () => `,"time":"${new Date(now()).toISOString()}"`,
      formatters: { level: (label) => ({ level: label }) },
    },
    { write },
  );
  return (event, fields = {}) => {
    const known = LogEvents[event];
    const given: Record<string, unknown> = fields;
    const line: Record<string, unknown> = { event };
    for (const [name, schema] of Object.entries(known.fields)) {
      const parsed = schema.safeParse(given[name]);
      if (parsed.success) line[name] = parsed.data;
    }
    logger[known.level](line);
  };
}
