/** Sorts what was dropped or pasted by its octets: message, related request, key file. File names only break ties. */
import { decodeOctets } from '../engine/bytes/octet-text.ts';

export interface IncomingFile {
  readonly name: string;
  readonly octets: Uint8Array;
}

export type FileRole = 'message' | 'keys';

/** Octets of the largest file that may be nothing but a secret. */
const SECRET_SIZE = 512;

const XMLSEC_KEYS = 'http://www.aleksey.com/xmlsec/2002';

/** The first characters as text, a byte order mark aside, for looking only. */
function opening(octets: Uint8Array, length = 4096): string {
  return decodeOctets(octets.subarray(0, length)).text.replace(/^\uFEFF/, '');
}

/**
 * Whether a text is a message from its first character on, rather than a part of one: a document with its declaration,
 * an envelope, an HTTP or MIME dump.
 */
export function isWholeMessage(text: string): boolean {
  const start = text.slice(0, 2_000).trimStart();
  return (
    /^\uFEFF?<\?xml\s/.test(start) ||
    /^\uFEFF?<(?:[\w.-]+:)?Envelope[\s>]/.test(start) ||
    /^(?:POST|PUT|HTTP\/\d)[^\n]* HTTP\/\d|^HTTP\/\d|^(?:MIME-Version|Content-Type):/i.test(start)
  );
}

/** What a file is for, from its octets. */
export function fileRole({ name, octets }: IncomingFile): FileRole {
  const [a, b, c, d] = octets;
  if (a === 0xfe && b === 0xed && c === 0xfe && d === 0xed) return 'keys';
  if (a === 0xce && b === 0xce && c === 0xce && d === 0xce) return 'keys';
  // A DER SEQUENCE with a definite or indefinite long length: certificates, PKCS#8, PKCS#12, PKCS#7, CRLs.
  if (a === 0x30 && b !== undefined && (b === 0x80 || b === 0x81 || b === 0x82 || b === 0x83 || b === 0x84)) {
    return 'keys';
  }
  const text = opening(octets).trimStart();
  if (text.includes('-----BEGIN ')) return 'keys';
  if (text.startsWith('{') && /"(kty|keys)"\s*:/.test(text)) return 'keys';
  if (text.startsWith('<') || text.startsWith('\uFEFF<')) return text.includes(XMLSEC_KEYS) ? 'keys' : 'message';
  if (/^(POST|PUT|GET|HTTP\/|Content-Type:|MIME-Version:|--[^\s-])/i.test(text)) return 'message';
  if (/\.(p12|pfx|jks|jceks|ks|keystore|pem|crt|cer|der|key|p8|pk8|p7b|p7c|jwk|jwks|crl|bin)$/i.test(name)) {
    return 'keys';
  }
  // Base64: of a message it begins with '<' (PD, PA, 77u/), of DER with MI.
  if (/^MI[A-Za-z0-9+/]{20}/.test(text)) return 'keys';
  // A few octets that are no text: of a shared secret.
  if (octets.length <= SECRET_SIZE && !(a === 0x1f && b === 0x8b) && /[\0-\x08\x0e-\x1f\x7f\ufffd]/.test(text)) {
    return 'keys';
  }
  return 'message';
}

const CARRIES_KEY = /<(?:[\w.-]+:)?EncryptedKey[\s>]/;

/** The text of an addressing header, whatever its prefix. */
function addressing(text: string, local: string): string | null {
  const match = new RegExp(`<(?:[\\w.-]+:)?${local}[\\s>][^<]{0,300}`).exec(text);
  return match ? match[0].slice(match[0].indexOf('>') + 1).trim() : null;
}

export interface SortedFiles<F extends IncomingFile> {
  readonly message: F | null;
  readonly request: F | null;
  readonly keys: readonly F[];
  /** Messages that had no place: only one can be under test. */
  readonly left: readonly F[];
}

/**
 * Sorts several files. Of two messages, the request is the one that the other relates to (wsa:RelatesTo), or whose
 * session key it names.
 */
export function sortFiles<F extends IncomingFile>(files: readonly F[]): SortedFiles<F> {
  const keys = files.filter((file) => fileRole(file) === 'keys');
  const messages = files.filter((file) => fileRole(file) === 'message');
  if (messages.length < 2) return { message: messages[0] ?? null, request: null, keys, left: [] };
  const heads = messages.map((file) => opening(file.octets, 65_536));
  for (const [index, head] of heads.entries()) {
    const relates = addressing(head, 'RelatesTo');
    if (relates === null) continue;
    const other = heads.findIndex(
      (candidate, position) => position !== index && addressing(candidate, 'MessageID') === relates,
    );
    const request = messages[other];
    const message = messages[index];
    if (request && message) {
      return { message, request, keys, left: messages.filter((file) => file !== request && file !== message) };
    }
  }
  // A message that names a session key by its digest and carries none answers one that carries an EncryptedKey (SMS
  // §7.7).
  const answering = heads.findIndex((head) => head.includes('EncryptedKeySHA1') && !CARRIES_KEY.test(head));
  const carrying = answering < 0 ? -1 : heads.findIndex((head) => CARRIES_KEY.test(head));
  const request = messages[carrying] ?? messages.find((file) => /request|-req\b|\breq[.-]/i.test(file.name));
  const message = messages[carrying < 0 ? -1 : answering] ?? messages.find((file) => file !== request);
  return {
    message: message ?? null,
    request: request ?? null,
    keys,
    left: messages.filter((file) => file !== request && file !== message),
  };
}
