/** Keys, algorithms and certificates (docs/attacks.md, "Keys and certificates"). */
import { createHash, createPublicKey, generateKeyPairSync } from 'node:crypto';
import { judgeTable, type Attack } from '../../building/attack.ts';
import {
  ATTACKER,
  attacker,
  attackerKeyInfo,
  binaryToken,
  certificateKeyInfo,
  certificateOctets,
  envelope,
  goodMessage,
  SIGNER_CERTIFICATE,
  SIGNER_KEY,
  signer,
  tokenReference,
} from '../../building/good-message.ts';
import { selfSigned } from '../../building/certificates.ts';
import { DS, DS11, ECDSA_SHA256, MD5, MORE, RSA_SHA256, SHA1, SHA256 } from '../../building/names.ts';
import {
  ecdsaSigner,
  ecKeyValue,
  hmacSigner,
  rsaSigner,
  signatureXml,
  type SignatureOptions,
  type Signer,
} from '../../building/signature.ts';

const good = goodMessage();
const message = (
  options: Partial<SignatureOptions> & { readonly digestMethod?: string },
  security: readonly string[] = [],
) => {
  const signature = signatureXml({
    references: [
      {
        uri: '#body',
        octets: good.body,
        ...(options.digestMethod === undefined ? {} : { digestMethod: options.digestMethod }),
      },
    ],
    signer,
    keyInfo: certificateKeyInfo(),
    ...options,
  });
  return envelope({ body: good.body, security: [...security, signature] });
};
const UNTRUSTED = ['valid-untrusted', 'invalid', 'refused'] as const;

const look = selfSigned({
  key: ATTACKER.key,
  subject: SIGNER_CERTIFICATE.subject,
  serial: SIGNER_CERTIFICATE.serialNumber,
});
const rsaValue = (n: Buffer, e: Buffer) =>
  `<ds:KeyValue><ds:RSAKeyValue><ds:Modulus>${n.toString('base64')}</ds:Modulus><ds:Exponent>${e.toString('base64')}</ds:Exponent></ds:RSAKeyValue></ds:KeyValue>`;
const signerJwk = createPublicKey(SIGNER_KEY).export({ format: 'jwk' });
const signerModulus = Buffer.from(signerJwk.n!, 'base64url');
const signerKeyValue = rsaValue(signerModulus, Buffer.from(signerJwk.e!, 'base64url'));

const strangers: Attack[] = [
  {
    id: 'KEY-01',
    what: "a stranger's KeyValue",
    headline: 'valid-untrusted',
    axes: { trust: 'fail' },
    message: () => message({ signer: attacker, keyInfo: attackerKeyInfo }),
  },
  {
    id: 'KEY-01',
    what: "a stranger's KeyValue where no anchors are given",
    headline: 'valid-untrusted',
    axes: { trust: 'unknown' },
    trust: [],
    message: () => message({ signer: attacker, keyInfo: attackerKeyInfo }),
  },
  {
    id: 'KEY-01',
    what: "a stranger's certificate in X509Data",
    headline: 'valid-untrusted',
    axes: { trust: 'fail' },
    message: () => message({ signer: attacker, keyInfo: certificateKeyInfo(look) }),
  },
  {
    id: 'KEY-01',
    what: "a stranger's certificate as token",
    headline: 'valid-untrusted',
    axes: { trust: 'fail' },
    message: () => message({ signer: attacker, keyInfo: tokenReference('bst') }, [binaryToken('bst', look)]),
  },
  {
    id: 'KEY-01',
    what: "a stranger's certificate before the trusted one",
    headline: UNTRUSTED,
    message: () =>
      message({
        signer: attacker,
        keyInfo: `<ds:X509Data><ds:X509Certificate>${look}</ds:X509Certificate><ds:X509Certificate>${certificateOctets}</ds:X509Certificate></ds:X509Data>`,
      }),
  },
  {
    id: 'KEY-01',
    what: "a stranger's certificate after the trusted one",
    headline: UNTRUSTED,
    message: () =>
      message({
        signer: attacker,
        keyInfo: `<ds:X509Data><ds:X509Certificate>${certificateOctets}</ds:X509Certificate><ds:X509Certificate>${look}</ds:X509Certificate></ds:X509Data>`,
      }),
  },
  {
    id: 'KEY-02',
    what: 'a look-alike of the trusted certificate: subject, issuer and serial the same',
    headline: 'valid-untrusted',
    axes: { trust: 'fail' },
    message: () => message({ signer: attacker, keyInfo: certificateKeyInfo(look) }),
    trust: ['server-rsa2048.crt.pem'],
  },
  {
    id: 'KEY-02',
    what: "the trusted subject and issuer names beside a stranger's key",
    headline: UNTRUSTED,
    message: () =>
      message({ signer: attacker, keyInfo: `${attackerKeyInfo}<ds:KeyName>CN=server-rsa2048</ds:KeyName>` }),
    keys: ['server-rsa2048.crt.pem'],
  },
  {
    id: 'KEY-04',
    what: "a stranger's KeyValue beside the trusted certificate, signed by the stranger",
    headline: UNTRUSTED,
    message: () => message({ signer: attacker, keyInfo: attackerKeyInfo + certificateKeyInfo() }),
  },
  {
    id: 'KEY-04',
    what: "the trusted certificate beside a stranger's KeyValue, signed by the stranger",
    headline: UNTRUSTED,
    message: () => message({ signer: attacker, keyInfo: certificateKeyInfo() + attackerKeyInfo }),
  },
  {
    id: 'KEY-04',
    what: "a stranger's KeyValue beside the trusted certificate, signed by whom we trust",
    headline: 'refused',
    code: 'KEY-04',
    message: () => message({ keyInfo: attackerKeyInfo + certificateKeyInfo() }),
  },
  {
    id: 'KEY-04',
    what: 'the same key twice, as certificate and as value',
    headline: 'valid',
    message: () => message({ keyInfo: signerKeyValue + certificateKeyInfo() }),
  },
];

const spki = SIGNER_CERTIFICATE.publicKey.export({ format: 'der', type: 'spki' });
const confusions: Attack[] = (
  [
    ['the certificate in DER', SIGNER_CERTIFICATE.raw],
    ['the certificate in PEM', Buffer.from(SIGNER_CERTIFICATE.toString())],
    ['the SPKI in DER', spki],
    ['the SPKI in PEM', Buffer.from(SIGNER_CERTIFICATE.publicKey.export({ format: 'pem', type: 'spki' }))],
    ['the modulus', signerModulus],
    ['base64 of the certificate', Buffer.from(certificateOctets)],
  ] as const
).map(([what, secret]): Attack => ({
  id: 'KEY-03',
  what: `HMAC with ${what} as the secret`,
  headline: ['invalid', 'refused'],
  code: 'KEY-03',
  keys: ['server-rsa2048.crt.pem'],
  message: () => message({ signer: hmacSigner(secret) }),
}));
confusions.push(
  {
    id: 'KEY-03',
    what: 'the same, with the certificate as token',
    headline: ['invalid', 'refused'],
    code: 'KEY-03',
    message: () =>
      message({ signer: hmacSigner(SIGNER_CERTIFICATE.raw), keyInfo: tokenReference('bst') }, [binaryToken('bst')]),
  },
  {
    id: 'KEY-03',
    what: 'the same, without KeyInfo',
    headline: ['invalid', 'refused', 'incomplete'],
    keys: ['server-rsa2048.crt.pem'],
    message: () => message({ signer: hmacSigner(SIGNER_CERTIFICATE.raw), keyInfo: '' }),
  },
  {
    id: 'KEY-03',
    what: 'HMAC with the empty secret, an unknown key name',
    headline: ['invalid', 'refused', 'incomplete'],
    message: () => message({ signer: hmacSigner(Buffer.alloc(0)), keyInfo: '<ds:KeyName>nobody</ds:KeyName>' }),
  },
  {
    id: 'KEY-03',
    what: 'RSA method, the value an HMAC',
    headline: 'invalid',
    message: () => message({ signer: { ...hmacSigner(spki), method: RSA_SHA256 } }),
  },
);

const rsa512 = generateKeyPairSync('rsa', { modulusLength: 512 });
const rsa1024 = generateKeyPairSync('rsa', { modulusLength: 1024 });
const modulusOf = (
  key:
    | ReturnType<typeof generateKeyPairSync<never>>
    | { publicKey: { export(options: { format: 'jwk' }): { n?: string } } },
) => Buffer.from((key as typeof rsa512).publicKey.export({ format: 'jwk' }).n!, 'base64url');
const F4 = Buffer.from([1, 0, 1]);

const weak: Attack[] = [
  {
    id: 'KEY-05',
    what: 'RSA with SHA-1',
    headline: 'valid-weak',
    code: 'weak-algorithm',
    message: () => message({ signer: rsaSigner(SIGNER_KEY, 'sha1', `${DS}rsa-sha1`) }),
  },
  {
    id: 'KEY-05',
    what: 'RSA with MD5',
    headline: ['valid-weak', 'refused'],
    code: 'weak-algorithm',
    message: () => message({ signer: rsaSigner(SIGNER_KEY, 'md5', `${MORE}rsa-md5`) }),
  },
  {
    id: 'KEY-05',
    what: 'a SHA-1 digest',
    headline: 'valid-weak',
    code: 'weak-algorithm',
    message: () => message({ digestMethod: SHA1 }),
  },
  {
    id: 'KEY-05',
    what: 'an MD5 digest',
    headline: ['valid-weak', 'refused'],
    code: 'weak-algorithm',
    message: () => message({ digestMethod: MD5 }),
  },
  {
    id: 'KEY-05',
    what: 'a digest nobody knows',
    headline: 'unsupported',
    message: () => message({ references: [{ uri: '#body', octets: good.body, digestMethod: 'urn:null' }] }),
  },
  {
    id: 'KEY-05',
    what: 'a signature method nobody knows',
    headline: 'unsupported',
    message: () => message({ method: 'urn:none' }),
  },
  {
    id: 'KEY-05',
    what: 'a digest URI as signature method',
    headline: ['unsupported', 'invalid'],
    message: () => message({ method: SHA256 }),
  },
  {
    id: 'KEY-06',
    what: 'a shared secret of one octet',
    headline: 'valid-weak',
    code: 'weak-key',
    secrets: ['shared=hex:07'],
    message: () => message({ signer: hmacSigner(Buffer.of(7)), keyInfo: '<ds:KeyName>shared</ds:KeyName>' }),
  },
  {
    id: 'KEY-06',
    what: 'RSA of 512 bits',
    headline: UNTRUSTED,
    code: 'weak-key',
    message: () => message({ signer: rsaSigner(rsa512.privateKey), keyInfo: rsaValue(modulusOf(rsa512), F4) }),
  },
  {
    id: 'KEY-06',
    what: 'RSA of 1024 bits',
    headline: UNTRUSTED,
    code: 'weak-key',
    message: () => message({ signer: rsaSigner(rsa1024.privateKey), keyInfo: rsaValue(modulusOf(rsa1024), F4) }),
  },
];

/** The padded block itself as the value: what e = 1 makes of a signature. */
const block: Signer = {
  method: RSA_SHA256,
  sign: (octets) => {
    const info = Buffer.concat([
      Buffer.from('3031300d060960864801650304020105000420', 'hex'),
      createHash('sha256').update(octets).digest(),
    ]);
    return Buffer.concat([Buffer.from([0, 1]), Buffer.alloc(256 - 3 - info.length, 0xff), Buffer.of(0), info]);
  },
};
/**
 * BB'06: short padding, the hash early, what follows chosen so that a cube root exists (here: garbage, refused by its
 * form).
 */
const sloppy: Signer = {
  method: RSA_SHA256,
  sign: (octets) => {
    const info = Buffer.concat([
      Buffer.from('3031300d060960864801650304020105000420', 'hex'),
      createHash('sha256').update(octets).digest(),
    ]);
    const wanted = BigInt(
      `0x${Buffer.concat([Buffer.from([0, 1]), Buffer.alloc(8, 0xff), Buffer.of(0), info, Buffer.alloc(256 - 11 - info.length)]).toString('hex')}`,
    );
    let root = 1n << 684n;
    for (let step = 0; step < 1200; step++) {
      const next = (2n * root + wanted / (root * root)) / 3n;
      if (next >= root && step > 700) break;
      root = next;
    }
    return Buffer.from((root + 1n).toString(16).padStart(512, '0'), 'hex');
  },
};
const bits = (count: number) => {
  const octets = Buffer.alloc(count / 8, 0xff);
  return octets;
};

const arithmetic: Attack[] = [
  {
    id: 'KEY-07',
    what: 'RSA with e = 1',
    headline: ['invalid', 'refused'],
    message: () => message({ signer: block, keyInfo: rsaValue(signerModulus, Buffer.of(1)) }),
  },
  {
    id: 'KEY-07',
    what: 'RSA with e = 3 and a forged cube root',
    headline: 'invalid',
    message: () => message({ signer: sloppy, keyInfo: rsaValue(signerModulus, Buffer.of(3)) }),
  },
  {
    id: 'KEY-07',
    what: 'RSA with an even exponent',
    headline: ['invalid', 'refused'],
    message: () => message({ signer: block, keyInfo: rsaValue(signerModulus, Buffer.of(2)) }),
  },
  {
    id: 'KEY-07',
    what: 'RSA with an even modulus',
    headline: ['invalid', 'refused'],
    message: () =>
      message({ signer: block, keyInfo: rsaValue(Buffer.concat([signerModulus.subarray(0, 255), Buffer.of(2)]), F4) }),
  },
  {
    id: 'KEY-07',
    what: 'RSA with modulus 0',
    headline: ['invalid', 'refused', 'malformed'],
    message: () => message({ signer: block, keyInfo: rsaValue(Buffer.of(0), F4) }),
  },
  {
    id: 'KEY-07',
    what: 'RSA with an empty modulus',
    headline: ['invalid', 'refused', 'malformed'],
    message: () => message({ signer: block, keyInfo: rsaValue(Buffer.alloc(0), F4) }),
  },
  {
    id: 'KEY-08',
    what: 'a modulus of 16 400 bits',
    headline: ['limit', 'invalid', 'refused'],
    message: () => message({ signer: block, keyInfo: rsaValue(bits(16_400), F4) }),
  },
  {
    id: 'KEY-08',
    what: 'a modulus of a million bits',
    headline: ['limit', 'invalid', 'refused', 'malformed'],
    message: () => message({ signer: block, keyInfo: rsaValue(bits(1_048_576), F4) }),
  },
  {
    id: 'KEY-08',
    what: 'an exponent of 2047 bits',
    headline: ['limit', 'invalid', 'refused'],
    message: () => message({ signer: block, keyInfo: rsaValue(bits(16_384), bits(2_048)) }),
  },
  {
    id: 'KEY-09',
    what: 'ECDSA with r = s = 0 (CVE-2022-21449)',
    headline: 'invalid',
    message: () =>
      message({ signer: { method: ECDSA_SHA256, sign: () => Buffer.alloc(64) }, keyInfo: attackerKeyInfo }),
  },
  {
    id: 'KEY-09',
    what: 'ECDSA with r = s = n',
    headline: 'invalid',
    message: () =>
      message({
        signer: {
          method: ECDSA_SHA256,
          sign: () => Buffer.from('ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551'.repeat(2), 'hex'),
        },
        keyInfo: attackerKeyInfo,
      }),
  },
  {
    id: 'KEY-09',
    what: 'ECDSA with DER instead of raw octets',
    headline: 'invalid',
    message: () =>
      message({
        signer: {
          method: ECDSA_SHA256,
          sign: (octets) => {
            const raw = ecdsaSigner(ATTACKER.key).sign(octets);
            return Buffer.concat([
              Buffer.from([0x30, 68, 2, 32]),
              raw.subarray(0, 32),
              Buffer.from([2, 32]),
              raw.subarray(32),
            ]);
          },
        },
        keyInfo: attackerKeyInfo,
      }),
  },
  {
    id: 'KEY-09',
    what: 'a point that is not on the curve',
    headline: ['invalid', 'malformed', 'refused'],
    message: () =>
      message({
        signer: attacker,
        keyInfo: ecKeyValue(Buffer.concat([ATTACKER.point.subarray(0, 64), Buffer.of(ATTACKER.point[64]! ^ 1)])),
      }),
  },
  {
    id: 'KEY-09',
    what: 'the point at infinity',
    headline: ['invalid', 'malformed', 'refused'],
    message: () => message({ signer: attacker, keyInfo: ecKeyValue(Buffer.of(0)) }),
  },
  {
    id: 'KEY-09',
    what: "explicit curve parameters with a generator of the attacker's choice (CVE-2020-0601)",
    headline: ['invalid', 'malformed', 'refused', 'unsupported', 'valid-untrusted'],
    message: () =>
      message({
        signer: attacker,
        keyInfo:
          '<ds:KeyValue><dsig11:ECKeyValue ' +
          `xmlns:dsig11="${DS11}"><dsig11:ECParameters><dsig11:FieldID><dsig11:Prime><dsig11:P>/////w==</dsig11:P></dsig11:Prime></dsig11:FieldID><dsig11:Curve><dsig11:A>AA==</dsig11:A><dsig11:B>AA==</dsig11:B></dsig11:Curve><dsig11:Base>AA==</dsig11:Base><dsig11:Order>AQ==</dsig11:Order></dsig11:ECParameters><dsig11:PublicKey>${ATTACKER.point.toString('base64')}</dsig11:PublicKey></dsig11:ECKeyValue></ds:KeyValue>`,
      }),
  },
  {
    id: 'KEY-09',
    what: 'an ECDSA value under an RSA certificate',
    headline: 'invalid',
    message: () => message({ signer: attacker }),
  },
];

const certificates: Attack[] = [
  {
    id: 'CRT-02',
    what: 'SEQUENCE nested 10 000 deep as certificate',
    headline: ['invalid', 'malformed', 'limit'],
    message: () => message({ keyInfo: certificateKeyInfo(nested(10_000).toString('base64')) }),
  },
  {
    id: 'CRT-02',
    what: 'a certificate with a length of four gigabytes',
    headline: ['invalid', 'malformed', 'limit'],
    message: () => message({ keyInfo: certificateKeyInfo(Buffer.from('3084ffffffff3000', 'hex').toString('base64')) }),
  },
  {
    id: 'CRT-02',
    what: 'indefinite length',
    headline: ['invalid', 'malformed', 'limit'],
    message: () =>
      message({ keyInfo: certificateKeyInfo(Buffer.from('30803080000000000000', 'hex').toString('base64')) }),
  },
  {
    id: 'CRT-02',
    what: 'the certificate cut off',
    headline: ['invalid', 'malformed'],
    message: () => message({ keyInfo: certificateKeyInfo(SIGNER_CERTIFICATE.raw.subarray(0, 600).toString('base64')) }),
  },
  {
    id: 'CRT-02',
    what: 'the certificate with octets after it',
    headline: ['invalid', 'malformed', 'valid', 'valid-weak', 'valid-untrusted'],
    message: () =>
      message({
        keyInfo: certificateKeyInfo(Buffer.concat([SIGNER_CERTIFICATE.raw, Buffer.alloc(10)]).toString('base64')),
      }),
  },
  {
    id: 'CRT-03',
    what: '101 certificates',
    headline: 'limit',
    message: () =>
      message({
        keyInfo: `<ds:X509Data>${`<ds:X509Certificate>${certificateOctets}</ds:X509Certificate>`.repeat(101)}</ds:X509Data>`,
      }),
  },
  {
    id: 'CRT-03',
    what: '10 000 X509Data of one certificate each',
    headline: 'limit',
    message: () => message({ keyInfo: certificateKeyInfo().repeat(10_000) }),
  },
  {
    id: 'CRT-04',
    what: 'hostile text in the subject',
    headline: 'valid-untrusted',
    message: () =>
      message({
        signer: attacker,
        keyInfo: certificateKeyInfo(
          selfSigned({ key: ATTACKER.key, subject: 'CN=<img src=x onerror=alert(1)>\u202e\u0000', serial: '01' }),
        ),
      }),
  },
];

function nested(depth: number): Buffer {
  let octets = Buffer.alloc(0);
  for (let level = 0; level < depth; level++) {
    const length =
      octets.length < 128
        ? Buffer.of(octets.length)
        : Buffer.from([0x83, octets.length >> 16, (octets.length >> 8) & 255, octets.length & 255]);
    octets = Buffer.concat([Buffer.of(0x30), length, octets]);
  }
  return octets;
}

judgeTable('strangers', strangers);
judgeTable('key confusion', confusions);
judgeTable('weak algorithms and keys', weak);
judgeTable('arithmetic', arithmetic);
judgeTable('certificates', certificates);
