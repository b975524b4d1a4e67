/**
 * XAdES over messages signed by Node's own crypto: what the signed properties say of the certificate, of the references
 * and of themselves. Digests are made by Node as a verifier would compute them.
 */
import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { Run } from '../../../src/engine/index.ts';
import { selfSigned } from '../../building/certificates.ts';
import { DS, EXCLUSIVE, SHA256 } from '../../building/names.ts';
import { ecdsaSigner, ecKey, signatureXml, withoutDeclaration, type Reference } from '../../building/signature.ts';
import { codes, judgeMessage, keyFromPem } from '../judging.ts';

const XADES = 'http://uri.etsi.org/01903/v1.3.2#';
const TYPE = 'http://uri.etsi.org/01903#SignedProperties';
const COUNTERSIGNED = 'http://uri.etsi.org/01903#CountersignedSignature';

const { key } = ecKey('xades signer');
const CERTIFICATE = selfSigned({ key, subject: 'C=LV\nO=Signers\nCN=xades', serial: '7b01' });
/** Of the same key, by the same name: what somebody puts in the place of the signer's. */
const RENEWED = selfSigned({ key, subject: 'C=LV\nO=Signers\nCN=xades', serial: '7b02' });
const OTHER = selfSigned({ key: ecKey('somebody else').key, subject: 'CN=else', serial: '05' });

const octets = (base64: string) => Buffer.from(base64, 'base64');
const pemOf = (base64: string, lines = 64) =>
  `-----BEGIN CERTIFICATE-----\n${base64.match(new RegExp(`.{1,${lines}}`, 'g'))!.join('\n')}\n-----END CERTIFICATE-----\n`;
const sha = (of: Buffer | string, algorithm = 'sha256') => createHash(algorithm).update(of);
const right = sha(octets(CERTIFICATE)).digest('base64');

const issuerSerial = (issuer: string, serial: string) =>
  `<xades:IssuerSerial><ds:X509IssuerName>${issuer}</ds:X509IssuerName><ds:X509SerialNumber>${serial}</ds:X509SerialNumber></xades:IssuerSerial>`;
const cert = (digest: string, more = '') =>
  `<xades:Cert><xades:CertDigest><ds:DigestMethod Algorithm="${SHA256}"></ds:DigestMethod><ds:DigestValue>${digest}</ds:DigestValue></xades:CertDigest>${more}</xades:Cert>`;
const named = (certs: string, property = 'SigningCertificate') => `<xades:${property}>${certs}</xades:${property}>`;

interface Options {
  /** Children of SignedSignatureProperties. */
  readonly own?: string;
  /** After them in SignedProperties. */
  readonly more?: string;
  readonly type?: string | null;
  /** URI of the reference to the properties. */
  readonly uri?: string;
  /** Leaves the reference to the properties out. */
  readonly unreferenced?: boolean;
  readonly certificate?: string;
  readonly keyInfo?: string;
  readonly target?: string;
  readonly unsigned?: string;
  readonly references?: readonly Reference[];
  /** What the signature is over; replaced in the message afterwards where it is a function. */
  readonly edit?: (message: string) => string;
}

const CONTENT = '<a Id="a">signed</a>';

function signed(options: Options): string {
  const { own = '', more = '', type = TYPE, unreferenced, certificate = CERTIFICATE, target = '#sig' } = options;
  const body = `<xades:SignedSignatureProperties>${own}</xades:SignedSignatureProperties>${more}</xades:SignedProperties>`;
  // Exclusive: both prefixes stand on the apex where they are used within.
  const usesDs = body.includes('<ds:');
  const canonical = `<xades:SignedProperties xmlns:xades="${XADES}" Id="sp">${body}`.replaceAll(
    /<ds:(DigestMethod|DigestValue|X509IssuerName|X509SerialNumber)/g,
    `<ds:$1 xmlns:ds="${DS}"`,
  );
  const written = `<xades:SignedProperties Id="sp">${body}`;
  expect(usesDs).toBe(canonical.includes(DS));
  const properties: Reference = {
    uri: options.uri ?? '#sp',
    octets: canonical,
    transforms: [EXCLUSIVE],
    ...(type === null ? {} : { type }),
  };
  const signature = signatureXml({
    id: 'sig',
    signer: ecdsaSigner(key),
    keyInfo: options.keyInfo ?? `<ds:X509Data><ds:X509Certificate>${certificate}</ds:X509Certificate></ds:X509Data>`,
    references: [
      { uri: '#a', octets: CONTENT },
      ...(unreferenced === true ? [] : [properties]),
      ...(options.references ?? []),
    ],
    written: withoutDeclaration,
    objects:
      `<ds:Object><xades:QualifyingProperties xmlns:xades="${XADES}" Target="${target}">${written}` +
      `${options.unsigned ?? ''}</xades:QualifyingProperties></ds:Object>`,
  });
  return `<doc>${CONTENT}${signature}</doc>`;
}

async function judge(options: Options): Promise<Run> {
  const message = (options.edit ?? ((text) => text))(signed(options));
  const keys = [...(await keyFromPem(pemOf(CERTIFICATE), true)), ...(await keyFromPem(pemOf(RENEWED), true))];
  return judgeMessage(message, { keys });
}

const of = (run: Run, code: string) => run.trace.findings.find((finding) => finding.code === code);
const xadesCodes = (run: Run) =>
  codes(run).filter((code) => code.startsWith('xades-') && code !== 'xades-claims' && !code.endsWith('not-judged'));

const sound = named(cert(right, issuerSerial('CN=xades,O=Signers,C=LV', String(0x7b01))));

describe('the certificate that signed properties name', () => {
  it('is the one whose key verified', async () => {
    const run = await judge({ own: sound });
    expect(run.trace.verdict.headline).toBe('valid');
    expect(xadesCodes(run)).toEqual([]);
  });

  it('may be named beside its issuers, in any order', async () => {
    const run = await judge({ own: named(cert(sha(octets(OTHER)).digest('base64')) + cert(right)) });
    expect(run.trace.verdict.headline).toBe('valid');
    expect(xadesCodes(run)).toEqual([]);
  });

  it.each([
    ['somebody else', sha(octets(OTHER)).digest('base64'), CERTIFICATE],
    ['one of the same key, exchanged in KeyInfo', right, RENEWED],
  ])('is not another: %s', async (_what, digest, certificate) => {
    const run = await judge({ own: named(cert(digest)), certificate });
    expect(run.trace.verdict.headline).toBe('valid-untrusted');
    expect(run.trace.verdict.axes.trust).toBe('fail');
    expect(run.trace.findings[0]).toMatchObject({ code: 'xades-signingcertificate-other', severity: 'error' });
    const { findings } = run.trace.verdict.evidence.trust;
    expect(findings).toContain(run.trace.findings[0]!.id);
  });

  const wrong: readonly (readonly [string, string])[] = [
    ['hex', sha(octets(CERTIFICATE)).digest('hex')],
    ['hex', sha(octets(CERTIFICATE)).digest('hex').toUpperCase()],
    ['base64-of-hex', Buffer.from(sha(octets(CERTIFICATE)).digest('hex')).toString('base64')],
    ['base64-twice', Buffer.from(right).toString('base64')],
    ['certificate-base64', sha(CERTIFICATE).digest('base64')],
    ['certificate-pem', sha(pemOf(CERTIFICATE)).digest('base64')],
    ['certificate-pem', sha(pemOf(CERTIFICATE).replaceAll('\n', '\r\n')).digest('base64')],
    ['certificate-pem', Buffer.from(sha(pemOf(CERTIFICATE)).digest('hex')).toString('base64')],
    ['other-method', sha(octets(CERTIFICATE), 'sha1').digest('base64')],
    ['other-method', sha(octets(CERTIFICATE), 'sha512').digest('base64')],
  ];
  it.each(wrong)('is found by a digest of the form %s: %s', async (how, digest) => {
    const run = await judge({ own: named(cert(digest)) });
    expect(run.trace.verdict.headline).toBe('valid-weak');
    expect(run.trace.findings[0]).toMatchObject({ code: 'xades-certdigest-mismatch', data: { how } });
  });

  it('cannot be compared with a key that has none', async () => {
    const { point } = ecKey('xades signer');
    const keyInfo =
      `<ds:KeyValue><dsig11:ECKeyValue xmlns:dsig11="http://www.w3.org/2009/xmldsig11#"><dsig11:NamedCurve ` +
      `URI="urn:oid:1.2.840.10045.3.1.7"/><dsig11:PublicKey>${point.toString('base64')}</dsig11:PublicKey></dsig11:ECKeyValue></ds:KeyValue>`;
    const run = await judgeMessage(signed({ own: sound, keyInfo }));
    expect(of(run, 'xades-signingcertificate-unchecked')).toMatchObject({ severity: 'note' });
    const method = await judge({ own: named(cert(right).replace(SHA256, 'urn:unknown')) });
    expect(of(method, 'xades-signingcertificate-unchecked')?.data).toMatchObject({ method: 'urn:unknown' });
  });

  it('is missing, unless KeyInfo is signed', async () => {
    const run = await judge({ own: '' });
    expect(xadesCodes(run)).toEqual(['xades-signingcertificate-missing']);
    const x509 = `<ds:X509Data><ds:X509Certificate>${CERTIFICATE}</ds:X509Certificate></ds:X509Data>`;
    const covered = await judge({
      own: '',
      references: [{ uri: '#ki', octets: `<ds:KeyInfo xmlns:ds="${DS}" Id="ki">${x509}</ds:KeyInfo>` }],
      edit: (text) => text.replace('<ds:KeyInfo>', '<ds:KeyInfo Id="ki">'),
    });
    expect(covered.trace.verdict.headline).toBe('valid');
    expect(xadesCodes(covered)).toEqual([]);
  });
});

describe('issuer and serial number beside the digest', () => {
  const serial = String(0x7b01);
  it.each([
    ['CN=xades, O=Signers, C=LV', serial],
    ['cn=xades,o=Signers,c=LV', ` ${serial} `],
    ['2.5.4.3=xades,O=Signers,C=LV', serial],
  ])('are right as %s', async (issuer, number) => {
    expect(xadesCodes(await judge({ own: named(cert(right, issuerSerial(issuer, number))) }))).toEqual([]);
  });

  it.each([
    ['issuer-dn-format', 'C=LV,O=Signers,CN=xades', serial],
    ['issuer-dn-format', '/C=LV/O=Signers/CN=xades', serial],
    ['serial-hex-or-sign', 'CN=xades,O=Signers,C=LV', '7B01'],
    ['serial-hex-or-sign', 'CN=xades,O=Signers,C=LV', '0x7b01'],
  ])('are meant: %s %s %s', async (code, issuer, number) => {
    const run = await judge({ own: named(cert(right, issuerSerial(issuer, number))) });
    expect(of(run, code)).toMatchObject({ severity: 'warning', data: { in: 'SigningCertificate' } });
    expect(run.trace.verdict.headline).toBe('valid');
  });

  it.each([
    ['CN=else', serial, 'issuer-differs'],
    ['CN=xades,O=Signers,C=LV', '31490', 'serial-differs'],
    ['CN=else', '5', 'issuer-and-serial-differ'],
  ])('are those of another: %s %s', async (issuer, number, reason) => {
    const run = await judge({ own: named(cert(right, issuerSerial(issuer, number))) });
    expect(of(run, 'xades-issuerserial-differs')).toMatchObject({ data: { reason } });
    expect(run.trace.verdict.headline).toBe('valid-weak');
  });

  const der = (tag: number, ...content: readonly Buffer[]) => {
    const all = Buffer.concat(content);
    return Buffer.concat([Buffer.of(tag, all.length), all]);
  };
  // Of the certificate itself: SEQUENCE { [0], serial, algorithm, issuer, …
  const issuerName = (() => {
    const attribute = (oid: string, value: string) =>
      der(0x31, der(0x30, der(6, Buffer.from(oid, 'hex')), der(0x0c, Buffer.from(value))));
    return der(0x30, attribute('550406', 'LV'), attribute('55040a', 'Signers'), attribute('550403', 'xades'));
  })();
  const number = (value: string) => der(2, Buffer.from(value, 'hex'));
  const v2 = (base64: string) =>
    named(cert(right, `<xades:IssuerSerialV2>${base64}</xades:IssuerSerialV2>`), 'SigningCertificateV2');

  it('are read from DER in V2', async () => {
    const names = der(0x30, der(0xa4, issuerName));
    const good = await judge({ own: v2(der(0x30, names, number('7b01')).toString('base64')) });
    expect(good.trace.verdict.headline).toBe('valid');
    expect(xadesCodes(good)).toEqual([]);
    const reasonOf = async (base64: string) =>
      of(await judge({ own: v2(base64) }), 'xades-issuerserial-differs')?.data['reason'];
    expect(await reasonOf(der(0x30, names, number('7b03')).toString('base64'))).toBe('serial-differs');
    expect(await reasonOf(der(0x30, issuerName, number('7b01')).toString('base64'))).toBe('bare-name');
    expect(await reasonOf(der(0x30, der(0xa4, issuerName), number('7b01')).toString('base64'))).toBe('bare-name');
    expect(await reasonOf('CN=xades')).toBe('malformed');
    expect(await reasonOf(Buffer.from('3003020101ff', 'hex').toString('base64'))).toBe('malformed');
  });
});

describe('signed properties', () => {
  it('that no reference leads to are nobody’s word', async () => {
    const run = await judge({ own: named(cert(sha(octets(OTHER)).digest('base64'))), unreferenced: true });
    expect(xadesCodes(run)).toEqual(['xades-properties-not-signed']);
    expect(run.trace.verdict.headline).not.toBe('valid');
  });

  it.each([
    ["xpointer(id('sp'))", 'pass'],
    ["xmlns(x=http://uri.etsi.org/01903/v1.3.2%23)xpointer(id('sp')/../x:SignedProperties)", 'unknown'],
  ])('referenced by #%s are not called unsigned', async (pointer, digest) => {
    const run = await judge({ own: sound, uri: `#${pointer}` });
    expect(run.trace.signatures[0]?.references[1]?.digest).toBe(digest);
    expect(xadesCodes(run)).toEqual([]);
  });

  it('stand once: a second one beside them is not signed', async () => {
    const run = await judge({
      own: sound,
      edit: (text) =>
        text.replace(
          '<xades:SignedProperties Id="sp">',
          '<xades:SignedProperties Id="fake"/><xades:SignedProperties Id="sp">',
        ),
    });
    expect(of(run, 'xades-properties-not-signed')?.data).toEqual({ id: 'fake' });
  });

  it.each([
    [null, 'missing'],
    ['http://www.w3.org/2000/09/xmldsig#Object', 'other'],
  ])('are referenced with the right Type, not %s', async (type, how) => {
    const run = await judge({ own: sound, type });
    expect(of(run, 'xades-reference-type')?.data).toMatchObject({ how, uri: '#sp', type });
  });

  it.each([
    'http://uri.etsi.org/01903/v1.1.1#SignedProperties',
    'http://uri.etsi.org/01903/v1.2.2#SignedProperties',
    'http://uri.etsi.org/01903/v1.4.1#SignedProperties',
  ])('are referenced by the Type of another version: %s', async (type) => {
    expect(xadesCodes(await judge({ own: sound, type }))).toEqual([]);
  });

  it('are where the Type says', async () => {
    const run = await judge({
      own: sound,
      references: [{ uri: '#b', octets: '<b Id="b"></b>', type: TYPE }],
      edit: (text) => text.replace('</doc>', '<b Id="b"></b></doc>'),
    });
    expect(of(run, 'xades-reference-type')?.data).toMatchObject({ how: 'elsewhere', uri: '#b' });
  });

  it('name their signature', async () => {
    const run = await judge({ own: sound, target: '#other' });
    expect(of(run, 'xades-target-differs')?.data).toEqual({ target: '#other', id: 'sig' });
  });

  it('name references that are there', async () => {
    const format = (reference: string) =>
      `<xades:SignedDataObjectProperties><xades:DataObjectFormat ObjectReference="${reference}"><xades:MimeType>text/xml</xades:MimeType></xades:DataObjectFormat></xades:SignedDataObjectProperties>`;
    const dangling = await judge({ own: sound, more: format('#a') });
    expect(of(dangling, 'xades-objectreference-dangling')?.data).toEqual({ uri: '#a' });
  });

  it('say when, under which policy and in which role, and nobody confirms it', async () => {
    const time = '<xades:SigningTime>2026-11-22T11:59:00Z</xades:SigningTime>';
    const policy = (inner: string) => `<xades:SignaturePolicyIdentifier>${inner}</xades:SignaturePolicyIdentifier>`;
    const role =
      '<xades:SignerRole><xades:ClaimedRoles><xades:ClaimedRole>supplier</xades:ClaimedRole></xades:ClaimedRoles></xades:SignerRole>';
    const stated = policy(
      '<xades:SignaturePolicyId><xades:SigPolicyId><xades:Identifier>urn:policy:1</xades:Identifier></xades:SigPolicyId></xades:SignaturePolicyId>',
    );
    const run = await judge({ own: time + sound + stated + role });
    expect(of(run, 'xades-claims')).toMatchObject({
      severity: 'note',
      data: { signingTime: '2026-11-22T11:59:00Z', policy: 'urn:policy:1', roles: ['supplier'] },
    });
    const implied = await judge({
      own: time + sound + policy('<xades:SignaturePolicyImplied></xades:SignaturePolicyImplied>'),
    });
    expect(of(implied, 'xades-claims')?.data).toMatchObject({ policy: 'implied' });
    const step = implied.trace.steps.find((one) => one.kind === 'xades');
    expect(step?.data).toMatchObject({ signingTime: '2026-11-22T11:59:00Z', policy: 'implied', signature: 'sig' });
  });

  it('are followed by unsigned ones that are named and not judged', async () => {
    const stamp =
      '<xades:SignatureTimeStamp></xades:SignatureTimeStamp><xades:CertificateValues></xades:CertificateValues>';
    const unsigned = `<xades:UnsignedProperties><xades:UnsignedSignatureProperties>${stamp}</xades:UnsignedSignatureProperties></xades:UnsignedProperties>`;
    const run = await judge({ own: sound, unsigned });
    expect(of(run, 'xades-unsigned-not-judged')?.data).toEqual({ names: ['SignatureTimeStamp', 'CertificateValues'] });
    expect(run.trace.verdict.headline).toBe('valid');
  });
});

describe('a counter-signature', () => {
  /** Into the unsigned properties of a message that is signed already. */
  function countersigned(target: (value: string) => { readonly uri: string; readonly octets: string }): string {
    const plain = signed({ own: sound }).replace('<ds:SignatureValue>', '<ds:SignatureValue Id="value">');
    const [value = ''] = /<ds:SignatureValue Id="value">[^<]*<\/ds:SignatureValue>/.exec(plain) ?? [];
    const { uri, octets: over } = target(value.replace('<ds:SignatureValue', `<ds:SignatureValue xmlns:ds="${DS}"`));
    const counter = signatureXml({
      id: 'counter',
      signer: ecdsaSigner(key),
      keyInfo: `<ds:X509Data><ds:X509Certificate>${CERTIFICATE}</ds:X509Certificate></ds:X509Data>`,
      references: [{ uri, octets: over, type: COUNTERSIGNED }],
      written: withoutDeclaration,
    });
    return plain.replace(
      '</xades:QualifyingProperties>',
      `<xades:UnsignedProperties><xades:UnsignedSignatureProperties><xades:CounterSignature>${counter}</xades:CounterSignature>` +
        '</xades:UnsignedSignatureProperties></xades:UnsignedProperties></xades:QualifyingProperties>',
    );
  }

  it('is judged as a signature over the SignatureValue of the outer', async () => {
    const keys = await keyFromPem(pemOf(CERTIFICATE), true);
    const run = await judgeMessage(
      countersigned((value) => ({ uri: '#value', octets: value })),
      { keys },
    );
    expect(run.trace.signatures.map((one) => one.value)).toEqual(['pass', 'pass']);
    expect(run.trace.verdict.headline).toBe('valid');
    expect(xadesCodes(run)).toEqual([]);
    const broken = countersigned((value) => ({ uri: '#value', octets: `${value} ` }));
    expect((await judgeMessage(broken, { keys })).trace.verdict.headline).toBe('invalid');
  });

  it('signs the value, and not something else', async () => {
    const keys = await keyFromPem(pemOf(CERTIFICATE), true);
    const run = await judgeMessage(
      countersigned(() => ({ uri: '#a', octets: CONTENT })),
      { keys },
    );
    expect(of(run, 'xades-countersignature-other')?.data).toEqual({ outer: 'sig' });
    expect(run.trace.verdict.headline).toBe('valid-weak');
  });
});
