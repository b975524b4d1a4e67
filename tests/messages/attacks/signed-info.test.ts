/** SignedInfo, digests, canonicalization and parser differentials (docs/attacks.md, "SignedInfo and digests"). */
import { judgeTable, type Attack } from '../../building/attack.ts';
import { body, certificateKeyInfo, envelope, goodEnvelope, goodMessage, signer } from '../../building/good-message.ts';
import { DS, EXCLUSIVE, HMAC_SHA256, INCLUSIVE, SOAP, WSU, XSLT } from '../../building/names.ts';
import { digest, hmacSigner, referenceXml, signatureXml, signedInfoXml } from '../../building/signature.ts';

const good = goodMessage();
const goodXml = goodEnvelope();
const text = (message: string) => new TextEncoder().encode(message);
const withSignature = (change: (signature: string) => string, body = good.body) =>
  envelope({ body, security: [good.token, good.timestamp, change(good.signature)] });
const evilBody = body('body', 'mallory');
const evilDigest = digest(evilBody);
const goodDigest = digest(good.body);
const signedBody = (content: string, options: Partial<Parameters<typeof signatureXml>[0]> = {}, attributes = '') => {
  const xml = `<soap:Body xmlns:soap="${SOAP}" xmlns:wsu="${WSU}"${attributes} wsu:Id="body">${content}</soap:Body>`;
  return {
    xml,
    signature: signatureXml({
      references: [{ uri: '#body', octets: xml }],
      signer,
      keyInfo: certificateKeyInfo(),
      ...options,
    }),
  };
};
const one = (content: string, as = content) => {
  const { signature } = signedBody(content);
  return envelope({ body: signedBody(as).xml, security: [signature] });
};
const REJECTED = ['malformed', 'refused', 'invalid'] as const;

const structure: Attack[] = [
  {
    id: 'SIG-01',
    what: 'two SignedInfo, the evil one first',
    headline: ['malformed', 'invalid'],
    code: 'SIG-01',
    message: () =>
      withSignature(
        (one) =>
          one.replace(/<ds:SignedInfo.*<\/ds:SignedInfo>/s, (info) => info.replace(goodDigest, evilDigest) + info),
        evilBody,
      ),
  },
  {
    id: 'SIG-01',
    what: 'two SignedInfo, the evil one last',
    headline: ['malformed', 'invalid'],
    code: 'SIG-01',
    message: () =>
      withSignature(
        (one) =>
          one.replace(/<ds:SignedInfo.*<\/ds:SignedInfo>/s, (info) => info + info.replace(goodDigest, evilDigest)),
        evilBody,
      ),
  },
  {
    id: 'SIG-01',
    what: 'two SignatureValue',
    headline: ['malformed', 'invalid'],
    code: 'SIG-01',
    message: () =>
      withSignature((one) => one.replace(/<ds:SignatureValue>.*<\/ds:SignatureValue>/s, (value) => value + value)),
  },
  {
    id: 'SIG-01',
    what: 'two KeyInfo',
    headline: ['malformed', 'invalid'],
    code: 'SIG-01',
    message: () => withSignature((one) => one.replace(/<ds:KeyInfo>.*<\/ds:KeyInfo>/s, (value) => value + value)),
  },
  {
    id: 'SIG-01',
    what: 'two CanonicalizationMethod',
    headline: ['malformed', 'invalid'],
    code: 'SIG-01',
    message: () =>
      withSignature((one) =>
        one.replace(/<ds:CanonicalizationMethod[^>]*><\/ds:CanonicalizationMethod>/s, (value) => value + value),
      ),
  },
  {
    id: 'SIG-01',
    what: 'SignatureValue before SignedInfo',
    headline: ['malformed', 'invalid'],
    code: 'SIG-01',
    message: () =>
      withSignature((one) =>
        one.replace(/(<ds:SignedInfo.*<\/ds:SignedInfo>)(<ds:SignatureValue>.*<\/ds:SignatureValue>)/s, '$2$1'),
      ),
  },
  {
    id: 'SIG-01',
    what: 'a foreign element that holds a SignedInfo before the true one',
    headline: REJECTED,
    message: () =>
      withSignature(
        (one) =>
          one.replace(
            /<ds:SignedInfo.*<\/ds:SignedInfo>/s,
            (info) => `<x:y xmlns:x="urn:x">${info.replace(goodDigest, evilDigest)}</x:y>${info}`,
          ),
        evilBody,
      ),
  },
  {
    id: 'SIG-01',
    what: 'two DigestValue in a signed reference, the evil one last',
    headline: REJECTED,
    message: () =>
      envelope({
        body: evilBody,
        security: [
          signatureXml({
            references: [
              { uri: '#body', octets: '', digestValue: `${goodDigest}</ds:DigestValue><ds:DigestValue>${evilDigest}` },
            ],
            signer,
            keyInfo: certificateKeyInfo(),
          }),
        ],
      }),
  },
  {
    id: 'SIG-01',
    what: 'two DigestMethod in a signed reference',
    headline: REJECTED,
    message: () =>
      envelope({
        body: good.body,
        security: [
          signatureXml({
            references: [{ uri: '#body', octets: good.body }],
            signer: { ...signer, sign: signer.sign },
            keyInfo: certificateKeyInfo(),
          }).replace('x', 'x'),
        ].map(() => {
          const reference = referenceXml({ uri: '#body', octets: good.body }).replace(
            '<ds:DigestMethod',
            '<ds:DigestMethod Algorithm="http://www.w3.org/2000/09/xmldsig#sha1"></ds:DigestMethod><ds:DigestMethod',
          );
          const info = signedInfoXml({ references: [], signer, keyInfo: '' }).replace(
            '</ds:SignedInfo>',
            `${reference}</ds:SignedInfo>`,
          );
          return (
            '<ds:Signature ' +
            `xmlns:ds="${DS}">${info}<ds:SignatureValue>${signer.sign(Buffer.from(info)).toString('base64')}</ds:SignatureValue><ds:KeyInfo>${certificateKeyInfo()}</ds:KeyInfo></ds:Signature>`
          );
        }),
      }),
  },
  {
    id: 'SIG-02',
    what: 'the evil digest in a comment, the good one after it, the Body good',
    headline: ['refused', 'valid-weak'],
    code: 'SIG-02',
    message: () => withSignature((one) => one.replace(goodDigest, `<!--${evilDigest}-->${goodDigest}`)),
  },
  {
    id: 'SIG-02',
    what: 'the evil digest in a comment, the Body evil',
    headline: ['refused', 'invalid'],
    message: () => withSignature((one) => one.replace(goodDigest, `<!--${evilDigest}-->${goodDigest}`), evilBody),
  },
  {
    id: 'SIG-02',
    what: 'the good digest in a comment, the evil one after it',
    headline: ['refused', 'invalid'],
    message: () => withSignature((one) => one.replace(goodDigest, `<!--${goodDigest}-->${evilDigest}`), evilBody),
  },
  {
    id: 'SIG-02',
    what: 'a processing instruction in the DigestValue',
    headline: ['refused', 'invalid'],
    message: () => withSignature((one) => one.replace(goodDigest, `<?x ${evilDigest}?>${goodDigest}`), evilBody),
  },
  {
    id: 'SIG-02',
    what: 'the digest in CDATA',
    headline: 'valid',
    message: () => withSignature((one) => one.replace(goodDigest, `<![CDATA[${goodDigest}]]>`)),
  },
  {
    id: 'SIG-03',
    what: 'a fake SignedInfo and Reference in an Object',
    headline: 'invalid',
    message: () =>
      withSignature(
        (one) =>
          one.replace(
            '</ds:Signature>',
            `<ds:Object>${one.replaceAll(goodDigest, evilDigest)}</ds:Object></ds:Signature>`,
          ),
        evilBody,
      ),
  },
  {
    id: 'SIG-04',
    what: 'junk in the DigestValue',
    headline: ['invalid', 'malformed'],
    code: 'SIG-04',
    message: () =>
      envelope({
        body: good.body,
        security: [
          signatureXml({
            references: [{ uri: '#body', octets: '', digestValue: `*${goodDigest}` }],
            signer,
            keyInfo: certificateKeyInfo(),
          }),
        ],
      }),
  },
  {
    id: 'SIG-04',
    what: 'junk in the SignatureValue',
    headline: ['invalid', 'malformed'],
    code: 'sigvalue-base64-damaged',
    message: () => withSignature((one) => one.replace('<ds:SignatureValue>', '<ds:SignatureValue>*')),
  },
  {
    id: 'SIG-04',
    what: 'a digest with text after the padding',
    headline: ['invalid', 'malformed'],
    message: () =>
      envelope({
        body: good.body,
        security: [
          signatureXml({
            references: [{ uri: '#body', octets: '', digestValue: `${goodDigest}${evilDigest}` }],
            signer,
            keyInfo: certificateKeyInfo(),
          }),
        ],
      }),
  },
  {
    id: 'SIG-04',
    what: 'a shortened digest',
    headline: ['invalid', 'malformed'],
    message: () =>
      envelope({
        body: good.body,
        security: [
          signatureXml({
            references: [{ uri: '#body', octets: '', digestValue: goodDigest.slice(0, 40) }],
            signer,
            keyInfo: certificateKeyInfo(),
          }),
        ],
      }),
  },
  {
    id: 'SIG-04',
    what: 'an empty digest',
    headline: ['invalid', 'malformed'],
    message: () =>
      envelope({
        body: good.body,
        security: [
          signatureXml({
            references: [{ uri: '#body', octets: '', digestValue: '' }],
            signer,
            keyInfo: certificateKeyInfo(),
          }),
        ],
      }),
  },
  {
    id: 'SIG-04',
    what: 'an empty SignatureValue',
    headline: ['invalid', 'malformed'],
    message: () =>
      withSignature((one) =>
        one.replace(/<ds:SignatureValue>.*<\/ds:SignatureValue>/s, '<ds:SignatureValue></ds:SignatureValue>'),
      ),
  },
  ...[
    `${DS}base64`,
    XSLT,
    'urn:minimal',
    'http://www.w3.org/2000/09/xmldsig#minimal',
    '',
    `${DS}enveloped-signature`,
  ].map((uri): Attack => ({
    id: 'SIG-05',
    what: `CanonicalizationMethod ${uri === '' ? 'empty' : uri}`,
    headline: ['refused', 'unsupported', 'invalid'],
    message: () =>
      envelope({
        body: good.body,
        security: [
          signatureXml({
            references: [{ uri: '#body', octets: good.body }],
            signer,
            keyInfo: certificateKeyInfo(),
            canonicalization: uri,
          }),
        ],
      }),
  })),
  {
    id: 'SIG-06',
    what: 'only a Manifest signed, whose reference to the Body does not match',
    headline: 'valid-partial',
    code: 'SIG-06',
    axes: { signature: 'pass' },
    message: () => {
      const manifest =
        `<ds:Manifest xmlns:ds="${DS}" ` +
        `Id="manifest">${referenceXml({ uri: '#body', octets: good.body })}</ds:Manifest>`;
      const plain = manifest.replace(` xmlns:ds="${DS}"`, '');
      return envelope({
        body: evilBody,
        security: [
          signatureXml({
            references: [{ uri: '#manifest', octets: manifest, type: `${DS}Manifest` }],
            signer,
            keyInfo: certificateKeyInfo(),
            objects: `<ds:Object>${plain}</ds:Object>`,
          }),
        ],
      });
    },
  },
];

const secret = Buffer.alloc(32, 7);
const hmacMessage = (bits: string, octets: number) => {
  const signature = signatureXml({
    references: [{ uri: '#body', octets: good.body }],
    signer: hmacSigner(secret, HMAC_SHA256, octets),
    keyInfo: '<ds:KeyName>shared</ds:KeyName>',
    methodParameters: `<ds:HMACOutputLength>${bits}</ds:HMACOutputLength>`,
  });
  return envelope({ body: good.body, security: [signature] });
};
const secrets = [`shared=base64:${secret.toString('base64')}`];
const truncations: Attack[] = [
  ...(
    [
      ['0', 0],
      ['1', 8],
      ['8', 8],
      ['40', 40],
      ['79', 80],
      ['80', 80],
      ['120', 120],
      ['-1', 8],
      ['1000000000', 256],
      ['', 0],
      ['128.0', 128],
      ['0x80', 128],
      ['257', 256],
    ] as const
  ).map(([bits, octets]): Attack => ({
    id: 'SIG-07',
    what: `HMACOutputLength "${bits}"`,
    headline: ['refused', 'malformed', 'invalid'],
    code: 'SIG-07',
    secrets,
    message: () => hmacMessage(bits, octets),
  })),
  {
    id: 'SIG-07',
    what: 'HMACOutputLength 128, half the hash',
    headline: 'valid-weak',
    code: 'hmac-truncated',
    secrets,
    message: () => hmacMessage('128', 128),
  },
  {
    id: 'SIG-07',
    what: 'HMACOutputLength 256, all of it',
    headline: 'valid',
    secrets,
    message: () => hmacMessage('256', 256),
  },
  {
    id: 'SIG-07',
    what: 'a short value without HMACOutputLength',
    headline: 'invalid',
    secrets,
    message: () =>
      envelope({
        body: good.body,
        security: [
          signatureXml({
            references: [{ uri: '#body', octets: good.body }],
            signer: hmacSigner(secret, HMAC_SHA256, 128),
            keyInfo: '<ds:KeyName>shared</ds:KeyName>',
          }),
        ],
      }),
  },
  {
    id: 'SIG-07',
    what: 'two HMACOutputLength',
    headline: ['refused', 'malformed', 'invalid'],
    secrets,
    message: () => hmacMessage('256</ds:HMACOutputLength><ds:HMACOutputLength>8', 256),
  },
  {
    id: 'SIG-07',
    what: 'HMACOutputLength on an RSA signature',
    headline: ['valid', 'valid-weak', 'refused', 'invalid'],
    code: 'hmac-output-length-misplaced',
    message: () =>
      envelope({
        body: good.body,
        security: [
          signatureXml({
            references: [{ uri: '#body', octets: good.body }],
            signer,
            keyInfo: certificateKeyInfo(),
            methodParameters: '<ds:HMACOutputLength>8</ds:HMACOutputLength>',
          }),
        ],
      }),
  },
];

const canonicalForms: Attack[] = [
  {
    id: 'SIG-08',
    what: 'a comment that splits signed text',
    headline: 'valid-weak',
    code: 'SIG-08',
    message: () =>
      goodXml.replace('>alice<', '>alice<!---->.evil<').replace('.evil', '').replace('alice<!---->', 'ali<!---->ce'),
  },
  {
    id: 'SIG-09',
    what: 'a comment under #WithComments reached by #id: it is dropped',
    headline: ['valid', 'valid-weak'],
    message: () => {
      const { xml } = signedBody('<a>x</a>');
      const signature = signatureXml({
        references: [{ uri: '#body', octets: xml, transforms: [`${EXCLUSIVE}WithComments`] }],
        signer,
        keyInfo: certificateKeyInfo(),
      });
      return envelope({ body: xml.replace('<a>', '<!--c--><a>'), security: [signature] });
    },
  },
  {
    id: 'C14-01',
    what: 'a relative namespace URI with the digest of nothing',
    headline: ['refused', 'invalid'],
    message: () =>
      envelope({
        body: evilBody.replace('<soap:Body', '<soap:Body xmlns:r="1" r:a="b"'),
        security: [signatureXml({ references: [{ uri: '#body', octets: '' }], signer, keyInfo: certificateKeyInfo() })],
      }),
  },
  {
    id: 'C14-01',
    what: 'a namespace URI with octets that are no UTF-8',
    headline: 'malformed',
    message: () => {
      const octets = text(goodXml.replace('xmlns:soap=', 'xmlns:r="http://e@" xmlns:soap='));
      octets[octets.indexOf(0x40)] = 0x80;
      return octets;
    },
  },
  {
    id: 'C14-02',
    what: 'a DOCTYPE that gives a default attribute',
    headline: 'refused',
    code: 'doctype-or-entity-refused',
    message: () => `<!DOCTYPE x [<!ATTLIST Signature xmlns CDATA #FIXED "urn:x">]>${goodXml}`,
  },
  {
    id: 'C14-03',
    what: 'a DOCTYPE with quotes and comment marks',
    headline: 'refused',
    message: () => `<!DOCTYPE x SYSTEM 'x"><!--'>${goodXml}<!-- -->`,
  },
  {
    id: 'C14-10',
    what: 'an internal entity',
    headline: 'refused',
    message: () => `<!DOCTYPE x [<!ENTITY a "alice">]>${goodXml.replace('>alice<', '>&a;<')}`,
  },
  {
    id: 'C14-10',
    what: 'an entity without a DOCTYPE',
    headline: 'malformed',
    message: () => goodXml.replace('>alice<', '>&a;<'),
  },
  ...['x::y', ':a', 'a:', 'a:b:c', '1a', 'xmlns:xmlns'].map((name): Attack => ({
    id: 'C14-04',
    what: `an element named ${name}`,
    headline: 'malformed',
    message: () => goodXml.replace('<app:to>', `<${name} xmlns:a="urn:a" xmlns:x="urn:x"/><app:to>`),
  })),
  ...[
    'xmlns:xml="urn:x"',
    'xmlns:xmlns="urn:x"',
    'xmlns="http://www.w3.org/2000/xmlns/"',
    'xmlns:p="http://www.w3.org/XML/1998/namespace"',
    'xmlns:p=""',
    'a="1" a="2"',
    'xmlns:p="urn:q" xmlns:q="urn:q" p:a="1" q:a="2"',
  ].map((attribute): Attack => ({
    id: 'C14-04',
    what: `${attribute} is no namespace declaration or attribute list`,
    headline: 'malformed',
    message: () => goodXml.replace('<app:to>', `<app:to ${attribute}>`),
  })),
  {
    id: 'C14-05',
    what: 'x:Id with the signed id: another name, no Id',
    headline: ['valid', 'refused', 'valid-weak'],
    message: () =>
      envelope({
        body: good.body,
        afterSecurity: '<x:y xmlns:x="urn:x" x:Id="body"></x:y>',
        security: [good.token, good.timestamp, good.signature],
      }),
  },
  {
    id: 'C14-05',
    what: "wsu:Id on the Body beside an Id that is another reference's",
    headline: ['refused', 'invalid'],
    message: () =>
      envelope({
        body: good.body.replace(' wsu:Id', ' Id="ts" wsu:Id'),
        security: [good.token, good.timestamp, good.signature],
      }),
  },
  {
    id: 'C14-06',
    what: 'a prefix used in content only, rebound outside the signed element',
    headline: ['valid', 'valid-weak'],
    message: () => {
      const { xml, signature } = signedBody('<a t="p:admin">x</a>');
      return envelope({ body: xml, security: [signature] }).replace(
        '<soap:Envelope ',
        '<soap:Envelope xmlns:p="urn:evil" ',
      );
    },
  },
  {
    id: 'C14-07',
    what: 'inclusive canonicalization: xml:lang taken over from outside',
    headline: 'invalid',
    message: () => {
      const { xml, signature } = signedBody('<a>x</a>', {
        references: [{ uri: '#body', octets: signedBody('<a>x</a>').xml, transforms: [INCLUSIVE] }],
      });
      return envelope({ body: xml, security: [signature] }).replace('<soap:Envelope ', '<soap:Envelope xml:lang="en" ');
    },
  },
  {
    id: 'C14-08',
    what: '&#xD; put into signed text',
    headline: 'invalid',
    message: () => goodXml.replace('>alice<', '>alice&#xD;<'),
  },
  {
    id: 'C14-08',
    what: 'CR LF put into signed text',
    headline: 'invalid',
    message: () => goodXml.replace('>alice<', '>alice\r\n<'),
  },
  {
    id: 'C14-08',
    what: 'a tab as a character reference in a signed attribute',
    headline: 'invalid',
    message: () => one('<a b="x y">1</a>', '<a b="x&#9;y">1</a>'),
  },
  {
    id: 'C14-08',
    what: 'a tab in a signed attribute is a space',
    headline: 'valid',
    message: () => one('<a b="x y">1</a>', '<a b="x\ty">1</a>'),
  },
  { id: 'C14-08', what: 'NUL', headline: 'malformed', message: () => goodXml.replace('>alice<', '>alice\0<') },
  { id: 'C14-08', what: '&#0;', headline: 'malformed', message: () => goodXml.replace('>alice<', '>alice&#0;<') },
  { id: 'C14-08', what: 'U+FFFE', headline: 'malformed', message: () => goodXml.replace('>alice<', '>alice\ufffe<') },
  {
    id: 'C14-08',
    what: 'a surrogate as a character reference',
    headline: 'malformed',
    message: () => goodXml.replace('>alice<', '>alice&#xD800;<'),
  },
  {
    id: 'C14-08',
    what: 'XML 1.1 with a control character',
    headline: ['malformed', 'unsupported'],
    message: () => `<?xml version="1.1"?>${goodXml.replace('>alice<', '>alice&#x1;<')}`,
  },
  {
    id: 'C14-08',
    what: 'NEL is no line end',
    headline: 'invalid',
    message: () => one('<a>x y</a>', '<a>x\u0085y</a>'),
  },
  {
    id: 'C14-09',
    what: 'an overlong UTF-8 sequence',
    headline: 'malformed',
    message: () => {
      const octets = text(goodXml.replace('alice', 'al@@e'));
      const at = octets.indexOf(0x40);
      octets[at] = 0xc1;
      octets[at + 1] = 0xa9;
      return octets;
    },
  },
  {
    id: 'C14-09',
    what: 'UTF-16 that calls itself UTF-8',
    headline: ['malformed', 'unsupported', 'valid', 'valid-weak'],
    message: () => new Uint8Array(Buffer.from(`\ufeff<?xml version="1.0" encoding="UTF-8"?>${goodXml}`, 'utf16le')),
  },
  {
    id: 'C14-09',
    what: 'UTF-7',
    headline: ['malformed', 'unsupported'],
    message: () => `<?xml version="1.0" encoding="UTF-7"?>${goodXml.replace('>alice<', '>+AGE-<')}`,
  },
  ...['__proto__', 'constructor', 'hasOwnProperty', 'toString', 'prototype'].map((name): Attack => ({
    id: 'C14-11',
    what: `${name} as prefix, name, attribute and id`,
    headline: 'valid',
    message: () => {
      const content = `<${name}:${name} xmlns:${name}="urn:${name}" ${name}="1" ${name}:${name}="2">x</${name}:${name}>`;
      const xml = `<soap:Body xmlns:soap="${SOAP}" xmlns:wsu="${WSU}" wsu:Id="${name}">${content}</soap:Body>`;
      return envelope({
        body: xml,
        security: [
          signatureXml({ references: [{ uri: `#${name}`, octets: xml }], signer, keyInfo: certificateKeyInfo() }),
        ],
      });
    },
  })),
];

judgeTable('structure of signatures', structure);
judgeTable('HMAC truncation', truncations);
judgeTable('canonical forms and parser differentials', canonicalForms);
