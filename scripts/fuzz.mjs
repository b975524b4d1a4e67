/**
 * `npm run fuzz`: seeded damage to messages and key files through the whole engine, without end or `--runs N`. Prints
 * its seed; the same `--seed S` does the same. What fails is made small and written to `--out FOLDER`. Options: `--from N`
 * (first run), `--bases N`.
 */
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { createServer } from 'vite';
import { ROOT } from './install.mjs';

const { values } = parseArgs({
  options: {
    runs: { type: 'string' },
    seed: { type: 'string' },
    from: { type: 'string', default: '0' },
    bases: { type: 'string', default: '200' },
    out: { type: 'string', default: join(tmpdir(), 'wss-fuzz') },
  },
});
const seed = values.seed ?? String(Date.now());
const last = values.runs === undefined ? Infinity : Number(values.from) + Number(values.runs);

const server = await createServer({
  root: ROOT,
  configFile: false,
  appType: 'custom',
  logLevel: 'error',
  optimizeDeps: { noDiscovery: true },
  server: { middlewareMode: true, hmr: false, watch: null, ws: false },
});
const module = await server.ssrLoadModule('/tests/messages/attacks/fuzzing.ts');
const bases = await module.fuzzBases(Number(values.bases), true);
const folder = join(ROOT, 'tests/fixtures/messages/keys');
const keys = readdirSync(folder).filter((name) => /\.(?:pem|bin)$/.test(name));
console.log(`seed ${seed}, ${bases.length} messages, ${keys.length} key files`);

/** Writes what fails, as few octets of it as still do. */
async function keep(base, run, octets, defects) {
  const kind = (defect) => defect.replaceAll(/\d+/g, '0').slice(0, 60);
  const wanted = kind(defects[0]);
  const small = await module.shrunk(octets, async (tried) =>
    (await module.defectsOf(base, tried, defects[0] !== undefined)).some((defect) => kind(defect) === wanted),
  );
  mkdirSync(values.out, { recursive: true });
  const file = join(values.out, `${seed}-${run}`);
  writeFileSync(file, small);
  console.log(`  ${small.length} octets of it in ${file}`);
}

let failed = 0;
for (let run = Number(values.from); run < last; run++) {
  const base = bases[run % bases.length];
  const { octets, how } = module.damage(base, run, seed);
  const defects = await module.defectsOf(base, octets, run % 10 === 0);
  if (defects.length > 0) {
    failed++;
    console.log(`run ${run}, ${base.id}, ${how}: ${defects[0]}`);
    await keep(base, run, octets, defects);
  }
  if (run % 4 === 0) {
    const file = keys[run % keys.length];
    const [defect] = await module.keyFileDefects(join(folder, file), 'changeit', run, seed);
    if (defect !== undefined) console.log(`run ${run}, ${file}: ${defect}`, failed++);
  }
  if (run % 1000 === 999) console.log(`${run + 1} runs, ${failed} failed`);
}
console.log(`${failed} failed`);
await server.close();
if (failed > 0) process.exitCode = 1;
