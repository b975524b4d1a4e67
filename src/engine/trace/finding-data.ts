/**
 * What each finding carries, by its code. The recorder takes no other data for a code, and its words in
 * `src/content/findings` are given just this. One file a room; a new code gets its row there.
 */
import type { AttachmentFindings } from './finding-data/attachments.ts';
import type { CanonicalizationFindings } from './finding-data/canonicalization.ts';
import type { DiagnosisFindings } from './finding-data/causes.ts';
import type { CertificateFindings } from './finding-data/certificates.ts';
import type { CoverageFindings } from './finding-data/coverage.ts';
import type { CryptoFindings } from './finding-data/crypto.ts';
import type { EncryptionFindings } from './finding-data/encryption.ts';
import type { KeyResolutionFindings } from './finding-data/key-resolution.ts';
import type { ProcessingFindings } from './finding-data/processing.ts';
import type { ReferenceFindings } from './finding-data/references.ts';
import type { SignatureFindings } from './finding-data/signature.ts';
import type { TokenFindings } from './finding-data/tokens.ts';
import type { XadesFindings } from './finding-data/xades.ts';
import type { XmlFindings } from './finding-data/xml.ts';

/** The data of every finding, by code. */
export interface FindingData
  extends
    XmlFindings,
    CryptoFindings,
    CanonicalizationFindings,
    ReferenceFindings,
    AttachmentFindings,
    TokenFindings,
    KeyResolutionFindings,
    EncryptionFindings,
    SignatureFindings,
    XadesFindings,
    CoverageFindings,
    CertificateFindings,
    ProcessingFindings,
    DiagnosisFindings {}

/** An id of docs/faults.md, an attack id (`XSW-01`), a BSP rule (`R5404`), or a code of our own. */
export type FindingCode = keyof FindingData;

/** A code with the data that it carries, told apart by the code. */
export type Told<Code extends FindingCode = FindingCode> = {
  [One in Code]: { readonly code: One; readonly data: FindingData[One] };
}[Code];
