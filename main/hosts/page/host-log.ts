import { type Log, LogEvents } from '../../contract/log-events.ts';

/**
 * A host's log: one line of JSON per event, `{"time","level","event",...fields}`. Only what the catalogue names, and only values that
 * parse, so that nothing a page sent can get into a line. `time`: ISO 8601.
 */
export function createHostLog(write: (line: string) => void, now: () => Date): Log {
  return (event, fields = {}) => {
    const { level, fields: known } = LogEvents[event];
    const line: Record<string, unknown> = { time: now().toISOString(), level, event };
    const given: Record<string, unknown> = fields;
    for (const [name, schema] of Object.entries(known)) {
      const parsed = schema.safeParse(given[name]);
      if (parsed.success) line[name] = parsed.data;
    }
    write(`${JSON.stringify(line)}\n`);
  };
}
