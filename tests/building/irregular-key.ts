/** A SubjectPublicKeyInfo of RSA with 2048 bits, its modulus written otherwise than in DER. */

/**
 * @param spki DER as OpenSSL writes it
 *
 * @param modulus content octets of the INTEGER, made from those without sign octet
 */
export function withModulus(spki: Uint8Array, modulus: (n: Buffer) => Buffer): Uint8Array {
  const octets = Buffer.from(spki);
  // SEQUENCE { SEQUENCE { rsaEncryption, NULL }, BIT STRING { SEQUENCE { INTEGER 02 82 01 01 00 n, INTEGER e } } }
  if (octets.subarray(28, 33).toString('hex') !== '0282010100') throw new Error('not RSA with 2048 bits');
  const wrap = (tag: number, ...content: readonly Buffer[]) => {
    const all = Buffer.concat(content);
    return Buffer.concat([Buffer.of(tag, 0x82, all.length >> 8, all.length & 255), all]);
  };
  const n = wrap(0x02, modulus(octets.subarray(33, 289)));
  const bits = wrap(0x03, Buffer.of(0), wrap(0x30, n, octets.subarray(289)));
  return Uint8Array.from(wrap(0x30, octets.subarray(4, 19), bits));
}
