/**
 * Builds the command `wss` with Vite: dist/cli/wss.mjs (or under WSS_CLI_OUT) and its chunks, dependencies inside, so
 * that it runs without node_modules.
 */
import { chmodSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'vite';
import { ROOT } from './install.mjs';

const outDir = process.env.WSS_CLI_OUT ?? join(ROOT, 'dist', 'cli');

await build({
  root: ROOT,
  configFile: false,
  logLevel: 'warn',
  publicDir: false,
  ssr: { noExternal: true, target: 'node' },
  build: {
    ssr: true,
    target: 'node20',
    outDir,
    emptyOutDir: true,
    minify: false,
    sourcemap: 'hidden',
    rollupOptions: {
      input: { wss: join(ROOT, 'src/cli/main.ts'), 'batch-worker': join(ROOT, 'src/cli/batch-worker.ts') },
      output: {
        entryFileNames: '[name].mjs',
        chunkFileNames: '[name]-[hash].mjs',
        banner: (chunk) => (chunk.name === 'wss' ? '#!/usr/bin/env node' : ''),
      },
    },
  },
});
chmodSync(join(outDir, 'wss.mjs'), 0o755);
