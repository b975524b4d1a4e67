/**
 * Messages that report an error without any security: a SOAP Fault, an ebMS error, a SAML status, a WS-Trust error.
 * Their text is the cause that their receiver looks for; that nothing secures them hides it.
 */
import { DS } from '../xml/namespaces.ts';
import { trimXml } from '../xml/characters.ts';
import type { FindingDraft } from '../trace/recorder.ts';
import type { NodeIndex, XmlDocument } from '../xml/document.ts';
import {
  attributeValue,
  childElements,
  descendantElementsNamed,
  localName,
  namespaceUri,
  nodeRange,
  startTagRange,
  textContent,
} from '../xml/navigate.ts';

const LONGEST_TEXT = 400;
const EBMS3 = 'http://docs.oasis-open.org/ebxml-msg/ebms/v3.0/ns/core/200704/';
const SAML_SUCCESS = /(?::|^)Success$/;

/** The texts of the first descendants of those names, in that order. */
function texts(document: XmlDocument, node: NodeIndex, names: readonly string[]): string {
  const found = names.flatMap((name) => descendantElementsNamed(document, node, null, name).slice(0, 3));
  return found
    .map((one) => trimXml(textContent(document, one)))
    .filter((text) => text !== '')
    .join(': ')
    .slice(0, LONGEST_TEXT);
}

interface ReportedError {
  readonly node: NodeIndex;
  readonly kind: 'soap-fault' | 'ebms-error' | 'saml-status';
  readonly text: string;
}

function soapFault(document: XmlDocument): ReportedError | null {
  const fault = descendantElementsNamed(document, 0, null, 'Fault').find((node) =>
    /soap\/envelope|soap-envelope/.test(namespaceUri(document, node)),
  );
  if (fault === undefined) return null;
  const names = ['faultcode', 'faultstring', 'Value', 'Text'];
  return { node: fault, kind: 'soap-fault', text: texts(document, fault, names) };
}

function ebmsError(document: XmlDocument): ReportedError | null {
  const [error] = descendantElementsNamed(document, 0, EBMS3, 'Error');
  if (error === undefined) return null;
  const attributes = ['errorCode', 'shortDescription'].map((name) => attributeValue(document, error, '', name) ?? '');
  const text = [...attributes, texts(document, error, ['Description', 'ErrorDetail'])].filter(Boolean).join(': ');
  return { node: error, kind: 'ebms-error', text: text.slice(0, LONGEST_TEXT) };
}

function samlStatus(document: XmlDocument): ReportedError | null {
  const [code] = descendantElementsNamed(document, 0, null, 'StatusCode');
  const value = code === undefined ? null : attributeValue(document, code, '', 'Value');
  if (code === undefined || value === null || SAML_SUCCESS.test(value)) return null;
  const message = texts(document, 0, ['StatusMessage']);
  return {
    node: code,
    kind: 'saml-status',
    text: `${value}${message === '' ? '' : `: ${message}`}`.slice(0, LONGEST_TEXT),
  };
}

/** The error that a message without security reports; null where it reports none. */
export function unsignedError(document: XmlDocument): FindingDraft | null {
  const error = soapFault(document) ?? ebmsError(document) ?? samlStatus(document);
  if (error === null) return null;
  return {
    code: 'unsigned-error-hides-cause',
    severity: 'error',
    ranges: [nodeRange(document, error.node)],
    data: { kind: error.kind, text: error.text },
  };
}

/** An element called Signature that holds a SignedInfo, in a namespace in which no receiver looks for it. */
export function foreignSignature(document: XmlDocument): FindingDraft | null {
  const node = descendantElementsNamed(document, 0, null, 'Signature').find(
    (one) =>
      namespaceUri(document, one) !== DS &&
      childElements(document, one).some((child) => localName(document, child) === 'SignedInfo'),
  );
  if (node === undefined) return null;
  return {
    code: 'signature-not-in-ds-namespace',
    severity: 'error',
    ranges: [startTagRange(document, node)],
    data: { element: 'Signature', namespace: namespaceUri(document, node), expected: DS, meant: DS },
  };
}
