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

/**
 * What judging a message loads whether or not it needs it, in one chunk: a file costs more to open than most modules to
 * run.
 */
function together(roots, apart) {
  const modules = new Set();
  return {
    modules,
    plugin: {
      name: 'together',
      buildEnd() {
        const reach = (id, reached) => {
          if (reached.has(id)) return;
          reached.add(id);
          for (const imported of this.getModuleInfo(id)?.importedIds ?? []) reach(imported, reached);
        };
        roots.forEach((root) => reach(root, modules));
        const others = new Set();
        apart.forEach((root) => reach(root, others));
        others.forEach((id) => modules.delete(id));
      },
    },
  };
}

/* A chunk called later-… is run when something of it is first used: fflate computes tables as soon as it is loaded. */
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
      groups: [
        { name: 'later-inflating', test: (id) => id.includes('/node_modules/fflate/') },
        { name: 'judging', test: (id) => judging.modules.has(id) },
      ],
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
  ],
  { encoding: 'utf8' },
);
if (status !== 0) throw new Error(`the built command judges its sample with status ${status}: ${stderr}`);
