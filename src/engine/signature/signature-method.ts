/** ds:SignatureMethod: what it asks for, and whether it falls short (XML Signature §4.4.2, §6.4). */
import type { Algorithm } from '../algorithms/algorithm.ts';
import { didYouMean } from '../algorithms/near-miss.ts';
import { algorithmWeakness, macWeaknesses } from '../algorithms/strength-policy.ts';
import type { SignatureParameters } from '../crypto/provider.ts';
import type { OpenStep } from '../trace/recorder.ts';
import { nodeRange } from '../xml/navigate.ts';
import type { SignatureParts } from './read-signature.ts';
import type { SignatureContext } from './signature-context.ts';
import { readOutputLength, readPssParameters } from './signature-parameters.ts';

/** A method that was read. */
export interface Method {
  readonly parameters: SignatureParameters;
  readonly weak: boolean;
  /** An HMAC truncated below its floor. */
  readonly tooShort: boolean;
}

/** Reads the parameters of a method that is supported, and tells in `step` where it falls short. */
export function readMethod(
  algorithm: Algorithm,
  { signatureMethod }: SignatureParts,
  { document }: SignatureContext,
  step: OpenStep,
): Method {
  const weak = judgeMethodStrength(algorithm, step);
  const length = readOutputLength(document, signatureMethod);
  const pss = algorithm.scheme === 'rsa-pss-parameters' ? { pss: readPssParameters(document, signatureMethod) } : {};
  if (length === null) return { parameters: pss, weak, tooShort: false };
  if (algorithm.kind !== 'mac') {
    step.finding({ code: 'hmac-output-length-misplaced', severity: 'warning', data: { length: length.text } });
    return { parameters: pss, weak, tooShort: false };
  }
  const judged = macWeaknesses(algorithm.uri, length.bits, null);
  for (const weakness of judged) {
    step.finding(
      weakness.severity === 'error'
        ? { ...weakness, code: 'SIG-07', data: { ...weakness.data, length: length.text } }
        : weakness,
    );
  }
  return {
    parameters: { ...pss, hmacOutputLength: length.bits },
    weak: weak || judged.length > 0,
    tooShort: judged.some((one) => one.severity === 'error'),
  };
}

/** @returns whether the method's strength falls short */
function judgeMethodStrength(algorithm: Algorithm, step: OpenStep): boolean {
  const weakness = algorithmWeakness(algorithm.uri);
  if (weakness !== null) step.finding(weakness);
  return weakness?.severity === 'warning';
}

/** Tells of a method that is not supported, and which one may be meant. */
export function unsupportedMethod(
  uri: string,
  algorithm: Algorithm | null,
  parts: SignatureParts,
  context: SignatureContext,
  parent: OpenStep,
): void {
  const step = parent.child('verify-value', {
    range: nodeRange(context.document, parts.signatureMethod),
    data: { algorithm: uri },
    citation: { spec: 'XMLDSIG', section: '4.4.2' },
  });
  const near = algorithm === null ? (didYouMean(uri, 'signature')[0] ?? didYouMean(uri, 'mac')[0]) : undefined;
  step.finding({
    code: near === undefined ? 'algorithm-unsupported' : 'digestmethod-uri-invalid',
    severity: 'error',
    ranges: [nodeRange(context.document, parts.signatureMethod)],
    data: {
      algorithm: uri,
      kind: 'signature',
      meant: near?.uri ?? null,
      reason: near?.reason ?? null,
      why: algorithm?.support.why ?? null,
    },
  });
  step.end('unsupported');
}
