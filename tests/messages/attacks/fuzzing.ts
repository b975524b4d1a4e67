/**
 * Seeded damage to messages and key files, and what must hold of every run over it: nothing is thrown, it ends within
 * bounded work, the report is well formed, ranges lie inside, no secret gets out, and nothing signed is read otherwise
 * under a headline that says valid. Used by the tests and by `npm run fuzz`.
 */
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { EMPTY_JOB, prepareJob } from '../../../src/cli/job.ts';
import { nodeCrypto } from '../../../src/cli/node-crypto.ts';
import { findingWords } from '../../../src/content/findings/index.ts';
import { EXCLUSIVE_C14N } from '../../../src/engine/algorithms/identifiers.ts';
import { ATTACK_NAMES, attackMessage } from '../../../src/engine/attack/attacks.ts';
import { Budget, BudgetExceeded, DEFAULT_LIMITS } from '../../../src/engine/bytes/budget.ts';
import { canonicalize } from '../../../src/engine/canonicalization/canonicalize.ts';
import { explain, withExplanation } from '../../../src/engine/diagnosis/explain.ts';
import { judge } from '../../../src/engine/index.ts';
import { readKeyFile } from '../../../src/engine/keystore/read-key-file.ts';
import type { JudgeRequest } from '../../../src/engine/message/request.ts';
import type { Trace } from '../../../src/engine/trace/trace.ts';
import type { Judged } from '../../../src/engine/verdict/judged.ts';
import { descendantElementsNamed } from '../../../src/engine/xml/navigate.ts';
import { peerCases, sharedExists, stackCases } from '../corpora.mjs';
import { mutate, type Mutated } from '../../building/mutations.ts';
import { DS } from '../../building/names.ts';
import { random, type Random } from '../../building/random.ts';

/** Milliseconds of this process for one damaged message of a few kilobytes. */
const LONGEST = 5_000;
const PASSWORDS = ['s3cret', 'Zażółć-κλειδί'];
const COMMITTED = fileURLToPath(new URL('../../fixtures/messages/', import.meta.url));

/** A message to damage. */
export interface FuzzBase {
  readonly id: string;
  readonly request: JudgeRequest;
  readonly secrets: readonly string[];
  /**
   * Digest of the Body as it is read, where the message is valid and nothing in the Body is left out of what is
   * signed.
   */
  readonly body: string | null;
}

const ports = { crypto: nodeCrypto() };

/**
 * Messages of live stacks, evenly from all.
 *
 * @param shared those of ../shared too, where they are
 */
export async function fuzzBases(count: number, shared: boolean): Promise<readonly FuzzBase[]> {
  const all = [
    ...peerCases(COMMITTED),
    ...(shared && sharedExists('stacks') ? stackCases().filter(({ kind }) => !kind.startsWith('twin')) : []),
  ];
  const step = Math.max(1, Math.floor(all.length / count));
  const bases: FuzzBase[] = [];
  for (let at = 0; at < all.length && bases.length < count; at += step) {
    const one = all[at];
    if (one === undefined || readFileSync(one.job.file).length > 60_000) continue;
    const request = await prepareJob({ ...EMPTY_JOB, ...one.job, diagnosis: false }, process.cwd());
    const octets = request.keys.flatMap((entry) => (entry.secret === null ? [] : [Buffer.from(entry.secret)]));
    bases.push({
      id: one.id,
      request,
      secrets: [...PASSWORDS, ...octets.flatMap((secret) => [secret.toString('base64'), secret.toString('hex')])],
      body: bodyOf(await judge(request, ports)),
    });
  }
  return bases;
}

/** What a receiver reads as the Body of a message that is called valid; null where nothing is to be compared. */
function bodyOf({ trace, message }: Judged): string | null {
  if (trace.verdict.headline !== 'valid' || message.kind !== 'read') return null;
  const { document, envelope } = message.view;
  const body = envelope?.body ?? null;
  // A signature in the Body leaves itself out of what it signs.
  if (body === null || descendantElementsNamed(document, body, DS, 'Signature').length > 0) return null;
  const method = { uri: EXCLUSIVE_C14N, family: 'exclusive-1.0', comments: false, inclusivePrefixes: [] } as const;
  const set = { type: 'subtree', document, apex: body, comments: false, excluded: [] } as const;
  return Buffer.from(canonicalize(set, method, new Budget()).octets).toString('utf8');
}

const PART_FIELDS = [
  'Content-ID: <a>',
  'Content-ID: a',
  'Content-Location: a',
  'Content-Type: text/xml; charset=utf-16',
  'Content-Type: multipart/related; boundary=b',
  'Content-Transfer-Encoding: base64',
  'Content-Transfer-Encoding: quoted-printable',
  'Content-Length: 1',
  'Transfer-Encoding: chunked',
  'Content-Encoding: gzip',
  'X: (',
  ' folded',
  ':',
  '--b',
  '--b--',
  '',
];

/** Damage to the fields and delimiters around a message, which is put into a multipart where it is in none. */
function damageParts(octets: Uint8Array, source: Random): Mutated {
  const latin = Buffer.from(octets).toString('latin1');
  const around = /^(?:[A-Z]+ [^\n]* HTTP|HTTP\/|[A-Za-z-]+:|--)/.test(latin)
    ? latin
    : `POST / HTTP/1.1\r\nContent-Type: multipart/related; boundary=b; start="<r>"\r\n\r\n--b\r\nContent-ID: <r>\r\n` +
      `Content-Type: text/xml\r\n\r\n${latin}\r\n--b\r\nContent-ID: <a>\r\n\r\nx\r\n--b--\r\n`;
  const lines = around.split('\n');
  const how: string[] = [];
  for (let left = 1 + source.below(3); left > 0; left--) {
    // Where fields stand: the first lines and the last.
    const at = source.below(2) === 0 ? source.below(Math.min(10, lines.length)) : source.below(lines.length);
    const [name, replace] = source.pick([
      ['a line put in', [`${source.pick(PART_FIELDS)}\r`, lines[at] ?? '']],
      ['a line left out', []],
      ['a line doubled', [lines[at] ?? '', lines[at] ?? '']],
      ['a line cut', [(lines[at] ?? '').slice(0, source.below(20))]],
      ['a line without its CR', [(lines[at] ?? '').replace(/\r$/, '')]],
      ['quotes changed', [(lines[at] ?? '').replaceAll('"', source.pick(['', "'", '""', '\\"']))]],
    ] as const);
    lines.splice(at, 1, ...replace);
    how.push(name);
  }
  return { octets: Buffer.from(lines.join('\n'), 'latin1'), how: how.join(', ') };
}

/** Bytes, structure, parts or an attack, by the run's number; the same seed does the same. */
export function damage({ request }: FuzzBase, run: number, seed: string): Mutated {
  const source = random(`${seed} ${run}`);
  switch (run % 6) {
    case 0:
      return damageParts(request.octets, source);
    case 1: {
      const name = source.pick(ATTACK_NAMES);
      const made = attackMessage(request.octets, name, source.below(1_000));
      if (!made.applies) return mutate(request.octets, source);
      const more = source.below(2) === 0 ? mutate(made.octets, source) : { octets: made.octets, how: '' };
      return { octets: more.octets, how: `${name} ${more.how}` };
    }
    default:
      return mutate(request.octets, source);
  }
}

/** What is wrong with the run over a damaged message; empty where all holds. */
export async function defectsOf(base: FuzzBase, octets: Uint8Array, thorough: boolean): Promise<readonly string[]> {
  const request = { ...base.request, octets };
  const before = process.cpuUsage();
  try {
    const judged = await judge(request, ports);
    const wrong = traceDefects(judged, octets, base);
    const body = bodyOf(judged);
    if (base.body !== null && body !== null && body !== base.body) wrong.push('valid with another Body');
    if (thorough) {
      const again = await judge(request, ports);
      if (JSON.stringify(again.trace) !== JSON.stringify(judged.trace)) wrong.push('another trace the second time');
      wrong.push(...findingDefects(withExplanation(judged.trace, await explain(judged, ports))));
    }
    const { user, system } = process.cpuUsage(before);
    const took = (user + system) / 1_000;
    if (took > LONGEST) wrong.push(`took ${took.toFixed(0)} ms`);
    return wrong;
  } catch (error) {
    return [`threw ${error instanceof Error ? error.stack?.slice(0, 500) : String(error)}`];
  }
}

function findingDefects({ findings, spaces }: Pick<Trace, 'findings' | 'spaces'>): string[] {
  const wrong: string[] = [];
  const sizes = new Map(spaces.map((space) => [space.id, space.size]));
  for (const finding of findings) {
    const words = findingWords(finding.code);
    if (words === null) wrong.push(`no words for ${finding.code}`);
    else {
      const said = words.title(finding.data) + words.message(finding.data);
      if (/undefined|\[object|NaN/.test(said) && !/NaN|undefined/.test(JSON.stringify(finding.data))) {
        wrong.push(`${finding.code} says: ${said}`);
      }
    }
    for (const range of finding.ranges) {
      if (!(range.start >= 0 && range.start <= range.end && range.end <= (sizes.get(range.space) ?? -1))) {
        wrong.push(`${finding.code} range ${range.space} ${range.start}-${range.end} of ${sizes.get(range.space)}`);
      }
    }
  }
  return wrong;
}

function traceDefects({ trace }: Judged, octets: Uint8Array, { secrets }: FuzzBase): string[] {
  const wrong = findingDefects(trace);
  const sizes = new Map(trace.spaces.map((space) => [space.id, space.size]));
  const steps = new Set<string>();
  for (const step of trace.steps) {
    if (step.parent !== null && !steps.has(step.parent)) wrong.push(`${step.id} before its parent`);
    steps.add(step.id);
    if (step.range !== null && !(step.range.start >= 0 && step.range.end <= (sizes.get(step.range.space) ?? -1))) {
      wrong.push(`${step.kind} range ${JSON.stringify(step.range)}`);
    }
  }
  const { headline, axes } = trace.verdict;
  if (headline === 'valid') {
    if (axes.coverage !== 'full') wrong.push('valid without full coverage');
    const verified = trace.signatures.some(
      ({ value, references }) => value === 'pass' && references.some(({ digest }) => digest === 'pass'),
    );
    if (!verified) wrong.push('valid without a reference');
    if (axes.structure !== 'pass' || axes.signature !== 'pass' || axes.trust !== 'pass') {
      wrong.push('valid against its axes');
    }
  }
  if (headline.startsWith('valid') && trace.findings.some(({ code }) => code === 'limit')) {
    wrong.push('valid at a limit');
  }
  const json = JSON.stringify(trace);
  const input = Buffer.from(octets).toString('utf8');
  for (const secret of secrets) {
    if (!input.includes(secret) && json.includes(secret)) wrong.push('a secret in the trace');
  }
  return wrong;
}

/** A key file with damage: it is read, or it has problems, within the bounds. */
export async function keyFileDefects(
  file: string,
  password: string,
  run: number,
  seed: string,
): Promise<readonly string[]> {
  const source = random(`${seed} key ${run}`);
  let octets = readFileSync(file);
  for (let left = 1 + source.below(4); left > 0 && octets.length > 0; left--) {
    const at = source.below(octets.length);
    switch (source.below(4)) {
      case 0:
        octets[at] = source.below(256);
        break;
      case 1:
        octets = octets.subarray(0, at);
        break;
      case 2:
        octets = Buffer.concat([
          octets.subarray(0, at),
          octets.subarray(at, at + source.below(64)),
          octets.subarray(at),
        ]);
        break;
      default:
        octets[at] = (octets[at] ?? 0) ^ (1 << source.below(8));
    }
  }
  try {
    const budget = new Budget({ ...DEFAULT_LIMITS, iterations: 50_000 });
    const { entries } = await readKeyFile(octets, { file: basename(file), password, budget });
    return entries.some(({ id }) => id === '') ? ['an entry without an id'] : [];
  } catch (error) {
    if (error instanceof BudgetExceeded) return [];
    return [`threw ${error instanceof Error ? error.stack?.slice(0, 500) : String(error)}`];
  }
}

/**
 * Fewer octets that still fail, by leaving out shorter and shorter pieces.
 *
 * @param fails whether these octets have the defect
 */
export async function shrunk(octets: Uint8Array, fails: (octets: Uint8Array) => Promise<boolean>): Promise<Uint8Array> {
  let smallest = octets;
  for (let piece = octets.length >> 1; piece >= 8; piece >>= 1) {
    for (let at = 0; at < smallest.length;) {
      const tried = Buffer.concat([smallest.subarray(0, at), smallest.subarray(at + piece)]);
      if (await fails(tried)) smallest = tried;
      else at += piece;
    }
  }
  return smallest;
}
