/** Validation of one certification path (RFC 5280 §6.1); signatures were checked when the path was built. */
import { utcText } from '../xml/date-time.ts';
import type { Data } from '../trace/trace.ts';
import type { Certificate } from './certificate.ts';
import { basicConstraints, extendedKeyUsage, ExtensionOid, keyUsage, type Extension } from './extensions.ts';
import { brokenConstraint, NO_CONSTRAINTS, withConstraints } from './name-constraints.ts';
import type { PathRequest } from './path-request.ts';
import type { CheckedCertificate, PathCheck, PathProblem } from './path-types.ts';
import { PolicyState } from './policies.ts';
import { revocationStatus } from './revocation.ts';

/** Critical extensions that this validation acts on, or that restrict nothing it judges. */
const PROCESSED: ReadonlySet<string> = new Set([
  ExtensionOid.keyUsage,
  ExtensionOid.basicConstraints,
  ExtensionOid.nameConstraints,
  ExtensionOid.subjectAltName,
  ExtensionOid.extendedKeyUsage,
  ExtensionOid.certificatePolicies,
  ExtensionOid.policyMappings,
  ExtensionOid.policyConstraints,
  ExtensionOid.inhibitAnyPolicy,
  ExtensionOid.crlDistributionPoints,
  ExtensionOid.authorityKeyIdentifier,
  ExtensionOid.subjectKeyIdentifier,
  ExtensionOid.issuerAltName,
]);

interface Collected {
  readonly checks: PathCheck[];
  readonly problems: PathProblem[];
}

function record(
  to: Collected,
  certificate: Certificate,
  check: string,
  passed: boolean,
  data: Data,
  code: PathProblem['code'],
): void {
  to.checks.push({ check, passed, data });
  if (!passed) {
    to.problems.push({ code, certificate: certificate.id, data: { check, subject: certificate.subjectText, ...data } });
  }
}

/** §6.1.3 a 2. */
function checkValidity(to: Collected, certificate: Certificate, at: number): void {
  const data = { notBefore: utcText(certificate.notBefore), notAfter: utcText(certificate.notAfter), at: utcText(at) };
  record(
    to,
    certificate,
    'validity',
    at >= certificate.notBefore && at <= certificate.notAfter,
    data,
    'cert-expired-or-not-yet',
  );
}

/** §6.1.4 k and n, and for version 1 certificates the way out that k leaves: only an anchor may be one. */
function checkAuthority(
  to: Collected,
  certificate: Certificate,
  version: number,
  extensions: readonly Extension[],
  isAnchor: boolean,
): void {
  const constraints = basicConstraints(extensions);
  const isAuthority = constraints === null ? isAnchor && version < 3 : constraints.ca;
  record(
    to,
    certificate,
    'authority',
    isAuthority,
    { basicConstraints: constraints === null ? 'absent' : constraints.ca ? 'CA' : 'not CA', version },
    'cert-usage-or-policy',
  );
  const usage = keyUsage(extensions);
  record(
    to,
    certificate,
    'key-usage',
    usage === null || usage.includes('keyCertSign'),
    { needed: 'keyCertSign', keyUsage: usage ?? [] },
    'cert-usage-or-policy',
  );
}

function checkExtensions(to: Collected, certificate: Certificate, extensions: readonly Extension[]): void {
  const unknown = extensions
    .filter((extension) => extension.critical && !PROCESSED.has(extension.oid))
    .map((extension) => extension.oid);
  const seen = extensions.map((extension) => extension.oid);
  const repeated = seen.filter((oid, index) => seen.indexOf(oid) !== index);
  record(
    to,
    certificate,
    'critical-extensions',
    unknown.length === 0 && repeated.length === 0,
    { unknown, repeated },
    'cert-usage-or-policy',
  );
}

/**
 * Whether the key may sign data; extended key usage is shown and not judged, as no purpose is assigned to SOAP
 * messages.
 */
function endKeyUsage(extensions: readonly Extension[]): PathCheck {
  const usage = keyUsage(extensions);
  const passed = usage === null || usage.includes('digitalSignature') || usage.includes('nonRepudiation');
  return {
    check: 'end-key-usage',
    passed,
    data: { needed: 'digitalSignature', keyUsage: usage ?? [], extendedKeyUsage: extendedKeyUsage(extensions) ?? [] },
  };
}

/** What validation says of one path, whatever others there are. */
export interface ValidatedPath {
  /** The end certificate first. */
  readonly certificates: readonly CheckedCertificate[];
  readonly problems: readonly PathProblem[];
  readonly maySign: boolean;
}

/**
 * §6.1.3 a 1 and a 4: names and signatures were checked when the path was built; the algorithm written twice is left.
 */
function checkIssue(to: Collected, certificate: Certificate, algorithmsAgree: boolean): void {
  to.checks.push({ check: 'issuer-name', passed: true, data: { issuer: certificate.issuerText } });
  record(
    to,
    certificate,
    'signature',
    algorithmsAgree,
    { algorithm: certificate.signatureAlgorithm, ...(algorithmsAgree ? {} : { reason: 'algorithms-differ' }) },
    'cert-signature-wrong',
  );
}

/**
 * §6.1.3 a 3, by the lists that were given.
 * @param issuers the certificate's own first
 */
async function checkRevocation(
  to: Collected,
  certificate: Certificate,
  issuers: readonly Certificate[],
  isAuthority: boolean,
  { at, crls, memory, pool, anchors, revocationRequired = false }: PathRequest,
): Promise<void> {
  if (crls.length === 0 && !revocationRequired) return;
  const others = [...pool, ...anchors.flatMap((anchor) => anchor.certificate ?? [])];
  const { status, data } = await revocationStatus(certificate, issuers, isAuthority, crls, others, at, memory);
  const said = { status, ...data };
  if (status === 'revoked') record(to, certificate, 'revocation', false, said, 'cert-revoked');
  else if (status !== 'none' || revocationRequired) {
    const passed = status === 'good' || !revocationRequired;
    record(to, certificate, 'revocation', passed, said, 'cert-revocation-unproven');
  }
}

/** What certificates say of those below them, from the top of a path down. */
class Descent {
  readonly #policies: PolicyState;
  #constraints = NO_CONSTRAINTS;
  #lengthLeft = Number.POSITIVE_INFINITY;

  /** @param judged certificates of the path whose policies count: the anchor's do not */
  constructor(judged: number) {
    this.#policies = new PolicyState(judged);
  }

  /** §6.1.3 b: self-issued certificates inside the path are free of name constraints. */
  checkNames(to: Collected, certificate: Certificate, extensions: readonly Extension[], isEnd: boolean): void {
    if (certificate.selfIssued && !isEnd) return;
    const broken = brokenConstraint(this.#constraints, certificate, extensions);
    if (broken !== null || this.#constraints !== NO_CONSTRAINTS) {
      record(to, certificate, 'name-constraints', broken === null, { ...broken }, 'cert-name-constraint');
    }
  }

  /** §6.1.3 d to f. */
  checkPolicy(to: Collected, certificate: Certificate, extensions: readonly Extension[], isEnd: boolean): void {
    const broken = this.#policies.step(extensions, certificate.selfIssued, isEnd);
    if (broken !== null) record(to, certificate, 'policy', false, { reason: broken }, 'cert-usage-or-policy');
  }

  /** §6.1.4 g, l and m: counts the authority against the lengths above it, and takes what it says of those below. */
  pass(to: Collected, certificate: Certificate, extensions: readonly Extension[]): void {
    if (!certificate.selfIssued) {
      const left = Number.isFinite(this.#lengthLeft) ? this.#lengthLeft : null;
      record(to, certificate, 'path-length', this.#lengthLeft > 0, { left }, 'cert-usage-or-policy');
      this.#lengthLeft--;
    }
    const ownLength = basicConstraints(extensions)?.pathLength ?? Number.POSITIVE_INFINITY;
    this.#lengthLeft = Math.min(this.#lengthLeft, ownLength);
    this.#constraints = withConstraints(this.#constraints, extensions);
  }
}

/**
 * Validates `path`, the end certificate first. `anchored`: its last certificate is a trust anchor, whose dates,
 * authority and constraints
 * are checked as for the others (as OpenSSL does, beyond §6.1), but not its revocation.
 */
export async function validatePath(
  path: readonly Certificate[],
  anchored: boolean,
  request: PathRequest,
): Promise<ValidatedPath> {
  const descent = new Descent(anchored ? path.length - 1 : path.length);
  let maySign = true;
  const problems: PathProblem[] = [];
  const certificates: CheckedCertificate[] = [];
  for (const [index, certificate] of [...path.entries()].toReversed()) {
    const isAnchor = anchored && index === path.length - 1;
    const isEnd = index === 0;
    const { version, extensions, algorithmsAgree } = request.memory.parts(certificate);
    const to: Collected = { checks: [], problems };
    const issuers = path.slice(index + 1);
    if (issuers.length > 0) checkIssue(to, certificate, algorithmsAgree);
    checkValidity(to, certificate, request.at);
    if (issuers.length > 0) {
      await checkRevocation(to, certificate, issuers, basicConstraints(extensions)?.ca === true, request);
    }
    descent.checkNames(to, certificate, extensions, isEnd);
    checkExtensions(to, certificate, extensions);
    if (!isAnchor) descent.checkPolicy(to, certificate, extensions, isEnd);
    if (!isEnd) {
      checkAuthority(to, certificate, version, extensions, isAnchor);
      descent.pass(to, certificate, extensions);
    } else {
      const usage = endKeyUsage(extensions);
      maySign = usage.passed;
      to.checks.push(usage);
    }
    certificates.unshift({ certificate: certificate.id, checks: to.checks });
  }
  return { certificates, problems, maySign };
}
