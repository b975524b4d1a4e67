/**
 * Opens one xenc:EncryptedData with the first key that does, and says how its plaintext stands (XML Encryption 1.1
 * §4.4).
 */
import { readKeyNaming, type FoundKey, type KeyNaming } from '../key-resolution/key-naming.ts';
import type { Algorithm } from '../algorithms/algorithm.ts';
import { algorithmOfKind } from '../algorithms/algorithm-table.ts';
import { didYouMean, type NearMiss } from '../algorithms/near-miss.ts';
import { algorithmWeakness } from '../algorithms/strength-policy.ts';
import { isAttachmentType } from '../attachments/decrypted-attachment.ts';
import type { SpaceId } from '../bytes/source-range.ts';
import { sha256Hex } from '../crypto/fingerprint.ts';
import { encodeHex } from '../bytes/hex.ts';
import { Digest } from '../algorithms/identifiers.ts';
import type { FindingDraft, OpenStep } from '../trace/recorder.ts';
import type { NodeIndex } from '../xml/document.ts';
import { elementPath, nodeRange } from '../xml/navigate.ts';
import { cipherOctets } from './cipher-octets.ts';
import { fitsSomeCipher } from './cipher-lengths.ts';
import type { DecryptionContext } from './decryption-context.ts';
import {
  cipherUri,
  readEncrypted,
  TYPE_CONTENT,
  TYPE_ELEMENT,
  type EncryptedStructure,
} from './encrypted-structure.ts';
import { findSecrets } from './find-secrets.ts';
import { expandPlaintext, type ExpandedPlaintext } from './plaintext-includes.ts';
import { placePlaintext, replacedElement, type Placement } from './plaintext-placement.ts';
import type { SecretCandidate } from './secret-candidate.ts';
import type { UnopenedData } from './unopened-part.ts';

export interface OpenedData {
  readonly node: NodeIndex;
  readonly structure: EncryptedStructure;
  /** What it is encrypted with, as its KeyInfo says. */
  readonly naming: KeyNaming;
  /** The secret that opened it; null where none did. */
  readonly by: FoundKey | null;
  /** The URI of the MIME part that its CipherReference names; null where it names none. */
  readonly cipherUri: string | null;
  readonly method: string;
  readonly result: 'pass' | 'fail' | 'unknown';
  /** `no-key`, `missing-octets`, `unsupported`, or null. */
  readonly obstacle: 'no-key' | 'missing-octets' | 'unsupported' | null;
  readonly step: string;
  readonly plaintext: Uint8Array | null;
  readonly sha256: string | null;
  readonly space: SpaceId | null;
  readonly encryptedKey: NodeIndex | null;
  /** The element whose place the plaintext takes; null where it stays beside the document. */
  readonly replaces: NodeIndex | null;
  /** What stands there, where the plaintext holds xop:Include elements; null where it is the plaintext. */
  readonly expanded: ExpandedPlaintext | null;
  readonly skip: number;
  /** Key and nonce of an authenticated mode, fingerprinted: two parts must not share them. Null for other modes. */
  readonly nonce: string | null;
  readonly weak: boolean;
  /** Null where it opened, or nothing is left to try. */
  readonly unopened: UnopenedData | null;
}

/** Above this many octets the provider's digest is faster than the engine's own. */
const LARGE = 65_536;

interface Opened {
  readonly result: 'opened';
  readonly plaintext: Uint8Array;
  readonly placement: Placement;
  readonly secret: SecretCandidate;
  /** Where the plaintext is no content although it has to be. */
  readonly unopened: UnopenedData | null;
}

type NotOpened =
  | { readonly result: 'failed'; readonly unopened: UnopenedData | null }
  | { readonly result: 'guessed' }
  | { readonly result: 'unsupported' };

export async function openEncryptedData(node: NodeIndex, context: DecryptionContext): Promise<OpenedData> {
  const { document, recorder } = context;
  const structure = readEncrypted(document, node);
  const method = structure.method?.algorithm ?? '';
  const step = recorder.step('encrypted-data', {
    range: nodeRange(document, node),
    citation: { spec: 'XMLENC', section: '3.4' },
    data: {
      id: structure.id,
      method,
      type: structure.type,
      mimeType: structure.mimeType,
      path: elementPath(document, node),
    },
  });
  const weakness = algorithmWeakness(method);
  if (weakness !== null) step.finding(weakness);
  const base = {
    node,
    structure,
    naming: readKeyNaming(document, structure.keyInfo),
    by: null,
    cipherUri: cipherUri(document, structure),
    method,
    step: step.id,
    plaintext: null,
    sha256: null,
    space: null,
    encryptedKey: null,
    replaces: null,
    expanded: null,
    skip: 0,
    nonce: null,
    weak: weakness?.severity === 'warning',
    unopened: null,
  } as const;
  const stop = (
    result: 'fail' | 'unknown',
    obstacle: OpenedData['obstacle'],
    encryptedKey: NodeIndex | null = null,
    unopened: UnopenedData | null = null,
  ): OpenedData => {
    step.data({ result });
    step.end(result === 'fail' ? 'failed' : obstacle === 'unsupported' ? 'unsupported' : 'unknown');
    return { ...base, result, obstacle, encryptedKey, unopened };
  };

  const algorithm = algorithmOfKind(method, 'block-encryption');
  if (algorithm === null) {
    const near = didYouMean(method, 'block-encryption')[0];
    step.finding({
      code: 'algorithm-unsupported',
      severity: 'error',
      data: {
        algorithm: method,
        kind: 'block-encryption',
        meant: near?.uri ?? null,
        reason: near?.reason ?? null,
        why: null,
      },
      fault: 'wsse:UnsupportedAlgorithm',
    });
    const unnamed = await underUnknownAlgorithm(structure, method, near ?? null, context, step);
    return unnamed.wrong
      ? stop('fail', null, null, unnamed.unopened)
      : stop('unknown', 'unsupported', null, unnamed.unopened);
  }
  const cipher = cipherOctets(structure, context, step);
  if (cipher.status !== 'octets') {
    step.finding(cipher.finding);
    return cipher.status === 'malformed'
      ? stop('fail', null)
      : stop('unknown', cipher.status === 'missing' ? 'missing-octets' : 'unsupported');
  }
  context.budget.check('plaintextOctets', cipher.octets.length, document.start[node]);
  const found = await findSecrets(structure, (algorithm.bits ?? 0) / 8, context, step);
  if (found.secrets.length === 0) {
    if (found.unsupported !== null) return stop('unknown', 'unsupported', found.encryptedKey);
    step.finding({
      code: 'not-decrypted',
      severity: 'note',
      data: {
        id: structure.id,
        path: elementPath(document, node),
        missing: found.missing?.code ?? null,
        ...found.missing?.data,
      },
    });
    return found.broken ? stop('fail', null, found.encryptedKey) : stop('unknown', 'no-key', found.encryptedKey);
  }
  const opened = await decryptWith(structure, algorithm, cipher, found.secrets, context, step);
  if (opened.result === 'unsupported') return stop('unknown', 'unsupported', found.encryptedKey);
  if (opened.result === 'guessed') return stop('unknown', 'no-key', found.encryptedKey);
  if (opened.result === 'failed') return stop('fail', null, found.encryptedKey, opened.unopened);

  const { plaintext, placement } = opened;
  context.budget.spend('plaintextOctets', plaintext.length, document.start[node]);
  const digest = plaintext.length > LARGE ? await context.crypto.digest(Digest.sha256, plaintext) : null;
  const sha256 = digest === null ? sha256Hex(plaintext) : encodeHex(digest);
  const space = recorder.space(step.id, 'plaintext', elementPath(document, node), plaintext, null, null, sha256);
  step.output({ type: 'octets', label: 'plaintext', space });
  step.data({ result: 'pass', plaintextOctets: plaintext.length });
  const problem = judgePlacement(structure, placement, space, step);
  const ok = problem === null;
  const stands =
    placement.fits &&
    !isAttachmentType(structure.type) &&
    (structure.type === TYPE_ELEMENT || structure.type === TYPE_CONTENT || plaintext.length > 0);
  const replaces = stands ? replacedElement(document, node) : null;
  const expanded =
    ok && replaces !== null ? expandPlaintext(replaces, plaintext, placement.skip, space, context, step) : null;
  step.end();
  return {
    ...base,
    result: ok ? 'pass' : 'fail',
    obstacle: null,
    plaintext,
    sha256,
    space,
    encryptedKey: found.encryptedKey,
    replaces,
    expanded,
    skip: placement.skip,
    nonce: nonceOf(algorithm, opened.secret, cipher.octets),
    by: {
      how: opened.secret.how,
      publicKey: null,
      certificate: null,
      secretBits: opened.secret.octets.length * 8,
    },
    unopened: opened.unopened === null ? null : { ...opened.unopened, finding: problem },
  };
}

/**
 * A URI that is no algorithm of ours. Where it is the name of one, misspelt or in another namespace, and the part's key
 * and octets have the lengths of content under one that we have, no receiver lacks anything: the name is wrong.
 */
async function underUnknownAlgorithm(
  structure: EncryptedStructure,
  method: string,
  near: NearMiss | null,
  context: DecryptionContext,
  step: OpenStep,
): Promise<{ readonly wrong: boolean; readonly unopened: UnopenedData | null }> {
  const cipher = cipherOctets(structure, context, step);
  if (cipher.status !== 'octets') return { wrong: false, unopened: null };
  const { secrets } = await findSecrets(structure, 0, context, step);
  const { octets } = cipher;
  const misspelt = near !== null && near.reason !== 'distance';
  return {
    wrong:
      misspelt &&
      secrets.some((secret) => secret.how !== 'only-key' && fitsSomeCipher(secret.octets.length, octets.length)),
    unopened: {
      kind: 'data',
      context,
      structure,
      octets,
      step: step.id,
      finding: null,
      algorithm: method,
      known: false,
      secrets: secrets.map((secret) => secret.octets),
    },
  };
}

/**
 * Says what is wrong with the plaintext's form.
 * @returns the finding that it is no content although it says so; null where it can stand
 */
function judgePlacement(
  structure: EncryptedStructure,
  placement: Placement,
  space: SpaceId,
  step: OpenStep,
): string | null {
  const stated = structure.type === TYPE_ELEMENT || structure.type === TYPE_CONTENT;
  if (placement.problem === null) return null;
  const data = { type: structure.type, reason: placement.problem, elements: placement.elements };
  const ranges = placement.offset === null ? [] : [{ space, start: placement.offset, end: placement.offset + 1 }];
  if (placement.fits) {
    step.finding({ code: 'enc-type-content-vs-element', severity: 'warning', data });
    return null;
  }
  // Octets of another type need not be XML.
  if (!stated) return null;
  if (placement.problem === 'not-an-element') {
    step.finding({ code: 'enc-type-content-vs-element', severity: 'warning', data });
    return null;
  }
  return step.finding({
    code: 'decryption-failed-unproven',
    severity: 'error',
    data: {
      what: 'EncryptedData',
      algorithm: structure.method?.algorithm ?? '',
      id: structure.id,
      problem: placement.problem,
      offset: placement.offset,
      reason: 'plaintext',
    },
    ranges,
    fault: 'wsse:FailedCheck',
  });
}

async function decryptWith(
  structure: EncryptedStructure,
  algorithm: Algorithm,
  { octets, spare }: { readonly octets: Uint8Array; readonly spare: number },
  secrets: readonly SecretCandidate[],
  context: DecryptionContext,
  parent: OpenStep,
): Promise<Opened | NotOpened> {
  const { document, provider, budget } = context;
  const step = parent.child('decrypt', {
    data: {
      algorithm: algorithm.uri,
      cipherOctets: octets.length,
      candidates: secrets.length,
      ...layoutOf(algorithm, octets),
    },
    citation: { spec: 'XMLENC', section: algorithm.citation.section },
  });
  const replaced = replacedElement(document, structure.node);
  const place = (plaintext: Uint8Array) =>
    placePlaintext(document, structure.node, replaced, structure.type, plaintext, budget);
  const xml = structure.type === TYPE_ELEMENT || structure.type === TYPE_CONTENT;
  let garbled: Omit<Opened, 'unopened'> | null = null;
  const reasons: { secret: SecretCandidate; reason: string }[] = [];
  for (const secret of secrets) {
    // A longer key than the algorithm's: xmlsec takes its first octets, and so wrote it.
    const needed = (algorithm.bits ?? 0) / 8;
    const cut = secret.octets.length > needed && needed > 0;
    const outcome = await provider.decrypt(
      algorithm.uri,
      cut ? secret.octets.subarray(0, needed) : secret.octets,
      octets,
      structure.method?.parameters,
      spare,
    );
    if (cut && (outcome.result !== 'plaintext' || (xml && !place(outcome.octets).fits))) {
      reasons.push({ secret, reason: 'key-length' });
      continue;
    }
    if (outcome.result === 'unsupported') {
      step.finding({
        code: 'algorithm-unsupported',
        severity: 'error',
        data: {
          algorithm: outcome.what,
          kind: 'block-encryption',
          meant: null,
          reason: null,
          why: algorithm.support.why,
        },
      });
      step.end('unsupported');
      return { result: 'unsupported' };
    }
    if (outcome.result !== 'plaintext') {
      reasons.push({ secret, reason: outcome.result === 'fail' ? outcome.reason : outcome.what });
      continue;
    }
    const opened = {
      result: 'opened',
      plaintext: outcome.octets,
      placement: place(outcome.octets),
      secret,
    } as const;
    // CBC accepts one wrong key in sixteen: content that is none tells it.
    if (xml && !opened.placement.fits && opened.placement.problem !== 'not-an-element') {
      garbled ??= opened;
      continue;
    }
    if (cut) {
      step.finding({
        code: 'session-key-encoding-or-size',
        severity: 'warning',
        confidence: 'proven',
        data: { reason: 'longer', needed, actual: secret.octets.length, algorithm: algorithm.uri },
      });
    }
    step.data({
      how: secret.how,
      from: secret.from,
      plaintextOctets: outcome.octets.length,
      ...paddingOf(algorithm, octets, outcome.octets),
    });
    step.end();
    return { ...opened, unopened: null };
  }
  const guessed = secrets.every((secret) => secret.how === 'only-key');
  const nearest = reasons.find(({ reason }) => reason !== 'key-length') ?? reasons[0];
  const tried = garbled?.secret ?? nearest?.secret ?? secrets[0]!;
  const reason = garbled === null ? (nearest?.reason ?? '') : 'plaintext';
  step.data({ reason });
  const unopened = (finding: string | null): UnopenedData | null =>
    guessed
      ? null
      : {
          kind: 'data',
          context,
          structure,
          octets,
          step: step.id,
          finding,
          algorithm: algorithm.uri,
          known: true,
          secrets: [tried.octets],
        };
  if (garbled !== null) {
    step.data({ how: garbled.secret.how, from: garbled.secret.from });
    step.end('warned');
    return { ...garbled, unopened: unopened(null) };
  }
  const finding = step.finding(notOpened(reason, { structure, algorithm, octets, tried, guessed }));
  // Secrets that nobody named prove nothing by not fitting.
  step.end(guessed ? 'unknown' : 'failed');
  return guessed && reason !== 'ciphertext-length'
    ? { result: 'guessed' }
    : { result: 'failed', unopened: unopened(finding) };
}

/** Why the key does not open it, as far as it shows without trying anything else. */
function notOpened(
  reason: string,
  {
    structure,
    algorithm,
    octets,
    tried,
    guessed,
  }: {
    readonly structure: EncryptedStructure;
    readonly algorithm: Algorithm;
    readonly octets: Uint8Array;
    readonly tried: SecretCandidate;
    readonly guessed: boolean;
  },
): FindingDraft {
  if (reason === 'key-length') {
    return {
      code: 'session-key-encoding-or-size',
      severity: guessed ? 'warning' : 'error',
      data: { reason, needed: (algorithm.bits ?? 0) / 8, actual: tried.octets.length, algorithm: algorithm.uri },
      fault: 'wsse:FailedCheck',
    };
  }
  if (reason === 'ciphertext-length') {
    return {
      code: 'ciphertext-truncated-or-encoded',
      severity: 'error',
      data: { reason, length: octets.length, algorithm: algorithm.uri },
      fault: 'wsse:FailedCheck',
    };
  }
  return {
    code: 'decryption-failed-unproven',
    severity: guessed ? 'warning' : 'error',
    data: { what: 'EncryptedData', reason, algorithm: algorithm.uri, id: structure.id, how: tried.how },
    fault: 'wsse:FailedCheck',
  };
}

/**
 * GCM under one key and one nonce twice gives the difference of the plaintexts and the authentication key away (NIST SP
 * 800-38D §8).
 */
function nonceOf(algorithm: Algorithm, secret: SecretCandidate, octets: Uint8Array): string | null {
  return algorithm.scheme === 'aes-gcm'
    ? `${sha256Hex(secret.octets).slice(0, 16)}:${encodeHex(octets.subarray(0, 12))}`
    : null;
}

/** Where IV and tag stand in the octets (§5.2). */
function layoutOf(algorithm: Algorithm, octets: Uint8Array): Record<string, string | number | null> {
  const iv =
    algorithm.scheme === '3des-cbc'
      ? 8
      : algorithm.scheme === 'aes-gcm' || algorithm.scheme === 'chacha20-poly1305'
        ? 12
        : 16;
  const tag = algorithm.scheme === 'aes-gcm' || algorithm.scheme === 'chacha20-poly1305' ? 16 : 0;
  return {
    ivOctets: iv,
    iv: encodeHex(octets.subarray(0, iv)),
    tag: tag === 0 ? null : encodeHex(octets.subarray(Math.max(iv, octets.length - tag))),
  };
}

/** How many octets of padding a CBC mode took off; null for the others. */
function paddingOf(algorithm: Algorithm, octets: Uint8Array, plaintext: Uint8Array): Record<string, number | null> {
  if (algorithm.scheme?.endsWith('-cbc') !== true) return { paddingOctets: null };
  const block = algorithm.scheme === '3des-cbc' ? 8 : 16;
  return { paddingOctets: octets.length - block - plaintext.length };
}
