/**
 * Causes that depend on what is signed: header blocks, assertions, the enveloped document; each proven on a message
 * that provokes it.
 */
import { createHash, sign } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { diagnosed, proven, signedOctets } from './diagnosing.ts';
import { message, rsa, type Wrong } from '../../building/wrong-message.ts';
import { DS, EXCLUSIVE, RSA_SHA256, SHA256, SOAP, WSSE, WSU } from '../../building/names.ts';

const SAML = 'urn:oasis:names:tc:SAML:2.0:assertion';
const ASSERTION =
  `<saml2:Assertion xmlns:saml2="${SAML}" ID="h" ` +
  'Version="2.0"><saml2:Issuer>idp</saml2:Issuer><saml2:Subject><saml2:NameID>a</saml2:NameID></saml2:Subject></saml2:Assertion>';
const TO = `<app:To xmlns:app="urn:app" xmlns:soap="${SOAP}" Id="h" soap:mustUnderstand="1">you</app:To>`;
const XADES = '<xades:SignedProperties xmlns:xades="urn:xades" Id="h"><xades:T>1</xades:T></xades:SignedProperties>';
const STR =
  `<wsse:SecurityTokenReference xmlns:wsse="${WSSE}" xmlns:wsu="${WSU}" wsu:Id="h"><wsse:Reference ` +
  'URI="#t"></wsse:Reference></wsse:SecurityTokenReference>';
const TOKEN = '<app:Token xmlns:app="urn:app" Id="t">x</app:Token>';

const CASES: readonly (readonly [string, string, Wrong])[] = [
  [
    'mustunderstand-or-actor-altered',
    '1 became true',
    {
      uri: '#h',
      blocks: TO,
      hashed: () => TO,
      afterwards: (text) => text.replace('mustUnderstand="1"', 'mustUnderstand="true"'),
    },
  ],
  [
    'mustunderstand-or-actor-altered',
    'mustUnderstand added',
    {
      uri: '#h',
      blocks: TO.replace(' soap:mustUnderstand="1"', '').replace(` xmlns:soap="${SOAP}"`, ''),
      hashed: () => TO.replace(' soap:mustUnderstand="1"', '').replace(` xmlns:soap="${SOAP}"`, ''),
      afterwards: (text) => text.replace('Id="h">you', 'Id="h" soap:mustUnderstand="1">you'),
    },
  ],
  [
    'saml-assertion-reserialised',
    'the assertion indented',
    {
      uri: '#h',
      blocks: ASSERTION,
      hashed: () => ASSERTION,
      afterwards: (text) =>
        text.replace(/<saml2:Assertion[\s\S]*<\/saml2:Assertion>/, (one) => one.replace(/></g, '>\n<')),
    },
  ],
  [
    'xades-signedproperties-digest',
    'cut out without its declaration',
    {
      uri: '#h',
      blocks: XADES.replace(' xmlns:xades="urn:xades"', ''),
      declarations: { xades: 'urn:xades' },
      hashed: () => XADES.replace(' xmlns:xades="urn:xades"', ''),
    },
  ],
  [
    'str-transform-missing-or-wrong',
    'the token hashed for its reference',
    { uri: '#h', blocks: STR + TOKEN, hashed: () => TOKEN },
  ],
  [
    'digest-of-element-content',
    'the text alone',
    { uri: '#h', blocks: TOKEN.replace('Id="t"', 'Id="h"'), hashed: () => 'x' },
  ],
  ['id-not-found', 'the URI names another Id', { uri: '#nobody', blocks: TOKEN, hashed: () => TOKEN }],
];

describe('the cause of a wrong digest of a header block', () => {
  it.each(CASES)('%s: %s', async (code, _name, wrong) => {
    const run = await diagnosed(message(wrong));
    expect(
      proven(run).map((finding) => finding.code),
      run.trace.findings.map((finding) => `${finding.code} ${finding.confidence}`).join(', '),
    ).toContain(code);
  });
});

/** A document without SOAP, its Signature inside. */
function enveloped(hashed: (root: string) => string, transforms: string, uri = ''): string {
  const content = '<order xmlns="urn:o"><item>1</item>';
  const digest = createHash('sha256')
    .update(hashed(`${content}</order>`))
    .digest('base64');
  const info = (namespace: string) =>
    `<ds:SignedInfo${namespace}><ds:CanonicalizationMethod ` +
    `Algorithm="${EXCLUSIVE}"></ds:CanonicalizationMethod><ds:SignatureMethod ` +
    `Algorithm="${RSA_SHA256}"></ds:SignatureMethod><ds:Reference ` +
    `URI="${uri}"><ds:Transforms>${transforms}</ds:Transforms><ds:DigestMethod ` +
    `Algorithm="${SHA256}"></ds:DigestMethod><ds:DigestValue>${digest}</ds:DigestValue></ds:Reference></ds:SignedInfo>`;
  const value = sign('sha256', Buffer.from(info(` xmlns:ds="${DS}"`)), rsa.privateKey).toString('base64');
  return (
    `${content}<ds:Signature ` +
    `xmlns:ds="${DS}">${info('')}<ds:SignatureValue>${value}</ds:SignatureValue></ds:Signature></order>`
  );
}

describe('the cause of a wrong digest of a whole document', () => {
  it('enveloped-transform-order: the transform is not named', async () => {
    const run = await diagnosed(enveloped((root) => root, `<ds:Transform Algorithm="${EXCLUSIVE}"></ds:Transform>`));
    expect(proven(run).map((finding) => finding.code)).toContain('enveloped-transform-order');
  });

  it('xmldecl-in-digest', async () => {
    const run = await diagnosed(
      enveloped(
        (root) => `<?xml version="1.0"?>\n${root}`,
        `<ds:Transform Algorithm="${DS}enveloped-signature"></ds:Transform><ds:Transform ` +
          `Algorithm="${EXCLUSIVE}"></ds:Transform>`,
      ),
    );
    expect(proven(run).map((finding) => finding.code)).toContain('xmldecl-in-digest');
  });
});

describe('the cause of a wrong digest where comments and XPath transforms are signed', () => {
  const withComments =
    `<ds:Transform Algorithm="${DS}enveloped-signature"></ds:Transform><ds:Transform ` +
    `Algorithm="${EXCLUSIVE}WithComments"></ds:Transform>`;

  it('comment-stripped-or-added: a second comment came in', async () => {
    const signed = enveloped((root) => root.replace('<item>', '<!--ours--><item>'), withComments, '#xpointer(/)');
    const run = await diagnosed(
      signed.replace('<item>', '<!--ours--><item>').replace('</item>', '</item><!--a hop was here-->'),
    );
    const cause = proven(run).find((finding) => finding.code === 'comment-stripped-or-added');
    expect(
      cause?.data['count'],
      run.trace.findings.map((finding) => `${finding.code} ${finding.confidence}`).join(', '),
    ).toBe(1);
    expect(proven(run).map((finding) => finding.code)).not.toContain('comments-in-digest');
  });

  it('comment-stripped-or-added: the only comment, which cannot be told from one that the signer left out', async () => {
    const run = await diagnosed(
      enveloped((root) => root, withComments, '#xpointer(/)').replace('<item>', '<!--a hop was here--><item>'),
    );
    expect(proven(run).map((finding) => finding.code)).toEqual(['comments-in-digest']);
    expect(
      run.trace.findings.find((finding) => finding.code === 'comment-stripped-or-added')?.data['alternativeTo'],
    ).toBe('comments-in-digest');
  });

  it(
    'xslt-xpath-transform-variant: an XPath whose name has no prefix leaves the Signature in, the signer left it ' +
      'out',
    async () => {
      const xpath = 'http://www.w3.org/TR/1999/REC-xpath-19991116';
      const run = await diagnosed(
        enveloped(
          (root) => root,
          '<ds:Transform ' +
            `Algorithm="${xpath}"><ds:XPath>not(ancestor-or-self::Signature)</ds:XPath></ds:Transform><ds:Transform ` +
            `Algorithm="${EXCLUSIVE}"></ds:Transform>`,
        ),
      );
      const cause = proven(run).find((finding) => finding.code === 'xslt-xpath-transform-variant');
      expect(
        cause,
        run.trace.findings.map((finding) => `${finding.code} ${finding.confidence}`).join(', '),
      ).toBeDefined();
    },
  );
});

describe('ws-between-header-blocks', () => {
  const ENVELOPED =
    `<ds:Transforms><ds:Transform Algorithm="${DS}enveloped-signature"></ds:Transform><ds:Transform ` +
    `Algorithm="${EXCLUSIVE}"></ds:Transform></ds:Transforms>`;
  const BLOCK = '<app:A xmlns:app="urn:app">1</app:A>';
  const header = (between: string) =>
    `<soap:Header xmlns:soap="${SOAP}" xmlns:wsu="${WSU}" wsu:Id="head">${BLOCK}${between}<wsse:Security ` +
    `xmlns:wsse="${WSSE}"></wsse:Security></soap:Header>`;
  const named = (text: string) => text.replace('<soap:Header>', '<soap:Header wsu:Id="head">');
  const base: Wrong = { uri: '#head', blocks: BLOCK, transforms: ENVELOPED };

  it.each([
    [
      'line breaks put between',
      {
        ...base,
        hashed: () => header(''),
        afterwards: (text: string) => named(text).replace('</app:A>', '</app:A>\n  '),
      },
    ],
    ['a line break taken away', { ...base, hashed: () => header('\n'), afterwards: named }],
  ] satisfies readonly (readonly [string, Wrong])[])('%s', async (_what, wrong) => {
    const run = await diagnosed(message(wrong));
    const cause = proven(run).find((finding) => finding.code === 'ws-between-header-blocks');
    expect(
      cause,
      run.trace.findings.map((finding) => `${finding.code} ${finding.confidence}`).join(', '),
    ).toBeDefined();
    expect(createHash('sha256').update(signedOctets(run, cause!)!).digest('base64')).toBe(
      /DigestValue>([^<]*)</.exec(message(wrong))![1],
    );
  });
});
