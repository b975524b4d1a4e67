/** Reads Project Wycheproof's vectors from beside the project; tests skip with a reason where they are absent. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe } from 'vitest';

const FOLDER = join(process.cwd(), '..', 'shared', 'vectors', 'wycheproof');

export interface WycheproofTest {
  readonly tcId: number;
  readonly comment: string;
  readonly flags: readonly string[];
  readonly result: 'valid' | 'invalid' | 'acceptable';
  readonly [field: string]: unknown;
}

export interface WycheproofGroup {
  readonly tests: readonly WycheproofTest[];
  readonly [field: string]: unknown;
}

/** The file's groups, or null where it is absent. */
export function wycheproofGroups(file: string): readonly WycheproofGroup[] | null {
  const path = join(FOLDER, file);
  if (!existsSync(path)) return null;
  return (JSON.parse(readFileSync(path, 'utf8')) as { testGroups: WycheproofGroup[] }).testGroups;
}

/** `describe` over a file of vectors, skipped with its reason printed where the file is absent. */
export function describeWycheproof(file: string, body: (groups: readonly WycheproofGroup[]) => void): void {
  const groups = wycheproofGroups(file);
  if (groups === null) {
    console.log(`skipped: ../shared/vectors/wycheproof/${file} is not here`);
    describe.skip(`Wycheproof ${file} (absent)`, () => {});
  } else describe(`Wycheproof ${file}`, () => body(groups));
}

/** A hexadecimal field's octets. */
export function hexField(source: Readonly<Record<string, unknown>>, name: string): Uint8Array {
  return Uint8Array.from(Buffer.from(String(source[name] ?? ''), 'hex'));
}

/**
 * Whether a vector is also asked without WebCrypto: big numbers in JavaScript take most of the time. Every twelfth one,
 * and all of them where WSS_FULL is set, as `npm run test:full` does.
 */
export const isAskedAgain = ({ tcId }: WycheproofTest): boolean => process.env['WSS_FULL'] === '1' || tcId % 12 === 0;
