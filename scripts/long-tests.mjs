/**
 * What `npm test` leaves to `npm run test:full`: whole corpora, other implementations asked of thousands of generated
 * inputs, every bound hit, and the end-to-end tests of single panels. `.ci/run` runs both.
 */
import { env } from 'node:process';

/** Unit tests, by their path. A room's tests (`npm test -- ROOM`) are run with its long ones. */
export const LONG_UNIT = [
  'tests/messages/two-acts.test.ts',
  'tests/messages/stacks.test.ts',
  'tests/messages/leading-findings.test.ts',
  'tests/messages/fewer-keys.test.ts',
  'tests/messages/as-the-page.test.ts',
  'tests/messages/facts.test.ts',
  'tests/messages/policy-facts.test.ts',
  'tests/messages/attacks/diagnosis-exhaustion.test.ts',
  'tests/messages/attacks/exhaustion.test.ts',
  'tests/second-opinion/corpus.test.ts',
  'tests/engine/certificates/path.test.ts',
  'tests/engine/keystore/corpus-keys.test.ts',
  'tests/engine/keystore/key-stores.test.ts',
  'tests/engine/encryption/xmlsec1-decrypt.test.ts',
  'tests/engine/crypto/openssl-signatures.test.ts',
  'tests/engine/canonicalization/libxml2-differential.test.ts',
  'tests/engine/canonicalization/jdk-differential.test.ts',
  'tests/engine/xml/differential.test.ts',
];

/** Asked in part by `npm test`: the long run asks them everything. */
export const ASKED_MORE = [
  'tests/vectors/signatures.test.ts',
  'tests/vectors/decryption.test.ts',
  'tests/messages/attacks/fuzz.test.ts',
  'tests/messages/attacks/grid.test.ts',
  'tests/messages/attacks/octets.test.ts',
];

/** End-to-end tests: panels and states beside the ways that everybody takes. */
export const LONG_PAGES = [
  'accessibility-wide',
  'all-references-judged',
  'byte-inspector',
  'cancel-long-run',
  'certificate-in-full',
  'clock-control',
  'console-clean',
  'coverage-wrapping',
  'derived-key-response',
  'export',
  'faithful-octets',
  'folding-and-colouring',
  'hovers-and-fixes',
  'key-password',
  'keys-view',
  'linking',
  'long-trace',
  'menus-and-dialogs',
  'mtom-attachments',
  'narrow',
  'no-network',
  'own-defect',
  'paste-into-editor',
  'raw-secret',
  'reveal-key',
  'samples',
  'themes',
  'trace-keyboard',
  'trace-parity',
  'two-recipients',
  'verdict-pinned',
  'wipe',
].map((name) => `e2e/${name}.spec.ts`);

/** Whether the long ones are run, too. */
export const withLong = env['WSS_LONG'] === '1';
