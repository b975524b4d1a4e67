/** The words for every finding code, from all rooms' catalogues. */
import type { FindingData } from '../../engine/trace/finding-data.ts';
import type { KeyFileFindings } from '../../engine/trace/finding-data/key-files.ts';
import type { Data, Finding } from '../../engine/trace/trace.ts';
import { said, type FindingCatalogue, type FindingWords } from './catalogue.ts';
import { ATTACHMENT_FINDINGS } from './attachments.ts';
import { CANONICALIZATION_FINDINGS } from './canonicalization.ts';
import { CERTIFICATE_FINDINGS } from './certificates.ts';
import { COVERAGE_FINDINGS } from './coverage.ts';
import { CRYPTO_FINDINGS } from './crypto.ts';
import { DIAGNOSIS_FINDINGS } from './diagnosis.ts';
import { ENCRYPTION_FINDINGS } from './encryption.ts';
import { KEY_RESOLUTION_FINDINGS } from './key-resolution.ts';
import { KEY_FILE_FINDINGS } from './key-files.ts';
import { PROCESSING_FINDINGS } from './processing.ts';
import { REFERENCE_FINDINGS } from './references.ts';
import { SIGNATURE_FINDINGS } from './signature.ts';
import { TOKEN_FINDINGS } from './tokens.ts';
import { XADES_FINDINGS } from './xades.ts';
import { XML_FINDINGS } from './xml.ts';

/** No code has words in two of them. */
export const FINDINGS: FindingCatalogue<FindingData & KeyFileFindings> = {
  ...XML_FINDINGS,
  ...CRYPTO_FINDINGS,
  ...CANONICALIZATION_FINDINGS,
  ...REFERENCE_FINDINGS,
  ...ATTACHMENT_FINDINGS,
  ...TOKEN_FINDINGS,
  ...KEY_RESOLUTION_FINDINGS,
  ...ENCRYPTION_FINDINGS,
  ...SIGNATURE_FINDINGS,
  ...XADES_FINDINGS,
  ...COVERAGE_FINDINGS,
  ...CERTIFICATE_FINDINGS,
  ...KEY_FILE_FINDINGS,
  ...PROCESSING_FINDINGS,
  ...DIAGNOSIS_FINDINGS,
};

/** The words for a code, to be given the data that the recorder kept with it. */
export function findingWords(code: string): FindingWords<Data> | null {
  // The recorder took no finding whose data does not fit its code.
  const known = FINDINGS as unknown as Readonly<Partial<Record<string, FindingWords<Data>>>>;
  return (Object.hasOwn(FINDINGS, code) ? known[code] : null) ?? null;
}

/** A code without words is shown as it is, and its data as facts. */
export function findingTitle(finding: Pick<Finding, 'code' | 'data'>): string {
  return findingWords(finding.code)?.title(finding.data) ?? finding.code.replaceAll('-', ' ');
}

/** What is wrong, how we know and who must change what; for a code without words its data. */
export function findingMessage(finding: Pick<Finding, 'code' | 'data'>): string {
  const words = findingWords(finding.code);
  if (words !== null) return words.message(finding.data);
  return Object.entries(finding.data)
    .map(([name, value]) => `${name}: ${said(value)}`)
    .join(' · ');
}
