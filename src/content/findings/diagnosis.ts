/** Words for what explaining adds: causes, faults that show without recomputing, the end of the search. */
import type { CauseData, DiagnosisFindings, JudgedCauses } from '../../engine/trace/finding-data/causes.ts';
import { said, type FindingCatalogue, type FindingWords } from './catalogue.ts';
import { CAUSE_WORDS } from './causes/index.ts';
import { JUDGED_WORDS } from './judged-words.ts';

/** The search speaks where its data says who did it; the room that judged speaks otherwise. */
function judgedOr<Code extends keyof JudgedCauses>(code: Code): FindingWords<JudgedCauses[Code]> {
  const judged: FindingWords<JudgedCauses[Code]> = JUDGED_WORDS[code];
  const own = CAUSE_WORDS[code];
  const isCause = (data: Partial<CauseData>): data is CauseData => data.party !== undefined;
  return {
    ...own,
    ...judged,
    title: (data) => (isCause(data) ? own.title(data) : judged.title(data)),
    message: (data) => (isCause(data) ? own.message(data) : judged.message(data)),
  };
}

/** By code, each with the data that its code carries. */
export const DIAGNOSIS_FINDINGS: FindingCatalogue<DiagnosisFindings> = {
  ...CAUSE_WORDS,
  'id-not-found': judgedOr('id-not-found'),
  'enveloped-transform-order': judgedOr('enveloped-transform-order'),
  'sigvalue-base64-damaged': judgedOr('sigvalue-base64-damaged'),
  'sig-wrong-key-for-cert': judgedOr('sig-wrong-key-for-cert'),
  'hmac-key-derivation': judgedOr('hmac-key-derivation'),
  'digest-mismatch-explained': {
    title: (data) => `The digest of reference ${said(data.uri, 'without URI')} does not match`,
    message: (data) =>
      `The content hashes to ${said(data.computed)}; DigestValue says ${said(data.expected)}. Why ` +
      'is proven in a finding of its own.',
  },
  'sigvalue-base64-entities': {
    title: () => 'Base64 holds carriage returns written as &#13;',
    message: (data) =>
      `${said(data.elements, 'SignatureValue')} ` +
      `${said(data.count, '1') === '1' ? 'holds a carriage return' : `${(data.elements?.length ?? 1) === 1 ? 'holds' : 'hold'} ${said(data.count)} carriage returns`} ` +
      'written as a character reference. Base64 may hold white space, so ' +
      `${data.signatureHolds ? 'the value verifies here without them' : 'that alone is no reason to fail'}; ` +
      'strict receivers refuse it. The sender should write base64 in one line, or with line feeds only.',
    explain:
      'A MIME encoder ends each line of 76 characters with CR LF. The DOM keeps the CR, and the serializer must ' +
      'write it as &#13; so that it survives parsing.',
  },
  'enveloped-on-detached': {
    title: (data) =>
      `enveloped-signature is named for ${said(data.element, 'an element')}, which does not hold the Signature`,
    message: (data) =>
      `The reference ${said(data.uri, 'without URI')} takes the Signature out of ` +
      `${said(data.element, 'an element')}, where there is none, so the transform does nothing. Most ` +
      'receivers go on, strict ones refuse it. The sender should leave it out for anything that is not a ' +
      'document signed from within.',
  },
  'diagnosis-budget': {
    title: () => 'The search for the cause ended before everything was tried',
    message: (data) =>
      `${said(data.trials, '0')} recomputations were made, the likeliest first, and none gave what was ` +
      `signed${said(data.signatures, '1') === '1' ? '' : ` for ${said(data.signatures)} of the signatures`}; ` +
      'changes of single places were not all tried. That something does not match is certain; only its cause ' +
      'was not found.',
    explain:
      'The search has a bound of its own, counted in trials and octets and not in time, so that a large or ' +
      'hostile message cannot hold it up and the same message always gives the same answer. A smaller message ' +
      'with the same fault is searched further: send one with less in its Body.',
  },
  'signature-mismatch-explained': {
    title: () => 'The signature value does not match SignedInfo',
    message: () => 'SignedInfo as it stands was not signed with the key found. Why is proven in a finding of its own.',
  },
};
