/**
 * What was found out about certificates, for the next time the same octets come: a run meets one certificate in many
 * places, a receiver meets its partners' in every message.
 */
import { Digest } from '../algorithms/identifiers.ts';
import { encodeHex } from '../bytes/hex.ts';
import { Recent } from '../bytes/recent.ts';
import { sha256Hex } from '../crypto/fingerprint.ts';
import type { CryptoProvider, VerifyOutcome } from '../crypto/provider.ts';
import type { Certificate } from './certificate.ts';
import { verifySigned } from './certificate-signature.ts';
import type { PathResult, TrustAnchor } from './path-types.ts';
import {
  certificateParts,
  readCertificate,
  type CertificateParts,
  type CertificateResult,
} from './read-certificate.ts';

const MIB = 1024 * 1024;
/** Octets that an outcome and its key take, roughly. */
const OUTCOME = 256;

/** Where a path was looked for: all that its result rests on, besides the bound on its length. */
export interface PathQuestion {
  readonly leaf: Certificate;
  readonly pool: readonly Certificate[];
  readonly anchors: readonly TrustAnchor[];
  /** DER. */
  readonly crls: readonly Uint8Array[];
  readonly at: number;
  readonly longest: number;
  readonly revocationRequired: boolean;
}

/**
 * Keyed by content, and bounded. Certificates are public; whom to trust is part of each question. Its owner lets go of
 * it when nothing of a session is to be left.
 */
export class CertificateMemory {
  readonly crypto: CryptoProvider;
  readonly #read = new Recent<CertificateResult>(4096, 16 * MIB);
  readonly #signatures = new Recent<VerifyOutcome>(8192, 4 * MIB);
  readonly #paths = new Recent<PathResult>(1024, 16 * MIB);
  readonly #parts = new WeakMap<Certificate, CertificateParts>();

  constructor(crypto: CryptoProvider) {
    this.crypto = crypto;
  }

  #sha256(octets: Uint8Array): string {
    const digest = this.crypto.digestNow(Digest.sha256, octets);
    return digest === null ? sha256Hex(octets) : encodeHex(digest);
  }

  /** As `readCertificate`. What is remembered is a copy: the octets may stand in a message of any size. */
  read(der: Uint8Array): CertificateResult {
    const id = this.#sha256(der);
    let read = this.#read.get(id);
    if (read === undefined) {
      read = readCertificate(der.slice(), id);
      this.#read.set(id, read, der.length);
    }
    return read;
  }

  /** The certificate that these octets are, where they were read as one before; null says nothing of them. */
  known(der: Uint8Array): Certificate | null {
    const read = this.#read.get(this.#sha256(der));
    return read?.ok === true ? read.certificate : null;
  }

  /** As `certificateParts`, once for each certificate. */
  parts(certificate: Certificate): CertificateParts {
    let parts = this.#parts.get(certificate);
    if (parts === undefined) {
      parts = certificateParts(certificate);
      this.#parts.set(certificate, parts);
    }
    return parts;
  }

  /** Whether the issuer's key signed the certificate. */
  async signature(certificate: Certificate, issuer: Certificate['publicKey']): Promise<VerifyOutcome> {
    const key = `${certificate.id} ${this.#sha256(issuer.spki)}`;
    let outcome = this.#signatures.get(key);
    if (outcome === undefined) {
      const { algorithm, tbs, signature } = this.parts(certificate);
      outcome = await verifySigned(algorithm, issuer, tbs, signature, this.crypto);
      this.#signatures.set(key, outcome, OUTCOME);
    }
    return outcome;
  }

  /** The answer to the same question, or what `find` finds. */
  async path(question: PathQuestion, find: () => Promise<PathResult>): Promise<PathResult> {
    const key = this.#keyOf(question);
    let result = this.#paths.get(key);
    if (result === undefined) {
      result = await find();
      const certificates = new Set([...question.pool, ...result.path]);
      let octets = key.length + 16 * OUTCOME;
      for (const certificate of certificates) octets += certificate.der.length;
      this.#paths.set(key, result, octets);
    }
    return result;
  }

  #keyOf({ leaf, pool, anchors, crls, at, longest, revocationRequired }: PathQuestion): string {
    const anchorIds = anchors.map(({ certificate, publicKey }) =>
      certificate === null ? `key ${this.#sha256(publicKey.spki)}` : certificate.id,
    );
    // In their order: which issuer is tried first, and which problem is told, goes by it.
    return JSON.stringify([
      leaf.id,
      [...new Set(pool.map((certificate) => certificate.id))],
      anchorIds,
      crls.map((crl) => this.#sha256(crl)),
      at,
      longest,
      revocationRequired,
    ]);
  }
}
