/**
 * The command as a person at a terminal and a script with many messages meet it: whole processes, beside `node -e 0`,
 * xmlsec1 and, where they are, WSS4J in a JVM that is warm and the messages of many stacks.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';

const COMMAND = 'dist/cli/wss.mjs';
const SHARED = resolve('..', 'shared');
const CORPUS = join(SHARED, 'peer-corpus');
const STACKS = join(SHARED, 'stacks');
const JARS = ['wss4j', 'xmlsec', 'commons-logging', 'slf4j-api', 'slf4j-nop', 'bcprov'];
const PEERS = process.env.PEER_BUILD ?? join(homedir(), '.cache', 'wss-peers');
const RUNS = 7;
const AT = '2026-11-23T00:00:00Z';

const least = (measured) => Math.min(...Array.from({ length: RUNS }, measured));
const milliseconds = (time) => `${(time * 1000).toFixed(0)} ms`;
const rate = (each) => (Number.isNaN(each) ? 'other work was measured' : `${(1 / each).toFixed(0)} a second`);

function timed(command, args, options = {}) {
  const start = process.hrtime.bigint();
  const result = spawnSync(command, args, { encoding: 'utf8', maxBuffer: 1 << 30, ...options });
  const time = Number(process.hrtime.bigint() - start) / 1e9;
  if (result.status !== 0) {
    throw new Error(`${command} ${args.join(' ')}: ${result.stdout.slice(0, 300)}${result.stderr.slice(0, 300)}`);
  }
  return time;
}

const wss = (...args) => timed(process.execPath, [COMMAND, ...args]);

/**
 * Seconds a message takes once all is loaded and compiled: what `many` take more than `few`, the least of some runs
 * each. Where that is less than the longer run took for each of its messages by a wide margin, other work was measured.
 */
function each(run, few, many) {
  const least = (count) => Math.min(...Array.from({ length: 3 }, () => run(count)));
  const long = least(many);
  const time = (long - least(few)) / (many - few);
  return time > long / many / 4 ? time : Number.NaN;
}

/**
 * @param measured `row` prints a figure, `xmlsec` times xmlsec1 on a file or is null, `small` and `large` are signed
 *   messages (of 1 KB and 10 MB), `pem` is their key
 */
export function measureCommand({ row, xmlsec, folder, small, large, pem }) {
  console.log('\nThe command, whole processes in turns, least of each');
  const ratio = (what, figure, over, bound) =>
    row(
      what,
      `${milliseconds(figure)} to ${milliseconds(over)}: ${(figure / over).toFixed(2)}`,
      `<= ${bound}`,
      figure / over <= bound,
    );
  const bare = least(() => timed(process.execPath, ['-e', '0']));
  ratio(
    'wss verify, small message, to node -e 0',
    least(() => wss('verify', '--trust', pem, small)),
    bare,
    2,
  );
  const whole = least(() => wss('verify', '--trust', pem, large));
  if (xmlsec === null) row('wss verify, 10 MB', milliseconds(whole));
  else {
    const theirs = least(() => xmlsec(large));
    ratio('wss verify, 10 MB, to xmlsec1 --verify', whole, theirs, 1);
  }
  batches(row, folder);
  stacks(row, folder);
}

/** Signed messages of about 4 KB, one thread, two, and WSS4J. */
function batches(row, folder) {
  if (!existsSync(join(CORPUS, 'manifest.json'))) {
    console.log('No corpus of peers is here: batches are not measured');
    return;
  }
  const { entries } = JSON.parse(readFileSync(join(CORPUS, 'manifest.json'), 'utf8'));
  const files = entries
    .filter(
      (entry) =>
        !entry.fault &&
        entry.expect.verifies &&
        !entry.expect.decrypts &&
        ['wss4j', 'santuario', 'xmlsec1', 'nodesoap'].includes(entry.peer) &&
        entry.size > 3000 &&
        entry.size < 9000 &&
        entry.peer_verdicts?.wss4j === 'ok' &&
        entry.keys.includes('cert:client-rsa2048') &&
        !entry.receiver,
    )
    .map((entry) => join(CORPUS, entry.file));
  const keys = join(CORPUS, 'keys');
  const given = { keys: [join(keys, 'client-rsa2048.crt.pem')], trust: [join(keys, 'trust.pem')], at: AT };
  const ours = (threads) => (count) => {
    const jobs = join(folder, 'batch.jsonl');
    const line = (_, id) => JSON.stringify({ id, file: files[id % files.length], diagnosis: false, ...given });
    writeFileSync(jobs, Array.from({ length: count }, line).join('\n'));
    return wss('batch', jobs, '--jobs', String(threads));
  };
  const peer = (count) => {
    const path = [join(PEERS, 'java'), ...JARS.map((name) => `/usr/share/java/${name}.jar`)].join(':');
    const line = (_, id) => JSON.stringify({ op: 'verify', config: {}, in: files[id % files.length], out: null });
    return timed('java', ['-cp', path, 'Main', 'wss4j'], {
      input: `${Array.from({ length: count }, line).join('\n')}\n`,
      env: { ...process.env, PEER_KEYS: keys, PEER_BUILD: PEERS },
    });
  };
  const one = each(ours(1), 3000, 9000);
  const two = each(ours(2), 3000, 9000);
  const what = 'wss batch, signed messages of 4 KB';
  row(
    `${what}, two threads to one`,
    `${rate(two)} to ${rate(one)}: ${(one / two).toFixed(2)}`,
    '>= 1.7',
    one / two >= 1.7,
  );
  if (!existsSync(join(PEERS, 'java')) || !JARS.every((name) => existsSync(`/usr/share/java/${name}.jar`))) {
    row(`${what}, one thread`, rate(one));
    console.log(`WSS4J is not here (${PEERS}): no ratio against it`);
    return;
  }
  const theirs = each(peer, 3000, 9000);
  row(
    `${what}, to WSS4J warm`,
    `${rate(one)} to ${rate(theirs)}: ${(theirs / one).toFixed(2)}`,
    '>= 0.5',
    theirs / one >= 0.5,
  );
}

/** Messages of many stacks with their key stores. */
function stacks(row, folder) {
  if (!existsSync(join(STACKS, 'manifest.json'))) {
    console.log('No messages of many stacks are here: not measured');
    return;
  }
  const { entries } = JSON.parse(readFileSync(join(STACKS, 'manifest.json'), 'utf8'));
  const path = (name) => join(STACKS, name);
  const some = entries.filter((entry) => !entry.fault && entry.kind !== 'policy').slice(0, 400);
  const line = (entry, id) =>
    JSON.stringify({
      id,
      file: path(entry.file),
      keys: (entry.keys ?? []).map(path),
      trust: entry.trust.map(path),
      users: entry.users ?? [],
      at: entry.at,
      diagnosis: false,
    });
  const jobs = join(folder, 'stacks.jsonl');
  writeFileSync(jobs, [...some, ...some].map(line).join('\n'));
  const time = Math.min(wss('batch', jobs), wss('batch', jobs)) / (2 * some.length);
  row('wss batch, messages of many stacks with key stores', rate(time), '>= 200 a second', 1 / time >= 200);
}
