/**
 * What stands in a message before the place where it stops being well-formed: headers, tokens, signatures and encrypted
 * parts, listed and not judged (XML 1.0 §1.2; docs/design.md, "One pure engine, one trace").
 */
import { DS, XENC } from '../xml/namespaces.ts';
import { readEnvelope } from '../envelope/read-envelope.ts';
import { indexIds } from '../references/index-ids.ts';
import { readHeaders, type SecurityHeader } from '../security-header/read-headers.ts';
import { findSignatures } from '../signature/find-signatures.ts';
import { readReference } from '../signature/read-signature.ts';
import { readTokens } from '../tokens/read-tokens.ts';
import type { Token } from '../tokens/token.ts';
import type { OpenStep } from '../trace/recorder.ts';
import type {
  Axes,
  EncryptedReport,
  HeaderReport,
  ReferenceReport,
  SignatureReport,
  TokenReport,
} from '../trace/trace.ts';
import { NO_NODE, NodeFlag, type NodeIndex, type XmlDocument } from '../xml/document.ts';
import {
  attributeValue,
  childElements,
  elementPath,
  firstChildElement,
  hasFlag,
  isElement,
  nodeRange,
} from '../xml/navigate.ts';
import { findEncryptedParts } from '../message/encrypted-parts.ts';
import type { RunContext } from '../run/run-context.ts';

/** Filled while the tree is read, so that a bound hit in the middle loses nothing. */
export interface UnjudgedMessage {
  readonly headers: HeaderReport[];
  readonly tokens: TokenReport[];
  readonly signatures: SignatureReport[];
  readonly encrypted: EncryptedReport[];
  /** The tokens behind the reports, for their certificates. */
  readonly read: Token[];
}

/** The listing of a message in which nothing was found. */
export function emptyListing(): UnjudgedMessage {
  return { headers: [], tokens: [], signatures: [], encrypted: [], read: [] };
}

interface Listing extends RunContext {
  /** The step in which the error was found: why nothing here is judged. */
  readonly because: string;
}

/**
 * @param because the step in which the error was found
 * @throws {BudgetExceeded}
 */
export function listUnjudged(document: XmlDocument, into: UnjudgedMessage, run: RunContext, because: string): void {
  if (document.root === NO_NODE) return;
  const { recorder, budget } = run;
  const listing: Listing = { ...run, because };
  const envelope = readEnvelope(document);
  const read = envelope === null ? null : readHeaders(document, envelope, run.receiverActor, budget);
  const { headers, ours } = read ?? { headers: [], ours: null };
  // What the envelope lacks may stand after the error: its problems prove nothing here.
  const step = recorder.step('locate-headers', {
    range: envelope === null ? null : nodeRange(document, envelope.node),
    citation: { spec: 'SMS', section: '5' },
    data: {
      envelope: envelope === null ? null : (envelope.version ?? envelope.namespace),
      headers: headers.length,
      ours: ours?.actor ?? null,
      upToError: true,
    },
  });
  step.end('unknown', because);
  const ids = indexIds(document, run.idAttributes);
  for (const header of headers) {
    into.headers.push({
      actor: header.actor,
      mustUnderstand: header.mustUnderstand,
      ours: header.ours,
      path: elementPath(document, header.node),
      range: nodeRange(document, header.node),
      judged: false,
    });
    listTokens(document, readTokens(document, header.node, ids, run), header, into, listing);
  }
  if (envelope === null) listTokens(document, readTokens(document, null, ids, run), null, into, listing);
  const search = { document, envelope: envelope?.node ?? null, ours: ours === null ? [] : [ours.node], budget };
  for (const { node, place } of findSignatures(search)) {
    into.signatures.push(listSignature(document, node, place, listing));
  }
  for (const node of findEncryptedParts(document).data) into.encrypted.push(listEncrypted(document, node, listing));
}

/** @param header null outside SOAP */
function listTokens(
  document: XmlDocument,
  tokens: readonly Token[],
  header: SecurityHeader | null,
  into: UnjudgedMessage,
  { recorder, because }: Listing,
): void {
  if (header === null && tokens.length === 0) return;
  const open = recorder.step('header', {
    range: header === null ? null : nodeRange(document, header.node),
    citation: { spec: 'SMS', section: '5' },
    data: {
      actor: header?.actor ?? null,
      ...(header === null ? {} : { mustUnderstand: header.mustUnderstand }),
      children: header?.children.length ?? tokens.length,
    },
  });
  for (const token of tokens) into.tokens.push(listToken(document, token, open, because));
  into.read.push(...tokens);
  open.end('unknown', because);
}

/** The error, or the message's end, came before the element's end tag: the rest of it is not known. */
function cut(document: XmlDocument, node: NodeIndex): { readonly cut?: true } {
  return hasFlag(document, node, NodeFlag.unclosed) ? { cut: true } : {};
}

function listToken(document: XmlDocument, token: Token, header: OpenStep, because: string): TokenReport {
  const range = nodeRange(document, token.node);
  const data = { ...token.data, ...cut(document, token.node) };
  const step = header.child('read-token', { range, data: { ...data, token: token.kind, id: token.id } });
  for (const certificate of token.certificates) {
    step.output({ type: 'certificate', label: 'in-token', certificate: certificate.id });
  }
  step.end('unknown', because);
  return {
    step: step.id,
    kind: token.kind,
    id: token.id,
    path: elementPath(document, token.node),
    range,
    data,
    judged: false,
    ...(token.certificates.length > 0 ? { certificates: token.certificates.map((certificate) => certificate.id) } : {}),
  };
}

/** Read leniently: what judging would call incomplete is what stood before the error. */
function listSignature(
  document: XmlDocument,
  node: NodeIndex,
  place: string,
  { recorder, budget, because }: Listing,
): SignatureReport {
  const id = attributeValue(document, node, '', 'Id');
  const signedInfo = firstChildElement(document, node, DS, 'SignedInfo');
  const method = algorithmOf(document, signedInfo, 'SignatureMethod');
  const range = nodeRange(document, node);
  const step = recorder.step('signature', {
    range,
    data: { id, place, ...cut(document, node), method },
    citation: { spec: 'XMLDSIG', section: '3.2' },
  });
  const children =
    signedInfo === NO_NODE
      ? []
      : childElements(document, signedInfo).filter((child) => isElement(document, child, DS, 'Reference'));
  const references = children.slice(0, budget.limits.referencesPerSignature).map((child): ReferenceReport => {
    const { uri, transforms, digestMethod, digestValue } = readReference(document, child);
    const inner = step.child('reference', {
      range: nodeRange(document, child),
      data: { uri, digestMethod, ...cut(document, child) },
    });
    inner.end('unknown', because);
    return {
      step: inner.id,
      uri,
      digestMethod,
      digest: 'unknown',
      expected: digestValue.trim(),
      computed: null,
      target: null,
      octets: null,
      space: null,
      transforms,
      range: nodeRange(document, child),
    };
  });
  step.end('unknown', because);
  return {
    step: step.id,
    id,
    method,
    canonicalization: algorithmOf(document, signedInfo, 'CanonicalizationMethod'),
    value: 'unknown',
    key: null,
    references,
    range,
    path: elementPath(document, node),
    judged: false,
  };
}

function listEncrypted(document: XmlDocument, node: NodeIndex, { recorder, because }: Listing): EncryptedReport {
  const id = attributeValue(document, node, '', 'Id');
  const encryption = firstChildElement(document, node, XENC, 'EncryptionMethod');
  const method = encryption === NO_NODE ? '' : (attributeValue(document, encryption, '', 'Algorithm') ?? '');
  const range = nodeRange(document, node);
  const step = recorder.step('encrypted-data', { range, data: { id, method, ...cut(document, node) } });
  step.end('unknown', because);
  return {
    step: step.id,
    id,
    method,
    keyTransport: null,
    result: 'unknown',
    target: { ...range, path: elementPath(document, node), id },
    plaintextSha256: null,
    space: null,
    judged: false,
  };
}

function algorithmOf(document: XmlDocument, signedInfo: NodeIndex, name: string): string {
  const method = signedInfo === NO_NODE ? NO_NODE : firstChildElement(document, signedInfo, DS, name);
  return method === NO_NODE ? '' : (attributeValue(document, method, '', 'Algorithm') ?? '');
}

/** The axes that something listed keeps from being absent; none of them was judged. */
export function unjudgedAxes(listed: UnjudgedMessage): Partial<Axes> {
  const signed = listed.signatures.length > 0;
  const authenticates = listed.read.some((token) => token.kind === 'UsernameToken' || token.kind === 'SAMLAssertion');
  return {
    ...(signed ? { signature: 'unknown', trust: 'unknown' } : {}),
    ...(listed.encrypted.length > 0 ? { decryption: 'unknown' } : {}),
    ...(authenticates ? { authentication: 'unknown' } : {}),
  };
}
