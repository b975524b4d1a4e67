/**
 * Opens one xenc:EncryptedKey: by a private key (key transport) or by another symmetric key (key wrap) (XML Encryption
 * 1.1 §5.5, §5.7).
 */
import { readKeyNaming, type FoundKey, type KeyNaming } from '../key-resolution/key-naming.ts';
import type { Algorithm, AlgorithmKind } from '../algorithms/algorithm.ts';
import { algorithmByUri } from '../algorithms/algorithm-table.ts';
import { didYouMean } from '../algorithms/near-miss.ts';
import { algorithmWeakness } from '../algorithms/strength-policy.ts';
import { resolveKeyInfo } from '../key-resolution/resolve-key-info.ts';
import type { KeyEntry } from '../keystore/key-entry.ts';
import { readEncryptedKey } from '../tokens/encrypted-key.ts';
import type { OaepParameters } from '../crypto/decryption-provider.ts';
import { Recorder, type FindingDraft, type OpenStep } from '../trace/recorder.ts';
import type { NodeIndex } from '../xml/document.ts';
import { elementPath, nodeRange } from '../xml/navigate.ts';
import { cipherOctets } from './cipher-octets.ts';
import type { DecryptionContext } from './decryption-context.ts';
import { readEncrypted, type EncryptedStructure, type EncryptionMethod } from './encrypted-structure.ts';
import { findSecrets } from './find-secrets.ts';
import type { UnopenedKey } from './unopened-part.ts';

/**
 * `opened`: its secret is known. `failed`: its recipient's key does not open it. `missing`: a key of ours is not there,
 * or it is for another recipient. `unsupported`: an algorithm or token that we do not have.
 */
export interface OpenedKey {
  readonly node: NodeIndex;
  readonly structure: EncryptedStructure;
  /** Whom it is for, as its KeyInfo says. */
  readonly naming: KeyNaming;
  /** The key that opened it; null where none did. */
  readonly by: FoundKey | null;
  readonly method: string;
  readonly result: 'opened' | 'failed' | 'missing' | 'unsupported';
  readonly secret: Uint8Array | null;
  readonly step: string;
  readonly weak: boolean;
  /** Null where it opened, or nothing is left to try. */
  readonly unopened: UnopenedKey | null;
}

interface Unlocked {
  readonly result: OpenedKey['result'];
  readonly secret: Uint8Array | null;
  readonly by?: FoundKey;
  readonly unopened?: UnopenedKey;
}

const KEY_KINDS: ReadonlySet<AlgorithmKind> = new Set(['key-transport', 'key-wrap', 'block-encryption']);

const FAILED: Unlocked = { result: 'failed', secret: null };
const MISSING: Unlocked = { result: 'missing', secret: null };
const UNSUPPORTED: Unlocked = { result: 'unsupported', secret: null };

/** @param cyclic its own key waits for it */
export async function openEncryptedKey(
  node: NodeIndex,
  context: DecryptionContext,
  cyclic: boolean,
): Promise<OpenedKey> {
  const { document, recorder } = context;
  const structure = readEncrypted(document, node);
  const token = readEncryptedKey(document, node, context.crypto);
  const uri = structure.method?.algorithm ?? '';
  const step = recorder.step('encrypted-key', {
    range: nodeRange(document, node),
    citation: { spec: 'XMLENC', section: '3.5.1' },
    data: {
      id: structure.id,
      method: uri,
      path: elementPath(document, node),
      encryptedKeySha1: token.sha1,
      carriedKeyName: structure.carriedKeyName,
      recipient: token.recipient,
    },
  });
  const algorithm = algorithmByUri(uri);
  const weakness = algorithmWeakness(uri);
  if (weakness !== null) step.finding(weakness);
  if (cyclic) {
    step.finding({ code: 'ENC-06', severity: 'error', data: { id: structure.id }, fault: 'wsse:InvalidSecurity' });
  }
  const unlocked = cyclic ? FAILED : await unlock(structure, algorithm, context, step);
  if (unlocked.secret !== null) step.key(unlocked.secret);
  step.data({ result: unlocked.result });
  step.end(
    unlocked.result === 'opened'
      ? undefined
      : unlocked.result === 'failed'
        ? 'failed'
        : unlocked.result === 'unsupported'
          ? 'unsupported'
          : 'unknown',
  );
  return {
    node,
    structure,
    naming: readKeyNaming(document, structure.keyInfo),
    by: unlocked.by ?? null,
    method: uri,
    result: unlocked.result,
    secret: unlocked.secret,
    step: step.id,
    weak: weakness?.severity === 'warning',
    unopened: unlocked.unopened ?? null,
  };
}

async function unlock(
  structure: EncryptedStructure,
  algorithm: Algorithm | null,
  context: DecryptionContext,
  step: OpenStep,
): Promise<Unlocked> {
  const { method } = structure;
  // A key may be encrypted as content is, with a block cipher (§5.1).
  if (method === null || algorithm === null || !KEY_KINDS.has(algorithm.kind)) {
    const near =
      didYouMean(method?.algorithm ?? '', 'key-transport')[0] ?? didYouMean(method?.algorithm ?? '', 'key-wrap')[0];
    step.finding({
      code: 'algorithm-unsupported',
      severity: 'error',
      data: {
        algorithm: method?.algorithm ?? '',
        kind: 'key-transport',
        meant: near?.uri ?? null,
        reason: near?.reason ?? null,
        why: null,
      },
      fault: 'wsse:UnsupportedAlgorithm',
    });
    return UNSUPPORTED;
  }
  const cipher = cipherOctets(structure, context, step);
  if (cipher.status !== 'octets') {
    step.finding(cipher.finding);
    return cipher.status === 'malformed' ? FAILED : cipher.status === 'missing' ? MISSING : UNSUPPORTED;
  }
  step.data({ cipherOctets: cipher.octets.length });
  return algorithm.kind === 'key-transport'
    ? transported(structure, method, cipher.octets, context, step)
    : wrapped(structure, method, algorithm, cipher.octets, context, step);
}

async function transported(
  structure: EncryptedStructure,
  method: EncryptionMethod,
  encrypted: Uint8Array,
  context: DecryptionContext,
  step: OpenStep,
): Promise<Unlocked> {
  const { provider } = context;
  const parameters = {
    digest: method.digest,
    maskGeneration: method.maskGeneration,
    label: method.label ?? new Uint8Array(0),
  };
  const bare = await openWithBareKey(structure, method, parameters, encrypted, context, step);
  if (bare !== null) return bare;
  const resolution = await resolveKeyInfo(structure.keyInfo, 'decrypt', context, step);
  const tried = entriesOf(
    resolution.keys.map((key) => key.entry),
    context,
  );
  if (tried.length === 0) {
    if (resolution.unsupported !== null) return UNSUPPORTED;
    const { missing } = resolution;
    // The search by identifier may have said so already.
    const finding =
      missing?.code === 'private-key-not-found' && !('how' in missing.data)
        ? null
        : step.finding({
            code: 'private-key-not-found',
            severity: 'warning',
            data: { ...missing?.data, opens: null, opensSubject: null },
            fault: 'wsse:SecurityTokenUnavailable',
          });
    return {
      ...MISSING,
      unopened: {
        kind: 'key',
        context,
        structure,
        method,
        octets: encrypted,
        step: step.id,
        finding,
        named: null,
        missing: missing?.data ?? {},
      },
    };
  }
  const unwrap = step.child('unwrap-key', {
    data: {
      algorithm: method.algorithm,
      digest: method.digest,
      mask: method.maskGeneration,
      labelOctets: parameters.label.length,
      keys: tried.map((entry) => entry.id),
    },
    citation: { spec: 'XMLENC', section: method.algorithm.endsWith('rsa-1_5') ? '5.5.1' : '5.5.2' },
  });
  let reason = '';
  for (const entry of tried) {
    const outcome = provider.transport(method.algorithm, parameters, entry.privateKey!, encrypted);
    if (outcome.result === 'plaintext') {
      unwrap.input({ type: 'key', label: 'private', key: entry.id });
      unwrap.data({ key: entry.id, keyOctets: outcome.octets.length });
      unwrap.end();
      const how = resolution.keys.find((key) => key.entry === entry.id)?.how ?? 'given';
      return { result: 'opened', secret: outcome.octets, by: keyOf(entry, how) };
    }
    if (outcome.result === 'unsupported') {
      unwrap.finding({
        code: 'algorithm-unsupported',
        severity: 'error',
        data: { algorithm: outcome.what, kind: 'key-transport', meant: null, reason: null, why: null },
      });
      unwrap.end('unsupported');
      return UNSUPPORTED;
    }
    reason ||= outcome.result === 'fail' ? outcome.reason : outcome.what;
  }
  const [named] = tried;
  const modulusBits = named!.publicKey?.kind === 'RSA' ? named!.publicKey.bits : null;
  unwrap.data({ reason, cipherOctets: encrypted.length, modulusBits });
  const finding = unwrap.finding(notUnwrapped(reason, structure, method, encrypted.length, named!, modulusBits));
  unwrap.end('failed');
  return {
    ...FAILED,
    unopened: {
      kind: 'key',
      context,
      structure,
      method,
      octets: encrypted,
      step: unwrap.id,
      finding,
      named: named!,
      missing: {},
    },
  };
}

/** Why the recipient's key does not open it, as far as it shows without trying anything else. */
function notUnwrapped(
  reason: string,
  structure: EncryptedStructure,
  method: EncryptionMethod,
  length: number,
  named: KeyEntry,
  modulusBits: number | null,
): FindingDraft {
  // No RSA key in use has such a length.
  if (reason === 'ciphertext-length' && (length < 64 || length % 8 !== 0)) {
    return {
      code: 'ciphertext-truncated-or-encoded',
      severity: 'error',
      data: { reason, length, algorithm: method.algorithm },
    };
  }
  if (reason === 'ciphertext-length') {
    return {
      code: 'enc-wrong-recipient-cert',
      severity: 'error',
      data: {
        reason,
        cipherOctets: length,
        modulusBits,
        opens: null,
        subject: named.certificates[0]?.subjectText ?? null,
      },
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
  structure: EncryptedStructure,
  method: EncryptionMethod,
  parameters: OaepParameters,
  encrypted: Uint8Array,
  context: DecryptionContext,
  step: OpenStep,
): Promise<Unlocked | null> {
  const bare = context.keys.filter((entry) => entry.privateKey !== null && !hasCertificate(entry, context));
  if (bare.length === 0) return null;
  const named = await resolveKeyInfo(structure.keyInfo, 'decrypt', context, Recorder.silent().step('encrypted-key'));
  if (
    entriesOf(
      named.keys.map((key) => key.entry),
      context,
    ).length > 0
  ) {
    return null;
  }
  for (const entry of bare) {
    const outcome = context.provider.transport(method.algorithm, parameters, entry.privateKey!, encrypted);
    if (outcome.result !== 'plaintext') continue;
    const unwrap = step.child('unwrap-key', {
      data: {
        algorithm: method.algorithm,
        digest: method.digest,
        mask: method.maskGeneration,
        labelOctets: method.label?.length ?? 0,
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
    return { result: 'opened', secret: outcome.octets, by: keyOf(entry, 'given') };
  }
  return null;
}

function keyOf(entry: KeyEntry, how: string): FoundKey {
  return { how, publicKey: entry.publicKey, certificate: entry.certificates[0] ?? null, secretBits: null };
}

function entriesOf(ids: readonly (string | null)[], context: DecryptionContext): readonly KeyEntry[] {
  const wanted = new Set(ids);
  return context.keys.filter((entry) => entry.privateKey !== null && wanted.has(entry.id));
}

function hasCertificate(entry: KeyEntry, context: DecryptionContext): boolean {
  const spki = entry.publicKey?.spki;
  return (
    entry.certificates.length > 0 ||
    (spki !== undefined &&
      context.keys.some((other) => other.certificates.some((certificate) => sameKey(certificate.publicKey.spki, spki))))
  );
}

function sameKey(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((octet, at) => octet === b[at]);
}

async function wrapped(
  structure: EncryptedStructure,
  method: EncryptionMethod,
  algorithm: Algorithm,
  octets: Uint8Array,
  context: DecryptionContext,
  step: OpenStep,
): Promise<Unlocked> {
  const length = (algorithm.bits ?? 0) / 8;
  const found = await findSecrets(structure, length, context, step);
  if (found.secrets.length === 0) {
    if (found.unsupported !== null) return UNSUPPORTED;
    return found.broken ? FAILED : MISSING;
  }
  const unwrap = step.child('unwrap-key', {
    data: { algorithm: method.algorithm, cipherOctets: octets.length, candidates: found.secrets.length },
    citation: { spec: 'XMLENC', section: '5.7' },
  });
  const reasons: string[] = [];
  for (const secret of found.secrets) {
    const outcome =
      algorithm.kind === 'block-encryption'
        ? await context.provider.decrypt(method.algorithm, secret.octets, octets, method.parameters)
        : await context.provider.unwrap(method.algorithm, secret.octets, octets);
    if (outcome.result === 'plaintext') {
      unwrap.data({ how: secret.how, from: secret.from, keyOctets: outcome.octets.length });
      unwrap.end();
      const by = { how: secret.how, publicKey: null, certificate: null, secretBits: secret.octets.length * 8 };
      return { result: 'opened', secret: outcome.octets, by };
    }
    if (outcome.result === 'unsupported') {
      unwrap.finding({
        code: 'algorithm-unsupported',
        severity: 'error',
        data: { algorithm: outcome.what, kind: 'key-wrap', meant: null, reason: null, why: algorithm.support.why },
      });
      unwrap.end('unsupported');
      return UNSUPPORTED;
    }
    reasons.push(outcome.result === 'fail' ? outcome.reason : outcome.what);
  }
  const reason = reasons.find((one) => one !== 'key-length') ?? reasons[0] ?? '';
  unwrap.data({ reason });
  if (reason === 'key-length') {
    unwrap.finding({
      code: 'session-key-encoding-or-size',
      severity: 'error',
      data: { reason, needed: length, actual: found.secrets[0]!.octets.length, algorithm: method.algorithm },
    });
  } else if (reason === 'ciphertext-length') {
    unwrap.finding({
      code: 'ciphertext-truncated-or-encoded',
      severity: 'error',
      data: { reason: 'wrapped-key-length', length: octets.length, algorithm: method.algorithm },
    });
  } else {
    unwrap.finding({
      code: 'decryption-failed-unproven',
      severity: 'error',
      data: { what: 'EncryptedKey', reason, algorithm: method.algorithm, id: structure.id },
      fault: 'wsse:FailedCheck',
    });
  }
  // Secrets that nobody named prove nothing by not fitting.
  const guessed = found.secrets.every((secret) => secret.how === 'only-key');
  unwrap.end(guessed ? 'unknown' : 'failed');
  return guessed ? MISSING : FAILED;
}
