/**
 * The engine's crypto provider: WebCrypto first, @noble/* for what it lacks, own arithmetic for the rest
 * (docs/design.md, "Libraries").
 */
import { hmac } from '@noble/hashes/hmac.js';
import { algorithmOfKind } from '../algorithms/algorithm-table.ts';
import { DEFAULT_LIMITS } from '../bytes/budget.ts';
import { equalOctets } from '../bytes/octets.ts';
import { digestMethod, type DigestMethod, type WebHashName } from './digests.ts';
import type { EcKey } from './ecdsa.ts';
import { ecdsaValueDefect } from './ecdsa-value.ts';
import type { PublicKey } from './keys.ts';
import { verifyDsa } from './legacy/dsa.ts';
import type { CryptoProvider, SignatureParameters, VerifyOutcome } from './provider.ts';
import { rsaKeyDefect, verifyPkcs1, verifyPss, type RsaKey } from './rsa.ts';
import { rsaKey } from './spki.ts';
import { plainOctets, type SubtleAlgorithm, type SubtleKey, type SubtlePort } from './subtle-port.ts';

/** Hashes that answer at once, by WebCrypto's names: OpenSSL's where the engine runs in Node. */
export interface SynchronousHashes {
  hash(name: WebHashName, octets: Uint8Array): Uint8Array;
  hmac(name: WebHashName, secret: Uint8Array, octets: Uint8Array): Uint8Array;
}

export interface ProviderOptions {
  /** Takes the place of @noble/hashes for the hashes that it has. */
  readonly now?: SynchronousHashes;
  /** Bound on RSA moduli in bits; default that of {@link DEFAULT_LIMITS}. */
  readonly rsaModulusBits?: number;
}

const unsupported = (what: string): VerifyOutcome => ({ result: 'unsupported', what });
const unusable = (what: string): VerifyOutcome => ({ result: 'unusable', what });

/**
 * Makes the provider. `subtle` is `self.crypto.subtle` in the browser's worker and that of @peculiar/webcrypto in Node;
 * null where there is none (an insecure context): everything works without it, only slower.
 */
export function createCryptoProvider(subtle: SubtlePort | null, options: ProviderOptions = {}): CryptoProvider {
  const maxBits = options.rsaModulusBits ?? DEFAULT_LIMITS.rsaModulusBits;
  const { now } = options;
  /** Each public key is imported once for each algorithm, and forgotten with the key itself. */
  const imported = new WeakMap<PublicKey, Map<string, SubtleKey>>();

  function hash(method: DigestMethod, octets: Uint8Array): Uint8Array {
    if (now === undefined || method.webName === null) return method.hash(octets);
    try {
      return now.hash(method.webName, octets);
    } catch {
      // FIPS modes forbid SHA-1.
      return method.hash(octets);
    }
  }

  async function digest(method: DigestMethod, octets: Uint8Array): Promise<Uint8Array> {
    if (subtle !== null && now === undefined && method.webName !== null) {
      try {
        return new Uint8Array(await subtle.digest(method.webName, plainOctets(octets)));
      } catch {
        // An engine may lack or forbid a hash (FIPS modes forbid SHA-1): the synchronous one gives the same octets.
      }
    }
    return hash(method, octets);
  }

  async function importOnce(port: SubtlePort, importAs: SubtleAlgorithm, key: PublicKey): Promise<SubtleKey> {
    const name = `${importAs.name} ${importAs.hash ?? importAs.namedCurve}`;
    const known = imported.get(key)?.get(name);
    if (known !== undefined) return known;
    // Engines differ in the object identifiers that they take for an RSA key: all take rsaEncryption.
    const { spki } = key.kind === 'RSA' ? rsaKey(key.n, key.e) : key;
    const made = await port.importKey('spki', plainOctets(spki), importAs, false, ['verify']);
    imported.set(key, (imported.get(key) ?? new Map<string, SubtleKey>()).set(name, made));
    return made;
  }

  /** WebCrypto's answer, or null where it does not take the key or the algorithm. */
  async function ask(
    importAs: SubtleAlgorithm,
    verifyAs: SubtleAlgorithm,
    key: PublicKey,
    octets: Uint8Array,
    value: Uint8Array,
  ): Promise<boolean | null> {
    if (subtle === null) return null;
    try {
      const made = await importOnce(subtle, importAs, key);
      return await subtle.verify(verifyAs, made, plainOctets(value), plainOctets(octets));
    } catch {
      return null;
    }
  }

  async function verifyRsa(
    method: DigestMethod,
    key: RsaKey,
    octets: Uint8Array,
    value: Uint8Array,
  ): Promise<VerifyOutcome> {
    if (key.pssOnly) return unusable('rsa-pss-only-key');
    if (method.webName !== null && value.length === (key.bits + 7) >> 3) {
      const algorithm = { name: 'RSASSA-PKCS1-v1_5', hash: method.webName };
      if (await ask(algorithm, algorithm, key, octets, value)) return { result: 'pass' };
    }
    // Also after WebCrypto's no: arithmetic gives the reason, and the last word where an engine is narrower than
    // PKCS#1.
    return verifyPkcs1(key, method, await digest(method, octets), value);
  }

  async function verifyRsaPss(
    parameters: SignatureParameters,
    fixed: DigestMethod | null,
    key: RsaKey,
    octets: Uint8Array,
    value: Uint8Array,
  ): Promise<VerifyOutcome> {
    const pss = parameters.pss;
    const method = fixed ?? digestMethod(pss?.digest ?? '');
    const mask = fixed ?? digestMethod(pss?.maskDigest ?? '');
    if (fixed === null && pss === undefined) return unsupported('pss-parameters-missing');
    if (method === null) return unsupported(pss?.digest ?? '');
    if (mask === null) return unsupported(pss?.maskDigest ?? '');
    if (fixed === null && pss?.trailerField !== 1) return unsupported('pss-trailer-field');
    const saltLength = fixed?.length ?? pss?.saltLength ?? method.length;
    if (!Number.isInteger(saltLength) || saltLength < 0 || saltLength > maxBits >> 3) {
      return unsupported('pss-salt-length');
    }
    if (method.webName !== null && mask === method && value.length === (key.bits + 7) >> 3) {
      const imported = { name: 'RSA-PSS', hash: method.webName };
      if (await ask(imported, { name: 'RSA-PSS', saltLength }, key, octets, value)) {
        return { result: 'pass' };
      }
    }
    return verifyPss(key, method, mask, saltLength, await digest(method, octets), value);
  }

  async function verifyEc(
    method: DigestMethod,
    key: EcKey,
    octets: Uint8Array,
    value: Uint8Array,
  ): Promise<VerifyOutcome> {
    const defect = ecdsaValueDefect(key.curve, value);
    if (defect !== null) return { result: 'fail', reason: defect };
    if (method.webName !== null && (key.curve === 'P-256' || key.curve === 'P-384' || key.curve === 'P-521')) {
      const imported = { name: 'ECDSA', namedCurve: key.curve };
      const answer = await ask(imported, { name: 'ECDSA', hash: method.webName }, key, octets, value);
      if (answer !== null) return answer ? { result: 'pass' } : { result: 'fail', reason: 'mismatch' };
    }
    // The curves' arithmetic is asked for where WebCrypto does not have the curve, or a message EdDSA.
    const { verifyEcdsa } = await import('./ecdsa.ts');
    return verifyEcdsa(key, await digest(method, octets), value);
  }

  async function verify(
    uri: string,
    parameters: SignatureParameters,
    key: PublicKey,
    octets: Uint8Array,
    value: Uint8Array,
  ): Promise<VerifyOutcome> {
    const algorithm = algorithmOfKind(uri, 'signature');
    if (algorithm === null || algorithm.support.verdict === 'no' || algorithm.scheme === null) return unsupported(uri);
    if (key.kind === 'EC-unknown') {
      return algorithm.scheme === 'ecdsa' ? unsupported(`curve ${key.oid}`) : unusable('key-kind');
    }
    if (key.kind === 'unknown') return unsupported(`key ${key.oid}`);
    const method = algorithm.digest === null ? null : digestMethod(algorithm.digest);
    switch (algorithm.scheme) {
      case 'rsa-pkcs1':
      case 'rsa-pss':
      case 'rsa-pss-parameters': {
        if (key.kind !== 'RSA') return unusable('key-kind');
        const defect = rsaKeyDefect(key, maxBits);
        if (defect !== null) return unusable(defect);
        if (algorithm.scheme !== 'rsa-pkcs1') return verifyRsaPss(parameters, method, key, octets, value);
        return method === null ? unsupported(uri) : verifyRsa(method, key, octets, value);
      }
      case 'ecdsa':
        if (key.kind !== 'EC') return unusable('key-kind');
        return method === null ? unsupported(uri) : verifyEc(method, key, octets, value);
      case 'dsa':
        if (key.kind !== 'DSA') return unusable('key-kind');
        return method === null ? unsupported(uri) : verifyDsa(key, await digest(method, octets), value);
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

  function mac(uri: string, secret: Uint8Array, octets: Uint8Array): Uint8Array | null {
    const method = digestMethod(algorithmOfKind(uri, 'mac')?.digest ?? '');
    if (method === null) return null;
    // Synchronous on purpose: WebCrypto refuses an empty secret, and SignedInfo is small.
    return now === undefined || method.webName === null
      ? hmac(method.hash, secret, octets)
      : now.hmac(method.webName, secret, octets);
  }

  async function verifyMac(
    uri: string,
    parameters: SignatureParameters,
    secret: Uint8Array,
    octets: Uint8Array,
    value: Uint8Array,
  ): Promise<VerifyOutcome> {
    const whole = mac(uri, secret, octets);
    if (whole === null) return unsupported(uri);
    const bits = parameters.hmacOutputLength ?? 8 * whole.length;
    if (!Number.isInteger(bits) || bits <= 0 || bits > 8 * whole.length) {
      return { result: 'fail', reason: 'hmac-output-length' };
    }
    // XML Signature §6.3.1: a length that is no multiple of 8 is an error.
    if (bits % 8 !== 0) return { result: 'fail', reason: 'hmac-output-length' };
    if (value.length !== bits / 8) return { result: 'fail', reason: 'length' };
    return equalOctets(whole.subarray(0, bits / 8), value)
      ? { result: 'pass' }
      : { result: 'fail', reason: 'mismatch' };
  }

  return {
    digest: async (uri, octets) => {
      const method = digestMethod(uri);
      return method === null ? null : digest(method, octets);
    },
    digestNow: (uri, octets) => {
      const method = digestMethod(uri);
      return method === null ? null : hash(method, octets);
    },
    verify,
    verifyMac,
    mac,
  };
}
