import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';
import { ASKED_MORE, LONG_UNIT, withLong } from './scripts/long-tests.mjs';

/** Files that take longest: begun last, one of them would keep one core busy while the other has nothing left to do. */
const LONGEST = [...LONG_UNIT, ...ASKED_MORE, 'tests/engine/keystore/damage-or-password.test.ts'];

class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const rank = ({ moduleId }: TestSpecification) => {
      const place = LONGEST.findIndex((path) => moduleId.endsWith(path));
      return place < 0 ? LONGEST.length : place;
    };
    return (await super.sort(files)).toSorted((one, other) => rank(one) - rank(other));
  }
}

/** `npm run check` leaves out more. */
const QUICK = process.env['WSS_QUICK'] === '1' ? [...LONGEST, '**/attacks/**'] : [];
const LEFT_OUT = [...(withLong ? [] : LONG_UNIT), ...QUICK];

/** Asked of reports that a set-up makes. */
const OVER_CORPORA = [
  'tests/messages/soundness.test.ts',
  'tests/messages/decryption.test.ts',
  'tests/messages/stacks.test.ts',
  'tests/messages/leading-findings.test.ts',
];

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
          exclude: LEFT_OUT,
          pool: 'forks',
          globalSetup: ['tests/messages/corpus-reports.ts'],
        },
      },
    ],
  },
});
