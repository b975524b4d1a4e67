/** Tries the keys of an EncryptedData until one gives content (XML Encryption 1.1 §4.4, §5.2). */
import type { Algorithm } from '../algorithms/algorithm.ts';
import { encodeHex } from '../bytes/hex.ts';
import type { FindingDraft, OpenStep } from '../trace/recorder.ts';
import type { DecryptionContext } from './decryption-context.ts';
import { statesXml, type EncryptedStructure } from './encrypted-structure.ts';
import { placePlaintext, replacedElement, type Placement } from './plaintext-placement.ts';
import type { SecretCandidate } from './secret-candidate.ts';
import type { UnopenedData } from './unopened-part.ts';

/** A key gave plaintext. */
export interface Decrypted {
  readonly result: 'opened';
  readonly plaintext: Uint8Array;
  readonly placement: Placement;
  readonly secret: SecretCandidate;
  /** Where the plaintext is no content although it has to be. */
  readonly unopened: UnopenedData | null;
}

/** `guessed`: secrets that nobody named do not fit, which proves nothing. */
export type NotDecrypted =
  | { readonly result: 'failed'; readonly unopened: UnopenedData | null }
  | { readonly result: 'guessed' }
  | { readonly result: 'unsupported' };

/** Ciphertext, and the secrets that may open it. */
export interface CipherTask {
  readonly structure: EncryptedStructure;
  readonly algorithm: Algorithm;
  readonly octets: Uint8Array;
  /** Free room behind `octets` in a buffer that is theirs alone. */
  readonly spare: number;
  /** In the order to try. */
  readonly secrets: readonly [SecretCandidate, ...SecretCandidate[]];
}

/** What one key came to. `garbled`: CBC accepts one wrong key in sixteen, content that is none tells it. */
type Attempt =
  | { readonly result: 'content' | 'garbled'; readonly opened: Omit<Decrypted, 'unopened'>; readonly cut: boolean }
  | { readonly result: 'wrong'; readonly reason: string }
  | { readonly result: 'unsupported'; readonly what: string };

/** Tries the secrets in turn on an xenc:EncryptedData, and records which one opened it or why none did. */
export async function decryptContent(
  task: CipherTask,
  context: DecryptionContext,
  parent: OpenStep,
): Promise<Decrypted | NotDecrypted> {
  const { algorithm, octets, secrets } = task;
  const step = parent.child('decrypt', {
    data: {
      algorithm: algorithm.uri,
      cipherOctets: octets.length,
      candidates: secrets.length,
      ...layoutOf(algorithm, octets),
    },
    citation: { spec: 'XMLENC', section: algorithm.citation.section },
  });
  let garbled: Omit<Decrypted, 'unopened'> | null = null;
  const wrong: WrongKey[] = [];
  for (const secret of secrets) {
    const attempt = await tryKey(secret, task, context);
    switch (attempt.result) {
      case 'unsupported':
        step.finding({
          code: 'algorithm-unsupported',
          severity: 'error',
          data: {
            algorithm: attempt.what,
            kind: 'block-encryption',
            meant: null,
            reason: null,
            why: algorithm.support.why,
          },
        });
        step.end('unsupported');
        return { result: 'unsupported' };
      case 'wrong':
        wrong.push({ secret, reason: attempt.reason });
        break;
      case 'garbled':
        garbled ??= attempt.opened;
        break;
      case 'content':
        tellOpened(attempt.opened, attempt.cut, task, step);
        return { ...attempt.opened, unopened: null };
    }
  }
  if (garbled !== null) {
    step.data({ reason: 'plaintext', how: garbled.secret.how, from: garbled.secret.from });
    step.end('warned');
    return { ...garbled, unopened: unopenedBy(garbled.secret, task, context, step, null) };
  }
  return notOpened(wrong, task, context, step);
}

async function tryKey(
  secret: SecretCandidate,
  { structure, algorithm, octets, spare }: CipherTask,
  context: DecryptionContext,
): Promise<Attempt> {
  const { document, provider, budget } = context;
  const place = (plaintext: Uint8Array) => {
    const replaced = replacedElement(document, structure.node);
    return placePlaintext(document, structure.node, replaced, structure.type, plaintext, budget);
  };
  const xml = statesXml(structure);
  // A longer key than the algorithm's: xmlsec takes its first octets, and so wrote it.
  const needed = keyOctets(algorithm);
  const cut = secret.octets.length > needed && needed > 0;
  const key = cut ? secret.octets.subarray(0, needed) : secret.octets;
  const outcome = await provider.decrypt(algorithm.uri, key, octets, structure.method?.parameters, spare);
  if (cut && (outcome.result !== 'plaintext' || (xml && !place(outcome.octets).fits))) {
    return { result: 'wrong', reason: 'key-length' };
  }
  if (outcome.result === 'unsupported') return { result: 'unsupported', what: outcome.what };
  if (outcome.result !== 'plaintext') {
    return { result: 'wrong', reason: outcome.result === 'fail' ? outcome.reason : outcome.what };
  }
  const placement = place(outcome.octets);
  const garbled = xml && !placement.fits && placement.problem !== 'not-an-element';
  return {
    result: garbled ? 'garbled' : 'content',
    opened: { result: 'opened', plaintext: outcome.octets, placement, secret },
    cut,
  };
}

function tellOpened(
  { secret, plaintext }: Omit<Decrypted, 'unopened'>,
  cut: boolean,
  { algorithm, octets }: CipherTask,
  step: OpenStep,
): void {
  if (cut) {
    step.finding({
      code: 'session-key-encoding-or-size',
      severity: 'warning',
      confidence: 'proven',
      data: {
        reason: 'longer',
        needed: keyOctets(algorithm),
        actual: secret.octets.length,
        algorithm: algorithm.uri,
      },
    });
  }
  step.data({
    how: secret.how,
    from: secret.from,
    plaintextOctets: plaintext.length,
    ...paddingOf(algorithm, octets, plaintext),
  });
  step.end();
}

interface WrongKey {
  readonly secret: SecretCandidate;
  readonly reason: string;
}

/** No key gave anything: what is said is said of the key that came nearest. */
function notOpened(
  wrong: readonly WrongKey[],
  task: CipherTask,
  context: DecryptionContext,
  step: OpenStep,
): NotDecrypted {
  const nearest = wrong.find(({ reason }) => reason !== 'key-length') ?? wrong[0];
  const tried = nearest?.secret ?? task.secrets[0];
  const reason = nearest?.reason ?? '';
  step.data({ reason });
  const guessed = isGuessed(task);
  const finding = step.finding(failureOf(reason, tried, guessed, task));
  // Secrets that nobody named prove nothing by not fitting.
  step.end(guessed ? 'unknown' : 'failed');
  return guessed && reason !== 'ciphertext-length'
    ? { result: 'guessed' }
    : { result: 'failed', unopened: unopenedBy(tried, task, context, step, finding) };
}

/** Why the key does not open it, as far as it shows without trying anything else. */
function failureOf(
  reason: string,
  tried: SecretCandidate,
  guessed: boolean,
  { structure, algorithm, octets }: CipherTask,
): FindingDraft {
  const fault = 'wsse:FailedCheck';
  if (reason === 'key-length') {
    return {
      code: 'session-key-encoding-or-size',
      severity: guessed ? 'warning' : 'error',
      data: { reason, needed: keyOctets(algorithm), actual: tried.octets.length, algorithm: algorithm.uri },
      fault,
    };
  }
  if (reason === 'ciphertext-length') {
    return {
      code: 'ciphertext-truncated-or-encoded',
      severity: 'error',
      data: { reason, length: octets.length, algorithm: algorithm.uri },
      fault,
    };
  }
  return {
    code: 'decryption-failed-unproven',
    severity: guessed ? 'warning' : 'error',
    data: { what: 'EncryptedData', reason, algorithm: algorithm.uri, id: structure.id, how: tried.how },
    fault,
  };
}

function isGuessed({ secrets }: CipherTask): boolean {
  return secrets.every((secret) => secret.how === 'only-key');
}

/** What is left to search for; null where nobody named the keys. */
function unopenedBy(
  tried: SecretCandidate,
  task: CipherTask,
  context: DecryptionContext,
  step: OpenStep,
  finding: string | null,
): UnopenedData | null {
  if (isGuessed(task)) return null;
  return {
    kind: 'data',
    context,
    structure: task.structure,
    octets: task.octets,
    step: step.id,
    finding,
    algorithm: task.algorithm.uri,
    known: true,
    secrets: [tried.octets],
  };
}

function keyOctets({ bits }: Algorithm): number {
  return (bits ?? 0) / 8;
}

/** Where IV and tag stand in the octets (§5.2). */
function layoutOf({ scheme }: Algorithm, octets: Uint8Array): Record<string, string | number | null> {
  const authenticated = scheme === 'aes-gcm' || scheme === 'chacha20-poly1305';
  const iv = scheme === '3des-cbc' ? 8 : authenticated ? 12 : 16;
  return {
    ivOctets: iv,
    iv: encodeHex(octets.subarray(0, iv)),
    tag: authenticated ? encodeHex(octets.subarray(Math.max(iv, octets.length - 16))) : null,
  };
}

/** How many octets of padding a CBC mode took off; null for the others. */
function paddingOf({ scheme }: Algorithm, octets: Uint8Array, plaintext: Uint8Array): Record<string, number | null> {
  if (scheme?.endsWith('-cbc') !== true) return { paddingOctets: null };
  const block = scheme === '3des-cbc' ? 8 : 16;
  return { paddingOctets: octets.length - block - plaintext.length };
}
