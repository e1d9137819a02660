import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { readSpool, type Spool, writeSpool } from './spool.ts';

/**
 * `lp`, `lpstat` and `cancel` of the stand-in: `node programs.ts FOLDER PROGRAM ARGUMENTS`. Says what the programs of CUPS 2.4 on Debian 12 say, word for
 * word where the kiosk reads it; an option that they do not know ends with 1.
 */
const [folder = '', program = '', ...args] = process.argv.slice(2);
const spool = readSpool(folder);
const since = 'since Thu Nov 26 13:40:56 2026';
const out = (text: string) => process.stdout.write(`${text}\n`);

/** Each program: what it complains of, or null. */
type Program = () => string | null;

const lp: Program = () => {
  const { values, positionals } = parseArgs({
    args,
    options: {
      d: { type: 'string', short: 'd' },
      o: { type: 'string', short: 'o', multiple: true },
      t: { type: 'string', short: 't' },
    },
    allowPositionals: true,
  });
  if (positionals.length > 0) return `lp: Unable to access "${positionals[0]}" - No such file or directory`;
  if (!spool.running) return 'lp: Error - scheduler not responding.';
  if (values.d !== spool.queue) return 'lp: The printer or class does not exist.';
  if (!spool.accepting) return `lp: Destination "${spool.queue}" is not accepting jobs.`;
  const document = readFileSync(0);
  const id = `${spool.queue}-${spool.jobs.length + 1}`;
  const job: Spool['jobs'][number] = {
    id,
    state: 'pending',
    looked: 0,
    options: values.o ?? [],
    title: values.t ?? '',
    document: document.toString('base64'),
  };
  writeSpool(folder, { ...spool, jobs: [...spool.jobs, job] });
  out(`request id is ${id} (0 file(s))`);
  return null;
};

function looked(job: Spool['jobs'][number]): Spool['jobs'][number] {
  if (job.state !== 'pending' || !spool.enabled || spool.looks === null) return job;
  if (job.looked < spool.looks) return { ...job, looked: job.looked + 1 };
  return { ...job, state: spool.aborts ? 'aborted' : 'completed' };
}

const ALERT = {
  pending: 'job-printing',
  completed: 'job-completed-successfully',
  aborted: 'aborted-by-system',
  canceled: 'job-canceled-by-user',
};

const lpstat: Program = () => {
  const { values } = parseArgs({
    args,
    options: {
      l: { type: 'boolean', short: 'l' },
      p: { type: 'string', short: 'p' },
      a: { type: 'string', short: 'a' },
      o: { type: 'string', short: 'o' },
      W: { type: 'string', short: 'W' },
      r: { type: 'boolean', short: 'r' },
    },
  });
  if (values.r === true) {
    out(`scheduler is ${spool.running ? '' : 'not '}running`);
    return null;
  }
  const queue = values.p ?? values.a ?? values.o;
  if (queue !== spool.queue || !spool.running) return `lpstat: Invalid destination name in list "${queue}".`;
  if (values.p !== undefined) {
    out(spool.enabled ? `printer ${queue} is idle.  enabled ${since}` : `printer ${queue} disabled ${since} -\n\tPaused`);
    if (values.l === true)
      out(`\tForm mounted:\n\tAlerts: ${spool.alerts.length === 0 ? 'none' : spool.alerts.join(' ')}\n\tConnection: direct`);
    return null;
  }
  if (values.a !== undefined) {
    out(
      spool.accepting ? `${queue} accepting requests ${since}` : `${queue} not accepting requests ${since} -\n\tRejecting Jobs`,
    );
    return null;
  }
  const waiting = values.W === 'not-completed';
  if (!waiting && values.W !== 'completed')
    return 'lpstat: Error - need "completed", "not-completed", or "all" after "-W" option.';
  const jobs = waiting ? spool.jobs.map(looked) : spool.jobs;
  // Only what changed: a test may be writing too.
  if (jobs.some((job, at) => job !== spool.jobs[at])) writeSpool(folder, { ...spool, jobs });
  for (const { id, state } of jobs.filter((job) => (job.state === 'pending') === waiting)) {
    out(`${id.padEnd(24)}root             55296   Thu Nov 26 13:40:56 2026`);
    if (values.l === true) out(`\tStatus: \n\tAlerts: ${ALERT[state]}\n\tqueued for ${queue}`);
  }
  return null;
};

const cancel: Program = () => {
  const { positionals } = parseArgs({ args, options: { x: { type: 'boolean', short: 'x' } }, allowPositionals: true });
  const [id] = positionals;
  const job = spool.jobs.find((one) => one.id === id);
  if (job?.state !== 'pending') return `cancel: cancel-job failed: Job #${id} is already completed - can't cancel.`;
  writeSpool(folder, {
    ...spool,
    jobs: spool.jobs.map((one) => (one.id === id ? { ...one, state: 'canceled', document: '' } : one)),
  });
  return null;
};

const programs: Readonly<Record<string, Program>> = { lp, lpstat, cancel };
const complaint = programs[program]?.() ?? null;
if (complaint !== null || !(program in programs)) {
  process.stderr.write(`${complaint ?? program}\n`);
  process.exitCode = 1;
}
