/** Sorts what was dropped or pasted by its octets: message, related request, key file. File names only break ties. */
import { decodeOctets } from '../engine/bytes/octet-text.ts';

/** A file as it was dropped, chosen or pasted. */
export interface IncomingFile {
  readonly name: string;
  readonly octets: Uint8Array;
}

/** What a file is for. */
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

/** Whether octets begin as a Java keystore, or as DER: certificates, PKCS#8, PKCS#12, PKCS#7, CRLs. */
function beginsAsKeys([a, b = 0, c, d]: Uint8Array): boolean {
  const jks = a === 0xfe && b === 0xed && c === 0xfe && d === 0xed;
  const jceks = a === 0xce && b === 0xce && c === 0xce && d === 0xce;
  // A SEQUENCE with an indefinite or a long definite length.
  return jks || jceks || (a === 0x30 && b >= 0x80 && b <= 0x84);
}

/** What a text is for, by how it begins; null where that says nothing. */
function roleOfText(text: string): FileRole | null {
  // Lines of this kind around a signed mark hold a message (RFC 7848 §2).
  if (/-----BEGIN (?!ENCODED SMD)/.test(text)) return 'keys';
  if (/-----BEGIN ENCODED SMD/.test(text)) return 'message';
  if (text.startsWith('{') && /"(kty|keys)"\s*:/.test(text)) return 'keys';
  if (text.startsWith('<')) return text.includes(XMLSEC_KEYS) ? 'keys' : 'message';
  return /^(POST|PUT|GET|HTTP\/|Content-Type:|MIME-Version:|--[^\s-])/i.test(text) ? 'message' : null;
}

/** File names that key files have. */
const KEY_NAME = /\.(p12|pfx|jks|jceks|ks|keystore|pem|crt|cer|der|key|p8|pk8|p7b|p7c|jwk|jwks|crl|bin)$/i;

/** A few octets that are no text, and not deflated: of a shared secret. */
function isSecret(octets: Uint8Array, text: string): boolean {
  const deflated = octets[0] === 0x1f && octets[1] === 0x8b;
  return octets.length <= SECRET_SIZE && !deflated && /[\0-\x08\x0e-\x1f\x7f\ufffd]/.test(text);
}

/** What a file is for, from its octets. */
export function fileRole({ name, octets }: IncomingFile): FileRole {
  if (beginsAsKeys(octets)) return 'keys';
  const text = opening(octets).trimStart();
  const role = roleOfText(text);
  if (role !== null) return role;
  // Base64 of a message begins with '<' (PD, PA, 77u/), of DER with MI.
  if (KEY_NAME.test(name) || /^MI[A-Za-z0-9+/]{20}/.test(text) || isSecret(octets, text)) return 'keys';
  return 'message';
}

const CARRIES_KEY = /<(?:[\w.-]+:)?EncryptedKey[\s>]/;

/** The text of an addressing header, whatever its prefix. */
function addressing(text: string, local: string): string | null {
  const match = new RegExp(`<(?:[\\w.-]+:)?${local}[\\s>][^<]{0,300}`).exec(text);
  return match ? match[0].slice(match[0].indexOf('>') + 1).trim() : null;
}

/** Files by what they are for. */
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
