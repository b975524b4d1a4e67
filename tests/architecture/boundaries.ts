/**
 * Who may import whom. Each room names the rooms and packages that its files may ask for; whatever is not named is an
 * error. A room is a folder with the folders below it that have no row of their own; it may always import itself. Rooms
 * stand from the ground up: a row may name only rooms above it in its group. ARCHITECTURE.md shows the same rooms.
 */
export interface Row {
  /** Rooms, or single files, whose values and types may come in. `engine/*` is every room of the engine. */
  readonly rooms?: readonly string[];
  /** Rooms whose types alone may come in: they are gone after compilation. */
  readonly types?: readonly string[];
  /** Rooms whose scripts it starts as workers. */
  readonly starts?: readonly string[];
  /** npm packages with their subpaths; `node:` is all of Node's own modules. */
  readonly packages?: readonly string[];
}

/** Rooms of the engine, by their names in one text. */
const engine = (names: string): string[] =>
  names
    .trim()
    .split(/\s+/)
    .map((name) => `engine/${name}`);

/** The engine: no Node, no DOM, no clock, no randomness (`purity.ts`), and no packages but those named. */
export const ENGINE: Readonly<Record<string, Row>> = {
  'engine/bytes': {},
  'engine/xml': { rooms: ['engine/bytes'] },
  'engine/trace': { rooms: ['engine/bytes'] },
  'engine/algorithms': { rooms: engine('xml trace') },
  'engine/bsp': {},
  'engine/crypto': {
    rooms: engine('bytes xml algorithms'),
    packages: ['@noble/ciphers', '@noble/curves', '@noble/hashes', 'node-forge'],
  },
  'engine/canonicalization': { rooms: engine('bytes xml trace algorithms') },
  'engine/xpath': { rooms: engine('bytes xml trace canonicalization') },
  'engine/references': { rooms: engine('bytes xml trace canonicalization') },
  'engine/splice': { rooms: engine('bytes xml') },
  'engine/attachments': { rooms: engine('bytes xml algorithms canonicalization references splice') },
  'engine/input': { rooms: engine('bytes trace attachments'), packages: ['fflate'] },
  'engine/transforms': {
    rooms: engine('bytes xml trace algorithms crypto canonicalization xpath references splice attachments'),
  },
  'engine/certificates': {
    rooms: engine('bytes xml trace algorithms crypto'),
    packages: ['@peculiar/x509', 'reflect-metadata'],
  },
  'engine/keystore': {
    rooms: engine('bytes xml crypto certificates'),
    packages: ['@noble/ciphers', '@noble/curves', '@noble/hashes', 'node-forge'],
  },
  'engine/envelope': { rooms: engine('xml trace') },
  'engine/security-header': { rooms: engine('bytes xml trace bsp envelope') },
  'engine/tokens': {
    rooms: engine('bytes xml trace algorithms bsp crypto references certificates envelope'),
  },
  'engine/run': {
    types: engine('bytes xml trace crypto references attachments transforms certificates keystore tokens'),
  },
  'engine/key-resolution': {
    rooms: engine(`
      bytes xml trace algorithms bsp crypto references transforms certificates keystore envelope tokens run
    `),
  },
  'engine/encryption': {
    rooms: engine(`
      bytes xml trace algorithms crypto references splice attachments transforms keystore envelope tokens
      run key-resolution
    `),
    packages: ['@noble/ciphers'],
  },
  'engine/signature': {
    rooms: engine(`
      bytes xml trace algorithms crypto canonicalization attachments transforms envelope key-resolution
    `),
  },
  'engine/message': {
    rooms: engine(`
      bytes xml trace algorithms crypto references splice attachments input certificates keystore envelope
      security-header tokens run key-resolution encryption signature
    `),
  },
  'engine/xades': {
    rooms: engine('bytes xml trace algorithms crypto certificates run key-resolution signature'),
  },
  'engine/trust': {
    rooms: engine('bytes xml trace crypto certificates keystore tokens run signature message xades'),
  },
  'engine/processing': {
    rooms: engine(`
      bytes xml trace crypto canonicalization references splice attachments input transforms certificates envelope
      security-header tokens run key-resolution encryption signature message xades trust
    `),
  },
  'engine/coverage': {
    rooms: engine('bytes xml trace algorithms references attachments envelope tokens signature'),
    types: ['engine/encryption'],
  },
  'engine/verdict': {
    rooms: engine('trace tokens signature processing coverage'),
    types: engine('xml input message'),
  },
  'engine/diagnosis': {
    rooms: engine(`
      bytes xml trace algorithms crypto canonicalization references splice attachments input transforms
      certificates keystore envelope tokens run key-resolution encryption signature verdict
    `),
    types: ['engine/message'],
    packages: ['@noble/ciphers'],
  },
  'engine/attack': {
    rooms: engine('bytes xml trace algorithms references splice input envelope'),
  },
  // Files directly in src/engine: judge, and the engine's version.
  engine: {
    rooms: engine('bytes trace algorithms crypto certificates encryption message processing coverage verdict'),
  },
};

/** Rooms around the engine, in src. */
export const AROUND: Readonly<Record<string, Row>> = {
  // A second verifier, in a chunk of its own of the worker and of the command.
  'second-opinion': {
    rooms: engine('bytes xml algorithms crypto input certificates'),
    types: engine('trace keystore'),
    packages: ['xmldsigjs', 'xml-core', '@xmldom/xmldom', 'xpath'],
  },
  // What the page may import of the worker: protocol, client, start.
  'worker/page': {
    types: ['engine/bytes', 'engine/trace', 'engine/certificates', 'engine/keystore', 'second-opinion'],
    starts: ['worker/inside'],
  },
  'worker/inside': {
    rooms: [
      'engine',
      'engine/bytes',
      'engine/xml',
      'engine/crypto',
      'engine/attachments',
      'engine/input',
      'engine/certificates',
      'engine/keystore',
      'engine/diagnosis/explain.ts',
      'engine/diagnosis/decryption/explain-decryption.ts',
      'engine/transforms/xpath-transform.ts',
      'engine/transforms/xpath-filter.ts',
      'engine/encryption/decrypt-message.ts',
      'second-opinion',
      'worker/page',
    ],
    types: engine('trace message'),
  },
  content: {
    rooms: ['engine/xml', 'engine/trace/trace-index.ts', 'engine/algorithms'],
    types: engine('bytes keystore trace attack'),
  },
  state: {
    rooms: ['engine/bytes', 'engine/trace/trace-index.ts', 'worker/page', 'content'],
    types: ['engine/trace'],
    packages: ['zustand'],
  },
  editor: {
    rooms: ['engine/bytes', 'engine/trace/trace-index.ts', 'engine/splice/octet-splice.ts', 'state', 'content'],
    types: ['engine/trace', 'worker/page'],
    packages: ['monaco-editor', 'react'],
  },
  ui: { rooms: ['content/page/controls.ts'], packages: ['react', 'react-aria-components', 'lucide-react'] },
  views: {
    rooms: ['engine/bytes', 'engine/trace/trace-index.ts', 'content', 'state', 'editor', 'ui'],
    types: engine('trace certificates keystore'),
    packages: ['react', 'lucide-react', 'react-resizable-panels', 'zustand'],
  },
  cli: {
    rooms: [
      'engine',
      'engine/bytes',
      'engine/xml',
      'engine/trace',
      'engine/algorithms',
      'engine/crypto',
      'engine/canonicalization',
      'engine/xpath',
      'engine/references',
      'engine/certificates',
      'engine/keystore',
      'engine/diagnosis/explain.ts',
      'second-opinion',
      'content',
    ],
    types: ['engine/message'],
    packages: ['node:', '@peculiar/webcrypto'],
  },
  app: {
    rooms: ['engine/bytes', 'engine/trace', 'worker/page', 'content', 'state', 'ui', 'views'],
    packages: [
      'react',
      'react-dom',
      'react-aria-components',
      'lucide-react',
      'zustand',
      '@fontsource-variable/inter',
      '@fontsource/jetbrains-mono',
    ],
  },
};

/** What is not shipped. Paths from the root of the repository. */
export const OUTSIDE: Readonly<Record<string, Row>> = {
  '/scripts': { rooms: ['/tests/messages'], packages: ['node:', 'vite', 'playwright'] },
  // Configurations of vite, vitest and playwright.
  '/': {
    rooms: ['cli', 'scripts/long-tests.mjs'],
    packages: ['vite', 'vitest', '@vitejs/plugin-react', '@playwright/test'],
  },
  '/bench/page': { rooms: ['engine/crypto', 'worker/page', '/bench'], starts: ['worker/inside'] },
  '/bench': {
    rooms: ['engine', 'engine/*', 'cli', '/scripts', 'e2e/long-trace.mjs'],
    packages: ['node:', 'vite', 'playwright'],
  },
  '/interop': {},
  // `attack.ts` judges what it builds; the builders know the engine only.
  '/tests/building': { rooms: ['engine', 'engine/*', 'cli'], packages: ['node:', 'vitest'] },
  '/tests/messages': {
    rooms: [
      'engine',
      'engine/*',
      'cli',
      'content',
      '/tests/engine',
      '/tests/cli',
      '/tests/fixtures',
      '/tests/building',
    ],
    packages: ['node:', 'vitest'],
  },
  '/tests/engine': {
    rooms: ['engine', 'engine/*', 'cli', 'content', '/tests/fixtures', '/tests/building'],
    packages: [
      'node:',
      'vitest',
      'fast-check',
      '@noble/curves',
      '@peculiar/webcrypto',
      'libxml2-wasm',
      'xmldsigjs',
      'fflate',
    ],
  },
  '/tests/vectors': {
    rooms: ['engine/*', 'cli'],
    packages: ['node:', 'vitest', '@peculiar/webcrypto'],
  },
  '/tests/second-opinion': {
    rooms: ['engine/*', 'cli', 'second-opinion', '/tests/messages', '/tests/fixtures'],
    starts: ['/tests/messages'],
    packages: ['node:', 'vitest', '@peculiar/webcrypto'],
  },
  '/tests/worker': {
    rooms: ['engine', 'engine/*', 'worker/page', 'worker/inside', 'content', '/tests/fixtures'],
    packages: ['node:', 'vitest', 'fast-check'],
  },
  '/tests/content': { rooms: ['engine', 'engine/*', 'content', '/tests/fixtures'], packages: ['node:', 'vitest'] },
  '/tests/state': {
    rooms: [
      'engine',
      'engine/*',
      'worker/page',
      'worker/inside',
      'content',
      'state',
      '/tests/fixtures',
      '/tests/building',
    ],
    packages: ['node:', 'vitest', 'fast-check'],
  },
  '/tests/editor': { rooms: ['engine/*', 'editor', 'state', 'content'], packages: ['vitest', 'fast-check'] },
  '/tests/views': {
    rooms: ['engine/*', 'content', 'state', 'ui', 'views'],
    packages: ['vitest', 'react', 'react-dom'],
  },
  '/tests/cli': {
    rooms: ['engine', 'engine/*', 'cli', 'content', '/tests/messages', '/tests/fixtures', '/tests/building'],
    packages: ['node:', 'vitest'],
  },
  // Documents are held to what the sources say.
  '/tests/architecture': { rooms: ['engine/*', 'content', 'cli'], packages: ['node:', 'vitest', 'oxc-parser'] },
  '/e2e': {
    rooms: [
      'engine',
      'engine/*',
      'worker/page',
      'worker/inside',
      'content',
      'cli',
      '/tests/messages',
      '/tests/fixtures',
    ],
    packages: ['node:', '@playwright/test', '@axe-core/playwright'],
  },
};
