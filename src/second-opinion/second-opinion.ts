/**
 * xmldsigjs on @xmldom/xmldom as an independent second verifier (docs/design.md, "Libraries"): a lazily loaded chunk of
 * the worker and of the command, for messages of at most 1 MB, beside the deterministic trace. Our verdict never rests
 * on it; every disagreement is traced to the measured defect whose construct stands in the message, or reported as
 * unexplained.
 *
 * The engine's own provider does not take its algorithm table from xmldsigjs's registry: the package has one entry
 * point without tree-shaking (103 KB gzip, pkijs included), needs DOMParser where `ds:` parameters are read, and lacks
 * half of the algorithms. Our table is tested against that registry, URI by URI, and the registry itself runs here.
 */
import { DOMParser, XMLSerializer } from '@xmldom/xmldom';
import { setNodeDependencies } from 'xml-core';
import { Application, CryptoConfig, SignedXml, type Reference, type SignatureMethod } from 'xmldsigjs';
import xpath from 'xpath';
import { Budget, BudgetExceeded } from '../engine/bytes/budget.ts';
import { encodeBase64 } from '../engine/bytes/base64.ts';
import { NO_NODE, type NodeIndex, type XmlDocument } from '../engine/xml/document.ts';
import { DS, XML } from '../engine/xml/namespaces.ts';
import {
  attributeLocalName,
  attributes,
  attributeText,
  attributeValue,
  descendantElements,
  descendantElementsNamed,
} from '../engine/xml/navigate.ts';
import { parseXml } from '../engine/xml/parse.ts';
import { knownTriggers, type Trigger } from './defects.ts';

/** Octets of the largest message it is asked about: it takes seconds and 200 times the memory beyond. */
export const SECOND_OPINION_LIMIT = 1024 * 1024;

/** What our engine said of one signature, with the key that it used. */
export interface OwnOpinion {
  /** The signature's step in the trace. */
  readonly step: string;
  /** Where the ds:Signature starts, in octets of the message. */
  readonly start: number;
  readonly value: 'pass' | 'fail' | 'unknown';
  readonly references: readonly { readonly uri: string | null; readonly digest: 'pass' | 'fail' | 'unknown' }[];
  /** SubjectPublicKeyInfo or secret that our engine took; null lets xmldsigjs read ds:KeyInfo itself. */
  readonly key: { readonly spki: Uint8Array } | { readonly secret: Uint8Array } | null;
}

/** What the library makes of one value; `cannot` where it stopped. */
export type Opinion = 'pass' | 'fail' | 'cannot';

/** What the library says of one signature, beside what we say. */
export interface SignatureOpinion {
  readonly step: string;
  /** xmldsigjs on SignatureValue, and on each digest in order. `cannot`: it stopped, and `why` is its own message. */
  readonly value: Opinion;
  readonly references: readonly {
    readonly uri: string | null;
    readonly digest: Opinion;
    readonly why: string | null;
  }[];
  readonly why: string | null;
  /** Both take, or both do not take, the value and each digest. */
  readonly agrees: boolean;
  /** For a disagreement: the constructs in the message with a known defect behind them. */
  readonly explanations: readonly Trigger[];
  /** A disagreement that no known defect explains: worth a bug report, to them or to us. */
  readonly unexplained: boolean;
  /** Defects that were stepped around here: wsu:Id and other Ids were found for it (D5). */
  readonly workedAround: readonly Trigger[];
}

/** What the library says of every signature of a message, or why it was not asked. */
export type SecondOpinion =
  | { readonly status: 'given'; readonly signatures: readonly SignatureOpinion[] }
  | { readonly status: 'declined'; readonly reason: 'too-large' | 'malformed' | 'no-signature' };

/** Ids as the engine has them: any attribute of these local names, in any namespace. */
const ID_NAMES: ReadonlySet<string> = new Set(['Id', 'ID', 'id', 'AssertionID', 'ResponseID', 'RequestID']);

/** Our engine took none and ds:KeyInfo has none that it reads (a SecurityTokenReference, D19). */
const NO_KEY = 'no key';

let prepared = false;
function prepare(crypto: Crypto): void {
  if (prepared) return;
  setNodeDependencies({ DOMParser, XMLSerializer, xpath });
  // A wrapper, because setEngine writes a name onto what it is given (D20).
  Application.setEngine('second opinion', {
    subtle: crypto.subtle,
    getRandomValues: crypto.getRandomValues.bind(crypto),
  } as unknown as Crypto);
  prepared = true;
}

/** Its verifier with the lookup of Ids replaced: the one thing without which no WS-Security message verifies (D5). */
class WsSecuritySignedXml extends SignedXml {
  readonly #root: Element;
  constructor(document: Document) {
    super(document);
    this.#root = document.documentElement.cloneNode(true) as Element;
  }

  protected override async DigestReference(
    source: Element | BufferSource,
    reference: Reference,
    checkHmac: boolean,
  ): Promise<Uint8Array> {
    const id = /^#(?!xpointer)(.+)$/.exec(reference.Uri ?? '')?.[1];
    const target = id === undefined ? null : elementWithForeignId(this.#root, id);
    if (target === null) return super.DigestReference(source, reference, checkHmac);
    const detached = target.cloneNode(true) as Element;
    this.CopyNamespaces(target, detached, false);
    // With an empty URI the transforms run on what they are given: its own path for a reference without lookup.
    const direct = Object.create(reference, { Uri: { value: '' } }) as Reference;
    return super.DigestReference(detached, direct, checkHmac);
  }

  async judge(keys: readonly CryptoKey[] | null): Promise<{
    readonly value: Opinion;
    readonly why: string | null;
    readonly digests: readonly { readonly digest: Opinion; readonly why: string | null }[];
  }> {
    const digests: { digest: Opinion; why: string | null }[] = [];
    for (const reference of this.XmlSignature.SignedInfo.References.GetIterator()) {
      try {
        const computed = await this.DigestReference(this.#root, reference, false);
        digests.push({
          digest: encodeBase64(computed) === encodeBase64(reference.DigestValue) ? 'pass' : 'fail',
          why: null,
        });
      } catch (error) {
        digests.push({ digest: 'cannot', why: messageOf(error) });
      }
    }
    try {
      const usable = [...(keys ?? (await this.GetPublicKeys()))];
      if (usable.length === 0) return { value: 'cannot', why: NO_KEY, digests };
      return { value: (await this.ValidateSignatureValue(usable)) ? 'pass' : 'fail', why: null, digests };
    } catch (error) {
      return { value: 'cannot', why: messageOf(error), digests };
    }
  }
}

/**
 * The one element whose Id the library would not find; null where it finds it itself, or where there is not exactly
 * one.
 */
function elementWithForeignId(root: Element, id: string): Element | null {
  const found: Element[] = [];
  const open: Element[] = [root];
  for (let element = open.pop(); element !== undefined; element = open.pop()) {
    if (['Id', 'ID', 'id'].some((name) => element?.getAttribute(name) === id)) return null;
    for (let at = 0; at < element.attributes.length; at++) {
      const attribute = element.attributes.item(at);
      if (attribute !== null && ID_NAMES.has(attribute.localName ?? attribute.name) && attribute.value === id) {
        found.push(element);
      }
    }
    for (let child = element.firstChild; child !== null; child = child.nextSibling) {
      if (child.nodeType === 1) open.push(child as Element);
    }
  }
  return found.length === 1 ? (found[0] ?? null) : null;
}

/** xml-core's errors are no instances of Error, but have a message. */
function messageOf(error: unknown): string {
  const message = typeof error === 'object' && error !== null && 'message' in error ? error.message : error;
  return String(message).slice(0, 300);
}

/**
 * Asks xmldsigjs about every signature in `own`. `octets` is the XML document; `crypto` is the worker's own, or that of
 * @peculiar/webcrypto in Node. Never throws for a message's sake. `between` is called before each signature with the
 * number of those done; what it throws ends the asking.
 */
export async function secondOpinion(
  octets: Uint8Array,
  own: readonly OwnOpinion[],
  crypto: Crypto,
  between?: (done: number) => void,
): Promise<SecondOpinion> {
  if (octets.length > SECOND_OPINION_LIMIT) return { status: 'declined', reason: 'too-large' };
  if (own.length === 0) return { status: 'declined', reason: 'no-signature' };
  const document = parsedDocument(octets);
  if (document === null) return { status: 'declined', reason: 'malformed' };
  prepare(crypto);
  const ordinals = new Map(
    descendantElementsNamed(document, 0, DS, 'Signature').map((node, index) => [
      document.range(document.start[node] ?? 0, document.end[node] ?? 0).start,
      { node, index },
    ]),
  );
  const opinions: SignatureOpinion[] = [];
  for (const ours of own) {
    between?.(opinions.length);
    const place = ordinals.get(ours.start);
    if (place !== undefined) opinions.push(await opinionOn(document, place.node, place.index, ours, crypto));
  }
  return opinions.length === 0
    ? { status: 'declined', reason: 'no-signature' }
    : { status: 'given', signatures: opinions };
}

function parsedDocument(octets: Uint8Array): XmlDocument | null {
  try {
    const parsed = parseXml(octets, { budget: new Budget() });
    return parsed.wellFormed ? parsed.document : null;
  } catch (error) {
    if (error instanceof BudgetExceeded) return null;
    throw error;
  }
}

async function opinionOn(
  document: XmlDocument,
  signature: NodeIndex,
  index: number,
  ours: OwnOpinion,
  crypto: Crypto,
): Promise<SignatureOpinion> {
  const uris = ours.references.map((reference) => reference.uri);
  let judged: Awaited<ReturnType<WsSecuritySignedXml['judge']>>;
  try {
    // xmldom's own parse of the same text: nothing is shared with our tree.
    const dom = new DOMParser({ onError: () => {} }).parseFromString(
      new TextDecoder().decode(document.octets),
      'application/xml',
    ) as unknown as Document;
    const signedXml = new WsSecuritySignedXml(dom);
    const element = dom.getElementsByTagNameNS(DS, 'Signature').item(index);
    if (element === null) throw new Error('xmldom does not find the signature');
    signedXml.LoadXml(element);
    judged = await signedXml.judge(await importedKeys(ours, signedXml.XmlSignature.SignedInfo.SignatureMethod, crypto));
  } catch (error) {
    const why = messageOf(error);
    judged = { value: 'cannot', why, digests: uris.map(() => ({ digest: 'cannot', why })) };
  }
  const references = uris.map((uri, at) => ({
    uri,
    digest: judged.digests[at]?.digest ?? ('cannot' as const),
    why: judged.digests[at]?.why ?? null,
  }));
  const agrees =
    agree(ours.value, judged.value) &&
    references.every((reference, at) => agree(ours.references[at]?.digest ?? 'unknown', reference.digest));
  const triggers = knownTriggers(document, signature, (id) => elementById(document, id));
  const explanations = agrees ? [] : triggers.filter((trigger) => trigger.code !== 'D5');
  if (!agrees && judged.why === NO_KEY) {
    explanations.push({
      code: 'no-key',
      range: document.range(document.start[signature] ?? 0, document.end[signature] ?? 0),
      detail: '',
    });
  }
  return {
    step: ours.step,
    value: judged.value,
    references,
    why: judged.why,
    agrees,
    explanations,
    unexplained: !agrees && explanations.length === 0,
    workedAround: triggers.filter((trigger) => trigger.code === 'D5'),
  };
}

/** The two agree where both take it or neither does: a library that stops has not taken it. */
function agree(ours: 'pass' | 'fail' | 'unknown', theirs: Opinion): boolean {
  return (ours === 'pass') === (theirs === 'pass');
}

async function importedKeys(
  ours: OwnOpinion,
  method: SignatureMethod,
  crypto: Crypto,
): Promise<readonly CryptoKey[] | null> {
  if (ours.key === null) return null;
  // Its registry: SignatureMethod, with RSAPSSParams where they stand, to a WebCrypto algorithm.
  const { algorithm } = CryptoConfig.CreateSignatureAlgorithm(method);
  if ('secret' in ours.key) {
    return [await crypto.subtle.importKey('raw', Uint8Array.from(ours.key.secret), algorithm, true, ['verify'])];
  }
  // An ECDSA method does not say the curve: the key does.
  const spki = Uint8Array.from(ours.key.spki);
  const curves = algorithm.name === 'ECDSA' ? ['P-256', 'P-384', 'P-521'] : [undefined];
  let failure: unknown = null;
  for (const namedCurve of curves) {
    try {
      return [
        await crypto.subtle.importKey(
          'spki',
          spki,
          namedCurve === undefined ? algorithm : { ...algorithm, namedCurve },
          true,
          ['verify'],
        ),
      ];
    } catch (error) {
      failure = error;
    }
  }
  throw failure;
}

function elementById(document: XmlDocument, id: string): NodeIndex {
  for (const element of descendantElements(document, 0)) {
    for (const attribute of attributes(document, element)) {
      if (ID_NAMES.has(attributeLocalName(document, attribute)) && attributeText(document, attribute) === id) {
        return element;
      }
    }
    if (attributeValue(document, element, XML, 'id') === id) return element;
  }
  return NO_NODE;
}
