/**
 * Signatures on certificates and CRLs, checked through the crypto port (RFC 5280 §4.1.1.2, RFC 3279, RFC 4055, RFC
 * 5758, RFC 8410).
 */
import { type DerElement, derInteger, derOid, octetsFromBigInt, readDer } from '../bytes/der.ts';
import { joinOctets } from '../bytes/octets.ts';
import { Digest } from '../algorithms/identifiers.ts';
import { DS, DS11, MORE01, MORE07, MORE21 } from '../xml/namespaces.ts';
import { coordinateLength, namedCurve } from '../crypto/curves.ts';
import type { PublicKey } from '../crypto/keys.ts';
import type { CryptoProvider, PssParameters, SignatureParameters, VerifyOutcome } from '../crypto/provider.ts';

interface Method {
  readonly uri: string;
  readonly name: string;
  readonly kinds: readonly PublicKey['kind'][];
}

const rsa = (name: string, uri: string): Method => ({ name, uri, kinds: ['RSA'] });
const ecdsa = (name: string, uri: string): Method => ({ name, uri, kinds: ['EC'] });
const dsa = (name: string, uri: string): Method => ({ name, uri, kinds: ['DSA'] });

/** X.509 signature algorithms as the XML Signature methods that compute the same. */
const METHODS: Readonly<Record<string, Method>> = {
  '1.2.840.113549.1.1.4': rsa('md5WithRSAEncryption', `${MORE01}rsa-md5`),
  '1.2.840.113549.1.1.5': rsa('sha1WithRSAEncryption', `${DS}rsa-sha1`),
  '1.3.14.3.2.29': rsa('sha1WithRSASignature', `${DS}rsa-sha1`),
  '1.2.840.113549.1.1.14': rsa('sha224WithRSAEncryption', `${MORE01}rsa-sha224`),
  '1.2.840.113549.1.1.11': rsa('sha256WithRSAEncryption', `${MORE01}rsa-sha256`),
  '1.2.840.113549.1.1.12': rsa('sha384WithRSAEncryption', `${MORE01}rsa-sha384`),
  '1.2.840.113549.1.1.13': rsa('sha512WithRSAEncryption', `${MORE01}rsa-sha512`),
  '1.2.840.113549.1.1.10': rsa('rsassaPss', `${MORE07}rsa-pss`),
  '1.2.840.10045.4.1': ecdsa('ecdsa-with-SHA1', `${MORE01}ecdsa-sha1`),
  '1.2.840.10045.4.3.1': ecdsa('ecdsa-with-SHA224', `${MORE01}ecdsa-sha224`),
  '1.2.840.10045.4.3.2': ecdsa('ecdsa-with-SHA256', `${MORE01}ecdsa-sha256`),
  '1.2.840.10045.4.3.3': ecdsa('ecdsa-with-SHA384', `${MORE01}ecdsa-sha384`),
  '1.2.840.10045.4.3.4': ecdsa('ecdsa-with-SHA512', `${MORE01}ecdsa-sha512`),
  '2.16.840.1.101.3.4.3.10': ecdsa('ecdsa-with-SHA3-256', `${MORE21}ecdsa-sha3-256`),
  '2.16.840.1.101.3.4.3.11': ecdsa('ecdsa-with-SHA3-384', `${MORE21}ecdsa-sha3-384`),
  '2.16.840.1.101.3.4.3.12': ecdsa('ecdsa-with-SHA3-512', `${MORE21}ecdsa-sha3-512`),
  '1.2.840.10040.4.3': dsa('dsa-with-sha1', `${DS}dsa-sha1`),
  '2.16.840.1.101.3.4.3.2': dsa('dsa-with-sha256', `${DS11}dsa-sha256`),
  '1.3.101.112': { name: 'Ed25519', uri: `${MORE21}eddsa-ed25519`, kinds: ['Ed25519'] },
  '1.3.101.113': { name: 'Ed448', uri: `${MORE21}eddsa-ed448`, kinds: ['Ed448'] },
};

const DIGESTS: Readonly<Record<string, string>> = {
  '1.3.14.3.2.26': Digest.sha1,
  '2.16.840.1.101.3.4.2.4': Digest.sha224,
  '2.16.840.1.101.3.4.2.1': Digest.sha256,
  '2.16.840.1.101.3.4.2.2': Digest.sha384,
  '2.16.840.1.101.3.4.2.3': Digest.sha512,
  '2.16.840.1.101.3.4.2.8': Digest.sha3_256,
  '2.16.840.1.101.3.4.2.9': Digest.sha3_384,
  '2.16.840.1.101.3.4.2.10': Digest.sha3_512,
};

/** RSASSA-PSS-params (RFC 4055 §3.1), with its defaults; null for a digest or mask that is not supported. */
function pssParameters(element: DerElement | undefined): PssParameters | null {
  const field = (tag: number): DerElement | undefined =>
    element?.children.find((child) => child.tag === tag)?.children[0];
  const hash = field(0xa0);
  const mask = field(0xa1);
  const digest = hash === undefined ? Digest.sha1 : DIGESTS[derOid(hash.children[0]) ?? ''];
  const maskDigest = mask === undefined ? Digest.sha1 : DIGESTS[derOid(mask.children[1]?.children[0]) ?? ''];
  if (digest === undefined || maskDigest === undefined) return null;
  if (mask !== undefined && derOid(mask.children[0]) !== '1.2.840.113549.1.1.8') return null;
  return {
    digest,
    maskDigest,
    saltLength: Number(derInteger(field(0xa2)) ?? 20n),
    trailerField: Number(derInteger(field(0xa3)) ?? 1n),
  };
}

/** SEQUENCE { r, s } as r ‖ s of fixed length, as XML Signature has it (RFC 3279 §2.2.3); null where it is none. */
function fixedLengthPair(signature: Uint8Array, length: number): Uint8Array | null {
  const read = readDer(signature);
  const [r, s] = read.ok ? read.element.children.map((child) => derInteger(child)) : [];
  if (!r || !s || r < 0n || s < 0n) return null;
  const [left, right] = [octetsFromBigInt(r, length), octetsFromBigInt(s, length)];
  return left === null || right === null ? null : joinOctets([left, right]);
}

function pairLength(key: PublicKey): number | null {
  if (key.kind === 'EC') return coordinateLength(namedCurve(key.curve));
  return key.kind === 'DSA' ? (octetsFromBigInt(key.q)?.length ?? null) : null;
}

/** Verifies `signature` over `octets` by an X.509 AlgorithmIdentifier. */
export async function verifySigned(
  algorithm: DerElement,
  key: PublicKey,
  octets: Uint8Array,
  signature: Uint8Array,
  crypto: CryptoProvider,
): Promise<VerifyOutcome> {
  const oid = derOid(algorithm.children[0]) ?? '';
  const method = METHODS[oid];
  if (method === undefined) return { result: 'unsupported', what: oid };
  if (!method.kinds.includes(key.kind)) return { result: 'unusable', what: key.kind };
  let parameters: SignatureParameters = {};
  if (method.name === 'rsassaPss') {
    const pss = pssParameters(algorithm.children[1]);
    if (pss === null) return { result: 'unsupported', what: oid };
    parameters = { pss };
  }
  const length = pairLength(key);
  const value = length === null ? signature : fixedLengthPair(signature, length);
  if (value === null) return { result: 'fail', reason: 'encoding' };
  return crypto.verify(method.uri, parameters, key, octets, value);
}
