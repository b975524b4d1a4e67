/** Opens a session key that an RSA key carries (XML Encryption 1.1 §5.5). */
import type { OaepParameters } from '../crypto/decryption-provider.ts';
import type { FoundKey } from '../key-resolution/key-naming.ts';
import type { KeyResolution } from '../key-resolution/key-resolution-types.ts';
import { resolveKeyInfo } from '../key-resolution/resolve-key-info.ts';
import { bareKeys, hasPrivateKey, type KeyEntry, type PrivateEntry } from '../keystore/key-entry.ts';
import { Recorder, type FindingDraft, type OpenStep } from '../trace/recorder.ts';
import type { DecryptionContext } from './decryption-context.ts';
import type { EncryptedStructure, EncryptionMethod } from './encrypted-structure.ts';
import { locked, type UnlockedKey } from './opened-key.ts';
import type { UnopenedKey } from './unopened-part.ts';

/** A key encrypted for a public key (XML Encryption 1.1 §5.5). */
export interface Transport {
  readonly structure: EncryptedStructure;
  readonly method: EncryptionMethod;
  /** Encrypted. */
  readonly octets: Uint8Array;
}

/** Finds the private key that an xenc:EncryptedKey was made for, and opens it. */
export async function transportedKey(
  task: Transport,
  context: DecryptionContext,
  step: OpenStep,
): Promise<UnlockedKey> {
  const bare = await openWithBareKey(task, context, step);
  if (bare !== null) return bare;
  const resolution = await resolveKeyInfo(task.structure.keyInfo, 'decrypt', context, step);
  const [named, ...others] = recipientsIn(resolution, context);
  return named === undefined
    ? withoutRecipient(task, resolution, context, step)
    : openWithRecipients(task, [named, ...others], resolution, context, step);
}

/** The key that the message names is not among ours. */
function withoutRecipient(
  task: Transport,
  { unsupported, missing }: KeyResolution,
  context: DecryptionContext,
  step: OpenStep,
): UnlockedKey {
  if (unsupported !== null) return locked('unsupported');
  // The search by identifier may have said so already.
  const said = missing?.code === 'private-key-not-found' && !('how' in missing.data);
  const finding = said
    ? null
    : step.finding({
        code: 'private-key-not-found',
        severity: 'warning',
        data: { ...missing?.data, opens: null, opensSubject: null, bare: bareKeys(context.keys).length },
        fault: 'wsse:SecurityTokenUnavailable',
      });
  return locked('missing', {
    ...unopenedBy(task, context),
    step: step.id,
    finding,
    named: null,
    missing: missing?.data ?? {},
  });
}

async function openWithRecipients(
  task: Transport,
  entries: readonly [PrivateEntry, ...PrivateEntry[]],
  resolution: KeyResolution,
  context: DecryptionContext,
  step: OpenStep,
): Promise<UnlockedKey> {
  const { method, octets } = task;
  const { parameters, labelOctets } = oaepOf(method);
  const unwrap = step.child('unwrap-key', {
    data: {
      algorithm: method.algorithm,
      digest: method.digest,
      mask: method.maskGeneration,
      labelOctets,
      keys: entries.map((entry) => entry.id),
    },
    citation: { spec: 'XMLENC', section: method.algorithm.endsWith('rsa-1_5') ? '5.5.1' : '5.5.2' },
  });
  let reason = '';
  for (const entry of entries) {
    const outcome = context.provider.transport(method.algorithm, parameters, entry.privateKey, octets);
    if (outcome.result === 'plaintext') {
      unwrap.input({ type: 'key', label: 'private', key: entry.id });
      unwrap.data({ key: entry.id, keyOctets: outcome.octets.length });
      unwrap.end();
      const how = resolution.keys.find((key) => key.entry === entry.id)?.how ?? 'given';
      return { result: 'opened', secret: outcome.octets, by: keyOf(entry, how), unopened: null };
    }
    if (outcome.result === 'unsupported') {
      unwrap.finding({
        code: 'algorithm-unsupported',
        severity: 'error',
        data: { algorithm: outcome.what, kind: 'key-transport', meant: null, reason: null, why: null },
      });
      unwrap.end('unsupported');
      return locked('unsupported');
    }
    reason ||= outcome.result === 'fail' ? outcome.reason : outcome.what;
  }
  const [named] = entries;
  // Nothing in the message says that it is one of these: that they do not open it says nothing.
  if (resolution.keys.every((key) => key.how === 'only-key')) {
    unwrap.data({ reason, cipherOctets: octets.length });
    unwrap.end('unknown');
    return withoutRecipient(
      task,
      { ...resolution, missing: { code: 'private-key-not-found', data: { how: 'unnamed' } } },
      context,
      step,
    );
  }
  const modulusBits = named.publicKey?.kind === 'RSA' ? named.publicKey.bits : null;
  unwrap.data({ reason, cipherOctets: octets.length, modulusBits });
  const finding = unwrap.finding(notUnwrapped(reason, task, named, modulusBits));
  unwrap.end('failed');
  return locked('failed', { ...unopenedBy(task, context), step: unwrap.id, finding, named, missing: {} });
}

function unopenedBy(
  { structure, method, octets }: Transport,
  context: DecryptionContext,
): Pick<UnopenedKey, 'kind' | 'context' | 'structure' | 'method' | 'octets'> {
  return { kind: 'key', context, structure, method, octets };
}

function oaepOf({ digest, maskGeneration, label }: EncryptionMethod): {
  readonly parameters: OaepParameters;
  readonly labelOctets: number;
} {
  return { parameters: { digest, maskGeneration, label: label ?? new Uint8Array(0) }, labelOctets: label?.length ?? 0 };
}

/** Why the recipient's key does not open it, as far as it shows without trying anything else. */
function notUnwrapped(
  reason: string,
  { structure, method, octets }: Transport,
  named: KeyEntry,
  modulusBits: number | null,
): FindingDraft {
  const { length } = octets;
  // No RSA key in use has such a length.
  if (reason === 'ciphertext-length' && (length < 64 || length % 8 !== 0)) {
    return {
      code: 'ciphertext-truncated-or-encoded',
      severity: 'error',
      data: { reason, length, algorithm: method.algorithm },
    };
  }
  if (reason === 'ciphertext-length') {
    const subject = named.certificates[0]?.subjectText ?? null;
    return {
      code: 'enc-wrong-recipient-cert',
      severity: 'error',
      data: { reason, cipherOctets: length, modulusBits, opens: null, subject },
    };
  }
  return {
    code: 'decryption-failed-unproven',
    severity: 'error',
    data: { what: 'EncryptedKey', reason, algorithm: method.algorithm, id: structure.id },
    fault: 'wsse:FailedCheck',
  };
}

/**
 * A private key of which no certificate is known cannot be compared with the one named: it is the one when it opens.
 */
async function openWithBareKey(
  { structure, method, octets }: Transport,
  context: DecryptionContext,
  step: OpenStep,
): Promise<UnlockedKey | null> {
  const bare = bareKeys(context.keys);
  if (bare.length === 0) return null;
  const scratch = Recorder.silent().step('encrypted-key');
  const named = await resolveKeyInfo(structure.keyInfo, 'decrypt', context, scratch);
  if (recipientsIn(named, context).length > 0) return null;
  const { parameters, labelOctets } = oaepOf(method);
  for (const entry of bare) {
    const outcome = context.provider.transport(method.algorithm, parameters, entry.privateKey, octets);
    if (outcome.result !== 'plaintext') continue;
    const unwrap = step.child('unwrap-key', {
      data: {
        algorithm: method.algorithm,
        digest: method.digest,
        mask: method.maskGeneration,
        labelOctets,
        key: entry.id,
        keyOctets: outcome.octets.length,
      },
    });
    unwrap.input({ type: 'key', label: 'private', key: entry.id });
    unwrap.finding({
      code: 'recipient-not-compared',
      severity: 'note',
      confidence: 'proven',
      data: { entry: entry.id, file: entry.file },
    });
    unwrap.end();
    return { result: 'opened', secret: outcome.octets, by: keyOf(entry, 'given'), unopened: null };
  }
  return null;
}

function keyOf(entry: KeyEntry, how: string): FoundKey {
  return { how, publicKey: entry.publicKey, certificate: entry.certificates[0] ?? null, secretBits: null };
}

/** The private keys of ours that a resolution led to. */
function recipientsIn({ keys }: KeyResolution, context: DecryptionContext): readonly PrivateEntry[] {
  const wanted = new Set(keys.map((key) => key.entry));
  return context.keys.filter(hasPrivateKey).filter((entry) => wanted.has(entry.id));
}
