/**
 * Signature wrapping and coverage (docs/attacks.md, "Wrapping and coverage"): what a receiver consumes is not what was
 * verified.
 */
import { judgeTable, type Attack } from '../../building/attack.ts';
import {
  addressing,
  attacker,
  attackerKeyInfo,
  binaryToken,
  body,
  certificateKeyInfo,
  envelope,
  goodEnvelope,
  goodMessage,
  signer,
  timestamp,
  tokenReference,
} from '../../building/good-message.ts';
import { DS, EXCLUSIVE, SOAP, STR_TRANSFORM, WSSE, WSU, XPATH, XSLT } from '../../building/names.ts';
import { referenceXml, signatureXml } from '../../building/signature.ts';

const good = goodMessage();
const security = [good.token, good.timestamp, good.signature];
const wrapper = (content: string) => `<x:Wrap xmlns:x="urn:x">${content}</x:Wrap>`;
const evil = (id: string | null) => body(id, 'mallory');
const signed = (parts: readonly { uri: string; octets: string; transforms?: readonly string[] }[]) =>
  signatureXml({ references: parts, signer, keyInfo: certificateKeyInfo() });
const NOT_VALID = ['wrapped', 'refused', 'invalid', 'valid-partial'] as const;

const bodies: Attack[] = [
  {
    id: 'XSW-01',
    what: 'the signed Body under a wrapper in the Header, another Body with its own id in its place',
    headline: 'wrapped',
    code: 'XSW-01',
    axes: { signature: 'pass', coverage: 'partial' },
    message: () => envelope({ body: evil('other'), afterSecurity: wrapper(good.body), security }),
  },
  {
    id: 'XSW-01',
    what: 'the same, the new Body without an id',
    headline: 'wrapped',
    code: 'XSW-01',
    message: () => envelope({ body: evil(null), afterSecurity: wrapper(good.body), security }),
  },
  {
    id: 'XSW-01',
    what: 'the signed Body directly in the Header',
    headline: 'wrapped',
    code: 'XSW-01',
    message: () => envelope({ body: evil(null), afterSecurity: good.body, security }),
  },
  {
    id: 'XSW-01',
    what: 'the signed Body inside the Security header',
    headline: 'wrapped',
    code: 'XSW-01',
    message: () => envelope({ body: evil(null), security: [...security, wrapper(good.body)] }),
  },
  {
    id: 'XSW-01',
    what: 'the signed Body inside the new Body',
    headline: 'wrapped',
    code: 'XSW-01',
    message: () => envelope({ body: evil(null).replace('</soap:Body>', `${good.body}</soap:Body>`), security }),
  },
  {
    id: 'XSW-01',
    what: 'the signed Body beside the new one, after it',
    headline: ['wrapped', 'valid-partial'],
    code: 'XSW-05',
    message: () => envelope({ body: evil(null), afterBody: good.body, security }),
  },
  {
    id: 'XSW-01',
    what: 'a second Body after the signed one',
    headline: 'wrapped',
    code: 'XSW-05',
    message: () => envelope({ body: good.body, afterBody: evil(null), security }),
  },
  {
    id: 'XSW-01',
    what: 'a Body of the other SOAP version beside the signed one',
    headline: ['wrapped', 'valid-partial', 'invalid', 'refused'],
    message: () =>
      envelope({
        body: evil(null).replaceAll(SOAP, 'http://www.w3.org/2003/05/soap-envelope'),
        afterBody: wrapper(good.body),
        security,
      }),
  },
  {
    id: 'XSW-01',
    what: 'the whole signed Envelope inside the Body of another',
    headline: NOT_VALID,
    message: () => envelope({ body: `<soap:Body xmlns:soap="${SOAP}">${goodEnvelope()}</soap:Body>`, security: [] }),
  },
  {
    id: 'XSW-01',
    what: 'the signed payload moved to the Header, another of its name in the Body',
    headline: 'wrapped',
    code: 'XSW-01',
    message: () => {
      const payload = `<app:pay xmlns:app="urn:app" xmlns:wsu="${WSU}" wsu:Id="p"><app:to>alice</app:to></app:pay>`;
      return envelope({
        body:
          '<soap:Body ' +
          `xmlns:soap="${SOAP}">${payload.replace('alice', 'mallory').replace(' wsu:Id="p"', '')}</soap:Body>`,
        afterSecurity: wrapper(payload),
        security: [signed([{ uri: '#p', octets: payload }])],
      });
    },
  },
  {
    id: 'XSW-02',
    what: 'another Body with the same id, first',
    headline: 'refused',
    code: 'dup-id',
    message: () => envelope({ body: evil('body'), afterSecurity: wrapper(good.body), security }),
  },
  {
    id: 'XSW-02',
    what: 'another Body with the same id, last',
    headline: 'refused',
    code: 'dup-id',
    message: () => envelope({ body: good.body, afterBody: wrapper(evil('body')), security }),
  },
  {
    id: 'XSW-02',
    what: 'the same id written with a character reference',
    headline: 'refused',
    code: 'dup-id',
    message: () => envelope({ body: evil('b&#x6f;dy'), afterSecurity: wrapper(good.body), security }),
  },
  ...['Id', 'ID', 'id', 'xml:id', 'AssertionID'].map((name): Attack => ({
    id: 'XSW-03',
    what: `the id of the signed Body in ${name} elsewhere`,
    headline: 'refused',
    code: 'XSW-03',
    message: () => envelope({ body: good.body, afterSecurity: `<x:y xmlns:x="urn:x" ${name}="body"></x:y>`, security }),
  })),
];

const references07: Attack[] = [
  {
    id: 'XSW-06',
    what: 'no Signature at all',
    headline: 'valid-partial',
    axes: { signature: 'absent' },
    message: () => envelope({ body: good.body, security: [good.token, good.timestamp] }),
  },
  {
    id: 'XSW-06',
    what: 'no Security header at all',
    headline: 'unsecured',
    message: () => `<soap:Envelope xmlns:soap="${SOAP}">${good.body}</soap:Envelope>`,
  },
  {
    id: 'XSW-06',
    what: 'a Signature in another namespace',
    headline: ['valid-partial', 'invalid'],
    message: () =>
      envelope({
        body: good.body,
        security: security.map((one) => one.replaceAll(DS, 'http://www.w3.org/2000/09/xmldsig')),
      }),
  },
  {
    id: 'XSW-07',
    what: 'a reference to nothing',
    headline: 'invalid',
    code: 'id-not-found',
    message: () => envelope({ body: body(null), security }),
  },
  {
    id: 'XSW-07',
    what: 'a signed reference to nothing',
    headline: 'invalid',
    code: 'id-not-found',
    message: () => envelope({ body: good.body, security: [signed([{ uri: '#nope', octets: good.body }])] }),
  },
  {
    id: 'XSW-07',
    what: 'zero references',
    headline: 'invalid',
    code: 'XSW-07',
    message: () => envelope({ body: good.body, security: [signed([])] }),
  },
  {
    id: 'XSW-07',
    what: 'the empty digest for a reference to nothing',
    headline: 'invalid',
    message: () =>
      envelope({
        body: good.body,
        security: [signatureXml({ references: [{ uri: '#nope', octets: '' }], signer, keyInfo: certificateKeyInfo() })],
      }),
  },
  {
    id: 'XSW-07',
    what: 'a reference without URI',
    headline: ['invalid', 'incomplete'],
    code: 'reference-without-uri',
    message: () =>
      envelope({
        body: good.body,
        security: [
          signatureXml({ references: [{ uri: null, octets: good.body }], signer, keyInfo: certificateKeyInfo() }),
        ],
      }),
  },
];

const xpathPlain = (expression: string) =>
  `<ds:Transform Algorithm="${XPATH}"><ds:XPath>${expression}</ds:XPath></ds:Transform>`;

const transforms: Attack[] = [
  {
    id: 'XSW-08',
    what: 'the Body found by a descendant axis and its name alone, wrapped',
    headline: ['wrapped', 'valid-partial'],
    code: 'XSW-08',
    message: () => {
      const transform = xpathPlain("ancestor-or-self::*[local-name()='Body'][.//*[text()='alice']]");
      return envelope({
        body: evil(null),
        afterSecurity: wrapper(body('body')),
        security: [signed([{ uri: '', octets: body('body'), transforms: [transform, EXCLUSIVE] }])],
      });
    },
  },
  {
    id: 'XSW-09',
    what: 'XPath false() over the Body, which was changed after signing',
    headline: ['valid-partial', 'refused', 'invalid'],
    code: 'XSW-09',
    axes: { coverage: 'none' },
    message: () =>
      envelope({
        body: evil('body'),
        security: [signed([{ uri: '#body', octets: '', transforms: [xpathPlain('false()'), EXCLUSIVE] }])],
      }),
  },
  {
    id: 'XSW-09',
    what: 'an XPath that leaves the text out',
    headline: 'valid-partial',
    code: 'XSW-09',
    axes: { coverage: 'partial' },
    message: () =>
      envelope({
        body: evil('body'),
        security: [
          signed([
            {
              uri: '#body',
              octets: body('body').replace('alice', '').replace('>10<', '><'),
              transforms: [xpathPlain('not(self::text())'), EXCLUSIVE],
            },
          ]),
        ],
      }),
  },
  {
    id: 'XSW-09',
    what: 'a filter that leaves attributes out',
    headline: 'valid-partial',
    code: 'XSW-09',
    message: () => {
      const plain =
        `<soap:Body xmlns:soap="${SOAP}" xmlns:wsu="${WSU}" wsu:Id="body"><app:pay xmlns:app="urn:app" ` +
        'to="alice"></app:pay></soap:Body>';
      return envelope({
        body: plain.replace('alice', 'mallory'),
        security: [
          signed([
            {
              uri: '#body',
              octets: plain.replace(' to="alice"', ''),
              transforms: [xpathPlain("not(name()='to')"), EXCLUSIVE],
            },
          ]),
        ],
      });
    },
  },
  {
    id: 'XSW-09',
    what: 'filter 2.0 that intersects with nothing',
    headline: ['valid-partial', 'invalid', 'refused'],
    code: 'XSW-09',
    message: () =>
      envelope({
        body: evil('body'),
        security: [
          signed([
            {
              uri: '#body',
              octets: '',
              transforms: [
                '<ds:Transform Algorithm="http://www.w3.org/2002/06/xmldsig-filter2"><f:XPath ' +
                  'xmlns:f="http://www.w3.org/2002/06/xmldsig-filter2" ' +
                  'Filter="intersect">/nothing</f:XPath></ds:Transform>',
                EXCLUSIVE,
              ],
            },
          ]),
        ],
      }),
  },
  {
    id: 'XSW-09',
    what: 'base64 of the text of one child',
    headline: ['valid-partial', 'invalid'],
    axes: { coverage: 'none' },
    message: () =>
      envelope({
        body:
          `<soap:Body xmlns:soap="${SOAP}" xmlns:wsu="${WSU}" wsu:Id="body" ` +
          'to="mallory"><a>YWxp</a><b>Y2U=</b></soap:Body>',
        security: [
          signatureXml({
            references: [{ uri: '#body', octets: 'alice', transforms: [`${DS}base64`] }],
            signer,
            keyInfo: certificateKeyInfo(),
          }),
        ],
      }),
  },
  {
    id: 'XSW-09',
    what: 'a canonicalization first, then an XPath over its octets that keeps nothing',
    headline: ['valid-partial', 'invalid', 'refused'],
    code: 'XSW-09',
    axes: { coverage: 'none' },
    message: () =>
      envelope({
        body: evil('body'),
        security: [signed([{ uri: '#body', octets: '', transforms: [EXCLUSIVE, xpathPlain('false()'), EXCLUSIVE] }])],
      }),
  },
  {
    id: 'DOS-09',
    what: 'XSLT that yields a constant',
    headline: 'refused',
    code: 'xslt-refused',
    message: () =>
      envelope({
        body: evil('body'),
        security: [
          signed([
            {
              uri: '#body',
              octets: 'constant',
              transforms: [
                `<ds:Transform Algorithm="${XSLT}"><xsl:stylesheet ` +
                  'xmlns:xsl="http://www.w3.org/1999/XSL/Transform" version="1.0"><xsl:template ' +
                  'match="/">constant</xsl:template></xsl:stylesheet></ds:Transform>',
              ],
            },
          ]),
        ],
      }),
  },
  {
    id: 'XSW-10',
    what: 'the signed Body in a ds:Object of the signature',
    headline: 'wrapped',
    code: 'XSW-10',
    message: () =>
      envelope({
        body: evil(null),
        security: [
          good.token,
          good.timestamp,
          good.signature.replace('</ds:Signature>', `<ds:Object>${good.body}</ds:Object></ds:Signature>`),
        ],
      }),
  },
  {
    id: 'XSW-11',
    what: 'enveloped-signature that would remove another Signature',
    headline: 'invalid',
    message: () => {
      const plain = body('body');
      const inner = signatureXml({
        references: [{ uri: '#body', octets: plain, transforms: [`${DS}enveloped-signature`, EXCLUSIVE] }],
        signer: attacker,
        keyInfo: attackerKeyInfo,
      });
      return envelope({
        body: plain.replace('</soap:Body>', `${inner}</soap:Body>`),
        security: [signed([{ uri: '#body', octets: plain, transforms: [`${DS}enveloped-signature`, EXCLUSIVE] }])],
      });
    },
  },
];

/** A Manifest that the signature names through a transform that leaves it out: its digests are whoever's. */
function discardedManifest(transform: string, kept: (manifest: string) => string): string {
  const manifest = (octets: string) =>
    `<ds:Manifest xmlns:ds="${DS}" Id="manifest">${referenceXml({ uri: '#body', octets })}</ds:Manifest>`;
  const signature = signatureXml({
    references: [
      {
        uri: '#manifest',
        octets: kept(manifest(good.body)),
        type: `${DS}Manifest`,
        transforms: [transform, EXCLUSIVE],
      },
    ],
    signer,
    keyInfo: certificateKeyInfo(),
    objects: `<ds:Object>${manifest(evil('body'))}</ds:Object>`,
  });
  return envelope({ body: evil('body'), security: [signature] });
}

transforms.push(
  {
    id: 'XSW-09',
    what: 'a Manifest that an XPath leaves out, with the digest of another Body',
    headline: ['valid-partial', 'invalid', 'refused'],
    axes: { coverage: 'none' },
    message: () => discardedManifest(xpathPlain('false()'), () => ''),
  },
  {
    id: 'XSW-09',
    what: 'a Manifest whose texts an XPath leaves out',
    headline: ['valid-partial', 'invalid', 'refused'],
    axes: { coverage: 'none' },
    message: () =>
      discardedManifest(xpathPlain('not(self::text())'), (one) => one.replace(/(<ds:DigestValue>)[^<]*/, '$1')),
  },
);

const strTransform =
  `<ds:Transform Algorithm="${STR_TRANSFORM}"><wsse:TransformationParameters ` +
  `xmlns:wsse="${WSSE}"><ds:CanonicalizationMethod ` +
  `Algorithm="${EXCLUSIVE}"></ds:CanonicalizationMethod></wsse:TransformationParameters></ds:Transform>`;

const headers: Attack[] = [
  {
    id: 'XSW-05',
    what: 'a second unsigned Timestamp after the signed one',
    headline: ['refused'],
    code: 'XSW-05',
    message: () => envelope({ body: good.body, security: [...security, timestamp(null, '2026-01-15T12:00:01Z')] }),
  },
  {
    id: 'XSW-05',
    what: 'a second unsigned Timestamp before the signed and expired one',
    headline: ['refused'],
    code: 'R3227',
    message: () => {
      const stale = goodMessage({ timestamp: timestamp('ts', '2020-01-01T00:00:00Z', '2020-01-01T00:05:00Z') });
      return envelope({ body: stale.body, security: [timestamp(null), stale.token, stale.timestamp, stale.signature] });
    },
  },
  {
    id: 'XSW-12',
    what: 'STR-Transform over a reference to another token than the one used',
    headline: ['valid', 'valid-partial'],
    code: 'token-not-signed',
    message: () => {
      const other = binaryToken('other');
      const str =
        `<wsse:SecurityTokenReference xmlns:wsse="${WSSE}" xmlns:wsu="${WSU}" wsu:Id="str"><wsse:Reference ` +
        'URI="#other" ' +
        'ValueType="http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-x509-token-profile-1.0#X509v3"></wsse:Reference></wsse:SecurityTokenReference>';
      const octets = other.replace('<wsse:BinarySecurityToken ', '<wsse:BinarySecurityToken xmlns="" ');
      const signature = signatureXml({
        references: [
          { uri: '#body', octets: good.body },
          { uri: '#str', octets, transforms: [strTransform] },
        ],
        signer,
        keyInfo: tokenReference('bst'),
      });
      return envelope({ body: good.body, security: [good.token, other, str, signature] });
    },
  },
  ...['To', 'Action', 'MessageID', 'ReplyTo', 'RelatesTo', 'FaultTo', 'From'].map((name): Attack => ({
    id: 'XSW-13',
    what: `wsa:${name} not signed`,
    headline: 'valid-partial',
    code: 'required-part-not-signed',
    axes: { coverage: 'partial' },
    message: () => envelope({ body: good.body, security, beforeSecurity: addressing(name, null, 'urn:evil') }),
  })),
  {
    id: 'XSW-13',
    what: 'a second wsa:To beside the signed one',
    headline: ['valid-partial', 'wrapped'],
    code: 'wsa-duplicate-header',
    message: () => {
      const to = addressing('To', 'to', 'urn:service');
      return envelope({
        body: good.body,
        beforeSecurity: `${addressing('To', null, 'urn:evil')}${to}`,
        security: [
          signed([
            { uri: '#body', octets: good.body },
            { uri: '#to', octets: to },
          ]),
        ],
      });
    },
  },
  {
    id: 'XSW-13',
    what: 'the signed wsa:Action under a wrapper, another in its place',
    headline: 'wrapped',
    code: 'XSW-01',
    message: () => {
      const action = addressing('Action', 'action', 'urn:read');
      return envelope({
        body: good.body,
        beforeSecurity: addressing('Action', null, 'urn:delete'),
        afterSecurity: wrapper(action),
        security: [
          signed([
            { uri: '#body', octets: good.body },
            { uri: '#action', octets: action },
          ]),
        ],
      });
    },
  },
  {
    id: 'XSW-13',
    what: 'the Timestamp not signed',
    headline: 'valid-partial',
    axes: { coverage: 'partial' },
    message: () =>
      envelope({ body: good.body, security: [good.timestamp, signed([{ uri: '#body', octets: good.body }])] }),
  },
  {
    id: 'XSW-13',
    what: 'only the Timestamp signed',
    headline: 'valid-partial',
    axes: { coverage: 'partial' },
    message: () =>
      envelope({ body: evil(null), security: [good.timestamp, signed([{ uri: '#ts', octets: good.timestamp }])] }),
  },
  {
    id: 'XSW-13',
    what: 'only the token signed',
    headline: 'valid-partial',
    axes: { coverage: 'none' },
    message: () =>
      envelope({ body: evil(null), security: [good.token, signed([{ uri: '#bst', octets: good.token }])] }),
  },
  {
    id: 'XSW-13',
    what: 'an unsigned UsernameToken',
    headline: ['valid-partial', 'incomplete'],
    axes: { coverage: 'partial' },
    message: () =>
      envelope({
        body: good.body,
        security: [...security, '<wsse:UsernameToken><wsse:Username>root</wsse:Username></wsse:UsernameToken>'],
      }),
  },
  {
    id: 'XSW-14',
    what: 'two Security headers without actor',
    headline: ['valid-weak', 'valid-partial', 'wrapped', 'refused'],
    code: 'XSW-14',
    message: () =>
      envelope({ body: good.body, security, afterSecurity: `<wsse:Security xmlns:wsse="${WSSE}"></wsse:Security>` }),
  },
  {
    id: 'XSW-14',
    what: 'a forged empty Security header before the good one',
    headline: ['valid-weak', 'valid-partial', 'wrapped', 'refused'],
    code: 'XSW-14',
    message: () =>
      envelope({
        body: good.body,
        security,
        beforeSecurity: `<wsse:Security xmlns:wsse="${WSSE}">${timestamp(null)}</wsse:Security>`,
      }),
  },
  { id: 'XSW-14', what: 'two documents in one', headline: 'malformed', message: () => goodEnvelope() + goodEnvelope() },
  {
    id: 'XSW-14',
    what: 'two soap:Header elements',
    headline: ['valid-weak', 'valid-partial', 'wrapped', 'refused', 'malformed', 'invalid'],
    code: 'soap-several-headers',
    message: () =>
      envelope({ body: good.body, security }).replace(
        '<soap:Header>',
        `<soap:Header>${addressing('To', null, 'urn:evil')}</soap:Header><soap:Header>`,
      ),
  },
];

const strangers: Attack[] = [
  {
    id: 'KEY-01',
    what: 'our header is signed by whom we trust, the Body by a stranger in another header',
    headline: ['valid-partial', 'valid-untrusted', 'wrapped'],
    message: () => {
      const theirs = signatureXml({
        references: [{ uri: '#evil', octets: evil('evil') }],
        signer: attacker,
        keyInfo: attackerKeyInfo,
      });
      return envelope({
        body: evil('evil'),
        security: [good.timestamp, signed([{ uri: '#ts', octets: good.timestamp }])],
        afterSecurity: `<wsse:Security xmlns:wsse="${WSSE}" soap:actor="urn:other">${theirs}</wsse:Security>`,
      });
    },
  },
  {
    id: 'KEY-01',
    what: 'the Body is signed by a stranger inside the Body itself',
    headline: ['valid-partial', 'valid-untrusted', 'wrapped'],
    message: () => {
      const plain = evil('evil');
      const theirs = signatureXml({
        references: [{ uri: '#evil', octets: plain, transforms: [`${DS}enveloped-signature`, EXCLUSIVE] }],
        signer: attacker,
        keyInfo: attackerKeyInfo,
      });
      return envelope({
        body: plain.replace('</soap:Body>', `${theirs}</soap:Body>`),
        security: [good.timestamp, signed([{ uri: '#ts', octets: good.timestamp }])],
      });
    },
  },
  {
    id: 'KEY-01',
    what: 'the Body is signed by a stranger in a header block of their own',
    headline: ['valid-partial', 'valid-untrusted', 'wrapped'],
    message: () => {
      const theirs = signatureXml({
        references: [{ uri: '#evil', octets: evil('evil') }],
        signer: attacker,
        keyInfo: attackerKeyInfo,
      });
      return envelope({
        body: evil('evil'),
        security: [good.timestamp, signed([{ uri: '#ts', octets: good.timestamp }])],
        afterSecurity: wrapper(theirs),
      });
    },
  },
  {
    id: 'KEY-01',
    what: 'both in our header',
    headline: 'valid-untrusted',
    axes: { trust: 'fail' },
    message: () => {
      const theirs = signatureXml({
        references: [{ uri: '#evil', octets: evil('evil') }],
        signer: attacker,
        keyInfo: attackerKeyInfo,
      });
      return envelope({
        body: evil('evil'),
        security: [good.timestamp, signed([{ uri: '#ts', octets: good.timestamp }]), theirs],
      });
    },
  },
];

const stale = goodMessage({ timestamp: timestamp('ts', '2020-01-01T00:00:00Z', '2020-01-01T00:05:00Z') });
const STALE = ['valid-stale', 'wrapped', 'refused', 'valid-partial', 'valid-weak'] as const;
const replays: Attack[] = [
  {
    id: 'TOK-01',
    what: 'a stale message as it was',
    headline: 'valid-stale',
    axes: { freshness: 'fail' },
    message: () => envelope({ body: stale.body, security: [stale.token, stale.timestamp, stale.signature] }),
  },
  {
    id: 'TOK-01',
    what: 'the stale Timestamp moved to a header block',
    headline: 'wrapped',
    code: 'XSW-01',
    message: () =>
      envelope({ body: stale.body, security: [stale.token, stale.signature], afterSecurity: wrapper(stale.timestamp) }),
  },
  {
    id: 'TOK-01',
    what: 'the stale Timestamp moved to the Security header of another actor',
    headline: STALE,
    message: () =>
      envelope({
        body: stale.body,
        security: [stale.token, stale.signature],
        afterSecurity: `<wsse:Security xmlns:wsse="${WSSE}" soap:actor="urn:other">${stale.timestamp}</wsse:Security>`,
      }),
  },
  {
    id: 'TOK-01',
    what: 'the stale Timestamp one level down in our own header',
    headline: STALE,
    message: () => envelope({ body: stale.body, security: [stale.token, wrapper(stale.timestamp), stale.signature] }),
  },
  {
    id: 'TOK-01',
    what: 'the stale Timestamp inside the signature',
    headline: STALE,
    message: () =>
      envelope({
        body: stale.body,
        security: [
          stale.token,
          stale.signature.replace('</ds:Signature>', `<ds:Object>${stale.timestamp}</ds:Object></ds:Signature>`),
        ],
      }),
  },
  {
    id: 'TOK-01',
    what: 'the stale Security header given to two actors, none of them us',
    headline: STALE,
    code: 'actor-role-mismatch',
    message: () =>
      envelope({
        body: stale.body,
        security: [stale.token, stale.timestamp, stale.signature],
        securityAttributes: ' soap:actor="urn:a"',
        afterSecurity: `<wsse:Security xmlns:wsse="${WSSE}" soap:actor="urn:b"></wsse:Security>`,
      }),
  },
  {
    id: 'TOK-01',
    what: 'the stale header given to another actor, an empty one for us',
    headline: STALE,
    message: () =>
      envelope({
        body: stale.body,
        security: [stale.token, stale.timestamp, stale.signature],
        securityAttributes: ' soap:actor="urn:a"',
        afterSecurity: `<wsse:Security xmlns:wsse="${WSSE}"></wsse:Security>`,
      }),
  },
];

judgeTable('XSW on the Body', bodies);
judgeTable('XSW by references', references07);
judgeTable('XSW by transforms', transforms);
judgeTable('XSW in headers', headers);
judgeTable('signatures of strangers', strangers);
judgeTable('replays with the Timestamp out of sight', replays);
