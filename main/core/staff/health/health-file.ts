import type { HealthReport, StaffFile } from '../../../contract/staff.ts';

/** The report as a file: JSON for a machine, or text that can be read out on the telephone, one line a check. */
export function healthFile(report: HealthReport, as: 'json' | 'text'): StaffFile {
  const stamp = report.at.slice(0, 16).replaceAll(/[-:]/g, '').replace('T', '-');
  const name = `health-${report.terminal.toLowerCase()}-${stamp}`;
  const text = as === 'json' ? `${JSON.stringify(report, null, 2)}\n` : asText(report);
  const type = as === 'json' ? 'application/json' : 'text/plain; charset=utf-8';
  return { name: `${name}.${as === 'json' ? 'json' : 'txt'}`, type, base64: Buffer.from(text, 'utf8').toString('base64') };
}

/** Numbers first: they are what is said. `4 BAD pcscd: down` */
function asText({ at, terminal, results }: HealthReport): string {
  const lines = results.map(({ number, id, state, finding, facts }) => {
    const told = Object.entries(facts).map(([key, value]) => `${key}=${value}`);
    const line = `${String(number).padStart(2)} ${state.toUpperCase().padEnd(7)} ${id}: ${finding}`;
    return told.length === 0 ? line : `${line} (${told.join(', ')})`;
  });
  const head = [`Madoguchi ${terminal}`, `${at.slice(0, 16).replace('T', ' ')} UTC`, ''];
  return `${[...head, ...lines].join('\r\n')}\r\n`;
}
