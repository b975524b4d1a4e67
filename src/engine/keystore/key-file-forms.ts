/**
 * What the octets of a key file look like, told before the code that opens it is asked for: most people bring PEM and
 * certificates only.
 */
import { type DerElement, DerTag, derInteger, derOctetString, derOid } from '../bytes/der.ts';

const JKS_MAGIC = 0xfeedfeed;
/** First four octets of Java's second store. */
export const JCEKS_MAGIC = 0xcececece;

/** Whether octets begin as a JKS or JCEKS store. */
export function isJavaKeystore(octets: Uint8Array): boolean {
  const magic = octets.length < 12 ? 0 : new DataView(octets.buffer, octets.byteOffset, octets.byteLength).getUint32(0);
  return magic === JKS_MAGIC || magic === JCEKS_MAGIC;
}

/** Whether an element is a PFX: version 3, then a ContentInfo. */
export function isPkcs12(element: DerElement): boolean {
  const content = derOid(element.children[1]?.children[0]);
  return (
    derInteger(element.children[0]) === 3n && (content === '1.2.840.113549.1.7.1' || content === '1.2.840.113549.1.7.2')
  );
}

/** Whether an element looks like an EncryptedPrivateKeyInfo: algorithm, octets. */
export function isEncryptedPkcs8(element: DerElement): boolean {
  const [algorithm, octets] = element.children;
  return element.children.length === 2 && derOid(algorithm?.children[0]) !== null && derOctetString(octets) !== null;
}

/** Whether an element looks like a PrivateKeyInfo: version, algorithm, octets. */
export function isPkcs8(element: DerElement): boolean {
  const [version, algorithm, key] = element.children;
  return (
    derInteger(version) !== null &&
    derOid(algorithm?.children[0]) !== null &&
    algorithm?.tag === DerTag.sequence &&
    key !== undefined &&
    (key.tag & 0x1f) === DerTag.octetString
  );
}

/**
 * Whether decrypted octets begin as one DER SEQUENCE that is as long as they are. One wrong password in 256 leaves a
 * padding that fits, but of those next to none such a beginning: where it stands, the password was right and what
 * follows is damaged.
 */
export function beginsAsSequence(octets: Uint8Array): boolean {
  const [tag, first = 0] = octets;
  if (tag !== 0x30) return false;
  if (first < 0x80) return octets.length === first + 2;
  const lengthOctets = first & 0x7f;
  if (lengthOctets === 0 || lengthOctets > 4) return false;
  let length = 0;
  for (const octet of octets.subarray(2, 2 + lengthOctets)) length = length * 256 + octet;
  return octets.length === length + 2 + lengthOctets;
}
