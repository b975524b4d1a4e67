/**
 * What trees and writers of Java, .NET, lxml and others do to what is signed, proven on messages made here and on
 * reports of users (`tests/fixtures/reports`).
 */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { accusedBy } from '../../../src/engine/trace/finding-data/accused.ts';
import { canonicalBody, message, ORDER, type Wrong } from '../../building/wrong-message.ts';
import { DS, EXCLUSIVE, INCLUSIVE, SOAP, WSSE, WSU } from '../../building/names.ts';
import { diagnosed, proven, signedOctets } from './diagnosing.ts';

const XSD = ' xmlns:xs="http://www.w3.org/2001/XMLSchema"';
const TYPED =
  '<app:Order xmlns:app="urn:app"><app:v xmlns:xs="http://www.w3.org/2001/XMLSchema" ' +
  'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:type="xs:string">1</app:v></app:Order>';
const LISTED = `<ec:InclusiveNamespaces xmlns:ec="${EXCLUSIVE}" PrefixList="xs"></ec:InclusiveNamespaces>`;
const envelope = (attribute: string) => (text: string) => text.replace('<soap:Envelope', `<soap:Envelope${attribute}`);
const LANGUAGE = ' xml:lang="en"';
const XML_PREFIX = ' xmlns:xml="http://www.w3.org/XML/1998/namespace"';

/** Code, what is done, and the message. */
const CASES: readonly (readonly [string, string, Wrong])[] = [
  [
    'signed-tree-not-namespace-aware',
    'start tags as written',
    {
      hashed: () =>
        `<soap:Body wsu:Id="body">${ORDER.replace(' xmlns:app="urn:app" number="7"', ' number="7" xmlns:app="urn:app"')}</soap:Body>`,
    },
  ],
  ['ns-decl-not-in-signed-tree', 'no declarations', { hashed: (text) => text.replace(/ xmlns(?::\w+)?="[^"]*"/g, '') }],
  [
    'xmlns-xml-rendered',
    'the prefix xml declared',
    {
      content: ORDER.replace(' xmlns:app="urn:app"', ` xmlns:app="urn:app"${XML_PREFIX}`),
      hashed: (text) => text,
    },
  ],
  [
    'xml-attribute-inheritance',
    'xml:lang not inherited',
    { transform: INCLUSIVE, hashed: (text) => text, afterwards: envelope(LANGUAGE) },
  ],
  [
    'xml-attribute-inheritance',
    'xml:lang inherited under Exclusive C14N',
    {
      hashed: (text) => text.replace(' wsu:Id="body"', ` wsu:Id="body"${LANGUAGE}`),
      afterwards: envelope(LANGUAGE),
    },
  ],
  [
    'xml-attribute-inheritance',
    'xml:lang not inherited by SignedInfo',
    {
      canonicalization: INCLUSIVE,
      signedInfo: (text) =>
        text.replace(
          ` xmlns:ds="${DS}"`,
          ` xmlns:ds="${DS}" xmlns:soap="${SOAP}" xmlns:wsse="${WSSE}" xmlns:wsu="${WSU}"`,
        ),
      afterwards: envelope(LANGUAGE),
    },
  ],
  [
    'xmlns-empty-spurious',
    'below SignedInfo in the default namespace',
    {
      canonicalization: INCLUSIVE,
      signedInfo: (text) => defaulted(text).replace(/<(Transforms?|DigestMethod|DigestValue)(?=[ >])/g, '<$1 xmlns=""'),
      afterwards: defaultedSignature,
    },
  ],
  [
    'ns-decl-moved',
    'a listed prefix moved up',
    {
      content: TYPED,
      inTransform: LISTED,
      afterwards: (text) => text.replace(XSD, '').replace('<soap:Body', `<soap:Body${XSD}`),
    },
  ],
  [
    'ns-decl-added-in-subtree',
    'a listed prefix copied up',
    { content: TYPED, inTransform: LISTED, afterwards: (text) => text.replace('<soap:Body', `<soap:Body${XSD}`) },
  ],
  [
    'prefixlist-prefix-unbound',
    'a listed prefix lost',
    {
      content: '<app:Order xmlns:app="urn:app" type="xs:string">1</app:Order>',
      inTransform: LISTED,
      hashed: (text) =>
        text.replace(` xmlns:wsu="${WSU}"`, ` xmlns:wsu="${WSU}" xmlns:xs="http://www.w3.org/2001/XMLSchema"`),
    },
  ],
  [
    'id-added-after-digest',
    'an Id inside',
    { hashed: () => canonicalBody(), content: ORDER.replace('number="7"', 'Id="in" number="7"') },
  ],
  [
    'ws-trim-text-values',
    'a line break made a blank',
    {
      content: ORDER.replace('Zażółć café', 'One two\nthree'),
      afterwards: (text) => text.replace('two\nthree', 'two three'),
    },
  ],
  [
    'ws-trim-text-values',
    'line breaks dropped',
    {
      content: ORDER.replace('Zażółć café', 'Order 77\nTo hand\nThanks'),
      afterwards: (text) => text.replace('77\nTo hand\nThanks', '77To handThanks'),
    },
  ],
  [
    'entity-double-or-lost-amp',
    'the marks of a reference lost',
    { afterwards: (text) => text.replace('One &amp; ', 'One amp ') },
  ],
  [
    'inclusive-ancestor-ns-missing',
    'a prefix that the Envelope has itself',
    {
      transform: INCLUSIVE,
      uri: '#in',
      content: '<app:Order xmlns:app="urn:app" Id="in">1</app:Order>',
      hashed: () => `<app:Order xmlns:app="urn:app" xmlns:wsu="${WSU}" Id="in">1</app:Order>`,
    },
  ],
];

function defaulted(text: string): string {
  return text.replaceAll('<ds:', '<').replaceAll('</ds:', '</').replace(`xmlns:ds="${DS}"`, `xmlns="${DS}"`);
}

function defaultedSignature(text: string): string {
  return text.replace(/<ds:Signature[\s\S]*<\/ds:Signature>/, defaulted);
}

describe('is proven, with the octets that were signed', () => {
  it.each(CASES)('%s: %s', async (code, _what, wrong) => {
    const run = await diagnosed(message(wrong));
    const [first] = proven(run);
    const said = run.trace.findings.map((finding) => `${finding.code} ${finding.confidence}`).join(', ');
    expect(said).not.toContain('inclusive-ancestor-ns-added-later');
    expect(first?.code, said).toBe(code);
    expect(signedOctets(run, first!), said).not.toBeNull();
  });
});

const report = (name: string): Buffer => readFileSync(new URL(`../../fixtures/reports/${name}.xml`, import.meta.url));

/** The file, and the cause that leads. */
const REPORTS: readonly (readonly [string, string])[] = [
  ['java-not-namespace-aware', 'signed-tree-not-namespace-aware'],
  ['java-create-element-ns', 'ns-decl-not-in-signed-tree'],
  ['java-dom-level-1', 'ns-decl-not-in-signed-tree'],
  ['dotnet-ds-on-root', 'signedinfo-missing-xmlns'],
  ['dotnet-signature-own-namespace', 'signedinfo-missing-xmlns'],
  ['assertion-stripped', 'ws-stripped-on-parse'],
  ['template-indent', 'ws-stripped-on-parse'],
  ['node-soap-911-inner-body', 'id-added-after-digest'],
  ['signxml-197-real-2.10.0-inc', 'xmlns-empty-spurious'],
  ['samlify-219-response-signed-before-assertion', 'inner-signature-added-later'],
  ['lxml-remove-drops-tail', 'enveloped-tail-lost'],
  ['dian-keyinfo-digest-pem', 'keyinfo-digest-of-certificate'],
  ['oxalis-76-content-id-in-content', 'attachment-headers-in-digest'],
  ['ferriskey-1273-amp-lost', 'entity-double-or-lost-amp'],
];

describe('reports of users', () => {
  it.each(REPORTS)('%s: %s', async (name, code) => {
    const run = await diagnosed(report(name), []);
    const [first] = proven(run);
    expect(first?.code, run.trace.findings.map((finding) => finding.code).join(', ')).toBe(code);
  });

  it('renames several prefixes together', async () => {
    const run = await diagnosed(report('pysaml2-551-prefixes-rewritten'), []);
    expect(proven(run).map(({ code, data }) => [code, data['signed']])).toContainEqual([
      'ns-prefix-rewritten',
      expect.stringContaining('saml'),
    ]);
  });

  it('never accuse a hop of a declaration that an ancestor needs', async () => {
    for (const name of ['dotnet-ds-on-root', 'dotnet-signature-own-namespace', 'java-not-namespace-aware']) {
      const codes = (await diagnosed(report(name), [])).trace.findings.map((finding) => finding.code);
      expect(codes, name).not.toContain('inclusive-ancestor-ns-added-later');
      expect(codes.map(accusedBy), name).not.toContain('hop');
    }
  });
});
