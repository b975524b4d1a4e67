/**
 * `npm run reports`: what people met in the field and what attackers send (../shared/reports), judged by the built
 * command: right/total by kind, each miss with its reason. Options: --only TEXT, --all (what later issues build, too),
 * --attacks (only these), --command FILE, --json FILE.
 */
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { attacks, collected, fieldReports, reportsExist } from '../tests/messages/reports.mjs';
import { ROOT } from './install.mjs';

const { values } = parseArgs({
  options: {
    only: { type: 'string' },
    all: { type: 'boolean' },
    attacks: { type: 'boolean' },
    command: { type: 'string' },
    json: { type: 'string' },
  },
});

const COMMAND = values.command === undefined ? join(ROOT, 'dist/cli/wss.mjs') : resolve(values.command);
if (!reportsExist()) {
  console.log('../shared/reports is not here: nothing to judge.');
  process.exit(0);
}
if (!existsSync(COMMAND)) await import('./build-cli.mjs');

/** Reports of these jobs by id, from one process; seconds and the peak of its memory in MB with them. */
async function judge(jobs, milliseconds) {
  const folder = mkdtempSync(join(tmpdir(), 'wss-reports-'));
  const file = join(folder, 'jobs.jsonl');
  writeFileSync(file, jobs.map((job) => JSON.stringify(job)).join('\n'));
  const started = performance.now();
  const child = spawn(process.execPath, [COMMAND, 'batch', file], { stdio: ['ignore', 'pipe', 'inherit'] });
  let peak = 0;
  const watch = setInterval(() => {
    // Where the system does not tell, memory is not judged.
    const status = `/proc/${child.pid}/status`;
    try {
      const kilobytes = /VmHWM:\s+(\d+)/.exec(readFileSync(status, 'utf8'))?.[1] ?? '0';
      peak = Math.max(peak, Number(kilobytes) / 1024);
    } catch {
      peak = Math.max(peak, 0);
    }
  }, 50);
  const deadline = setTimeout(() => child.kill('SIGKILL'), milliseconds);
  let output = '';
  child.stdout.setEncoding('utf8').on('data', (text) => (output += text));
  await new Promise((done) => child.once('close', done));
  clearInterval(watch);
  clearTimeout(deadline);
  rmSync(folder, { recursive: true });
  const lines = output.split('\n').filter((line) => line.endsWith('}'));
  const reports = new Map(lines.map((line) => JSON.parse(line)).map((report) => [report.id, report]));
  return { reports, seconds: (performance.now() - started) / 1000, megabytes: Math.round(peak) };
}

/** What reports ask for and is there by now; the empty name is everything that no later issue builds. */
const BUILT = new Set(['', 'XAdES check']);

const wanted = (cases) => cases.filter((one) => values.only === undefined || one.id.includes(values.only));
const rows = new Map();
const misses = [];

function count(kind, one, reason) {
  const row = rows.get(kind) ?? { right: 0, total: 0 };
  row.total++;
  if (reason === null) row.right++;
  else misses.push({ kind, id: one.id, reason });
  rows.set(kind, row);
}

async function judgeTogether(cases) {
  if (cases.length === 0) return;
  const { reports } = await judge(
    cases.map((one) => one.job),
    600_000,
  );
  for (const one of cases) count(one.kind, one, one.wrong(reports.get(one.id)));
}

if (values.attacks !== true) {
  const field = fieldReports().filter((one) => values.all === true || BUILT.has(one.feature));
  await judgeTogether(wanted([...field, ...collected()]));
}
const every = wanted(attacks());
await judgeTogether(every.filter((one) => one.limits === null));
// Each alone: the process' time and memory are what is judged.
for (const one of every.filter(({ limits }) => limits !== null)) {
  const { seconds, megabytes } = await judge([one.job], 60_000);
  const within = seconds <= one.limits.seconds && megabytes <= one.limits.mb;
  const bounds = `${one.limits.seconds} s and ${one.limits.mb} MB are allowed`;
  count(one.kind, one, within ? null : `${seconds.toFixed(1)} s, ${megabytes} MB; ${bounds}`);
}

for (const { kind, id, reason } of misses) console.log(`${kind}: ${id}\n    ${reason}`);
console.log();
for (const [kind, { right, total }] of rows) console.log(`${kind.padEnd(24)} ${right}/${total}`);
const right = [...rows.values()].reduce((sum, row) => sum + row.right, 0);
const total = [...rows.values()].reduce((sum, row) => sum + row.total, 0);
console.log(`${'all'.padEnd(24)} ${right}/${total}${total === 0 ? '' : ` ${((100 * right) / total).toFixed(1)} %`}`);
if (values.json !== undefined) {
  writeFileSync(values.json, JSON.stringify({ right, total, kinds: Object.fromEntries(rows), misses }));
}
