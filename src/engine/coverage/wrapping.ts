/**
 * Signature wrapping: what was verified is not what a receiver consumes (McIntosh and Austel 2005; docs/attacks.md,
 * "Wrapping and coverage").
 */
import type { WrappingData } from '../trace/finding-data/coverage.ts';
import type { SourceRange } from '../bytes/source-range.ts';
import {
  allReferences,
  isVerified,
  type JudgedReference,
  type JudgedSignature,
} from '../signature/judged-signature.ts';
import { NO_NODE, type NodeIndex } from '../xml/document.ts';
import { WSSE } from '../xml/namespaces.ts';
import { ancestors, elementPath, isElement, isWithin, nodeRange } from '../xml/navigate.ts';
import { nameOf, roleByName, sameNameInBody } from './consumed-elements.ts';
import { insideSignature, type Coverage, type CoveredElement, type CoverageInput } from './judge-coverage.ts';

/** One verified element outside its role, beside the element that stands in the role uncovered. */
export interface Wrapping {
  /** `XSW-01`, `XSW-04` (SAML), `XSW-05` (a second one beside it), `XSW-10` (inside the signature). */
  readonly code: 'XSW-01' | 'XSW-04' | 'XSW-05' | 'XSW-10';
  readonly role: string;
  readonly verified: SourceRange;
  readonly consumed: SourceRange;
  readonly reference: string;
  /**
   * The signature over the moved element verifies; else moving it broke the digest as well, and the verdict is
   * `invalid`.
   */
  readonly sound: boolean;
  readonly data: WrappingData;
}

/** Finds signed elements that stand outside their role while another stands in it. */
export function findWrappings(input: CoverageInput, coverage: Coverage): readonly Wrapping[] {
  const { document } = input;
  const wrappings = new Map<NodeIndex, Wrapping>();
  for (const signature of input.signatures) {
    if (signature.document !== document) continue;
    for (const reference of allReferences(signature)) {
      const { target } = reference.processed;
      if (target === null || target <= 0 || wrappings.has(target)) continue;
      const wrapping = wrappingOf({ target, reference, signature }, input, coverage);
      if (wrapping !== null) wrappings.set(target, wrapping);
    }
  }
  return [...wrappings.values()];
}

/** What a reference of a signature names. */
interface NamedTarget {
  readonly target: NodeIndex;
  readonly reference: JudgedReference;
  readonly signature: JudgedSignature;
}

function wrappingOf(named: NamedTarget, input: CoverageInput, coverage: Coverage): Wrapping | null {
  const { document } = input;
  const { target, reference, signature } = named;
  const sound = isVerified(signature) && reference.report.digest === 'pass';
  const role = roleByName(document, target, input.envelope?.namespace ?? null);
  // In its own place and alone there, an element is what it seems; a second one beside it makes the role ambiguous.
  const inPlace = role !== null && coverage.consumed.some((one) => one.node === target && one.role === role);
  const about = { reference: reference.report.step, sound, verified: nodeRange(document, target) };
  const paths = { verified: elementPath(document, target), id: reference.report.target?.id ?? null };
  const header = role === null || inPlace ? null : securityHeaderWithout(role, target, signature, input, coverage);
  if (role !== null && header !== null) {
    const consumed = nodeRange(document, header);
    const data = { role, ...paths, consumed: elementPath(document, header), removed: true };
    return { code: 'XSW-01', role, ...about, consumed, data };
  }
  const victim = victimOf(role, target, input, coverage);
  if (victim === undefined) return null;
  if (inPlace && (!sound || !ambiguous(role))) return null;
  // A payload's name says little where nothing verifies.
  if (role === null && !sound) return null;
  return {
    code: wrappingCode(input, target, role, inPlace),
    role: role ?? 'payload',
    ...about,
    consumed: victim.entry.target,
    data: { role: role ?? nameOf(document, target), ...paths, consumed: victim.entry.target.path },
  };
}

/** The element that stands in the role uncovered. */
function victimOf(
  role: string | null,
  target: NodeIndex,
  input: CoverageInput,
  { consumed }: Coverage,
): CoveredElement | undefined {
  const uncovered = consumed.filter(({ entry }) => entry.signed !== 'full');
  if (role === null) return forgedPayload(input, target, uncovered);
  return uncovered.find(
    ({ node, ...element }) => element.role === role && node !== target && !isWithin(input.document, node, target),
  );
}

/**
 * A signed Timestamp that does not stand in the Security header of its signature was moved away, so that the message
 * seems to have none: a way to replay it. Returns the header that it is missing from.
 */
function securityHeaderWithout(
  role: string,
  target: NodeIndex,
  signature: JudgedSignature,
  { document, ours }: CoverageInput,
  coverage: Coverage,
): NodeIndex | null {
  const [header] = ours;
  if (role !== 'Timestamp' || header === undefined || coverage.consumed.some((element) => element.role === role)) {
    return null;
  }
  // A signature in the header of another receiver has its own Timestamp there.
  const own = [...ancestors(document, signature.node)].find((node) => isElement(document, node, WSSE, 'Security'));
  return document.parent[target] === own ? null : header;
}

/** Roles of which a receiver takes one only. Headers such as wsa:RelatesTo may repeat. */
function ambiguous(role: string): boolean {
  return role === 'Body' || role === 'Timestamp' || role === 'UsernameToken' || role === 'SAMLAssertion';
}

function wrappingCode(
  input: CoverageInput,
  target: NodeIndex,
  role: string | null,
  inPlace: boolean,
): Wrapping['code'] {
  if (inPlace) return 'XSW-05';
  if (insideSignature(input.document, target)) return 'XSW-10';
  if (role === 'SAMLAssertion') return 'XSW-04';
  return 'XSW-01';
}

/**
 * The payload itself may be signed and wrapped: an element of the same name now stands in the Body, the signed one
 * outside it.
 */
function forgedPayload(
  input: CoverageInput,
  target: NodeIndex,
  uncovered: readonly CoveredElement[],
): CoveredElement | undefined {
  const { document, envelope } = input;
  if (envelope === null || target === document.root) return undefined;
  if (envelope.bodies.some((body) => isWithin(document, target, body))) return undefined;
  // A header block in its place is no wrapped payload.
  if (
    [...ancestors(document, target)].some((node) => node === envelope.header) &&
    document.parent[target] === envelope.header
  ) {
    return undefined;
  }
  return uncovered.find(
    (element) => element.role === 'Body' && sameNameInBody(document, target, element.node) !== NO_NODE,
  );
}
