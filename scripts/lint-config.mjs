/**
 * Makes .oxlintrc.json from the table of rooms: who may import what. `node scripts/lint-config.mjs` writes it; a test
 * keeps the two equal.
 */
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** The engine's rooms from the ground up: a room may import those before it and never those after it. */
export const ENGINE_ROOMS = [
  'bytes',
  'xml',
  'trace',
  'algorithms',
  'bsp',
  'crypto',
  'canonicalization',
  'xpath',
  'references',
  'splice',
  'attachments',
  'input',
  'transforms',
  'certificates',
  'keystore',
  'envelope',
  'security-header',
  'tokens',
  'key-resolution',
  'encryption',
  'signature',
  'message',
  'trust',
  'processing',
  'coverage',
  'policy',
  'verdict',
  'diagnosis',
  'recipe',
  'attack',
];

/**
 * Rooms outside the engine. `never`: folders of src; `typesOnly`: folders of src whose types alone may come in;
 * `packages`: npm packages kept out.
 */
export const OUTER_ROOMS = {
  // Asked in the worker and by the command, each time in a chunk of its own.
  'second-opinion': {
    never: ['views', 'editor', 'ui', 'app', 'state', 'cli', 'worker', 'content'],
    typesOnly: [],
    packages: ['react', 'react-dom', 'monaco-editor', 'zustand', 'react-aria-components'],
  },
  worker: {
    never: ['views', 'editor', 'ui', 'app', 'state', 'cli'],
    typesOnly: [],
    packages: ['react', 'react-dom', 'monaco-editor', 'zustand', 'react-aria-components'],
  },
  state: {
    never: ['views', 'editor', 'ui', 'app', 'cli', 'second-opinion'],
    typesOnly: ['engine'],
    packages: ['react', 'react-dom', 'monaco-editor', 'react-aria-components'],
  },
  editor: { never: ['views', 'app', 'cli', 'second-opinion'], typesOnly: ['engine', 'worker'], packages: [] },
  ui: {
    never: ['state', 'engine', 'views', 'editor', 'app', 'cli', 'worker', 'content', 'second-opinion'],
    typesOnly: [],
    packages: ['monaco-editor', 'zustand'],
  },
  views: { never: ['app', 'cli', 'second-opinion'], typesOnly: ['engine', 'worker'], packages: ['monaco-editor'] },
  content: {
    never: ['views', 'editor', 'ui', 'app', 'state', 'cli', 'worker', 'second-opinion'],
    typesOnly: [],
    packages: ['react', 'monaco-editor', 'zustand'],
  },
  cli: {
    never: ['views', 'editor', 'ui', 'app', 'state', 'worker'],
    typesOnly: [],
    packages: ['react', 'monaco-editor', 'zustand'],
  },
  app: { never: ['cli', 'second-opinion'], typesOnly: [], packages: ['monaco-editor'] },
};

const OUTER_NAMES = Object.keys(OUTER_ROOMS);
const WEB_AND_NODE_GLOBALS = [
  'fetch',
  'XMLHttpRequest',
  'WebSocket',
  'window',
  'self',
  'localStorage',
  'sessionStorage',
  'indexedDB',
  'navigator',
  'location',
  'process',
  'Buffer',
  'performance',
  'setTimeout',
  'setInterval',
  'console',
];

const folder = (name) => [`**/${name}/**`];
const restrict = (patterns, packages = []) => ({
  'no-restricted-imports': [
    'error',
    {
      patterns,
      ...(packages.length > 0
        ? { paths: packages.map((name) => ({ name, message: 'This room does without it: see ARCHITECTURE.md.' })) }
        : {}),
    },
  ],
});

function engineOverrides() {
  return ENGINE_ROOMS.map((room, index) => ({
    files: [`src/engine/${room}/**/*.ts`],
    rules: {
      ...restrict([
        {
          group: ENGINE_ROOMS.slice(index + 1)
            .flatMap((later) => folder(later))
            .concat(['!**/node_modules/**']),
          message: `engine/${room} may import only the rooms below it: see ARCHITECTURE.md.`,
        },
        {
          group: OUTER_NAMES.flatMap((outer) => [`**/../${outer}/**`, `../../${outer}/**`, `../../../${outer}/**`]),
          message: 'The engine knows nothing outside itself.',
        },
        {
          group: ['node:*', 'react', 'react-dom', 'zustand', 'monaco-editor', 'playwright'],
          message: 'The engine is pure: no Node, no DOM, no interface.',
        },
      ]),
      'no-restricted-globals': ['error', ...WEB_AND_NODE_GLOBALS],
    },
  }));
}

function outerOverrides() {
  const above = (names) => names.flatMap((name) => [`../${name}/**`, `../../${name}/**`, `../../../${name}/**`]);
  return Object.entries(OUTER_ROOMS).map(([room, { never, typesOnly, packages }]) => ({
    files: [`src/${room}/**/*.ts`, `src/${room}/**/*.tsx`],
    rules: restrict(
      [
        { group: above(never), message: `src/${room} may not import this room: see ARCHITECTURE.md.` },
        // Plain arithmetic on octets: positions, encodings and splices are needed everywhere.
        ...(typesOnly.length > 0
          ? [
              {
                group: [
                  ...above(typesOnly),
                  '!**/engine/bytes/**',
                  '!**/engine/splice/octet-splice.ts',
                  '!**/engine/trace/report.ts',
                  '!**/engine/trace/trace-index.ts',
                ],
                allowTypeImports: true,
                message: `src/${room} sees this room's types only: it is reached through the worker.`,
              },
            ]
          : []),
      ],
      packages,
    ),
  }));
}

export function lintConfig() {
  return {
    $schema: './node_modules/oxlint/configuration_schema.json',
    plugins: ['typescript', 'unicorn', 'import', 'react', 'jsx-a11y', 'oxc', 'promise'],
    categories: { correctness: 'error', suspicious: 'error' },
    env: { es2024: true },
    rules: {
      'react/react-in-jsx-scope': 'off',
      'import/no-unassigned-import': 'off',
      'no-shadow': 'off',
      // The compiler checks imports, bundler queries included; roles on plain elements are what ARIA patterns ask for.
      'import/default': 'off',
      'jsx-a11y/prefer-tag-over-role': 'off',
      // Hostile control characters are our trade; sorting a fresh array in place is fine; a small closure beside its
      // use reads better.
      'no-control-regex': 'off',
      'unicorn/no-array-sort': 'off',
      'unicorn/no-array-reverse': 'off',
      'no-underscore-dangle': 'off',
      'import/no-named-as-default-member': 'off',
      // Workers have no target origin; composite widgets keep focus on their container (aria-activedescendant).
      'unicorn/require-post-message-target-origin': 'off',
      'jsx-a11y/interactive-supports-focus': 'off',
      'unicorn/consistent-function-scoping': 'off',
      'no-debugger': 'error',
      'no-var': 'error',
      'prefer-const': 'error',
      eqeqeq: 'error',
      'typescript/no-explicit-any': 'error',
      'typescript/no-non-null-assertion': 'off',
      'import/no-cycle': 'error',
      'typescript/ban-ts-comment': 'error',
      // One dialect of imports, braces around whatever stands on a line of its own.
      curly: ['error', 'multi-line'],
      'typescript/no-import-type-side-effects': 'error',
      'import/no-duplicates': ['error', { 'prefer-inline': true }],
      'typescript/consistent-type-imports': [
        'error',
        { fixStyle: 'inline-type-imports', disallowTypeAnnotations: false },
      ],
      // What only the types tell.
      'typescript/no-misused-promises': ['error', { checksVoidReturn: { attributes: false } }],
      'typescript/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      'typescript/restrict-template-expressions': 'off',
      'typescript/no-unsafe-type-assertion': 'off',
      'typescript/no-unnecessary-condition': 'off',
      'typescript/unbound-method': 'off',
      'typescript/no-unnecessary-template-expression': 'off',
      'typescript/no-unsafe-enum-assignment': 'off',
      // The compiler knows exhaustive switches (noImplicitReturns).
      'typescript/consistent-return': 'off',
      'typescript/no-base-to-string': 'off',
      // JavaScript's own order of strings is the order that is meant.
      'typescript/require-array-sort-compare': 'off',
      'typescript/no-misused-spread': 'off',
      'max-lines-per-function': ['off', { max: 60, skipBlankLines: true, skipComments: true }],
      complexity: ['off', { max: 20 }],
    },
    ignorePatterns: ['dist', 'node_modules', 'test-results', 'playwright-report', 'tests/fixtures'],
    overrides: [
      ...engineOverrides(),
      ...outerOverrides(),
      { files: ['bench/**'], rules: { 'typescript/no-misused-promises': 'off' } },
      { files: ['tests/**', 'e2e/**'], rules: { 'typescript/no-unnecessary-type-assertion': 'off' } },
    ],
  };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  writeFileSync(new URL('../.oxlintrc.json', import.meta.url), `${JSON.stringify(lintConfig(), null, 2)}\n`);
}
