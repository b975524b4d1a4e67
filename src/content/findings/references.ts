/**
 * Words for references, transforms and XPath: what could not be found, what is not run, what an expression got wrong.
 */
import type { ReferenceFindings, XPathPlace } from '../../engine/trace/finding-data/references.ts';
import { said, type FindingCatalogue, type FindingWords } from './catalogue.ts';

/** By code, each with the data that its code carries. */
export const REFERENCE_FINDINGS: FindingCatalogue<ReferenceFindings> = {
  'dup-id': {
    title: (data) => `The Id “${said(data.id) || said(data.uri)}” stands ${times(data.count)}`,
    message: (data) =>
      'A reference uses an Id that ' +
      `${said(data.elements) === '' ? 'more than one element has' : `${said(data.elements)} have`}. Which ` +
      'element was signed is not clear, so the reference is not followed. Whoever made the message must give ' +
      'every element its own Id.',
    explain:
      'Stacks differ in which of two elements they take. An attacker uses that: the signature is checked on one ' +
      'element while the application reads the other (security analysis XSW-02).',
    fixes: {
      sender: 'Make Ids unique in the whole envelope, header and application data included.',
      'node-soap': 'Update: older versions gave Timestamp and Body the same Id.',
    },
  },
  'XSW-03': {
    title: (data) => `The Id “${said(data.id)}” stands ${times(data.count)}, in attributes of different names`,
    message: (data) =>
      `${said(data.elements) || 'Several elements'} carry the same value in ` +
      `${said(data.attributes) || 'different attributes'}. One receiver resolves the reference to one of them, ` +
      'another to the other, so it is not followed. An intermediary may have added the second element to have ' +
      'it read in place of the signed one.',
    explain:
      'wsu:Id, Id, ID, id, xml:id and AssertionID can all be Ids, and stacks look at them in different orders. ' +
      'An Id must be unique across all of them.',
    fixes: { sender: 'Make Ids unique across all attributes that can be Ids.' },
  },
  'XSW-08': {
    title: () => 'An XPath finds its nodes wherever they stand',
    message: (data) =>
      `“${said(data.expression)}” ` +
      `${data.risk === 'local-name' ? 'compares names without their namespace' : 'searches the whole document'}, ` +
      'so an element that someone moves elsewhere is still found and its digest still matches. Whether the ' +
      'element that the application reads is the one signed must be checked by its place. The sender should ' +
      'give the full path, or sign by Id.',
    explain:
      'Wrapping attacks move the signed element and put another in its place. An expression such as //Body ' +
      'follows the moved one (security analysis XSW-08).',
    fixes: { sender: 'Write /soap:Envelope/soap:Body instead of //Body, and no local-name().' },
  },
  'XSW-09': {
    title: () => 'A transform leaves content out of the digest',
    message: () =>
      'After this transform the digest no longer depends on all of what the reference points to: the part left ' +
      'out can be changed without the signature noticing. The coverage shows what is still protected. Unless ' +
      'that is intended, the sender should sign with enveloped-signature and a canonicalization only.',
    explain:
      'An XPath filter, an XPath Filter 2.0 or base64 can select a part, or nothing at all: “false()” makes ' +
      'every message have the same digest. xmlsec1 and the JDK report such signatures as valid (security ' +
      'analysis XSW-09).',
    fixes: { sender: 'Use enveloped-signature and Exclusive XML Canonicalization; sign parts by Id.' },
  },
  'reference-without-uri': {
    title: () => 'A ds:Reference has no URI',
    message: (data) =>
      data.assumed === 'document'
        ? 'A reference without URI says nothing about what is signed. As it removes the signature around it, the ' +
          'whole document is taken to be meant, as other receivers do. The sender must write URI="".'
        : 'A reference without URI says nothing about what is signed; only an agreement between both sides could ' +
          'tell. The sender must name the signed element.',
    explain:
      'XML Signature §4.4.3.1 allows one reference without URI, whose target the application is expected to know.',
  },
  'xpointer-unsupported': {
    title: () => 'This XPointer form is not supported',
    message: (data) =>
      `“${said(data.uri)}” is an XPointer. Those are followed that lead to one element by its id, by steps to ` +
      "children, or by both: #xpointer(/), #xpointer(id('…')/child::p:name), #element(/1/2). XML Signature recommends " +
      'the first two forms only. The sender should refer by Id.',
  },
  'xpointer-selects-nothing': {
    title: () => 'An XPointer leads to no element',
    message: (data) =>
      `“${said(data.uri)}” goes by steps that lead nowhere in this document: an element was taken out, renamed or ` +
      'put ' +
      'elsewhere after it was signed, or the sender wrote another way. The sender should refer by Id.',
  },
  'attachment-cid-not-found': {
    title: (data) => `No attachment has the Content-ID “${said(data.contentId)}”`,
    message: (data) =>
      `The reference “${said(data.uri)}” names an attachment that was not ` +
      `given.${said(data.supplied) === '' ? ' Add the attachment, or the whole MIME message.' : ` Given were ${said(data.supplied)}.`}`,
    explain:
      'A cid: URI is the Content-ID of a MIME part without its angle brackets, percent-encoded where needed ' +
      '(RFC 2392).',
  },
  'external-reference-not-supplied': {
    title: () => 'A reference names something outside the message',
    message: (data) =>
      `“${said(data.uri)}” is not part of the message, and nothing is ever fetched. Supply its octets to have ` +
      'this reference ' +
      `judged.${data.host ? ` A careless receiver would have asked ${said(data.host)} for it.` : ''}`,
    explain:
      'Fetching what an unverified message names lets its sender make the receiver call other systems, so only ' +
      'octets that you supply are used.',
    fixes: { receiver: 'Supply the octets under this URI (--attachment URI=FILE).' },
  },
  'external-fragment-unsupported': {
    title: () => 'A reference names a part of an external document',
    message: (data) =>
      `“${said(data.uri)}” points into a document outside the message. Whole external documents can be ` +
      'supplied, but not parts of them.',
  },
  'base64-invalid': {
    title: () => 'The content is not base64',
    message: (data) =>
      `The base64 transform found ${BASE64_FAULTS[said(data.reason)] ?? 'something that is not base64'} at ` +
      `character ${said(data.offset)}. The sender must encode the content, or not name this transform.`,
  },
  'transform-input-not-wellformed': {
    title: () => 'A transform needs XML, but its input is not XML',
    message: (data) =>
      'The octets that the transform before made are not well-formed XML ' +
      `(${said(data.rule) || said(data.problem) || 'parse error'}), so this transform cannot run. The sender ` +
      'must not apply it to such content.',
  },
  'xslt-refused': {
    title: () => 'XSLT is never run',
    message: () =>
      'The reference asks for an XSLT transform. A stylesheet is a program that comes with an unverified ' +
      'message; it can make the same octets of any content, loop for ever or read files, so it is refused. The ' +
      'sender must sign without XSLT.',
    explain:
      'A stylesheet with constant output gives the same digest whatever the message says. The JDK and Santuario ' +
      'refuse XSLT in their secure mode too.',
    fixes: { sender: 'Use enveloped-signature and a canonicalization instead.' },
  },
  'transform-unsupported': {
    title: (data) => `${said(data.name) || 'This transform'} is not supported`,
    message: (data) =>
      `The reference asks for ${said(data.name) || 'a transform'} (${said(data.algorithm)}), which exists but ` +
      'which we do not have. Nothing is said about this digest.',
  },
  'transform-unknown': {
    title: () => 'A transform has an unknown algorithm',
    message: (data) =>
      'No transform has the URI ' +
      `“${said(data.algorithm)}”.${said(data.meant) === '' ? '' : ` Did the sender mean ${said(data.meant)}?`} ` +
      'A receiver must not skip a transform that it does not know.',
    explain:
      'URIs are compared character by character: a missing # at the end or another capital letter names another ' +
      'algorithm.',
  },
  'str-transform-not-on-reference': {
    title: () => 'STR-Transform on something else than a SecurityTokenReference',
    message: (data) =>
      'STR-Transform replaces a wsse:SecurityTokenReference by the token it names, but the reference points to ' +
      `${said(data.element) || 'something else'}. The sender must point it to the SecurityTokenReference.`,
    explain: 'SOAP Message Security §8.3.',
  },
  'str-transform-parameters-missing': {
    title: () => 'STR-Transform does not say how to canonicalize',
    message: () =>
      'The transform lacks wsse:TransformationParameters with a ds:CanonicalizationMethod, so the octets of the ' +
      'token are not determined. The sender must add them.',
    explain: 'SOAP Message Security §8.3; Basic Security Profile R3065.',
  },
  'str-token-not-found': {
    title: () => 'The token that was signed is missing',
    message: (data) =>
      `${said(data.reference) || 'A SecurityTokenReference'} names a token by identifier, and the signature ` +
      'covers that token. To make its octets the certificate itself is needed: supply it, then the digest can ' +
      'be judged.',
    explain:
      'With STR-Transform the signature covers the token, not the reference. For a key identifier or issuer and ' +
      'serial number a BinarySecurityToken is made of the certificate (SOAP Message Security §8.3).',
    fixes: { receiver: 'Add the signer’s certificate to the keys.' },
  },
  'xpath-syntax': expression(
    'cannot be read',
    (data) =>
      `${said(data.found) === 'end' ? 'it ends' : `“${said(data.found)}” stands`} where ` +
      (said(data.expected) ? `${said(data.expected)} was expected` : 'nothing of the kind can stand'),
  ),
  'xpath-too-long': expression('is too long', (data) => `expressions of up to ${said(data.limit)} characters are read`),
  'xpath-too-deep': expression('is nested too deeply', (data) => `up to ${said(data.limit)} levels are followed`),
  'xpath-prefix-undeclared': expression(
    'uses a prefix that is not declared',
    (data) => `no namespace is declared for “${said(data.prefix)}” where the expression stands`,
  ),
  'xpath-function-unknown': expression(
    'calls an unknown function',
    (data) => `XPath 1.0 and XML Signature have no function ${said(data.function)}()`,
  ),
  'xpath-variable-unbound': expression(
    'uses a variable',
    (data) => `XML Signature gives $${said(data.variable)} no value`,
  ),
  'xpath-axis-unknown': expression('names an unknown axis', (data) => `XPath 1.0 has no axis “${said(data.axis)}”`),
  'xpath-arguments': expression(
    'calls a function with the wrong number of arguments',
    (data) => `${said(data.function)}() does not take ${said(data.given)}`,
  ),
  'xpath-type': expression(
    'has a value of the wrong kind',
    (data) =>
      `${said(data.at) ? `at “${said(data.at)}” ` : ''}a ${said(data.expected)} is needed, not a ${said(data.found)}`,
  ),
  'xpath-here-unavailable': expression(
    'uses here() on another document',
    () =>
      'here() means a place in the message, and what is evaluated is no longer the message but octets that were ' +
      'made of it',
  ),
  'xpath-parameter-count': {
    title: () => 'The XPath transform has no single expression',
    message: (data) =>
      `The transform holds ${data.count === 0 ? 'no XPath element' : `${said(data.count)} XPath elements`}; it ` +
      `must hold ${data.count === 0 ? 'one' : 'exactly one'}. The sender must write it.`,
  },
  'xpath-filter-unknown': {
    title: () => 'XPath Filter 2.0 with an unknown operation',
    message: (data) =>
      `Filter="${said(data.filter)}" is not intersect, subtract or union. The sender must use one of them.`,
  },
};

interface NearMiss {
  readonly nearMiss?: string | null;
  readonly candidates?: readonly string[];
  readonly candidateAttributes?: readonly string[];
  readonly candidateElements?: readonly string[];
}

const BASE64_FAULTS: Readonly<Record<string, string>> = {
  alphabet: 'a character outside the alphabet',
  padding: 'wrong padding',
  length: 'a character left over',
};

function expression<Data extends XPathPlace>(what: string, why: (data: Data) => string): FindingWords<Data> {
  return {
    title: () => `The XPath expression ${what}`,
    message: (data) =>
      'In ' +
      `“${said(data.expression)}”${typeof data.position === 'number' && data.position >= 0 ? `, at character ${data.position + 1}` : ''}: ` +
      `${why(data)}. The reference cannot be judged; the sender must correct the expression.`,
  };
}

function times(count: number): string {
  return count === 2 ? 'twice' : `${count} times`;
}

const NEAR_MISSES: Readonly<Record<string, (candidate: string, attribute: string, element: string) => string>> = {
  case: (candidate, attribute, element) =>
    ` ${element} has ${attribute}="${candidate}", which differs in upper and lower case: Ids are compared exactly.`,
  'white-space': (candidate, attribute, element) =>
    ` ${element} has ${attribute}="${candidate}", which differs in white space: Ids are compared exactly.`,
  attribute: (candidate, attribute, element) =>
    ` ${element} has ${attribute}="${candidate}", but that attribute is not an Id. Name it as an Id attribute ` +
    'if it is one; otherwise the sender must use wsu:Id.',
  similar: (candidate, attribute, element) => ` ${element} has the similar ${attribute}="${candidate}".`,
  'number-sign': (candidate, _attribute, element) =>
    ` ${element} has that Id: the sender forgot the number sign and must write “${candidate}”.`,
};

/** What stands there instead of the Id, and whose mistake that is. */
export function nearMiss(data: NearMiss): string {
  const words = NEAR_MISSES[said(data.nearMiss)];
  const first = (value: readonly string[] | undefined): string => value?.[0] ?? '';
  return words === undefined
    ? ' The sender must sign what it sends, and nothing on the way may remove the element.'
    : words(first(data.candidates), first(data.candidateAttributes), first(data.candidateElements));
}
