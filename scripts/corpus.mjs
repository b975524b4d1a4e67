/**
 * `npm run corpus`: right/total by source and kind over ../shared, every miss listed. Options: --peer, --stacks, --project,
 * --encrypted (only such), --only TEXT, --json FILE, --command FILE.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import {
  canonicalCases,
  keystoreCases,
  peerCases,
  projectCases,
  sharedExists,
  stackCases,
} from '../tests/messages/corpora.mjs';
import { decryptionCases } from '../tests/messages/decryption-cases.mjs';
import { reasonToLeaveOut } from '../tests/messages/left-out.mjs';
import { ROOT } from './install.mjs';

const { values } = parseArgs({
  options: {
    peer: { type: 'boolean' },
    stacks: { type: 'boolean' },
    project: { type: 'boolean' },
    encrypted: { type: 'boolean' },
    only: { type: 'string' },
    json: { type: 'string' },
    command: { type: 'string' },
    quiet: { type: 'boolean' },
  },
});
const all = values.peer !== true && values.stacks !== true && values.project !== true;

const COMMAND = values.command ?? join(ROOT, 'dist/cli/wss.mjs');
if (!existsSync(COMMAND)) await import('./build-cli.mjs');

/** Reports by case id, from one run of `wss batch`. */
function judgeAll(cases) {
  const directory = mkdtempSync(join(tmpdir(), 'wss-corpus-'));
  try {
    const file = join(directory, 'jobs.jsonl');
    writeFileSync(file, cases.map((one) => JSON.stringify(one.job)).join('\n'));
    const result = spawnSync(process.execPath, [COMMAND, 'batch', file, '--jobs', '2'], {
      maxBuffer: 1 << 30,
      encoding: 'utf8',
    });
    if (result.status !== 0) throw new Error(`wss batch ended with ${result.status}: ${result.stderr}`);
    return new Map(
      result.stdout
        .trim()
        .split('\n')
        .filter((line) => line !== '')
        .map((line) => JSON.parse(line))
        .map((report) => [report.id, report]),
    );
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

function share(right, total) {
  return `${right}/${total}${total === 0 ? '' : ` ${((100 * right) / total).toFixed(1)} %`}`;
}

function table(title, rows) {
  console.log(`\n${title}`);
  const width = Math.max(...[...rows.keys()].map((name) => name.length));
  for (const [name, { right, total }] of [...rows].sort(([a], [b]) => (a < b ? -1 : 1))) {
    console.log(`  ${name.padEnd(width)}  ${share(right, total)}`);
  }
}

function tally(rows, name, right) {
  const row = rows.get(name) ?? { right: 0, total: 0 };
  row.total++;
  if (right) row.right++;
  rows.set(name, row);
}

function run(title, all) {
  let cases = values.encrypted === true ? all.filter((one) => one.encrypted) : all;
  if (values.only) {
    cases = cases.filter((one) => `${one.id} ${one.source} ${one.kind} ${one.what}`.includes(values.only));
  }
  const reports = judgeAll(cases);
  const bySource = new Map();
  const byKind = new Map();
  const misses = [];
  const soundness = [];
  let right = 0;
  let total = 0;
  let named = 0;
  let nameable = 0;
  const leftOut = new Map();
  for (const one of cases) {
    const report = reports.get(one.id);
    let verdict = report === undefined ? false : one.right(report);
    if (verdict === false && report !== undefined && one.decodedRight?.(COMMAND, report) === true) verdict = true;
    const reason = verdict === false && one.job.attachments !== undefined ? reasonToLeaveOut(one, report) : null;
    if (reason !== null) {
      const short = reason.replace(/ \(.*$/, '');
      leftOut.set(short, (leftOut.get(short) ?? 0) + 1);
      continue;
    }
    if (report?.headline === 'valid' && one.mustNotBeValid) soundness.push(one);
    if (verdict !== null) {
      total++;
      if (verdict) right++;
      else misses.push({ one, report });
      tally(bySource, one.source, verdict);
      tally(byKind, one.kind, verdict);
    }
    if (one.codes.length > 0) {
      nameable++;
      if (report?.findings?.some((finding) => one.codes.includes(finding.code))) named++;
    }
  }
  console.log(
    `\n== ${title}: ${share(right, total)} right${nameable > 0 ? `; cause named ${share(named, nameable)}` : ''}`,
  );
  table('by source', bySource);
  table('by kind', byKind);
  if (misses.length > 0 && values.quiet !== true) {
    console.log('\nmisses');
    for (const { one, report } of misses) {
      console.log(
        `  ${one.id} [${one.source} ${one.kind}${one.what ? ` ${one.what.slice(0, 60)}` : ''}] ${report?.headline ?? 'no report'} ${
          report?.error ??
          report?.findings
            .filter((finding) => finding.severity !== 'note')
            .slice(0, 4)
            .map((finding) => finding.code)
            .join(',') ??
          ''
        }`,
      );
    }
  }
  for (const [reason, count] of leftOut) console.log(`  left out: ${count} ${reason}`);
  for (const one of soundness) console.log(`  MUST NOT BE VALID: ${one.id} ${one.kind} ${one.what}`);
  if (values.json) {
    writeFileSync(
      values.json,
      JSON.stringify(
        misses.map(({ one, report }) => ({ id: one.id, kind: one.kind, what: one.what, report })),
        null,
        1,
      ),
    );
  }
  return { right, total };
}

/** `wss c14n` gives the expected octets, or refuses a DOCTYPE. */
function runCanonical(cases) {
  return outcome(
    'corpus, canonicalization',
    cases.map((one) => {
      const result = spawnSync(process.execPath, [COMMAND, 'c14n', ...one.args], { maxBuffer: 1 << 28 });
      return {
        one,
        right: one.doctype ? result.status === 1 : result.status === 0 && result.stdout.equals(one.expected),
        said: result.stderr.toString().trim().slice(0, 120),
      };
    }),
  );
}

/** `wss keys` opens every store and lists its aliases, private keys as such. */
function runKeystores(cases) {
  const result = spawnSync(process.execPath, [COMMAND, 'keys', '--json', ...cases.flatMap((one) => one.openings)], {
    maxBuffer: 1 << 28,
    encoding: 'utf8',
  });
  const listed = JSON.parse(result.stdout);
  let next = 0;
  return outcome(
    'corpus, key stores',
    cases.map((one) => {
      const opened = listed.slice(next, (next += one.openings.length));
      const entries = opened.flatMap((contents) => contents.entries);
      const problems = opened.flatMap((contents) => contents.problems);
      // keytool numbers the entries of a PKCS#12 file that have no name.
      const found = new Map();
      for (const [index, entry] of entries.entries()) {
        const alias = (entry.alias ?? String(index + 1)).toLowerCase();
        if (!found.has(alias) || /private|secret/.test(entry.kind)) found.set(alias, entry);
      }
      const missing = one.aliases.filter((alias) => !found.has(alias));
      const closed = one.keys.filter((alias) => found.has(alias) && !/private|secret/.test(found.get(alias).kind));
      return {
        one,
        right: missing.length === 0 && closed.length === 0,
        said:
          `missing ${missing.join(',') || 'nothing'}; without key ${closed.join(',') || 'none'}; ` +
          `${problems.map((problem) => problem.code).join(',')}`,
      };
    }),
  );
}

function outcome(title, results) {
  const bySource = new Map();
  for (const { one, right } of results) tally(bySource, one.source, right);
  const right = results.filter((result) => result.right).length;
  console.log(`\n== ${title}: ${share(right, results.length)} right`);
  table('by source', bySource);
  if (values.quiet !== true) {
    for (const { one, right: fine, said } of results) if (!fine) console.log(`  ${one.id} ${said}`);
  }
  return { right, total: results.length };
}

const sums = [];
function missing(name) {
  console.log(`${name}: skipped, ../shared/${name} is not there`);
}
if (all || values.peer) {
  if (sharedExists('peer-corpus')) sums.push(run('peer-corpus', peerCases()));
  else missing('peer-corpus');
}
if (all || values.stacks) {
  if (sharedExists('stacks')) sums.push(run('stacks', stackCases()));
  else missing('stacks');
}
if (all || values.project) {
  if (!sharedExists('corpus')) missing('corpus');
  else {
    sums.push(run('corpus, signatures', projectCases()));
    sums.push(run('corpus, decryption', decryptionCases()));
    if (!values.only && !values.encrypted) sums.push(runCanonical(canonicalCases()), runKeystores(keystoreCases()));
  }
}
if (sums.length > 1) {
  console.log(
    `\n== together: ${share(
      sums.reduce((sum, one) => sum + one.right, 0),
      sums.reduce((sum, one) => sum + one.total, 0),
    )} right`,
  );
}
