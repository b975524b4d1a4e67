/**
 * Puts findings in the order in which they explain each other: those of the headline first, what is wrong before what
 * is weak, proven before likely, causes before what follows from them.
 */
import { REFUSING_CODES } from './refusing-codes.ts';
import type { Confidence, Finding, Headline, Severity } from '../trace/trace.ts';

const SEVERITY: Readonly<Record<Severity, number>> = { error: 0, warning: 1, note: 2 };
const CONFIDENCE: Readonly<Record<Confidence, number>> = { proven: 0, certain: 1, likely: 2, possible: 3 };

/** Codes that only say that something does not match: any other error about the same step is nearer to the cause. */
const UNPROVEN: ReadonlySet<string> = new Set([
  'digest-mismatch-unproven',
  'signature-mismatch-unproven',
  'decryption-failed-unproven',
  'digest-mismatch-explained',
  'signature-mismatch-explained',
]);
/** Codes that end a run or stand before everything that was judged. */
const FIRST: ReadonlySet<string> = new Set([
  'not-wellformed-xml',
  'C14-09',
  'xml-encoding-mismatch',
  'xml-encoding-unsupported',
  'doctype-or-entity-refused',
  'input-compressed',
  'multipart-without-parts',
  'container-ambiguous',
  'container-unreadable',
  'container-without-signatures',
  'limit',
]);

/** Headlines whose findings say nothing of a message that fails otherwise. */
type Aspect = Extract<Headline, 'valid-stale' | 'valid-partial' | 'valid-untrusted' | 'valid-weak'>;

const ASPECTS: Readonly<Record<Aspect, ReadonlySet<string>>> = {
  'valid-stale': new Set(['ts-expired', 'ts-created-in-future', 'ts-device-clock-offset', 'saml-conditions-expired']),
  'valid-partial': new Set([
    'required-part-not-signed',
    'referred-part-not-signed',
    'container-file-not-signed',
    'ENC-11',
    'XSW-09',
    'token-not-signed',
  ]),
  'valid-untrusted': new Set([
    'trust-anchor-missing',
    'trust-not-asked',
    'trust-by-assertion',
    'cert-expired-or-not-yet',
    'cert-revoked',
    'cert-revocation-unproven',
    'cert-usage-or-policy',
    'cert-name-constraint',
    'cert-signature-wrong',
    'session-key-of-anybody',
    'xades-signingcertificate-other',
  ]),
  'valid-weak': new Set([
    'weak-algorithm',
    'legacy-algorithm',
    'weak-key',
    'small-rsa-exponent',
    'hmac-truncated',
    'xades-properties-not-signed',
    'xades-reference-type',
    'xades-signingcertificate-missing',
    'xades-certdigest-mismatch',
    'xades-issuerserial-differs',
    'xades-target-differs',
    'xades-objectreference-dangling',
    'xades-countersignature-other',
  ]),
};

const LOCAL_TIME = 'ts-local-time-as-utc';
/** Codes that speak of the time as errors only. */
const DATING: ReadonlySet<string> = new Set([LOCAL_TIME, 'ts-missing-expires-or-order']);

/** The headline that a finding speaks for; null where it speaks for none of these. */
function aspectOf({ code, severity }: Pick<Finding, 'code' | 'severity'>): Aspect | null {
  // A time in another zone than it says is why it is out of date, or only unusual; so is one that ends before it began.
  if (DATING.has(code) && severity === 'error') return 'valid-stale';
  for (const [aspect, codes] of Object.entries(ASPECTS)) if (codes.has(code)) return aspect as Aspect;
  return null;
}

/** Notes that say what is missing: with such a headline nothing else is nearer. */
const MISSING: ReadonlySet<string> = new Set(['password-not-given', 'user-unknown', 'key-name-unknown']);

/** Headlines of messages of which something could not be judged, or nothing failed. */
const LACKING: ReadonlySet<Headline> = new Set([
  'incomplete',
  'valid',
  'valid-weak',
  'valid-untrusted',
  'valid-partial',
  'valid-stale',
  'unsecured',
]);

/** What was not given: the cause of what could not be judged, and of nothing that was. */
const NOT_GIVEN: ReadonlySet<string> = new Set([
  'private-key-not-found',
  'signer-certificate-not-found',
  'secret-not-given',
  'encryptedkey-missing',
]);

/** What else says why a message could not be judged. */
const LACKED: ReadonlySet<string> = new Set([
  ...NOT_GIVEN,
  'attachment-cid-not-found',
  'external-reference-not-supplied',
  'keyinfo-missing-or-empty',
  'bst-reference-broken',
  'digest-over-undecrypted',
  'digest-over-missing-part',
]);

/** Whether a finding may lead under the headline. */
function leads(finding: Finding, headline: Headline): boolean {
  const { code, severity } = finding;
  if (headline === 'incomplete' && (MISSING.has(code) || LACKED.has(code))) return true;
  const aspect = aspectOf(finding);
  return aspect === null ? severity !== 'note' : aspect === headline && code !== 'token-not-signed';
}

/**
 * Whether a finding is of the axis that the headline speaks of. What is weak has many reasons, so that none stands back;
 * what is wrong stands before what could not be judged.
 */
function isOwn(finding: Finding, headline: Headline): boolean {
  const { code, severity } = finding;
  if (headline === 'refused') return REFUSING_CODES.has(code);
  if (headline === 'incomplete') return severity === 'error' || MISSING.has(code) || LACKED.has(code);
  return !Object.hasOwn(ASPECTS, headline) || headline === 'valid-weak' || aspectOf(finding) === headline;
}

/** A stable sort: findings of equal weight stay in the order found. */
export function rootCausesFirst(findings: readonly Finding[], headline: Headline): readonly Finding[] {
  const localTime = findings.some(({ code, severity }) => code === LOCAL_TIME && severity === 'error');
  const follows = ({ code }: Finding) =>
    UNPROVEN.has(code) || (localTime && code !== LOCAL_TIME && ASPECTS['valid-stale'].has(code));
  // One of a kind leads for all: the others stand back behind what else there is.
  const first = new Set(new Map(findings.toReversed().map((finding) => [finding.code, finding])).values());
  const weight = (finding: Finding) => {
    const missing = NOT_GIVEN.has(finding.code) && !LACKING.has(headline);
    const rank = FIRST.has(finding.code) ? 0 : missing ? 3 : follows(finding) ? 2 : 1;
    // Of the findings that may lead, those of the headline's own axis do.
    const own = leads(finding, headline) && isOwn(finding, headline) && first.has(finding);
    const group = own ? 0 : leads(finding, headline) ? 1 : finding.severity === 'note' ? 3 : 2;
    return group * 1000 + SEVERITY[finding.severity] * 100 + rank * 10 + CONFIDENCE[finding.confidence];
  };
  return findings
    .map((finding) => ({ finding, weight: weight(finding) }))
    .sort((a, b) => a.weight - b.weight)
    .map((entry) => entry.finding);
}

/**
 * Under a headline that says valid, an error is one that the headline or another that holds as well names; anything
 * else that was found stood in nobody's way here, and is a warning.
 */
export function inKeeping(
  findings: readonly Finding[],
  { headline, also }: { readonly headline: Headline; readonly also: readonly Headline[] },
): readonly Finding[] {
  if (!headline.startsWith('valid')) return findings;
  const named = new Set<Headline | null>([headline, ...also]);
  return findings.map((finding) =>
    finding.severity === 'error' && !named.has(aspectOf(finding)) ? { ...finding, severity: 'warning' } : finding,
  );
}
