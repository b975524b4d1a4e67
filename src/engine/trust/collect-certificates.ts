/** Every certificate met in the message or given, each once, with where it came from. */
import { utcText } from '../xml/date-time.ts';
import { encodeHex } from '../bytes/hex.ts';
import type { Certificate } from '../certificates/certificate.ts';
import type { KeyEntry } from '../keystore/key-entry.ts';
import type { JudgedSignature } from '../signature/judged-signature.ts';
import type { Token } from '../tokens/token.ts';
import type { CertificateReport } from '../trace/trace.ts';

/** The certificates of a message and of the keys given. */
export interface CertificateCollection {
  /** All of them, those in the message first: what paths may be built from. */
  readonly all: readonly Certificate[];
  readonly anchors: readonly Certificate[];
  readonly reports: readonly CertificateReport[];
}

/** Collects certificates from tokens, signatures and key entries, each once, those in the message first. */
export function collectCertificates(
  tokens: readonly Token[] = [],
  keys: readonly KeyEntry[] = [],
  signatures: readonly JudgedSignature[] = [],
): CertificateCollection {
  const found = new Map<string, { certificate: Certificate; from: string; trusted: boolean }>();
  const add = (certificate: Certificate, from: string, trusted: boolean) => {
    const known = found.get(certificate.id);
    if (known === undefined) found.set(certificate.id, { certificate, from, trusted });
    else known.trusted ||= trusted;
  };
  for (const token of tokens) {
    for (const certificate of token.certificates) add(certificate, token.id ?? token.kind, false);
  }
  for (const { resolution } of signatures) {
    for (const candidate of resolution?.candidates ?? []) {
      if (candidate.from === 'given') continue;
      for (const certificate of [candidate.certificate, ...candidate.chain]) {
        if (certificate !== null) add(certificate, candidate.how, false);
      }
    }
  }
  for (const entry of keys) for (const certificate of entry.certificates) add(certificate, entry.file, entry.trusted);
  const entries = [...found.values()];
  return {
    all: entries.map((entry) => entry.certificate),
    anchors: entries.filter((entry) => entry.trusted).map((entry) => entry.certificate),
    reports: entries.map(({ certificate, from, trusted }) => ({
      id: certificate.id,
      subject: certificate.subjectText,
      issuer: certificate.issuerText,
      serial: certificate.serial.toString(),
      notBefore: utcText(certificate.notBefore),
      notAfter: utcText(certificate.notAfter),
      sha1: certificate.sha1,
      ski: certificate.ski === null ? null : encodeHex(certificate.ski),
      key: keyText(certificate),
      selfIssued: certificate.selfIssued,
      trusted,
      from,
    })),
  };
}

function keyText(certificate: Certificate): string {
  const key = certificate.publicKey;
  if (key.kind === 'RSA') return `RSA ${key.bits}`;
  return key.kind === 'EC' ? `EC ${key.curve}` : key.kind;
}
