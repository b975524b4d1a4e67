/** Opens one xenc:EncryptedKey, or says why none of the keys does (XML Encryption 1.1 §3.5, §5.5 to §5.7). */
import { algorithmByUri } from '../algorithms/algorithm-table.ts';
import type { Algorithm, AlgorithmKind } from '../algorithms/algorithm.ts';
import { didYouMean } from '../algorithms/near-miss.ts';
import { algorithmWeakness } from '../algorithms/strength-policy.ts';
import { readKeyNaming } from '../key-resolution/key-naming.ts';
import { readEncryptedKey } from '../tokens/encrypted-key.ts';
import type { OpenStep } from '../trace/recorder.ts';
import type { NodeIndex } from '../xml/document.ts';
import { elementPath, nodeRange } from '../xml/navigate.ts';
import { cipherOctets } from './cipher-octets.ts';
import type { DecryptionContext } from './decryption-context.ts';
import { readEncrypted, type EncryptedStructure } from './encrypted-structure.ts';
import { locked, type OpenedKey, type UnlockedKey } from './opened-key.ts';
import { transportedKey } from './transported-key.ts';
import { wrappedKey } from './wrapped-key.ts';

const KEY_KINDS: ReadonlySet<AlgorithmKind> = new Set(['key-transport', 'key-wrap', 'block-encryption']);

/** How the step ends; an opened one as its findings have it. */
const STATUS = { opened: undefined, failed: 'failed', missing: 'unknown', unsupported: 'unsupported' } as const;

/**
 * @param cyclic its own key waits for it
 * @throws {BudgetExceeded}
 */
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
  const unlocked = cyclic ? locked('failed') : await unlock(structure, algorithm, context, step);
  if (unlocked.secret !== null) step.key(unlocked.secret);
  step.data({ result: unlocked.result });
  step.end(STATUS[unlocked.result]);
  return {
    ...unlocked,
    node,
    structure,
    naming: readKeyNaming(document, structure.keyInfo),
    method: uri,
    step: step.id,
    weak: weakness?.severity === 'warning',
  };
}

async function unlock(
  structure: EncryptedStructure,
  algorithm: Algorithm | null,
  context: DecryptionContext,
  step: OpenStep,
): Promise<UnlockedKey> {
  const { method } = structure;
  // A key may be encrypted as content is, with a block cipher (§5.1).
  if (method === null || algorithm === null || !KEY_KINDS.has(algorithm.kind)) {
    const uri = method?.algorithm ?? '';
    const near = didYouMean(uri, 'key-transport')[0] ?? didYouMean(uri, 'key-wrap')[0];
    step.finding({
      code: 'algorithm-unsupported',
      severity: 'error',
      data: {
        algorithm: uri,
        kind: 'key-transport',
        meant: near?.uri ?? null,
        reason: near?.reason ?? null,
        why: null,
      },
      fault: 'wsse:UnsupportedAlgorithm',
    });
    return locked('unsupported');
  }
  const cipher = cipherOctets(structure, context, step);
  if (cipher.status !== 'octets') {
    step.finding(cipher.finding);
    return locked(cipher.status === 'malformed' ? 'failed' : cipher.status);
  }
  const { octets } = cipher;
  step.data({ cipherOctets: octets.length });
  return algorithm.kind === 'key-transport'
    ? transportedKey({ structure, method, octets }, context, step)
    : wrappedKey({ structure, method, algorithm, octets }, context, step);
}
