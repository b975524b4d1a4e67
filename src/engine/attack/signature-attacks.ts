/**
 * Attacks on ds:Signature itself, and on the key that it names (docs/attacks.md, "SignedInfo and digests", "Keys and
 * certificates").
 */
import { DS } from '../xml/namespaces.ts';
import { NO_NODE, type NodeIndex } from '../xml/document.ts';
import {
  attributeValue,
  childElementsNamed,
  descendantElementsNamed,
  findAttribute,
  firstChildElement,
} from '../xml/navigate.ts';
import { contentSpan } from '../xml/node-spans.ts';
import { changing, NOT_ALL_SIGNED, UNTOUCHED, unfit, WORSE, type Attack } from './attack.ts';
import {
  after,
  appended,
  attributeReplaced,
  before,
  chosen,
  inserted,
  removed,
  replaced,
  sourceOf,
  type AttackedMessage,
} from './attacked-message.ts';

/** The signature that the seed picks, and a descendant of its. */
function within(message: AttackedMessage, seed: number, local: string): NodeIndex | null {
  const signature = chosen(message.signatures, seed);
  const [element] = signature === undefined ? [] : descendantElementsNamed(message.document, signature, DS, local);
  return element ?? null;
}

/** What is done to the first element of that name inside a signature. */
function onElement(
  local: string,
  change: (message: AttackedMessage, element: NodeIndex) => ReturnType<typeof removed>,
): Attack['attempt'] {
  return (message, seed) => {
    const element = within(message, seed, local);
    return element === null ? unfit('no-signature') : changing(change(message, element));
  };
}

/** Another Algorithm: that is signed, and the value was made otherwise. */
function otherAlgorithm(local: string, algorithms: readonly [string, string]): Attack['attempt'] {
  return (message, seed) => {
    const element = within(message, seed, local);
    const attribute = element === null ? -1 : findAttribute(message.document, element, '', 'Algorithm');
    if (element === null || attribute === -1) return unfit('no-signature');
    const [usual, other] = algorithms;
    const now = attributeValue(message.document, element, '', 'Algorithm');
    return changing(attributeReplaced(message, attribute, now === usual ? other : usual));
  };
}

const MORE = 'http://www.w3.org/2001/04/xmldsig-more#';

/** Of SignedInfo, the value and KeyInfo. */
export const SIGNATURE_ATTACKS = {
  'signatures-removed': {
    row: 'XSW-06',
    right: NOT_ALL_SIGNED,
    attempt: (message) => {
      const { document, signatures } = message;
      // A signature inside another goes with it.
      const outer = signatures.filter((one) => !signatures.some((other) => other !== one && isIn(one, other)));
      function isIn(node: NodeIndex, ancestor: NodeIndex): boolean {
        return node > ancestor && node < (document.next[ancestor] ?? 0);
      }
      return outer.length === 0 ? unfit('no-signature') : changing(...outer.map((one) => removed(message, one)));
    },
  },
  'references-removed': {
    row: 'XSW-07',
    right: [],
    attempt: (message, seed) => {
      const info = within(message, seed, 'SignedInfo');
      const references = info === null ? [] : childElementsNamed(message.document, info, DS, 'Reference');
      return references.length === 0
        ? unfit('no-signature')
        : changing(...references.map((one) => removed(message, one)));
    },
  },
  'reference-to-nothing': {
    row: 'XSW-07',
    right: [],
    attempt: (message, seed) => {
      const reference = within(message, seed, 'Reference');
      const attribute = reference === null ? -1 : findAttribute(message.document, reference, '', 'URI');
      return attribute === -1 ? unfit('no-signature') : changing(attributeReplaced(message, attribute, '#nowhere'));
    },
  },
  'reference-to-another-host': {
    row: 'NET-01',
    right: [],
    attempt: (message, seed) => {
      const reference = within(message, seed, 'Reference');
      const attribute = reference === null ? -1 : findAttribute(message.document, reference, '', 'URI');
      const uri = ['http://127.0.0.1/x', 'file:///etc/hostname', '//127.0.0.1/x'][seed % 3] ?? '';
      return attribute === -1 ? unfit('no-signature') : changing(attributeReplaced(message, attribute, uri));
    },
  },
  'second-signed-info': {
    row: 'SIG-01',
    right: [],
    attempt: onElement('SignedInfo', (message, info) => after(message, info, sourceOf(message, info))),
  },
  'second-signature-value': {
    row: 'SIG-01',
    right: [],
    attempt: onElement('SignatureValue', (message, value) => after(message, value, sourceOf(message, value))),
  },
  'comment-in-digest': {
    row: 'SIG-02',
    right: WORSE,
    attempt: onElement('DigestValue', (message, value) =>
      inserted(message, contentSpan(message.document, value).start, '<!--AAAA-->'),
    ),
  },
  'element-in-signature-value': {
    row: 'SIG-02',
    right: [],
    attempt: onElement('SignatureValue', (message, value) =>
      appended(message, value, '<forged:x xmlns:forged="urn:forged"/>'),
    ),
  },
  'stray-base64': {
    row: 'SIG-04',
    right: [],
    attempt: onElement('SignatureValue', (message, value) =>
      inserted(message, contentSpan(message.document, value).start, '!'),
    ),
  },
  'digest-replaced': {
    row: 'SIG-04',
    right: [],
    attempt: onElement('DigestValue', (message, value) =>
      replaced(
        message,
        value,
        sourceOf(message, value).replace(/>[^<]*</, '>AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=<'),
      ),
    ),
  },
  'hmac-cut-short': {
    row: 'SIG-07',
    right: [],
    attempt: onElement('SignatureMethod', (message, method) =>
      appended(message, method, `<HMACOutputLength xmlns="${DS}">8</HMACOutputLength>`),
    ),
  },
  'other-signature-method': {
    row: 'KEY-03',
    right: [],
    attempt: otherAlgorithm('SignatureMethod', [`${MORE}hmac-sha256`, `${MORE}rsa-sha256`]),
  },
  'weaker-signature-method': {
    row: 'KEY-05',
    right: [],
    attempt: otherAlgorithm('SignatureMethod', [`${DS}rsa-sha1`, `${MORE}rsa-md5`]),
  },
  'weaker-digest-method': {
    row: 'KEY-05',
    right: [],
    attempt: otherAlgorithm('DigestMethod', [`${DS}sha1`, `${MORE}md5`]),
  },
  'other-canonicalization': {
    row: 'SIG-05',
    right: [],
    attempt: otherAlgorithm('CanonicalizationMethod', [
      'http://www.w3.org/2001/10/xml-exc-c14n#WithComments',
      'http://www.w3.org/TR/2001/REC-xml-c14n-20010315#WithComments',
    ]),
  },
  'transform-that-keeps-nothing': {
    row: 'XSW-09',
    right: [],
    attempt: (message, seed) => {
      const reference = within(message, seed, 'Reference');
      if (reference === null) return unfit('no-signature');
      const transform = `<Transform xmlns="${DS}" Algorithm="http://www.w3.org/TR/1999/REC-xpath-19991116"><XPath>false()</XPath></Transform>`;
      const list = firstChildElement(message.document, reference, DS, 'Transforms');
      const [first] = list === NO_NODE ? [] : childElementsNamed(message.document, list, DS, 'Transform');
      return first === undefined ? unfit('no-signature') : changing(before(message, first, transform));
    },
  },
  'key-info-removed': {
    row: 'KEY-04',
    // A key that the receiver has may still prove whose it is.
    right: UNTOUCHED,
    attempt: (message, seed) => {
      const signature = chosen(message.signatures, seed);
      const info = signature === undefined ? NO_NODE : firstChildElement(message.document, signature, DS, 'KeyInfo');
      return info === NO_NODE ? unfit('no-key-info') : changing(removed(message, info));
    },
  },
  'key-info-of-another': {
    row: 'KEY-04',
    right: UNTOUCHED,
    attempt: (message, seed) => {
      const signature = chosen(message.signatures, seed);
      const info = signature === undefined ? NO_NODE : firstChildElement(message.document, signature, DS, 'KeyInfo');
      const made = `<KeyInfo xmlns="${DS}"><KeyName>forged</KeyName></KeyInfo>`;
      return info === NO_NODE ? unfit('no-key-info') : changing(replaced(message, info, made));
    },
  },
} as const satisfies Readonly<Record<string, Attack>>;
