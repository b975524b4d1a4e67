/** A signature value under a public key, by algorithm URI (XML Signature 1.1 §6.4, RFC 9231 §2.3). */
import type { Algorithm } from '../algorithms/algorithm.ts';
import { algorithmOfKind } from '../algorithms/algorithm-table.ts';
import { digestMethod, type DigestMethod } from './digests.ts';
import type { EcKey } from './ecdsa.ts';
import { ecdsaValueDefect } from './ecdsa-value.ts';
import type { Hashing } from './hashing.ts';
import type { PublicKey } from './keys.ts';
import { verifyDsa } from './legacy/dsa.ts';
import type { SignatureParameters, VerifyOutcome } from './provider.ts';
import { rsaKeyDefect, verifyPkcs1, verifyPss, type RsaKey } from './rsa.ts';
import type { WebVerification } from './web-verification.ts';

/** What verifying is done with. */
export interface Verifying {
  readonly hashing: Hashing;
  readonly web: WebVerification;
  /** Bound on RSA moduli, in bits. */
  readonly maxBits: number;
}

const unsupported = (what: string): VerifyOutcome => ({ result: 'unsupported', what });
const unusable = (what: string): VerifyOutcome => ({ result: 'unusable', what });

async function verifyRsa(
  method: DigestMethod,
  key: RsaKey,
  octets: Uint8Array,
  value: Uint8Array,
  { hashing, web }: Verifying,
): Promise<VerifyOutcome> {
  if (key.pssOnly) return unusable('rsa-pss-only-key');
  if (method.webName !== null && value.length === (key.bits + 7) >> 3) {
    const algorithm = { name: 'RSASSA-PKCS1-v1_5', hash: method.webName };
    if (await web.ask(algorithm, algorithm, key, octets, value)) return { result: 'pass' };
  }
  // Also after WebCrypto's no: arithmetic gives the reason, and the last word where an engine is narrower than
  // PKCS#1.
  return verifyPkcs1(key, method, await hashing.digest(method, octets), value);
}

/** RSASSA-PSS as one signature uses it. */
interface PssUse {
  readonly method: DigestMethod;
  readonly mask: DigestMethod;
  /** In octets. */
  readonly saltLength: number;
}

/** What the algorithm fixes or its parameters say, or the part that is not supported. */
function pssUse(
  { pss }: SignatureParameters,
  fixed: DigestMethod | null,
  maxBits: number,
): PssUse | { readonly what: string } {
  if (fixed !== null) return { method: fixed, mask: fixed, saltLength: fixed.length };
  if (pss === undefined) return { what: 'pss-parameters-missing' };
  const method = digestMethod(pss.digest);
  const mask = digestMethod(pss.maskDigest);
  if (method === null) return { what: pss.digest };
  if (mask === null) return { what: pss.maskDigest };
  if (pss.trailerField !== 1) return { what: 'pss-trailer-field' };
  const { saltLength } = pss;
  return Number.isInteger(saltLength) && saltLength >= 0 && saltLength <= maxBits >> 3
    ? { method, mask, saltLength }
    : { what: 'pss-salt-length' };
}

async function verifyRsaPss(
  parameters: SignatureParameters,
  fixed: DigestMethod | null,
  key: RsaKey,
  octets: Uint8Array,
  value: Uint8Array,
  { hashing, web, maxBits }: Verifying,
): Promise<VerifyOutcome> {
  const use = pssUse(parameters, fixed, maxBits);
  if ('what' in use) return unsupported(use.what);
  const { method, mask, saltLength } = use;
  if (method.webName !== null && mask === method && value.length === (key.bits + 7) >> 3) {
    const imported = { name: 'RSA-PSS', hash: method.webName };
    if (await web.ask(imported, { name: 'RSA-PSS', saltLength }, key, octets, value)) return { result: 'pass' };
  }
  return verifyPss(key, method, mask, saltLength, await hashing.digest(method, octets), value);
}

async function verifyEc(
  method: DigestMethod,
  key: EcKey,
  octets: Uint8Array,
  value: Uint8Array,
  { hashing, web }: Verifying,
): Promise<VerifyOutcome> {
  const defect = ecdsaValueDefect(key.curve, value);
  if (defect !== null) return { result: 'fail', reason: defect };
  if (method.webName !== null && (key.curve === 'P-256' || key.curve === 'P-384' || key.curve === 'P-521')) {
    const imported = { name: 'ECDSA', namedCurve: key.curve };
    const answer = await web.ask(imported, { name: 'ECDSA', hash: method.webName }, key, octets, value);
    if (answer !== null) return answer ? { result: 'pass' } : { result: 'fail', reason: 'mismatch' };
  }
  // The curves' arithmetic is asked for where WebCrypto does not have the curve, or a message EdDSA.
  const { verifyEcdsa } = await import('./ecdsa.ts');
  return verifyEcdsa(key, await hashing.digest(method, octets), value);
}

/** The three RSA schemes, for a key that is one and not beyond the bounds. */
async function verifyByRsa(
  { uri, scheme, digest }: Pick<Algorithm, 'uri' | 'scheme' | 'digest'>,
  parameters: SignatureParameters,
  key: PublicKey,
  octets: Uint8Array,
  value: Uint8Array,
  by: Verifying,
): Promise<VerifyOutcome> {
  if (key.kind !== 'RSA') return unusable('key-kind');
  const defect = rsaKeyDefect(key, by.maxBits);
  if (defect !== null) return unusable(defect);
  const method = digest === null ? null : digestMethod(digest);
  if (scheme !== 'rsa-pkcs1') return verifyRsaPss(parameters, method, key, octets, value, by);
  return method === null ? unsupported(uri) : verifyRsa(method, key, octets, value, by);
}

/** Why a key of a kind that is not known verifies nothing by `scheme`; null for any other key. */
function unknownKey(key: PublicKey, scheme: string): VerifyOutcome | null {
  if (key.kind === 'unknown') return unsupported(`key ${key.oid}`);
  if (key.kind !== 'EC-unknown') return null;
  return scheme === 'ecdsa' ? unsupported(`curve ${key.oid}`) : unusable('key-kind');
}

/** Verifies `value` over `octets` by a signature algorithm URI, as {@link CryptoProvider.verify} says. */
export async function verifySignature(
  uri: string,
  parameters: SignatureParameters,
  key: PublicKey,
  octets: Uint8Array,
  value: Uint8Array,
  by: Verifying,
): Promise<VerifyOutcome> {
  const algorithm = algorithmOfKind(uri, 'signature');
  if (algorithm === null || algorithm.support.verdict === 'no' || algorithm.scheme === null) return unsupported(uri);
  const unknown = unknownKey(key, algorithm.scheme);
  if (unknown !== null) return unknown;
  const method = algorithm.digest === null ? null : digestMethod(algorithm.digest);
  switch (algorithm.scheme) {
    case 'rsa-pkcs1':
    case 'rsa-pss':
    case 'rsa-pss-parameters':
      return verifyByRsa(algorithm, parameters, key, octets, value, by);
    case 'ecdsa':
      if (key.kind !== 'EC') return unusable('key-kind');
      return method === null ? unsupported(uri) : verifyEc(method, key, octets, value, by);
    case 'dsa':
      if (key.kind !== 'DSA') return unusable('key-kind');
      return method === null ? unsupported(uri) : verifyDsa(key, await by.hashing.digest(method, octets), value);
    case 'ed25519':
    case 'ed25519ctx':
    case 'ed25519ph':
    case 'ed448':
    case 'ed448ph':
      return (await import('./eddsa.ts')).verifyEddsa(algorithm.scheme, key, octets, value);
    default:
      return unsupported(uri);
  }
}
