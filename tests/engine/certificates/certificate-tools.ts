/**
 * What the certificate tests share: reading certificates, and paths with the engine's own provider without WebCrypto.
 */
import { readFileSync } from 'node:fs';
import { Budget } from '../../../src/engine/bytes/budget.ts';
import type { Certificate } from '../../../src/engine/certificates/certificate.ts';
import { buildPaths } from '../../../src/engine/certificates/path.ts';
import type { PathRequest } from '../../../src/engine/certificates/path-request.ts';
import type { PathResult } from '../../../src/engine/certificates/path-types.ts';
import { readCertificate } from '../../../src/engine/certificates/read-certificate.ts';
import { CertificateMemory } from '../../../src/engine/certificates/certificate-memory.ts';
import { createCryptoProvider } from '../../../src/engine/crypto/provider-web.ts';

/** DER of the first PEM block, or the file itself. */
export function derOf(path: string): Uint8Array {
  const octets = readFileSync(path);
  const match = /-----BEGIN [^-]+-----([^-]+)-----END/.exec(octets.toString('latin1'));
  return new Uint8Array(match?.[1] === undefined ? octets : Buffer.from(match[1], 'base64'));
}

export function certificateOf(path: string): Certificate {
  const read = readCertificate(derOf(path));
  if (!read.ok) throw new Error(`${path}: ${read.problem.what}`);
  return read.certificate;
}

/** One for all: an answer to another question would be wrong somewhere. */
const memory = new CertificateMemory(createCryptoProvider(null));

export function validate(
  leaf: Certificate,
  anchors: readonly Certificate[],
  options: Partial<PathRequest> = {},
): Promise<PathResult> {
  return buildPaths({
    leaf,
    pool: [],
    crls: [],
    at: Date.UTC(2026, 10, 22),
    memory,
    budget: new Budget(),
    anchors: anchors.map((certificate) => ({ certificate, publicKey: certificate.publicKey })),
    ...options,
  });
}
