/** The octets of STR-Transform in every form of reference, as WSS4J makes them (SMS §8.3). */
import { createHash, X509Certificate } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { decodeUtf8 } from '../../../src/engine/bytes/utf8.ts';
import { elementPath } from '../../../src/engine/xml/navigate.ts';
import { signature, transform } from './signed-document.ts';
import { message, shown } from './transforming.ts';

const WSSE = 'http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd';
const WSU = 'http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-utility-1.0.xsd';
const SMS = 'http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-soap-message-security-1.0';
const X509 = 'http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-x509-token-profile-1.0#X509v3';
const EXCLUSIVE = 'http://www.w3.org/2001/10/xml-exc-c14n#';

function strTransform(method = `<ds:CanonicalizationMethod Algorithm="${EXCLUSIVE}"/>`): string {
  return transform(
    `${SMS}#STR-Transform`,
    `<w:TransformationParameters xmlns:w="${WSSE}">${method}</w:TransformationParameters>`,
  );
}

function run(
  str: string,
  token = '',
  declarations = '',
  transforms = strTransform(),
  certificates: readonly X509Certificate[] = [],
) {
  return message(
    `<e xmlns:o="urn:o"${declarations}><s xmlns="urn:s" xmlns:wsse="${WSSE}" ` +
      `xmlns:u="${WSU}">${token}${signature(transforms, '#str', str)}</s></e>`,
    { certificates },
  );
}

const reference = (content: string) =>
  `<wsse:SecurityTokenReference u:Id="str">${content}</wsse:SecurityTokenReference>`;
const direct = (uri: string) => reference(`<wsse:Reference URI="${uri}"/>`);
const BST = `<wsse:BinarySecurityToken u:Id="t">AAAA</wsse:BinarySecurityToken>`;

describe('tokens in the message', () => {
  test('direct reference: a default namespace in scope is written', async () => {
    expect(shown(await run(direct('#t'), BST).first())).toBe(
      `<wsse:BinarySecurityToken xmlns="urn:s" xmlns:u="${WSU}" xmlns:wsse="${WSSE}" ` +
        'u:Id="t">AAAA</wsse:BinarySecurityToken>',
    );
  });
  test('without a default namespace in scope the apex gets xmlns=""', async () => {
    const xml = `<e xmlns:wsse="${WSSE}" xmlns:u="${WSU}">${BST}${signature(strTransform(), '#str', direct('#t'))}</e>`;
    const bare = message(xml);
    const processed = await bare.first();
    expect(shown(processed)).toBe(
      `<wsse:BinarySecurityToken xmlns="" xmlns:u="${WSU}" xmlns:wsse="${WSSE}" ` +
        'u:Id="t">AAAA</wsse:BinarySecurityToken>',
    );
    if (processed.status !== 'octets') throw new Error(processed.code);
    const map = bare.recorder.kept.get(processed.space)?.origin?.();
    let at = 0;
    for (const segment of map?.segments ?? []) {
      expect(segment.start).toBe(at);
      at = segment.end;
      if (segment.kind === 'copied') {
        expect(decodeUtf8(bare.document.octets, segment.sourceStart, segment.sourceEnd)).toBe(
          decodeUtf8(processed.octets, segment.start, segment.end),
        );
      }
    }
    expect(at).toBe(processed.octets.length);
    expect(
      map?.segments.some(
        ({ kind, start, end }) => kind === 'added' && decodeUtf8(processed.octets, start, end).includes(' xmlns=""'),
      ),
    ).toBe(true);
  });
  test('a token in the default namespace declares it itself', async () => {
    const saml = '<Assertion xmlns="urn:oasis:names:tc:SAML:2.0:assertion" ID="t"><Subject xmlns=""/></Assertion>';
    expect(shown(await run(direct('#t'), saml).first())).toBe(
      '<Assertion xmlns="urn:oasis:names:tc:SAML:2.0:assertion" ID="t"><Subject xmlns=""></Subject></Assertion>',
    );
  });
  test('an inclusive canonicalization keeps the namespaces in scope', async () => {
    const method = '<ds:CanonicalizationMethod Algorithm="http://www.w3.org/TR/2001/REC-xml-c14n-20010315"/>';
    expect(shown(await run(direct('#t'), BST, '', strTransform(method)).first())).toBe(
      `<wsse:BinarySecurityToken xmlns="urn:s" xmlns:o="urn:o" xmlns:u="${WSU}" xmlns:wsse="${WSSE}" ` +
        'u:Id="t">AAAA</wsse:BinarySecurityToken>',
    );
  });
  test('a PrefixList is followed', async () => {
    const method =
      `<ds:CanonicalizationMethod Algorithm="${EXCLUSIVE}"><ec:InclusiveNamespaces xmlns:ec="${EXCLUSIVE}" ` +
      'PrefixList="o"/></ds:CanonicalizationMethod>';
    expect(shown(await run(direct('#t'), BST, '', strTransform(method)).first())).toContain(' xmlns:o="urn:o"');
  });
  test('embedded', async () => {
    expect(shown(await run(reference(`<wsse:Embedded>${BST}</wsse:Embedded>`)).first())).toBe(
      `<wsse:BinarySecurityToken xmlns="urn:s" xmlns:u="${WSU}" xmlns:wsse="${WSSE}" ` +
        'u:Id="t">AAAA</wsse:BinarySecurityToken>',
    );
  });
  test.each([
    ['http://docs.oasis-open.org/wss/oasis-wss-saml-token-profile-1.1#SAMLID', 'ID'],
    ['http://docs.oasis-open.org/wss/oasis-wss-saml-token-profile-1.0#SAMLAssertionID', 'AssertionID'],
  ])('SAML by %s', async (type, attribute) => {
    const token = `<a:Assertion xmlns:a="urn:a" ${attribute}="t"/>`;
    expect(
      shown(await run(reference(`<wsse:KeyIdentifier ValueType="${type}"> t </wsse:KeyIdentifier>`), token).first()),
    ).toBe(`<a:Assertion xmlns="urn:s" xmlns:a="urn:a" ${attribute}="t"></a:Assertion>`);
  });
  test('the token is covered, the reference is not', async () => {
    const one = run(direct('#t'), BST);
    const processed = await one.first();
    if (processed.status !== 'octets') throw new Error(processed.code);
    expect(processed.kept).toBe(null);
    expect(processed.alsoCovers.map((node) => elementPath(one.document, node))).toEqual([
      '/e/s/wsse:BinarySecurityToken',
    ]);
    expect(processed.discards).toBe(false);
  });
});

describe('tokens that cannot be had', () => {
  test.each([
    ['dangling', direct('#none'), BST, strTransform(), 'missing: str-token-not-found'],
    ['standing twice', direct('#t'), BST + BST, strTransform(), 'refused: dup-id'],
    [
      'an unknown certificate',
      reference('<wsse:KeyIdentifier ValueType="urn:x">AAAA</wsse:KeyIdentifier>'),
      '',
      strTransform(),
      'missing: str-token-not-found',
    ],
    ['no method', direct('#t'), BST, transform(`${SMS}#STR-Transform`), 'failed: str-transform-parameters-missing'],
    ['parameters without method', direct('#t'), BST, strTransform(''), 'failed: str-transform-parameters-missing'],
    [
      'an unknown method',
      direct('#t'),
      BST,
      strTransform('<ds:CanonicalizationMethod Algorithm="urn:x"/>'),
      'unsupported: canonicalization-unknown',
    ],
  ])('%s', async (_, str, token, transforms, expected) => {
    expect(shown(await run(str, token, '', transforms).first())).toBe(expected);
  });
});

const CERTIFICATE = '../shared/peer-corpus/keys/client-rsa2048.crt.pem';
const present = existsSync(CERTIFICATE);
if (!present) console.log('skipped: ../shared/peer-corpus is not here');

describe.skipIf(!present)('certificates named by identifier', () => {
  const certificate = present ? new X509Certificate(readFileSync(CERTIFICATE)) : null;
  const base64 = () => certificate!.raw.toString('base64');
  const thumbprint = () =>
    reference(
      '<wsse:KeyIdentifier ' +
        `ValueType="http://docs.oasis-open.org/wss/oasis-wss-soap-message-security-1.1#ThumbprintSHA1">${createHash('sha1').update(certificate!.raw).digest('base64')}</wsse:KeyIdentifier>`,
    );
  test('a BinarySecurityToken is made of the certificate', async () => {
    const processed = await run(thumbprint(), '', '', strTransform(), [certificate!]).first();
    expect(shown(processed)).toBe(
      `<wsse:BinarySecurityToken xmlns="" xmlns:wsse="${WSSE}" ` +
        `ValueType="${X509}">${base64()}</wsse:BinarySecurityToken>`,
    );
    expect(processed).toMatchObject({ kept: null, alsoCovers: [], discards: false });
  });
  test('with the prefix that stands nearest to the reference, the first by name', async () => {
    const str = thumbprint().replace(
      '<wsse:SecurityTokenReference',
      `<wsse:SecurityTokenReference xmlns:z="${WSSE}" xmlns:b="${WSSE}"`,
    );
    expect(shown(await run(str, '', '', strTransform(), [certificate!]).first())).toMatch(
      /^<b:BinarySecurityToken xmlns="" xmlns:b="/,
    );
  });
  test('with wsse where the namespace is the default one', async () => {
    const str = thumbprint()
      .replaceAll('wsse:', '')
      .replace('<SecurityTokenReference', `<SecurityTokenReference xmlns="${WSSE}"`);
    const xml = `<e xmlns:u="${WSU}">${signature(strTransform(), '#str', str)}</e>`;
    expect(shown(await message(xml, { certificates: [certificate!] }).first())).toMatch(
      /^<wsse:BinarySecurityToken xmlns="" xmlns:wsse="/,
    );
  });
});
