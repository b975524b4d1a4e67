/**
 * Faults that show without recomputing, and that other receivers trip over: line ends written as references in base64,
 * enveloped-signature where nothing envelops (docs/faults.md: sigvalue-base64-entities, enveloped-on-detached).
 */
import { ENVELOPED_SIGNATURE } from '../algorithms/identifiers.ts';
import { decodeUtf8 } from '../bytes/utf8.ts';
import { DS } from '../xml/namespaces.ts';
import type { JudgedSignature } from '../signature/judged-signature.ts';
import { readSignature } from '../signature/read-signature.ts';
import type { Token } from '../tokens/token.ts';
import type { Recorder } from '../trace/recorder.ts';
import type { NodeIndex, XmlDocument } from '../xml/document.ts';
import { contentSpan } from '../xml/node-spans.ts';
import { descendantElementsNamed, isWithin, nodeRange, qualifiedName } from '../xml/navigate.ts';

/** A carriage return as a reference, the way a serializer writes one that a DOM holds. */
const RETURN = /&#(?:13|[xX]0*[dD]);/g;

/** Longer values are not looked at whole; line ends come every 76 characters. */
const LOOKED_AT = 4_096;

/** Elements whose base64 has such references, with how many. */
function withReturns(
  document: XmlDocument,
  elements: readonly NodeIndex[],
): { readonly found: readonly NodeIndex[]; readonly count: number } {
  let count = 0;
  const found = elements.filter((element) => {
    const { start, end } = contentSpan(document, element);
    const here = decodeUtf8(document.octets, start, Math.min(end, start + LOOKED_AT)).match(RETURN)?.length ?? 0;
    count += here;
    return here > 0;
  });
  return { found, count };
}

function recordReturns(signature: JudgedSignature, tokens: readonly Token[], recorder: Recorder): void {
  const { document, node, report } = signature;
  const read = readSignature(document, node);
  if (!read.ok) return;
  const { signatureValue, keyInfo } = read.parts;
  const certificates = keyInfo === null ? [] : descendantElementsNamed(document, keyInfo, DS, 'X509Certificate');
  const binary = tokens.flatMap((token) =>
    token.kind === 'BinarySecurityToken' &&
    token.node < document.nodeCount &&
    qualifiedName(document, token.node).endsWith('BinarySecurityToken')
      ? [token.node]
      : [],
  );
  const { found, count } = withReturns(document, [signatureValue, ...certificates, ...binary]);
  if (found.length === 0) return;
  const holds = report.value === 'pass';
  const step = recorder.step('diagnosis', {
    range: nodeRange(document, signatureValue),
    data: { about: report.step, what: 'form' },
  });
  step.finding({
    code: 'sigvalue-base64-entities',
    severity: 'note',
    confidence: holds ? 'proven' : 'certain',
    ranges: found.map((element) => nodeRange(document, element)),
    data: {
      count,
      elements: [...new Set(found.map((element) => qualifiedName(document, element)))],
      signatureHolds: holds,
    },
    fixes: ['sigvalue-base64-entities'],
  });
  step.end('passed');
}

function recordDetached(signature: JudgedSignature, recorder: Recorder): void {
  const { document, node } = signature;
  for (const { report, processed } of signature.references) {
    if (processed.status !== 'octets' || !processed.transforms.includes(ENVELOPED_SIGNATURE)) continue;
    const { target } = processed;
    if (target === null || target === 0 || isWithin(document, node, target)) continue;
    const step = recorder.step('diagnosis', {
      range: nodeRange(document, target),
      data: { about: report.step, what: 'form' },
    });
    step.finding({
      code: 'enveloped-on-detached',
      severity: 'note',
      confidence: 'certain',
      ranges: [nodeRange(document, target)],
      data: { uri: report.uri, element: qualifiedName(document, target) },
      fixes: ['enveloped-on-detached'],
    });
    step.end('passed');
  }
}

/** Notes about signatures, whether they hold or not: this receiver does not mind, others do. */
export function recordVisibleFaults(
  signatures: readonly JudgedSignature[],
  tokens: readonly Token[],
  recorder: Recorder,
): void {
  for (const [index, signature] of signatures.entries()) {
    recordReturns(signature, index === 0 ? tokens : [], recorder);
    recordDetached(signature, recorder);
  }
}
