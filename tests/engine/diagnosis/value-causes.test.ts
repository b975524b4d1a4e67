/** Every cause of a wrong signature value, provoked as docs/faults.md and docs/command.md say, is proven. */
import { describe, expect, it } from 'vitest';
import { keyFromPem, secret } from '../judging.ts';
import { diagnosed, proven, signedOctets } from './diagnosing.ts';
import {
  constants,
  createHash,
  createHmac,
  ec,
  message,
  otherRsa,
  pem,
  privateEncrypt,
  rsa,
  sign,
  type Wrong,
} from '../../building/wrong-message.ts';
import { DS, ECDSA_SHA256, EXCLUSIVE, HMAC_SHA256, INCLUSIVE, SOAP, WSU } from '../../building/names.ts';

const hash = (octets: Uint8Array, algorithm = 'sha256') => createHash(algorithm).update(octets).digest();
const LIST = (prefixes: string) =>
  `<ec:InclusiveNamespaces xmlns:ec="${EXCLUSIVE}" PrefixList="${prefixes}"></ec:InclusiveNamespaces>`;
const WSSE_SCOPE =
  'xmlns:wsse="http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd" ' +
  `xmlns:wsu="${WSU}"`;

const CASES: readonly (readonly [string, string, Wrong])[] = [
  ['sig-hash-label-mismatch', 'SHA-1 under rsa-sha256', { signer: (octets) => sign('sha1', octets, rsa.privateKey) }],
  [
    'sig-hash-label-mismatch',
    'SHA-512 under rsa-sha256',
    { signer: (octets) => sign('sha512', octets, rsa.privateKey) },
  ],
  [
    'sig-no-digestinfo',
    'the bare hash',
    { signer: (octets) => privateEncrypt({ key: rsa.privateKey, padding: constants.RSA_PKCS1_PADDING }, hash(octets)) },
  ],
  [
    'sig-pss-vs-pkcs1',
    'PSS with a salt as long as the hash',
    {
      signer: (octets) =>
        sign('sha256', octets, { key: rsa.privateKey, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: 32 }),
    },
  ],
  [
    'sig-pss-vs-pkcs1',
    'PSS with the longest salt',
    {
      signer: (octets) =>
        sign('sha256', octets, {
          key: rsa.privateKey,
          padding: constants.RSA_PKCS1_PSS_PADDING,
          saltLength: constants.RSA_PSS_SALTLEN_MAX_SIGN,
        }),
    },
  ],
  [
    'sig-pss-vs-pkcs1',
    'PKCS#1 under a PSS label',
    { method: 'http://www.w3.org/2007/05/xmldsig-more#sha256-rsa-MGF1' },
  ],
  ['sig-double-hash', 'hash of hash', { signedInfo: (text) => hash(Buffer.from(text)) }],
  [
    'sig-double-hash',
    'hash of the hexadecimal text',
    { signedInfo: (text) => hash(Buffer.from(text)).toString('hex') },
  ],
  [
    'sig-over-body-not-signedinfo',
    'the Body signed',
    {
      signedInfo: () => `<soap:Body xmlns:soap="${SOAP}" xmlns:wsu="${WSU}" wsu:Id="body">x</soap:Body>`,
      content: 'x',
    },
  ],
  [
    'sig-over-body-not-signedinfo',
    'DigestValue signed',
    { signedInfo: (text) => /DigestValue>([^<]*)</.exec(text)![1]! },
  ],
  [
    'signedinfo-raw',
    'literal SignedInfo with short tags',
    {
      signedInfo: (text) => text.replace(` xmlns:ds="${DS}"`, '').replaceAll('></ds:SignatureMethod>', '/>'),
      written: (text) => text.replaceAll('></ds:SignatureMethod>', '/>'),
    },
  ],
  [
    'signedinfo-missing-xmlns',
    'without its declaration',
    { signedInfo: (text) => text.replace(` xmlns:ds="${DS}"`, '') },
  ],
  [
    'ws-signedinfo-reformatted',
    'SignedInfo indented after signing',
    { written: (text) => text.replace(/></g, '>\n  <') },
  ],
  [
    'ws-signedinfo-reformatted',
    'a line break in DigestValue',
    { written: (text) => text.replace('</ds:DigestValue>', '\n</ds:DigestValue>') },
  ],
  [
    'ds-prefix-changed-after-sign',
    'ds: added after signing',
    { signedInfo: (text) => text.replaceAll('ds:', '').replace('xmlns:ds', 'xmlns') },
  ],
  ['signedinfo-edited', 'DigestValue changed', { written: (text) => text.replace(/DigestValue>./, 'DigestValue>/') }],
  ['signedinfo-edited', 'SignatureMethod changed', { written: (text) => text.replace('rsa-sha256', 'rsa-sha512') }],
  [
    'digest-alg-label-mismatch',
    'DigestMethod changed',
    {
      written: (text) =>
        text.replace('http://www.w3.org/2001/04/xmlenc#sha256', 'http://www.w3.org/2007/05/xmldsig-more#sha3-256'),
    },
  ],
  [
    'c14n-relabelled',
    'Transform changed to inclusive',
    {
      declarations: { zz: 'urn:zz' },
      written: (text) => text.replace(`Transform Algorithm="${EXCLUSIVE}"`, `Transform Algorithm="${INCLUSIVE}"`),
    },
  ],
  [
    'signedinfo-c14n-relabelled',
    'CanonicalizationMethod changed',
    {
      written: (text) =>
        text.replace(
          `CanonicalizationMethod Algorithm="${EXCLUSIVE}"`,
          `CanonicalizationMethod Algorithm="${INCLUSIVE}"`,
        ),
    },
  ],
  [
    'prefixlist-used-but-not-declared',
    'PrefixList of CanonicalizationMethod taken away',
    {
      declarations: { zz: 'urn:zz' },
      signedInfo: (text) =>
        text
          .replace(`#"></ds:CanonicalizationMethod>`, `#">${LIST('soap')}</ds:CanonicalizationMethod>`)
          .replace(` xmlns:ds="${DS}"`, ` xmlns:ds="${DS}" xmlns:soap="${SOAP}"`),
    },
  ],
  [
    'prefixlist-ignored-in-signedinfo',
    'PrefixList written and ignored',
    {
      signedInfo: (text) =>
        text.replace(`#"></ds:CanonicalizationMethod>`, `#">${LIST('soap')}</ds:CanonicalizationMethod>`),
      written: (text) =>
        text.replace(`#"></ds:CanonicalizationMethod>`, `#">${LIST('soap')}</ds:CanonicalizationMethod>`),
    },
  ],
  [
    'inclusive-labelled-exclusive',
    'inclusive SignedInfo under an exclusive label',
    { signedInfo: (text) => text.replace(` xmlns:ds="${DS}"`, ` xmlns:ds="${DS}" xmlns:soap="${SOAP}" ${WSSE_SCOPE}`) },
  ],
  [
    'sig-byte-order-reversed',
    'octets reversed',
    { value: (value) => Buffer.from([...value].reverse()).toString('base64') },
  ],
  [
    'sigvalue-base64-damaged',
    '+ turned into spaces',
    { value: (value) => Buffer.from(value).toString('base64').replaceAll('+', ' ') },
  ],
  ['sigvalue-base64-damaged', 'base64url', { value: (value) => Buffer.from(value).toString('base64url') }],
  ['sigvalue-base64-damaged', 'hexadecimal', { value: (value) => Buffer.from(value).toString('hex') }],
];

describe('the cause of a wrong signature value', () => {
  it.each(CASES)('%s: %s', async (code, _name, wrong) => {
    const text = message(wrong);
    const run = await diagnosed(text);
    const found = proven(run).filter((finding) => finding.code === code);
    expect(
      found.length,
      run.trace.findings.map((finding) => `${finding.code} ${finding.confidence}`).join(', '),
    ).toBeGreaterThan(0);
    expect(run.trace.findings.some((finding) => finding.code === 'signature-mismatch-unproven')).toBe(false);
    const octets = found[0] === undefined ? null : signedOctets(run, found[0]);
    if (octets !== null && wrong.signer === undefined && wrong.signedInfo === undefined) {
      expect(sign('sha256', octets, rsa.privateKey).toString('base64')).toBe(/SignatureValue>([^<]*)</.exec(text)![1]);
    }
  });

  it('sig-wrong-key-for-cert: another key of those known signed', async () => {
    const keys = [
      ...(await keyFromPem(pem(rsa), true)),
      ...(await keyFromPem(pem(otherRsa), true)).map((entry) => ({ ...entry, id: 'k2', file: 'other.pem' })),
    ];
    const name =
      '<ds:KeyInfo><ds:KeyValue><ds:RSAKeyValue>' +
      (() => {
        const { n, e } = rsa.publicKey.export({ format: 'jwk' });
        return `<ds:Modulus>${Buffer.from(n!, 'base64url').toString('base64')}</ds:Modulus><ds:Exponent>${Buffer.from(e!, 'base64url').toString('base64')}</ds:Exponent>`;
      })() +
      '</ds:RSAKeyValue></ds:KeyValue></ds:KeyInfo>';
    const run = await diagnosed(
      message({ keyInfo: name, signer: (octets) => sign('sha256', octets, otherRsa.privateKey) }),
      keys,
    );
    expect(proven(run).map((finding) => finding.code)).toContain('sig-wrong-key-for-cert');
  });

  it('says of a key that nobody knows that it may be another one, without proof', async () => {
    const run = await diagnosed(message({ signer: (octets) => sign('sha256', octets, otherRsa.privateKey) }));
    expect(proven(run)).toEqual([]);
    expect(run.trace.findings.map((finding) => finding.code)).toEqual(
      expect.arrayContaining(['signature-mismatch-unproven', 'sig-wrong-key-for-cert']),
    );
  });

  it('signature-of-other-signedinfo: the right key, other octets', async () => {
    const run = await diagnosed(
      message({ signer: () => sign('sha256', Buffer.from('something else'), rsa.privateKey) }),
    );
    expect(proven(run)).toEqual([]);
    expect(run.trace.findings.map((finding) => finding.code)).toEqual(
      expect.arrayContaining(['signature-mismatch-unproven', 'signature-of-other-signedinfo']),
    );
  });
});

describe('the cause of a wrong ECDSA value', () => {
  const raw = (octets: Uint8Array) => sign('sha256', octets, { key: ec.privateKey, dsaEncoding: 'ieee-p1363' });
  const cases: readonly (readonly [string, string, Wrong])[] = [
    ['ecdsa-der-not-rs', 'ASN.1', { signer: (octets) => sign('sha256', octets, ec.privateKey) }],
    ['ecdsa-rs-padding', 'a zero before r', { signer: (octets) => Buffer.concat([Buffer.of(0), raw(octets)]) }],
    [
      'ecdsa-rs-padding',
      'zeros before both',
      {
        signer: (octets) => {
          const value = raw(octets);
          return Buffer.concat([Buffer.of(0), value.subarray(0, 32), Buffer.of(0), value.subarray(32)]);
        },
      },
    ],
    [
      'sig-byte-order-reversed',
      'each half reversed',
      {
        signer: (octets) => {
          const value = raw(octets);
          return Buffer.concat([
            Buffer.from(value.subarray(0, 32)).reverse(),
            Buffer.from(value.subarray(32)).reverse(),
          ]);
        },
      },
    ],
    [
      'sig-hash-label-mismatch',
      'SHA-384 under SHA-256',
      { signer: (octets) => sign('sha384', octets, { key: ec.privateKey, dsaEncoding: 'ieee-p1363' }) },
    ],
    [
      'ws-signedinfo-reformatted',
      'SignedInfo indented',
      { signer: raw, written: (text) => text.replace(/></g, '>\n<') },
    ],
    [
      'signedinfo-edited',
      'DigestValue changed',
      { signer: raw, written: (text) => text.replace(/DigestValue>./, 'DigestValue>/') },
    ],
  ];
  it('is DER and another SignedInfo, both proven', async () => {
    const wrong: Wrong = {
      signer: (octets) => sign('sha256', octets, ec.privateKey),
      written: (text) => text.replace(/></g, '>\n<'),
    };
    const run = await diagnosed(message({ method: ECDSA_SHA256, ...wrong }), await keyFromPem(pem(ec), true));
    expect(proven(run).map((finding) => finding.code)).toEqual(
      expect.arrayContaining(['ws-signedinfo-reformatted', 'ecdsa-der-not-rs']),
    );
  });

  it.each(cases)('%s: %s', async (code, _name, wrong) => {
    const run = await diagnosed(message({ method: ECDSA_SHA256, ...wrong }), await keyFromPem(pem(ec), true));
    expect(
      proven(run).map((finding) => finding.code),
      run.trace.findings.map((finding) => `${finding.code} ${finding.confidence}`).join(', '),
    ).toContain(code);
  });
});

describe('the cause of a wrong MAC', () => {
  const SECRET = Buffer.from('an HMAC secret of thirty-two oct');
  const mac =
    (key: string | Uint8Array, algorithm = 'sha256') =>
    (octets: Uint8Array) =>
      createHmac(algorithm, key).update(octets).digest();
  const named = '<ds:KeyInfo><ds:KeyName>shared</ds:KeyName></ds:KeyInfo>';
  const cases: readonly (readonly [string, string, Wrong])[] = [
    ['hmac-truncation-or-key-text', 'base64 text as the key', { signer: mac(SECRET.toString('base64')) }],
    ['hmac-truncation-or-key-text', 'hexadecimal text as the key', { signer: mac(SECRET.toString('hex')) }],
    [
      'hmac-truncation-or-key-text',
      'cut off without saying so',
      { signer: (octets) => mac(SECRET)(octets).subarray(0, 20) },
    ],
    ['sig-hash-label-mismatch', 'SHA-1', { signer: mac(SECRET, 'sha1') }],
    [
      'ws-signedinfo-reformatted',
      'SignedInfo indented',
      { signer: mac(SECRET), written: (text) => text.replace(/></g, '>\n<') },
    ],
    [
      'sigvalue-base64-damaged',
      'hexadecimal',
      { signer: mac(SECRET), value: (value) => Buffer.from(value).toString('hex') },
    ],
  ];
  it.each(cases)('%s: %s', async (code, _name, wrong) => {
    const run = await diagnosed(message({ method: HMAC_SHA256, keyInfo: named, ...wrong }), [secret(SECRET, 'shared')]);
    expect(
      proven(run).map((finding) => finding.code),
      run.trace.findings.map((finding) => `${finding.code} ${finding.confidence}`).join(', '),
    ).toContain(code);
  });

  it('is not proven by a value too short to prove anything', async () => {
    const run = await diagnosed(message({ method: HMAC_SHA256, keyInfo: named, signer: () => Buffer.of(1) }), [
      secret(SECRET, 'shared'),
    ]);
    expect(proven(run)).toEqual([]);
  });
});

it('names a Reference taken out after signing', async () => {
  const other = '<app:H xmlns:app="urn:app" Id="h">x</app:H>';
  const reference = (text: string) => /<ds:Reference[\s\S]*<\/ds:Reference>/.exec(text)![0];
  const added = (text: string) =>
    reference(text)
      .replace('#body', '#h')
      .replace(/DigestValue>[^<]*/, `DigestValue>${hash(Buffer.from(other)).toString('base64')}`);
  const run = await diagnosed(
    message({
      blocks: other,
      signedInfo: (text) => text.replace('</ds:SignedInfo>', `${added(text)}</ds:SignedInfo>`),
    }),
  );
  expect(proven(run).map((finding) => [finding.code, finding.data['how'], finding.data['uri']])).toContainEqual([
    'signedinfo-edited',
    'reference-removed',
    '#h',
  ]);
});
