/** `npm run bench`: ratios against xmlsec1 and the JDK in turns on the same input, and cost growth on doubling (design.md §8). */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync, readFileSync, existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build, preview } from 'vite';
import { byAttributes, byDepth, byNamespaces, byReferences, bySize, keyPair } from './messages.mjs';

const MIB = 1024 * 1024;
const ROUNDS = Number(process.env.BENCH_ROUNDS ?? 7);
const folder = mkdtempSync(join(tmpdir(), 'wss-bench-'));
const key = keyPair();
const pem = join(folder, 'key.pem');
writeFileSync(pem, key.publicPem);

const min = (values) => Math.min(...values);
const median = (values) => values.toSorted((a, b) => a - b)[values.length >> 1];
const seconds = (value) => `${(value * 1000).toFixed(value < 0.01 ? 2 : 0)} ms`;
const rows = [];
const row = (what, figure, reach = '', met = null) => {
  rows.push({ what, figure, reach, met: met === null ? '' : met ? 'reached' : 'NOT reached' });
  console.log(`${what.padEnd(58)} ${figure.padEnd(34)} ${reach.padEnd(12)} ${met === null ? '' : met ? 'reached' : 'NOT reached'}`);
};

function timed(action) {
  const start = process.hrtime.bigint();
  action();
  return Number(process.hrtime.bigint() - start) / 1e9;
}

const has = (command, args = ['--version']) => spawnSync(command, args, { stdio: 'ignore' }).status === 0;
const XMLSEC_IDS = ['Body', 'h'].flatMap((name) => ['--id-attr:Id', name === 'Body' ? `http://schemas.xmlsoap.org/soap/envelope/:${name}` : name]);

function xmlsec(file) {
  return timed(() => {
    const result = spawnSync('xmlsec1', ['--verify', '--pubkey-pem', pem, ...XMLSEC_IDS, file], { encoding: 'utf8' });
    if (!/^OK/m.test(result.stdout + result.stderr)) throw new Error(`xmlsec1 refuses the measured message: ${result.stderr}`);
  });
}

async function engine() {
  await build({
    configFile: false, logLevel: 'error',
    ssr: { noExternal: true },
    build: { ssr: 'bench/node-entry.ts', outDir: 'dist/bench', emptyOutDir: true, target: 'node20', minify: false, rolldownOptions: { output: { entryFileNames: 'engine.mjs' } } },
  });
  const { verifier, nodeCrypto } = await import(pathToFileURL('dist/bench/engine.mjs').href);
  return verifier(key.publicPem, nodeCrypto());
}

async function ours(verify, message, rounds) {
  const times = [];
  for (let round = 0; round < rounds; round += 1) {
    const start = process.hrtime.bigint();
    const headline = await verify(message);
    times.push(Number(process.hrtime.bigint() - start) / 1e9);
    if (!['valid', 'valid-partial'].includes(headline)) throw new Error(`our verdict on a measured message: ${headline}`);
  }
  return times;
}

async function againstPeers(verify) {
  console.log(`\n10 MB message: parse, exc-c14n, SHA-256, RSA; ${ROUNDS} rounds in turns, least of each`);
  const message = bySize(10 * MIB - 100_000, key);
  const file = join(folder, 'message.xml');
  writeFileSync(file, message);
  await ours(verify, message, 2);
  const times = { ours: [], xmlsec: [] };
  const withXmlsec = has('xmlsec1');
  for (let round = 0; round < ROUNDS; round += 1) {
    if (withXmlsec) times.xmlsec.push(xmlsec(file));
    times.ours.push(...(await ours(verify, message, 1)));
  }
  row('Node, verify 10 MB', `${seconds(min(times.ours))} (median ${seconds(median(times.ours))})`);
  if (withXmlsec) {
    row('  xmlsec1 --verify, process', seconds(min(times.xmlsec)));
    const ratio = min(times.ours) / min(times.xmlsec);
    row('  ours / xmlsec1', ratio.toFixed(2), '<= 0.35', ratio <= 0.35);
  } else console.log('xmlsec1 is not here: no ratio against it');
  if (has('javac', ['-version'])) {
    spawnSync('javac', ['-d', folder, 'interop/jdk/VerifySignatures.java'], { stdio: 'inherit' });
    const java = spawnSync('java', ['-cp', folder, 'VerifySignatures', file, pem, String(ROUNDS + 3)], { encoding: 'utf8' });
    const jdk = java.stdout.trim().split('\n');
    if (jdk.pop() !== 'valid') throw new Error('the JDK refuses the measured message');
    const best = min(jdk.map(Number));
    row('  JDK, warm, in process', seconds(best));
    row('  ours / JDK', (min(times.ours) / best).toFixed(2));
  } else console.log('No JDK is here: no ratio against it');
  return { file, xmlsec: withXmlsec ? min(times.xmlsec) : null, message };
}

/** Growth when one dimension doubles, all else equal: the least of several rounds, the larger message's time over the smaller's. */
async function growth(verify) {
  console.log('\nGrowth: time(2n) / time(n)');
  const cases = [
    ['size', (n) => bySize(n * MIB, key), [1, 2, 4, 8]],
    ['references', (n) => byReferences(n, key), [12, 24, 48, 96]],
    ['depth', (n) => byDepth(n, n * 60, key), [30, 60, 120, 240]],
    ['namespaces', (n) => byNamespaces(n, key), [2000, 4000, 8000, 16000]],
    ['attributes', (n) => byAttributes(n, 200, key), [60, 120, 240, 480]],
  ];
  for (const [what, make, sizes] of cases) {
    const messages = sizes.map(make);
    for (const message of messages) await ours(verify, message, 3);
    const least = messages.map(() => Infinity);
    for (let round = 0; round < ROUNDS * 2; round += 1) {
      for (const [index, message] of messages.entries()) least[index] = Math.min(least[index], ...(await ours(verify, message, 1)));
    }
    const ratios = least.slice(1).map((time, index) => time / least[index]);
    row(`${what}: ${sizes.join(', ')}`, `${least.map(seconds).join(', ')}: ${ratios.map((ratio) => ratio.toFixed(2)).join(', ')}`, '<= 2.2', ratios.at(-1) <= 2.2);
  }
}

/** Peak memory of the whole command over a bare run of it, in input sizes. */
function memory(file) {
  console.log('\nPeak memory of the command');
  const command = 'dist/cli/wss.mjs';
  if (!existsSync(command)) spawnSync('npm', ['run', '--silent', 'build:cli'], { stdio: 'inherit' });
  const small = join(folder, 'small.xml');
  writeFileSync(small, bySize(1000, key));
  const probe = (input) => {
    const script = `process.on('exit', () => process.stderr.write('\\nPEAK ' + process.resourceUsage().maxRSS)); process.argv = [process.argv[0], ${JSON.stringify(command)}, 'verify', '--json', '--trust', ${JSON.stringify(pem)}, ${JSON.stringify(input)}]; await import(${JSON.stringify(pathToFileURL(command).href)});`;
    const result = spawnSync(process.execPath, ['--input-type=module', '-e', script], { encoding: 'utf8', maxBuffer: 1 << 28 });
    return Number(/PEAK (\d+)/.exec(result.stderr)?.[1] ?? NaN) / 1024;
  };
  const base = median([probe(small), probe(small), probe(small)]);
  const peak = median([probe(file), probe(file), probe(file)]);
  const times = (peak - base) / (readFileSync(file).length / MIB);
  row('peak over a small message, in input sizes', `${peak.toFixed(0)} - ${base.toFixed(0)} MiB: ${times.toFixed(1)}`, '<= 12', times <= 12);
}

async function inChromium(message, xmlsecTime) {
  console.log('\nChromium worker, the same 10 MB');
  const { findChromium } = await import('../scripts/chromium.mjs');
  const executablePath = await findChromium();
  if (!executablePath) {
    console.log('No Chromium: not measured');
    return;
  }
  const root = 'bench/page';
  const outDir = join(process.cwd(), 'dist/bench-page');
  await build({ configFile: false, root, logLevel: 'error', worker: { format: 'es' }, build: { outDir, emptyOutDir: true, target: 'es2023' } });
  writeFileSync(join(outDir, 'message.bin'), message);
  const server = await preview({ configFile: false, root, logLevel: 'error', build: { outDir }, preview: { host: '127.0.0.1', port: 4189 } });
  const { chromium } = await import('playwright');
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'] });
  try {
    const page = await browser.newPage();
    await page.goto(server.resolvedUrls.local[0]);
    const { headline, times } = await page.evaluate(([url, publicPem, rounds]) => window.measure(url, publicPem, rounds), ['/message.bin', key.publicPem, ROUNDS + 2]);
    row('Chromium worker, verify 10 MB', `${seconds(min(times))} (median ${seconds(median(times))}), ${headline}`);
    if (xmlsecTime !== null) row('  ours / xmlsec1 of this run', (min(times) / xmlsecTime).toFixed(2), '<= 0.5', min(times) / xmlsecTime <= 0.5);
  } finally {
    await browser.close();
    await server.close();
  }
}

try {
  const verify = await engine();
  const { file, xmlsec: xmlsecTime, message } = await againstPeers(verify);
  await inChromium(message, xmlsecTime);
  await growth(verify);
  memory(file);
  const { measurePage } = await import('./page.mjs');
  await measurePage(row);
  console.log(`\n${rows.filter((entry) => entry.met === 'reached').length} of ${rows.filter((entry) => entry.met !== '').length} figures reached`);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
