import react from '@vitejs/plugin-react';
import { type Plugin, defineConfig } from 'vite';
import { responseHeaders } from './src/cli/response-headers.ts';

/** Every browser that runs the page reads WOFF2: the WOFF that font packages name beside it is not built. */
const woff2Only: Plugin = {
  name: 'woff2-only',
  enforce: 'pre',
  transform: {
    filter: { id: /@fontsource.*\.css$/ },
    handler: (css) => css.replaceAll(/,\s*url\([^)]*\.woff\)\s*format\(['"]woff['"]\)/g, ''),
  },
};

export default defineConfig({
  plugins: [woff2Only, react()],
  build: {
    target: 'es2023',
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    // For reading a report of our own defect; `wss serve` does not give them out.
    sourcemap: 'hidden',
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
