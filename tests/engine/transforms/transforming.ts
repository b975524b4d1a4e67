/** A run over one message with a crypto port of Node's, so that digests in tests never come from the engine. */
import { createHash, type X509Certificate } from 'node:crypto';
import { Budget, type Limits } from '../../../src/engine/bytes/budget.ts';
import { decodeBase64 } from '../../../src/engine/bytes/base64.ts';
import { decodeUtf8, encodeUtf8 } from '../../../src/engine/bytes/utf8.ts';
import type { CryptoProvider } from '../../../src/engine/crypto/provider.ts';
import { indexIds } from '../../../src/engine/references/index-ids.ts';
import { Recorder } from '../../../src/engine/trace/recorder.ts';
import { processReference } from '../../../src/engine/transforms/reference-processing.ts';
import type {
  DereferencedToken,
  ProcessedReference,
  TransformContext,
} from '../../../src/engine/transforms/transform-types.ts';
import { SharedResults } from '../../../src/engine/transforms/shared-results.ts';
import type { NodeIndex, XmlDocument } from '../../../src/engine/xml/document.ts';
import {
  attributeValue,
  descendantElementsNamed,
  firstChildElement,
  textContent,
} from '../../../src/engine/xml/navigate.ts';
import { DS, WSSE } from '../../../src/engine/xml/namespaces.ts';
import { parseXml } from '../../../src/engine/xml/parse.ts';

/** Node's names of the digest URIs met in tests. */
const HASHES: Readonly<Record<string, string>> = {
  'http://www.w3.org/2000/09/xmldsig#sha1': 'sha1',
  'http://www.w3.org/2001/04/xmlenc#sha256': 'sha256',
  'http://www.w3.org/2001/04/xmlenc#sha512': 'sha512',
  'http://www.w3.org/2001/04/xmldsig-more#sha384': 'sha384',
  'http://www.w3.org/2001/04/xmldsig-more#sha224': 'sha224',
  'http://www.w3.org/2001/04/xmldsig-more#md5': 'md5',
  'http://www.w3.org/2001/04/xmlenc#ripemd160': 'ripemd160',
  'http://www.w3.org/2007/05/xmldsig-more#sha3-224': 'sha3-224',
  'http://www.w3.org/2007/05/xmldsig-more#sha3-256': 'sha3-256',
  'http://www.w3.org/2007/05/xmldsig-more#sha3-384': 'sha3-384',
  'http://www.w3.org/2007/05/xmldsig-more#sha3-512': 'sha3-512',
};

export function nodeDigest(uri: string, octets: Uint8Array): string | null {
  const hash = HASHES[uri];
  return hash === undefined ? null : createHash(hash).update(octets).digest('base64');
}

const unused = () => {
  throw new Error('not used by transforms');
};
const crypto: CryptoProvider = {
  digest: (uri, octets) => Promise.resolve(crypto.digestNow(uri, octets)),
  digestNow: (uri, octets) => {
    const value = nodeDigest(uri, octets);
    return value === null ? null : new Uint8Array(Buffer.from(value, 'base64'));
  },
  verify: unused,
  verifyMac: unused,
  mac: unused,
};

export interface Message {
  readonly document: XmlDocument;
  readonly context: (signature: NodeIndex) => TransformContext;
  readonly recorder: Recorder;
  readonly signatures: readonly NodeIndex[];
  /** ds:Reference elements of a signature's SignedInfo. */
  references(signature: NodeIndex): readonly NodeIndex[];
  process(reference: NodeIndex, signature: NodeIndex): Promise<ProcessedReference>;
  /** The first reference of the first signature. */
  first(): Promise<ProcessedReference>;
}

export interface MessageOptions {
  readonly external?: ReadonlyMap<string, Uint8Array>;
  readonly idAttributes?: readonly string[];
  readonly limits?: Limits;
  readonly certificates?: readonly X509Certificate[];
}

export function message(xml: string | Uint8Array, options: MessageOptions = {}): Message {
  const budget = new Budget(options.limits);
  const { document, wellFormed, problems } = parseXml(typeof xml === 'string' ? encodeUtf8(xml) : xml, { budget });
  if (!wellFormed) throw new Error(JSON.stringify(problems));
  const recorder = new Recorder((octets) => createHash('sha256').update(octets).digest('hex'));
  const ids = indexIds(document, options.idAttributes ?? []);
  const context = (signature: NodeIndex): TransformContext => ({
    document,
    ids,
    signature,
    budget,
    crypto,
    recorder,
    shared: new SharedResults(),
    external: options.external ?? new Map(),
    dereferenceToken: (str) => certificateNamedBy(document, str, options.certificates ?? []),
  });
  const references = (signature: NodeIndex) => {
    const info = firstChildElement(document, signature, DS, 'SignedInfo');
    return descendantElementsNamed(document, info, DS, 'Reference');
  };
  const process = (reference: NodeIndex, signature: NodeIndex) => {
    const step = recorder.step('reference');
    return processReference(reference, context(signature), step).finally(() => step.end());
  };
  const signatures = descendantElementsNamed(document, 0, DS, 'Signature');
  return {
    document,
    context,
    recorder,
    signatures,
    references,
    process,
    first: () => process(references(signatures[0]!)[0]!, signatures[0]!),
  };
}

/** The octets as text, or the status and code where there are none. */
export function shown(processed: ProcessedReference): string {
  return processed.status === 'octets' ? decodeUtf8(processed.octets) : `${processed.status}: ${processed.code}`;
}

/** Key identifiers and issuer-serial, resolved with Node's own certificate reader. */
function certificateNamedBy(
  document: XmlDocument,
  str: NodeIndex,
  certificates: readonly X509Certificate[],
): DereferencedToken {
  const identifier = firstChildElement(document, str, WSSE, 'KeyIdentifier');
  const valueType = 'http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-x509-token-profile-1.0#X509v3';
  if (identifier >= 0) {
    const type = attributeValue(document, identifier, '', 'ValueType') ?? '';
    const value = textContent(document, identifier).trim();
    if (type.endsWith('#X509v3')) return { type: 'certificate', der: decodeBase64(value).octets!, valueType };
    const found = certificates.find(
      (certificate) => createHash('sha1').update(certificate.raw).digest('base64') === value,
    );
    return found === undefined
      ? { type: 'missing', reason: type }
      : { type: 'certificate', der: new Uint8Array(found.raw), valueType };
  }
  const [serial] = descendantElementsNamed(document, str, DS, 'X509SerialNumber');
  if (serial !== undefined) {
    const wanted = BigInt(textContent(document, serial).trim());
    const found = certificates.find((certificate) => BigInt(`0x${certificate.serialNumber}`) === wanted);
    return found === undefined
      ? { type: 'missing', reason: 'serial' }
      : { type: 'certificate', der: new Uint8Array(found.raw), valueType };
  }
  return { type: 'missing', reason: 'form' };
}
