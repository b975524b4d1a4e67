/** Attacks on ciphertext and the keys that open it (docs/attacks.md, "Encryption"). */
import { algorithmOfKind } from '../algorithms/algorithm-table.ts';
import { decodeBase64, encodeBase64 } from '../bytes/base64.ts';
import { XENC } from '../xml/namespaces.ts';
import { NO_NODE, type NodeIndex } from '../xml/document.ts';
import { attributeValue, descendantElementsNamed, firstChildElement, isWithin, textContent } from '../xml/navigate.ts';
import { contentSpan } from '../xml/node-spans.ts';
import { changing, NOT_ALL_SIGNED, UNTOUCHED, unfit, type Attack } from './attack.ts';
import {
  after,
  chosen,
  inserted,
  removed,
  replaced,
  sourceOf,
  type AttackedMessage,
  type Unfit,
} from './attacked-message.ts';

interface Cipher {
  /** xenc:EncryptedData or xenc:EncryptedKey. */
  readonly node: NodeIndex;
  /** Its xenc:CipherValue. */
  readonly value: NodeIndex;
  readonly scheme: string;
}

function ciphersOf({ document }: AttackedMessage, local: 'EncryptedData' | 'EncryptedKey'): readonly Cipher[] {
  return descendantElementsNamed(document, 0, XENC, local).flatMap((node) => {
    const data = firstChildElement(document, node, XENC, 'CipherData');
    const value = data === NO_NODE ? NO_NODE : firstChildElement(document, data, XENC, 'CipherValue');
    const method = firstChildElement(document, node, XENC, 'EncryptionMethod');
    if (value === NO_NODE) return [];
    const uri = method === NO_NODE ? '' : (attributeValue(document, method, '', 'Algorithm') ?? '');
    return [{ node, value, scheme: algorithmOfKind(uri, 'block-encryption')?.scheme ?? '' }];
  });
}

/** Other octets of a ciphertext, in base64 where they stood. */
function ciphertext(
  local: 'EncryptedData' | 'EncryptedKey',
  fits: (cipher: Cipher) => boolean,
  reason: Unfit,
  change: (octets: Uint8Array, seed: number) => Uint8Array,
): Attack['attempt'] {
  return (message, seed) => {
    const cipher = chosen(ciphersOf(message, local).filter(fits), seed);
    if (cipher === undefined) return unfit(reason);
    const { octets } = decodeBase64(textContent(message.document, cipher.value));
    if (octets === null || octets.length < 32) return unfit(reason);
    const source = sourceOf(message, cipher.value);
    const written = encodeBase64(change(octets.slice(), seed));
    return changing(replaced(message, cipher.value, source.replace(/>[^<]*</, `>${written}<`)));
  };
}

const flipped = (octets: Uint8Array, at: number): Uint8Array => {
  octets[at] = (octets[at] ?? 0) ^ 1;
  return octets;
};

const isCbc = ({ scheme }: Cipher) => scheme.endsWith('-cbc');
const isGcm = ({ scheme }: Cipher) => scheme === 'aes-gcm';

/** Of content, and of the keys that open it. */
export const ENCRYPTION_ATTACKS = {
  'vector-bit-flipped': {
    row: 'ENC-01',
    right: NOT_ALL_SIGNED,
    attempt: ciphertext('EncryptedData', isCbc, 'no-cbc', (octets, seed) => flipped(octets, seed % 8)),
  },
  'padding-changed': {
    row: 'ENC-05',
    right: NOT_ALL_SIGNED,
    attempt: ciphertext('EncryptedData', isCbc, 'no-cbc', (octets) => flipped(octets, octets.length - 17)),
  },
  'block-left-out': {
    row: 'ENC-01',
    right: NOT_ALL_SIGNED,
    attempt: ciphertext('EncryptedData', isCbc, 'no-cbc', (octets) => octets.slice(0, octets.length - 16)),
  },
  'authenticated-bit-flipped': {
    row: 'ENC-04',
    right: [],
    attempt: ciphertext('EncryptedData', isGcm, 'no-gcm', (octets, seed) => flipped(octets, seed % octets.length)),
  },
  'tag-cut-short': {
    row: 'ENC-04',
    right: [],
    attempt: ciphertext('EncryptedData', isGcm, 'no-gcm', (octets) => octets.slice(0, octets.length - 4)),
  },
  'encrypted-key-changed': {
    row: 'ENC-02',
    right: NOT_ALL_SIGNED,
    attempt: ciphertext(
      'EncryptedKey',
      () => true,
      'no-encrypted-key',
      (octets, seed) => flipped(octets, seed % octets.length),
    ),
  },
  'encrypted-key-removed': {
    row: 'ENC-06',
    right: NOT_ALL_SIGNED,
    attempt: (message, seed) => {
      const key = chosen(ciphersOf(message, 'EncryptedKey'), seed);
      return key === undefined ? unfit('no-encrypted-key') : changing(removed(message, key.node));
    },
  },
  'data-twice': {
    row: 'ENC-08',
    right: NOT_ALL_SIGNED,
    attempt: (message, seed) => {
      const data = chosen(ciphersOf(message, 'EncryptedData'), seed);
      if (data === undefined) return unfit('no-encrypted-data');
      return changing(after(message, data.node, sourceOf(message, data.node)));
    },
  },
  'data-replaced-by-text': {
    row: 'ENC-10',
    right: NOT_ALL_SIGNED,
    attempt: (message, seed) => {
      const { document, envelope } = message;
      const body = envelope?.body ?? null;
      const data = chosen(
        ciphersOf(message, 'EncryptedData').filter(({ node }) => body !== null && isWithin(document, node, body)),
        seed,
      );
      const made = '<forged:content xmlns:forged="urn:forged">forged</forged:content>';
      return data === undefined ? unfit('no-encrypted-data') : changing(replaced(message, data.node, made));
    },
  },
  'comment-in-cipher-value': {
    row: 'SIG-02',
    right: UNTOUCHED,
    attempt: (message, seed) => {
      const data = chosen(ciphersOf(message, 'EncryptedData'), seed);
      if (data === undefined) return unfit('no-encrypted-data');
      return changing(inserted(message, contentSpan(message.document, data.value).start, '<!--AAAA-->'));
    },
  },
} as const satisfies Readonly<Record<string, Attack>>;
