import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** Files that take longest: begun last, one of them would keep one core busy while the other has nothing left to do. */
const LONG = [
  'attacks/diagnosis-exhaustion',
  'keystore/corpus-keys',
  'vectors/signatures',
  'vectors/decryption',
  'attacks/fuzz',
  'keystore/damage-or-password',
  'xml/characters',
];

class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const rank = ({ moduleId }: TestSpecification) => {
      const place = LONG.findIndex((name) => moduleId.includes(`${name}.test.ts`));
      return place < 0 ? LONG.length : place;
    };
    return (await super.sort(files)).toSorted((one, other) => rank(one) - rank(other));
  }
}

/** `npm run check` leaves out what takes long. */
const LEFT_OUT = process.env['WSS_QUICK'] === '1' ? [...LONG.map((name) => `**/${name}.test.ts`), '**/attacks/**'] : [];

/** Asked of reports that a set-up makes. */
const OVER_CORPORA = ['tests/messages/soundness.test.ts', 'tests/messages/decryption.test.ts'];

/** They start processes, measure memory or stand in for globals: each file in a process of its own. */
const APART = ['tests/cli/**', 'tests/messages/**', 'tests/second-opinion/**', 'tests/worker/**'].map(
  (folder) => `${folder}/*.test.ts`,
);

export default defineConfig({
  test: {
    testTimeout: 120_000,
    maxWorkers: 2,
    sequence: { sequencer: LongestFirst },
    projects: [
      {
        extends: true,
        test: {
          // Pure: what a file imports stays as it is, so that the next one finds it loaded.
          name: 'pure',
          include: ['tests/**/*.test.ts'],
          exclude: [...OVER_CORPORA, ...APART, ...LEFT_OUT],
          pool: 'threads',
          isolate: false,
        },
      },
      {
        extends: true,
        test: { name: 'apart', include: APART, exclude: [...OVER_CORPORA, ...LEFT_OUT], pool: 'forks' },
      },
      {
        extends: true,
        test: {
          name: 'corpora',
          include: OVER_CORPORA,
          pool: 'forks',
          globalSetup: ['tests/messages/corpus-reports.ts'],
        },
      },
    ],
  },
});
