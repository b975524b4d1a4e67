/** Puts the signatures that our engine judged, with the public keys it used, to the second library: loaded only when asked for. */
import { decodeBase64Lenient } from '../engine/bytes/base64.ts';
import { decodeUtf8 } from '../engine/bytes/utf8.ts';
import { INPUT_SPACE } from '../engine/bytes/source-range.ts';
import { readCertificate } from '../engine/certificates/read-certificate.ts';
import type { KeyEntry } from '../engine/keystore/key-entry.ts';
import type { Trace } from '../engine/trace/trace.ts';
import type { SecondOpinionView } from './protocol.ts';

/** SubjectPublicKeyInfo by certificate id: of the key files, and of certificates that stand in the message in base64. */
function publicKeys(trace: Trace, octets: Uint8Array, entries: readonly KeyEntry[]): ReadonlyMap<string, Uint8Array> {
  const found = new Map(entries.flatMap((entry) => entry.certificates).map((certificate) => [certificate.id, certificate.publicKey.spki]));
  for (const token of trace.tokens) {
    if (token.kind !== 'BinarySecurityToken' || token.range.space !== INPUT_SPACE) continue;
    const text = />([A-Za-z0-9+/=\s]+)</.exec(decodeUtf8(octets, token.range.start, token.range.end))?.[1];
    const der = text === undefined ? null : decodeBase64Lenient(text).octets;
    const read = der ? readCertificate(der) : null;
    if (read?.ok) found.set(read.certificate.id, read.certificate.publicKey.spki);
  }
  return found;
}

/** Null where the library declines: too large, malformed, no signature. */
export async function opinionsOn(trace: Trace, octets: Uint8Array, entries: readonly KeyEntry[], crypto: Crypto): Promise<readonly SecondOpinionView[] | null> {
  if (trace.signatures.length === 0) return null;
  const { secondOpinion } = await import('./second-opinion.ts');
  const known = publicKeys(trace, octets, entries);
  const own = trace.signatures.map((signature) => {
    const spki = signature.key?.certificate === undefined ? undefined : known.get(signature.key.certificate);
    return { step: signature.step, start: signature.range.start, value: signature.value, references: signature.references.map(({ uri, digest }) => ({ uri, digest })), key: spki ? { spki } : null };
  });
  const opinion = await secondOpinion(octets, own, crypto);
  if (opinion.status !== 'given') return null;
  return opinion.signatures.map(({ step, agrees, explanations, unexplained, why }) => ({ step, agrees, explanations: [...new Set(explanations.map(({ code }) => code))], unexplained, why }));
}
