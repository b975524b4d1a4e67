/** The words for every finding code, from all rooms' catalogues. */
import type { Finding } from '../../engine/trace/trace.ts';
import type { FindingCatalogue, FindingWords } from './catalogue.ts';
import { ATTACHMENT_FINDINGS } from './attachments.ts';
import { CANONICALIZATION_FINDINGS } from './canonicalization.ts';
import { COVERAGE_FINDINGS } from './coverage.ts';
import { CRYPTO_FINDINGS } from './crypto.ts';
import { DIAGNOSIS_FINDINGS } from './diagnosis.ts';
import { ENCRYPTION_FINDINGS } from './encryption.ts';
import { KEY_RESOLUTION_FINDINGS } from './key-resolution.ts';
import { KEYS_FINDINGS } from './keys.ts';
import { PROCESSING_FINDINGS } from './processing.ts';
import { REFERENCE_FINDINGS } from './references.ts';
import { SIGNATURE_FINDINGS } from './signature.ts';
import { TOKEN_FINDINGS } from './tokens.ts';
import { XML_FINDINGS } from './xml.ts';

/** No code has words in two of them. */
export const FINDINGS: FindingCatalogue = {
  ...XML_FINDINGS,
  ...CRYPTO_FINDINGS,
  ...CANONICALIZATION_FINDINGS,
  ...REFERENCE_FINDINGS,
  ...ATTACHMENT_FINDINGS,
  ...TOKEN_FINDINGS,
  ...KEY_RESOLUTION_FINDINGS,
  ...ENCRYPTION_FINDINGS,
  ...SIGNATURE_FINDINGS,
  ...COVERAGE_FINDINGS,
  ...KEYS_FINDINGS,
  ...PROCESSING_FINDINGS,
  ...DIAGNOSIS_FINDINGS,
};

export function findingWords(code: string): FindingWords | null {
  return Object.hasOwn(FINDINGS, code) ? FINDINGS[code]! : null;
}

export function findingTitle(finding: Pick<Finding, 'code' | 'data'>): string {
  return findingWords(finding.code)?.title(finding.data) ?? finding.code;
}

export function findingMessage(finding: Pick<Finding, 'code' | 'data'>): string {
  return findingWords(finding.code)?.message(finding.data) ?? finding.code;
}
