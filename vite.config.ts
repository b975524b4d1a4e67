import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { responseHeaders } from './src/cli/response-headers.ts';

export default defineConfig({
  plugins: [react()],
  build: {
    target: 'es2023',
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    sourcemap: false,
    outDir: 'dist/page',
    emptyOutDir: true,
  },
  worker: {
    format: 'es',
    // Worker scripts live in a folder of their own: the server gives them a policy of their own.
    rolldownOptions: {
      output: {
        entryFileNames: 'worker/[name]-[hash].js',
        chunkFileNames: 'worker/[name]-[hash].js',
        assetFileNames: 'worker/[name]-[hash][extname]',
      },
    },
  },
  preview: { headers: responseHeaders('document') },
});
