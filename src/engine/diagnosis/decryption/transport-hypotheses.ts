/** What would open an EncryptedKey that its recipient's key does not open as it says (docs/faults.md, "Decryption"). */
import { Digest } from '../../algorithms/identifiers.ts';
import { XENC, XENC11 } from '../../xml/namespaces.ts';
import { encodeUtf8 } from '../../bytes/utf8.ts';
import type { DecryptionProvider, OaepParameters } from '../../crypto/decryption-provider.ts';
import type { KeyEntry } from '../../keystore/key-entry.ts';
import type { FindingDraft } from '../../trace/recorder.ts';
import type { EncryptionMethod } from '../../encryption/encrypted-structure.ts';

const RSA_15 = `${XENC}rsa-1_5`;
const OAEP = `${XENC11}rsa-oaep`;

const DIGESTS = [Digest.sha1, Digest.sha224, Digest.sha256, Digest.sha384, Digest.sha512] as const;
const MASKS = ['sha1', 'sha224', 'sha256', 'sha384', 'sha512'].map((name) => `${XENC11}mgf1${name}`);
/** Lengths that a session key can have; an accidental match of PKCS#1 v1.5 is seldom one of them. */
const KEY_LENGTHS: ReadonlySet<number> = new Set([16, 20, 24, 32, 48, 64]);

/** One set of parameters that opens it. */
export interface TransportProof {
  readonly algorithm: string;
  readonly parameters: OaepParameters;
  /** The label is another than the one written. */
  readonly otherLabel: boolean;
  readonly entry: KeyEntry;
  readonly octets: Uint8Array;
}

/** A key that did not open as its EncryptionMethod says. */
export interface TransportAttempt {
  readonly method: EncryptionMethod;
  /** CipherData, decoded. */
  readonly encrypted: Uint8Array;
  readonly provider: DecryptionProvider;
}

/**
 * Tries every padding, digest, mask and label with the named key, then with the other private keys as the message says.
 * Returns the first that opens.
 */
export function proveTransport(
  attempt: TransportAttempt,
  named: KeyEntry | null,
  others: readonly KeyEntry[],
): TransportProof | null {
  const { method, provider, encrypted } = attempt;
  const stated: OaepParameters = {
    digest: method.digest,
    maskGeneration: method.maskGeneration,
    label: method.label ?? new Uint8Array(0),
  };
  const open = (entry: KeyEntry, algorithm: string, parameters: OaepParameters): TransportProof | null => {
    if (entry.privateKey === null) return null;
    const outcome = provider.transport(algorithm, parameters, entry.privateKey, encrypted);
    if (outcome.result !== 'plaintext') return null;
    return algorithm === RSA_15 && !KEY_LENGTHS.has(outcome.octets.length)
      ? null
      : { algorithm, parameters, otherLabel: parameters.label === null, entry, octets: outcome.octets };
  };
  if (named !== null) {
    if (method.algorithm !== RSA_15) {
      const proof = open(named, RSA_15, stated);
      if (proof !== null) return proof;
    }
    for (const digest of DIGESTS) {
      for (const maskGeneration of MASKS) {
        const unlabelled = open(named, OAEP, { digest, maskGeneration, label: null });
        if (unlabelled !== null) {
          return (
            open(named, OAEP, { digest, maskGeneration, label: stated.label }) ??
            knownLabel(method, (label) => open(named, OAEP, { digest, maskGeneration, label })) ??
            unlabelled
          );
        }
      }
    }
  }
  for (const entry of others) {
    if (entry === named) continue;
    const proof = open(entry, method.algorithm, stated);
    if (proof !== null) return proof;
  }
  return null;
}

/** No label, or the base64 text itself as the label. */
function knownLabel(
  method: EncryptionMethod,
  open: (label: Uint8Array) => TransportProof | null,
): TransportProof | null {
  const proof = open(new Uint8Array(0)) ?? (method.labelText === null ? null : open(encodeUtf8(method.labelText)));
  return proof === null ? null : { ...proof, otherLabel: true };
}

/** The finding that the proof stands for. */
export function transportFinding(
  proof: TransportProof,
  method: EncryptionMethod,
  named: KeyEntry | null,
): FindingDraft {
  const subject = proof.entry.certificates[0]?.subjectText ?? null;
  const data = {
    stated: method.algorithm,
    statedDigest: method.digest,
    statedMask: method.maskGeneration,
    opens: proof.algorithm,
    digest: proof.algorithm === RSA_15 ? null : proof.parameters.digest,
    mask: proof.algorithm === RSA_15 ? null : proof.parameters.maskGeneration,
    statedLabelOctets: method.label?.length ?? 0,
    labelOctets: proof.parameters.label?.length ?? null,
    entry: proof.entry.id,
    subject,
    file: proof.entry.file,
  };
  const draft = { severity: 'error', confidence: 'proven', data, fault: 'wsse:FailedCheck' } as const;
  if (named === null || proof.entry !== named) return { ...draft, code: 'enc-wrong-recipient-cert' };
  if (proof.algorithm === RSA_15 || method.algorithm === RSA_15) return { ...draft, code: 'oaep-vs-pkcs15' };
  return { ...draft, code: proof.otherLabel ? 'oaep-params-label' : 'oaep-digest-mgf-mismatch' };
}
