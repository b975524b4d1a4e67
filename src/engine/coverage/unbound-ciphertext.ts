/**
 * Signed ciphertext that opens to other text under another key. A cipher without authentication opens under any key;
 * where the key arrives in an EncryptedKey that anybody can make for the receiver and nobody signed, whoever changes
 * the message chooses it, and the signature over the ciphertext still holds (XML Encryption 1.1 §6.1; docs/attacks.md
 * ENC-11). An authenticated cipher opens only under keys that its sender made it for.
 */
import { equalOctets } from '../bytes/octets.ts';
import { algorithmOfKind } from '../algorithms/algorithm-table.ts';
import type { DecryptedMessage, KnownData } from '../encryption/decrypted-message.ts';
import type { FindingDraft } from '../trace/recorder.ts';
import { isVerified, type JudgedSignature } from '../signature/judged-signature.ts';
import { covers } from '../signature/node-coverage.ts';
import { NO_NODE, type NodeIndex } from '../xml/document.ts';
import { nodeAt } from '../xml/node-at.ts';

const AUTHENTICATED: ReadonlySet<string> = new Set(['aes-gcm', 'chacha20-poly1305']);

/** An opened part whose plaintext the signature over its ciphertext does not bind. */
export interface UnboundCiphertext {
  readonly data: KnownData;
  /** Where its plaintext stands in the decrypted document, or what it stood behind. */
  readonly node: NodeIndex;
}

/** Of what was opened. @param signatures in nodes of the decrypted document */
export function unboundCiphertexts(
  decrypted: DecryptedMessage,
  signatures: readonly JudgedSignature[],
): readonly UnboundCiphertext[] {
  const { final, parts } = decrypted;
  const over = (form: 'asPlaintext' | 'asCiphertext') =>
    new Set(signatures.filter(isVerified).flatMap((signature) => signature.encrypted[form]));
  const [asPlaintext, asCiphertext] = [over('asPlaintext'), over('asCiphertext')];
  return decrypted.data.flatMap((data) => {
    const part = data.part === null ? undefined : parts[data.part];
    if (part === undefined || asPlaintext.has(part.index) || !asCiphertext.has(part.index)) return [];
    if (isAuthenticated(data.report.method) || !keyIsAnybodys(data, decrypted)) return [];
    if (data.key !== null && isBound(data.key, decrypted, signatures)) return [];
    // What opens to nothing leaves what stands before it.
    const offset =
      final.offsetOf({ container: part.index, offset: part.skip }) ??
      final.offsetOf({ container: part.container, offset: part.start - 1 });
    return offset === null ? [] : [{ data, node: nodeAt(final.document, offset) }];
  });
}

function isAuthenticated(method: string): boolean {
  return AUTHENTICATED.has(algorithmOfKind(method, 'block-encryption')?.scheme ?? '');
}

/** Whether its key came under the receiver's public key: under a shared one only who has that could send another. */
function keyIsAnybodys({ key }: KnownData, { keys }: DecryptedMessage): boolean {
  const carrier = keys.find(({ place }) => place.container === key?.container && place.offset === key.offset)?.opened;
  if (key === null || carrier === undefined) return false;
  const scheme = algorithmOfKind(carrier.method, 'key-transport')?.scheme ?? '';
  return scheme.startsWith('rsa') || (carrier.by !== null && carrier.by.publicKey !== null);
}

/** Signed, or the key that a verified MAC was made with: another in its place would not verify. */
function isBound(
  place: NonNullable<KnownData['key']>,
  { final, keys }: DecryptedMessage,
  signatures: readonly JudgedSignature[],
): boolean {
  const offset = final.offsetOf(place);
  const node = offset === null ? NO_NODE : final.elementAt(offset);
  if (node !== NO_NODE && signatures.some((signature) => covers(signature, node))) return true;
  const secret = keys.find((key) => key.place.container === place.container && key.place.offset === place.offset);
  return signatures.some(
    (signature) =>
      isVerified(signature) &&
      signature.used?.sealed === true &&
      (keys.length === 1 || isSame(signature.used.secret, secret?.opened.secret ?? null)),
  );
}

function isSame(one: Uint8Array | null, other: Uint8Array | null): boolean {
  return one !== null && other !== null && equalOctets(one, other);
}

/** What to say of it. */
export function unboundFinding({ data }: UnboundCiphertext): FindingDraft {
  const { id, method, target } = data.report;
  return {
    code: 'ENC-11',
    severity: 'warning',
    ranges: [target],
    data: { id, method, path: target.path },
  };
}
