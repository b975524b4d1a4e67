/**
 * The octets of xenc:CipherData: a CipherValue, an attachment in its place, or a CipherReference (XML Encryption 1.1
 * §3.3).
 */
import { markInData } from '../bytes/log-marks.ts';
import { decodeUtf8 } from '../bytes/utf8.ts';
import { ATTACHMENT_CIPHERTEXT, BASE64_TRANSFORM, XPATH_TRANSFORM } from '../algorithms/identifiers.ts';
import { decodeBase64 } from '../bytes/base64.ts';
import { DS, XENC, XOP } from '../xml/namespaces.ts';
import { dereference, supplied } from '../references/dereference.ts';
import { findingOf, type FindingDraft, type OpenStep } from '../trace/recorder.ts';
import { base64Transform } from '../transforms/base64-transform.ts';
import { SharedResults } from '../transforms/shared-results.ts';
import type { TransformContext, TransformValue } from '../transforms/transform-types.ts';
import { xpathTransform } from '../transforms/xpath-transform.ts';
import { NO_NODE, type NodeIndex, type XmlDocument } from '../xml/document.ts';
import {
  attributeValue,
  childElementsNamed,
  firstChildElement,
  nodeRange,
  startOf,
  textOctets,
} from '../xml/navigate.ts';
import type { DecryptionContext } from './decryption-context.ts';
import type { EncryptedStructure } from './encrypted-structure.ts';

/** The octets of a xenc:CipherData, or why there are none. */
export type CipherOctets =
  /** `spare`: free room behind the octets in a buffer that is theirs alone. */
  | {
      readonly status: 'octets';
      readonly octets: Uint8Array;
      readonly spare: number;
      readonly from: 'value' | 'attachment' | 'reference';
    }
  /** `missing` octets from outside; `malformed` is the message's fault; `unsupported` ours. */
  | { readonly status: 'missing' | 'malformed' | 'unsupported'; readonly finding: FindingDraft };

/**
 * Gets the octets of a xenc:CipherData (XML Encryption 1.1 §3.3): in the message, in an attachment, or by reference.
 */
export function cipherOctets(structure: EncryptedStructure, context: DecryptionContext, step: OpenStep): CipherOctets {
  const { document } = context;
  const malformed = (reason: string, node: NodeIndex, data = {}): CipherOctets => ({
    status: 'malformed',
    finding: {
      code: 'ciphertext-truncated-or-encoded',
      severity: 'error',
      ranges: [nodeRange(document, node)],
      data: { reason, ...data },
      fault: 'wsse:FailedCheck',
    },
  });
  if (structure.cipherData === null) return malformed('no-cipher-data', structure.node);
  const reference = firstChildElement(document, structure.cipherData, XENC, 'CipherReference');
  if (reference !== NO_NODE) return referencedOctets(reference, structure, context, step);
  const value = firstChildElement(document, structure.cipherData, XENC, 'CipherValue');
  if (value === NO_NODE) return malformed('no-cipher-value', structure.cipherData);
  const include = firstChildElement(document, value, XOP, 'Include');
  if (include !== NO_NODE) return attachedOctets(attributeValue(document, include, '', 'href') ?? '', include, context);
  const text = textOctets(document, value);
  const { octets, fault } = decodeBase64(text);
  const mark = fault === null ? null : markInData(decodeUtf8(text));
  if (mark !== null) return masked(mark, value, document);
  if (fault !== null) return malformed(`base64-${fault.reason}`, value, { offset: fault.offset, length: text.length });
  return octets.length === 0
    ? malformed('empty', value)
    : { status: 'octets', octets, spare: octets.buffer.byteLength - octets.byteOffset - octets.length, from: 'value' };
}

/** Octets that somebody took out before the message came here. */
function masked(mark: string, value: NodeIndex, document: XmlDocument): CipherOctets {
  const data = { where: 'CipherValue', mark };
  const ranges = [nodeRange(document, value)];
  return {
    status: 'missing',
    finding: { code: 'captured-not-wire', severity: 'error', confidence: 'likely', ranges, data },
  };
}

function attachedOctets(uri: string, node: NodeIndex, context: DecryptionContext): CipherOctets {
  const found = supplied(uri, context.external);
  if (found !== null) return { status: 'octets', octets: found.octets, spare: 0, from: 'attachment' };
  return {
    status: 'missing',
    finding: {
      code: 'attachment-cid-not-found',
      severity: 'warning',
      ranges: [nodeRange(context.document, node)],
      data: { uri, contentId: uri.replace(/^cid:/i, ''), supplied: [...context.external.keys()].slice(0, 20) },
    },
  };
}

function referencedOctets(
  node: NodeIndex,
  structure: EncryptedStructure,
  context: DecryptionContext,
  step: OpenStep,
): CipherOctets {
  const { document } = context;
  const uri = attributeValue(document, node, '', 'URI');
  const ranges = [nodeRange(document, node)];
  step.data({ cipherReference: uri });
  const found = dereference(uri, context);
  if (found.status === 'missing') {
    return { status: 'missing', finding: findingOf(found.code, 'warning', found.data, { ranges }) };
  }
  if (found.status !== 'nodes' && found.status !== 'octets') {
    return {
      status: found.status === 'unsupported' ? 'unsupported' : 'malformed',
      finding: findingOf(found.code, 'error', found.data, { ranges: [...ranges, ...found.ranges] }),
    };
  }
  const value = transformed(
    node,
    found.status === 'nodes'
      ? { type: 'nodes', set: found.set }
      : { type: 'octets', octets: found.octets, space: null, origin: null },
    structure,
    context,
  );
  if ('status' in value) return value;
  if (value.type === 'octets') return { status: 'octets', octets: value.octets, spare: 0, from: 'reference' };
  return {
    status: 'malformed',
    finding: {
      code: 'ciphertext-truncated-or-encoded',
      severity: 'error',
      ranges,
      data: { reason: 'reference-to-nodes', uri },
    },
  };
}

/** What the transforms of a CipherReference make of what it refers to, or why they don't. */
function transformed(
  reference: NodeIndex,
  start: TransformValue,
  structure: EncryptedStructure,
  context: DecryptionContext,
): TransformValue | Exclude<CipherOctets, { status: 'octets' }> {
  const { document } = context;
  const list = firstChildElement(document, reference, XENC, 'Transforms');
  const elements = list === NO_NODE ? [] : childElementsNamed(document, list, DS, 'Transform');
  context.budget.check('transformsPerReference', elements.length, startOf(document, reference));
  const transforms: TransformContext = {
    ...context,
    signature: structure.node,
    // Its few transforms make nothing that another reference could use.
    shared: new SharedResults(),
    dereferenceToken: () => ({ type: 'missing', reason: 'not-in-cipher-reference' }),
  };
  let value = start;
  for (const element of elements) {
    const algorithm = attributeValue(document, element, '', 'Algorithm') ?? '';
    // Attachment ciphertext arrives as octets already (SWA 1.1 §5.5.2).
    if (algorithm === ATTACHMENT_CIPHERTEXT && value.type === 'octets') continue;
    const outcome =
      algorithm === BASE64_TRANSFORM
        ? base64Transform(value, transforms)
        : algorithm === XPATH_TRANSFORM && value.type === 'nodes'
          ? xpathTransform(value, element, transforms)
          : null;
    if (outcome === null) {
      return {
        status: 'unsupported',
        finding: {
          code: 'algorithm-unsupported',
          severity: 'error',
          data: { algorithm, kind: 'transform', meant: null, reason: null, why: 'cipher-reference' },
          ranges: [nodeRange(document, element)],
        },
      };
    }
    if (outcome.status !== 'done') {
      const ranges = [nodeRange(document, reference)];
      return {
        status: outcome.status === 'unsupported' ? 'unsupported' : 'malformed',
        finding: findingOf(outcome.code, 'error', outcome.data, { ranges }),
      };
    }
    value = outcome.value;
  }
  return value;
}
