/**
 * Builds the command `wss` with Vite: dist/cli/wss.mjs (or under WSS_CLI_OUT) and its chunks, dependencies inside, so
 * that it runs without node_modules. What V8 compiles of them for a small message is kept beside them
 * (src/cli/compiled-chunks.ts).
 */
import { spawnSync } from 'node:child_process';
import { chmodSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'vite';
import { ROOT } from './install.mjs';

const outDir = process.env.WSS_CLI_OUT ?? join(ROOT, 'dist', 'cli');
const source = (name) => join(ROOT, 'src/cli', name);

async function bundle(input, output, plugins = []) {
  await build({
    root: ROOT,
    configFile: false,
    logLevel: 'warn',
    publicDir: false,
    plugins,
    // The one for Node loads its worker threads.
    resolve: { alias: { fflate: 'fflate/browser' } },
    ssr: { noExternal: true, target: 'node' },
    build: {
      ssr: true,
      target: 'node20',
      outDir,
      emptyOutDir: false,
      minify: false,
      sourcemap: 'hidden',
      // Their comments are read with them at every start; the sources keep them.
      rolldownOptions: { input, output: { comments: false, ...output } },
    },
  });
}

/** What searches for causes: a message with nothing wrong needs none of it. */
const SEARCHES = /\/src\/engine\/diagnosis\/(?:edits|reference|signer|value)\//;
/** It computes tables as soon as it is loaded; few messages are compressed. */
const INFLATES = '/node_modules/fflate/';

/**
 * What judging a message loads whether or not it needs it, in one chunk: a file costs more to open than most modules to
 * run. Beside it those that run when something of them is first used (src/cli/compiled-chunks.ts): they are called
 * later-….
 */
function together(roots, apart) {
  const judging = new Set();
  const searching = new Set();
  return {
    groups: [
      { name: 'later-inflating', test: (id) => id.includes(INFLATES) },
      { name: 'later-searching', test: (id) => searching.has(id) },
      { name: 'judging', test: (id) => judging.has(id) },
    ],
    plugin: {
      name: 'together',
      buildEnd() {
        const searches = [];
        const reach = (id, reached, entered) => {
          if (reached.has(id) || !entered(id)) return;
          reached.add(id);
          for (const imported of this.getModuleInfo(id)?.importedIds ?? []) reach(imported, reached, entered);
        };
        const main = (id) => {
          if (SEARCHES.test(id)) searches.push(id);
          return !SEARCHES.test(id);
        };
        roots.forEach((root) => reach(root, judging, main));
        const others = new Set();
        apart.forEach((root) => reach(root, others, () => true));
        others.forEach((id) => judging.delete(id));
        searches.forEach((id) => reach(id, searching, (one) => !judging.has(one) && !others.has(one)));
      },
    },
  };
}

/** Chunks in ASCII: they are read without being decoded, and take half the memory. */
const ascii = {
  name: 'ascii',
  generateBundle(_, chunks) {
    for (const chunk of Object.values(chunks)) {
      if (chunk.type !== 'chunk') continue;
      chunk.code = chunk.code.replace(
        /[^\0-\x7f]/g,
        (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
      );
    }
  },
};

rmSync(outDir, { recursive: true, force: true });
const judging = together(
  ['verify.ts', 'text-report.ts', '../engine/diagnosis/explain.ts'].map(source),
  ['main.ts', '../engine/version.ts'].map(source),
);
await bundle(
  { main: source('main.ts'), 'batch-worker': source('batch-worker.ts') },
  {
    format: 'cjs',
    entryFileNames: '[name].cjs',
    chunkFileNames: '[name]-[hash].cjs',
    codeSplitting: {
      includeDependenciesRecursively: false,
      groups: judging.groups,
    },
  },
  [judging.plugin, ascii],
);
await bundle(
  {
    start: source('start.ts'),
    'start-batch-worker': source('start-batch-worker.ts'),
    'keep-compiled': source('keep-compiled.ts'),
  },
  { format: 'cjs', entryFileNames: '[name].cjs', chunkFileNames: '[name].cjs' },
);
await bundle({ wss: source('wss.ts') }, { entryFileNames: '[name].mjs', banner: '#!/usr/bin/env node' });
chmodSync(join(outDir, 'wss.mjs'), 0o755);

const samples = join(ROOT, 'src/content/samples');
const { status, stderr } = spawnSync(
  process.execPath,
  [
    join(outDir, 'keep-compiled.cjs'),
    '--trust',
    join(samples, 'keys/example-root-ca.pem'),
    '--at',
    '2026-11-22T09:31:00Z',
    join(samples, 'messages/order-signed.xml'),
    join(samples, 'messages/order-reformatted.xml'),
  ],
  { encoding: 'utf8' },
);
// The second of them is not valid.
if (status !== 1) throw new Error(`the built command judges its samples with status ${status}: ${stderr}`);
