/**
 * Opens one xenc:EncryptedData with the first key that does, and says how its plaintext stands (XML Encryption 1.1
 * §4.4).
 */
import { algorithmOfKind } from '../algorithms/algorithm-table.ts';
import type { Algorithm } from '../algorithms/algorithm.ts';
import { Digest } from '../algorithms/identifiers.ts';
import { algorithmWeakness } from '../algorithms/strength-policy.ts';
import { isAttachmentType } from '../attachments/decrypted-attachment.ts';
import { encodeHex } from '../bytes/hex.ts';
import type { SpaceId } from '../bytes/source-range.ts';
import { sha256Hex } from '../crypto/fingerprint.ts';
import { readKeyNaming, type FoundKey } from '../key-resolution/key-naming.ts';
import type { OpenStep } from '../trace/recorder.ts';
import type { NodeIndex } from '../xml/document.ts';
import { elementPath, nodeRange, startOf } from '../xml/navigate.ts';
import { cipherOctets } from './cipher-octets.ts';
import { decryptContent, type Decrypted } from './decrypt-content.ts';
import type { DecryptionContext } from './decryption-context.ts';
import { cipherUri, readEncrypted, statesXml, type EncryptedStructure } from './encrypted-structure.ts';
import { findSecrets } from './find-secrets.ts';
import type { ClosedData, OpenedContent, OpenedData } from './opened-data.ts';
import { expandPlaintext } from './plaintext-includes.ts';
import { replacedElement, withDeclarations, type Placement } from './plaintext-placement.ts';
import type { SecretCandidate, SecretSearch } from './secret-candidate.ts';
import { underUnknownAlgorithm } from './unnamed-cipher.ts';
import type { UnopenedData } from './unopened-part.ts';

/** Above this many octets the provider's digest is faster than the engine's own. */
const LARGE = 65_536;

/** @throws {BudgetExceeded} */
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
  const met = {
    node,
    structure,
    naming: readKeyNaming(document, structure.keyInfo),
    cipherUri: cipherUri(document, structure),
    method,
    step: step.id,
    weak: weakness?.severity === 'warning',
  };
  const outcome = await open(structure, method, context, step);
  if ('result' in outcome) {
    const { result, obstacle } = outcome;
    step.data({ result });
    step.end(result === 'fail' ? 'failed' : obstacle === 'unsupported' ? 'unsupported' : 'unknown');
    return { ...met, ...outcome, content: null, by: null };
  }
  const { opened, encryptedKey, nonce } = outcome;
  const { content, problem } = await contentOf(structure, opened, nonce, context, step);
  step.end();
  return {
    ...met,
    result: problem === null ? 'pass' : 'fail',
    obstacle: null,
    content,
    by: keyUsed(opened.secret),
    encryptedKey,
    unopened: opened.unopened === null ? null : { ...opened.unopened, finding: problem },
  };
}

type Closed = Pick<ClosedData, 'result' | 'obstacle' | 'encryptedKey' | 'unopened'>;

const closed = (
  result: 'fail' | 'unknown',
  obstacle: ClosedData['obstacle'],
  encryptedKey: NodeIndex | null = null,
  unopened: UnopenedData | null = null,
): Closed => ({ result, obstacle, encryptedKey, unopened });

interface Open {
  readonly opened: Decrypted;
  readonly encryptedKey: NodeIndex | null;
  readonly nonce: string | null;
}

async function open(
  structure: EncryptedStructure,
  method: string,
  context: DecryptionContext,
  step: OpenStep,
): Promise<Closed | Open> {
  const algorithm = algorithmOfKind(method, 'block-encryption');
  if (algorithm === null) {
    const { wrong, unopened } = await underUnknownAlgorithm(structure, method, context, step);
    return wrong ? closed('fail', null, null, unopened) : closed('unknown', 'unsupported', null, unopened);
  }
  const cipher = cipherOctets(structure, context, step);
  if (cipher.status !== 'octets') {
    step.finding(cipher.finding);
    if (cipher.status === 'malformed') return closed('fail', null);
    return closed('unknown', cipher.status === 'missing' ? 'missing-octets' : 'unsupported');
  }
  const { octets, spare } = cipher;
  context.budget.check('plaintextOctets', octets.length, startOf(context.document, structure.node));
  const found = await findSecrets(structure, (algorithm.bits ?? 0) / 8, context, step);
  const { encryptedKey } = found;
  const [first, ...others] = found.secrets;
  if (first === undefined) return withoutKey(found, structure, context, step);
  const opened = await decryptContent(
    { structure, algorithm, octets, spare, secrets: [first, ...others] },
    context,
    step,
  );
  switch (opened.result) {
    case 'opened':
      return { opened, encryptedKey, nonce: nonceOf(algorithm, opened.secret, octets) };
    case 'failed':
      return closed('fail', null, encryptedKey, opened.unopened);
    case 'guessed':
      return closed('unknown', 'no-key', encryptedKey);
    case 'unsupported':
      return closed('unknown', 'unsupported', encryptedKey);
  }
}

function withoutKey(
  found: SecretSearch,
  { id, node }: EncryptedStructure,
  { document }: DecryptionContext,
  step: OpenStep,
): Closed {
  const { encryptedKey, missing } = found;
  if (found.unsupported !== null) return closed('unknown', 'unsupported', encryptedKey);
  step.finding({
    code: 'not-decrypted',
    severity: 'note',
    data: { id, path: elementPath(document, node), missing: missing?.code ?? null, ...missing?.data },
  });
  return found.broken ? closed('fail', null, encryptedKey) : closed('unknown', 'no-key', encryptedKey);
}

/** Makes the plaintext a space of the trace, and says how it stands in the document. */
async function contentOf(
  structure: EncryptedStructure,
  { plaintext, placement }: Decrypted,
  nonce: string | null,
  context: DecryptionContext,
  step: OpenStep,
): Promise<{ readonly content: OpenedContent; readonly problem: string | null }> {
  const { document, recorder, budget, crypto } = context;
  const { node } = structure;
  const { skip } = placement;
  budget.spend('plaintextOctets', plaintext.length, startOf(document, node));
  const digest = plaintext.length > LARGE ? await crypto.digest(Digest.sha256, plaintext) : null;
  const sha256 = digest === null ? sha256Hex(plaintext) : encodeHex(digest);
  const space = recorder.space(step.id, 'plaintext', elementPath(document, node), plaintext, null, null, sha256);
  step.output({ type: 'octets', label: 'plaintext', space });
  step.data({ result: 'pass', plaintextOctets: plaintext.length });
  const problem = judgePlacement(structure, placement, space, step);
  const stands = placement.fits && !isAttachmentType(structure.type) && (statesXml(structure) || plaintext.length > 0);
  const replaces = stands ? replacedElement(document, node) : null;
  const expanded =
    problem === null && replaces !== null ? expandPlaintext(replaces, plaintext, skip, space, context, step) : null;
  const { carried } = placement;
  const placed =
    expanded ?? (replaces === null || carried === null ? null : withDeclarations(plaintext, skip, carried));
  return { content: { plaintext, sha256, space, replaces, placed, skip, nonce }, problem };
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
  const { problem, offset } = placement;
  if (problem === null) return null;
  // Octets of another type need not be XML.
  if (!placement.fits && !statesXml(structure)) return null;
  if (placement.fits || problem === 'not-an-element') {
    const data = { type: structure.type, reason: problem, elements: placement.elements };
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
      problem,
      offset,
      reason: 'plaintext',
    },
    ranges: offset === null ? [] : [{ space, start: offset, end: offset + 1 }],
    fault: 'wsse:FailedCheck',
  });
}

function keyUsed({ how, octets }: SecretCandidate): FoundKey {
  return { how, publicKey: null, certificate: null, secretBits: octets.length * 8 };
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
