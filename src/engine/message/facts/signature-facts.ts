/** What is signed, by whom, with which algorithms. */
import { readKeyNaming, type FoundKey } from '../../key-resolution/key-naming.ts';
import {
  allReferences,
  isVerified,
  type JudgedReference,
  type JudgedSignature,
  type ProtectionOrder,
} from '../../signature/judged-signature.ts';
import { covers } from '../../signature/node-coverage.ts';
import { DS } from '../../xml/namespaces.ts';
import { NO_NODE, type NodeIndex } from '../../xml/document.ts';
import { firstChildElement } from '../../xml/navigate.ts';
import { elementFact, type FactsSource } from './facts-source.ts';
import type { EncryptionFacts } from './encryption-facts.ts';
import type { ReferenceFact, SignatureFact, SignedRole } from './fact-types.ts';
import type { TokenKeys } from './key-facts.ts';

/** Indices of the signatures that hold an element whole, their value and the digest right. */
export function signersOf({ signatures }: FactsSource, node: NodeIndex): readonly number[] {
  return signatures.flatMap((signature, index) => (covers(signature, node) ? [index] : []));
}

/** Indices of the signatures that hold a MIME part. */
export function signersOfAttachment({ signatures }: FactsSource, name: string): readonly number[] {
  return signatures.flatMap((signature, index) =>
    isVerified(signature) &&
    allReferences(signature).some(
      ({ report, processed }) =>
        report.digest === 'pass' && processed.status === 'octets' && processed.attachment?.name === name,
    )
      ? [index]
      : [],
  );
}

/** One of `sign-then-encrypt` and `encrypt-then-sign` where all agree. */
export function commonOrder(orders: readonly (ProtectionOrder | null)[]): ProtectionOrder | null {
  const known = new Set(orders.filter((order) => order !== null));
  const [only = null] = known;
  return known.size > 1 ? 'both' : only;
}

/** The facts of every signature, in the order of `source.signatures`. */
export function signatureFacts(
  source: FactsSource,
  tokens: TokenKeys,
  encryptions: EncryptionFacts,
): readonly SignatureFact[] {
  return source.signatures.map((signature, index) => signatureFact(signature, index, source, tokens, encryptions));
}

function signatureFact(
  signature: JudgedSignature,
  index: number,
  source: FactsSource,
  tokens: TokenKeys,
  encryptions: EncryptionFacts,
): SignatureFact {
  const { view, signatures } = source;
  const { report, node } = signature;
  const keyInfo = firstChildElement(view.document, node, DS, 'KeyInfo');
  const key = tokens.fact(readKeyNaming(view.document, keyInfo === NO_NODE ? null : keyInfo), foundKey(signature));
  const references = allReferences(signature);
  const token = key.token === null ? undefined : source.tokens[key.token];
  const header = (view.headers?.headers ?? []).findIndex((one) => one.children.includes(node));
  return {
    element: elementFact(view, node),
    header: header < 0 ? null : header,
    place: signature.place,
    value: report.value,
    sound: report.value === 'pass' && references.length > 0 && references.every((one) => one.report.digest === 'pass'),
    method: report.method,
    canonicalization: report.canonicalization,
    key,
    references: references.map((reference) => referenceFact(reference, source)),
    endorses: signatures.flatMap((other, at) => (at !== index && covers(signature, other.node) ? [at] : [])),
    protectsToken: token !== undefined && covers(signature, token.node),
    encryptedBy: encryptions.holding(node),
    order: signature.order,
  };
}

function foundKey({ used }: JudgedSignature): FoundKey | null {
  if (used === null) return null;
  return {
    how: used.how,
    publicKey: used.publicKey,
    certificate: used.certificate,
    secretBits: used.secret === null ? null : used.secret.length * 8,
  };
}

function referenceFact({ report, processed }: JudgedReference, source: FactsSource): ReferenceFact {
  const { view } = source;
  const octets = processed.status === 'octets' ? processed : null;
  const attachment = octets?.attachment?.name ?? null;
  const target = processed.target;
  return {
    uri: report.uri,
    digestMethod: report.digestMethod,
    transforms: report.transforms,
    digest: report.digest,
    role: attachment === null ? roleOf(target, source) : 'attachment',
    element: target === null ? null : elementFact(view, target === 0 ? view.document.root : target),
    tokens: (octets?.alsoCovers ?? []).map((node) => elementFact(view, node)),
    attachment,
  };
}

function roleOf(target: NodeIndex | null, { view }: FactsSource): SignedRole {
  if (target === null) return 'other';
  if (target === 0 || target === view.document.root) return 'document';
  if (view.envelope?.bodies.includes(target) === true) return 'Body';
  if (view.envelope?.blocks.some((block) => block.node === target) === true) return 'header';
  return view.headers?.headers.some((header) => header.children.includes(target)) === true ? 'security' : 'other';
}
