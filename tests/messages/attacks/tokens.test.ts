/**
 * Tokens, freshness, attachments and what must never be fetched (docs/attacks.md, "Tokens and freshness", "Exhaustion
 * and the network").
 */
import { createHash, createHmac } from 'node:crypto';
import { judgeTable, type Attack } from '../../building/attack.ts';
import {
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
import { HMAC_SHA256, SOAP, WSC, WSSE, WSU } from '../../building/names.ts';
import { hmacSigner, signatureXml } from '../../building/signature.ts';

const good = goodMessage();
const dated = (created: string, expires: string) => {
  const message = goodMessage({ timestamp: timestamp('ts', created, expires) });
  return envelope({ body: message.body, security: [message.token, message.timestamp, message.signature] });
};
const inside = (content: string) => {
  const message = goodMessage({
    timestamp: `<wsu:Timestamp xmlns:wsu="${WSU}" wsu:Id="ts">${content}</wsu:Timestamp>`,
  });
  return envelope({ body: message.body, security: [message.token, message.timestamp, message.signature] });
};

const stamps: Attack[] = [
  {
    id: 'TOK-02',
    what: 'expired',
    headline: 'valid-stale',
    code: 'ts-expired',
    message: () => dated('2026-01-15T11:00:00Z', '2026-01-15T11:05:00Z'),
  },
  {
    id: 'TOK-02',
    what: 'created in the future',
    headline: 'valid-stale',
    code: 'ts-created-in-future',
    message: () => dated('2026-01-15T13:00:00Z', '2026-01-15T13:05:00Z'),
  },
  {
    id: 'TOK-02',
    what: 'Expires before Created',
    headline: 'valid-stale',
    code: 'ts-missing-expires-or-order',
    message: () => dated('2026-01-15T12:00:00Z', '2026-01-15T11:59:59Z'),
  },
  {
    id: 'TOK-02',
    what: 'a lifetime of years where the receiver takes five minutes',
    headline: 'valid-stale',
    code: 'ts-expired',
    request: { ttlSeconds: 300 },
    message: () => dated('2026-01-01T00:00:00Z', '2036-01-01T00:00:00Z'),
  },
  ...[
    'not a date',
    '',
    '2026-01-15',
    '2026-13-45T99:99:99Z',
    '2026-02-30T12:00:00Z',
    '99999999999-01-01T00:00:00Z',
    '2026-01-15T12:00:00+99:00',
    '1e9',
  ].map((text): Attack => ({
    id: 'TOK-02',
    what: `Expires "${text}"`,
    headline: ['valid-stale', 'malformed', 'invalid'],
    code: 'timestamp-malformed',
    message: () => dated('2026-01-15T12:00:00Z', text),
  })),
  {
    id: 'TOK-02',
    what: 'two Expires, the later one last',
    headline: ['valid-stale', 'malformed', 'invalid'],
    code: 'timestamp-malformed',
    message: () =>
      inside(
        '<wsu:Created>2026-01-15T11:00:00Z</wsu:Created><wsu:Expires>2026-01-15T11:05:00Z</wsu:Expires><wsu:Expires>2036-01-15T11:05:00Z</wsu:Expires>',
      ),
  },
  {
    id: 'TOK-02',
    what: 'Expires in another namespace',
    headline: ['valid-stale', 'malformed', 'invalid'],
    code: 'timestamp-malformed',
    message: () =>
      inside('<wsu:Created>2026-01-15T12:00:00Z</wsu:Created><Expires xmlns="urn:x">2036-01-15T11:05:00Z</Expires>'),
  },
  {
    id: 'TOK-02',
    what: 'an empty Timestamp',
    headline: ['valid', 'valid-weak', 'valid-stale'],
    code: 'ts-missing-expires-or-order',
    message: () => inside(''),
  },
  {
    id: 'TOK-02',
    what: 'a comment that splits Expires',
    headline: ['valid-weak', 'valid-stale'],
    code: 'SIG-08',
    message: () => goodEnvelope().replace('12:05:00Z', '12:<!---->05:00Z'),
  },
];

const secret = Buffer.alloc(32, 9);
const secrets = [`k=hex:${secret.toString('hex')}`];
/** P_SHA-1 (RFC 2246 §5) with the default label. */
function derive(length: number, nonce: Buffer): Buffer {
  const seed = Buffer.concat([Buffer.from('WS-SecureConversationWS-SecureConversation'), nonce]);
  let a = seed;
  let out = Buffer.alloc(0);
  while (out.length < length) {
    a = createHmac('sha1', secret).update(a).digest();
    out = Buffer.concat([out, createHmac('sha1', secret).update(a).update(seed).digest()]);
  }
  return out.subarray(0, length);
}
function derivedMessage(length: number, written = String(length)): string {
  const nonce = Buffer.alloc(16, 3);
  const token =
    `<wsc:DerivedKeyToken xmlns:wsc="${WSC}" xmlns:wsse="${WSSE}" xmlns:wsu="${WSU}" ` +
    'wsu:Id="dk"><wsse:SecurityTokenReference><ds:KeyName ' +
    `xmlns:ds="http://www.w3.org/2000/09/xmldsig#">k</ds:KeyName></wsse:SecurityTokenReference><wsc:Length>${written}</wsc:Length><wsc:Nonce>${nonce.toString('base64')}</wsc:Nonce></wsc:DerivedKeyToken>`;
  const keyInfo =
    `<wsse:SecurityTokenReference xmlns:wsse="${WSSE}"><wsse:Reference ` +
    'URI="#dk"></wsse:Reference></wsse:SecurityTokenReference>';
  return envelope({
    body: good.body,
    security: [
      token,
      signatureXml({
        references: [{ uri: '#body', octets: good.body }],
        signer: hmacSigner(derive(length, nonce), HMAC_SHA256),
        keyInfo,
      }),
    ],
  });
}

const derived: Attack[] = [
  { id: 'TOK-04', what: 'a key derived to 32 octets', headline: 'valid', secrets, message: () => derivedMessage(32) },
  ...[0, 1, 2, 8, 9].map((length): Attack => ({
    id: 'TOK-04',
    what: `a key derived to ${length} octets: whoever writes the message chooses how few there are to guess`,
    headline: ['invalid', 'refused', 'malformed', 'incomplete'],
    secrets,
    message: () => derivedMessage(length),
  })),
  ...['-1', '65537', '1e3', '99999999999'].map((written): Attack => ({
    id: 'TOK-04',
    what: `Length ${written}`,
    headline: ['invalid', 'refused', 'malformed', 'limit'],
    secrets,
    message: () => derivedMessage(32, written),
  })),
];

const user = (inner: string) =>
  `<wsse:UsernameToken xmlns:wsse="${WSSE}" xmlns:wsu="${WSU}" ` +
  `wsu:Id="ut"><wsse:Username>alice</wsse:Username>${inner}</wsse:UsernameToken>`;
const PASSWORD_DIGEST =
  'http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-username-token-profile-1.0#PasswordDigest';
const withUser = (token: string) =>
  envelope({
    body: good.body,
    security: [
      token,
      signatureXml({
        references: [
          { uri: '#body', octets: good.body },
          { uri: '#ut', octets: token },
        ],
        signer,
        keyInfo: certificateKeyInfo(),
      }),
    ],
  });
const users = [{ name: 'alice', password: 's3cret' }];
const digestOf = (nonce: string, created: string, password = 's3cret') =>
  createHash('sha1')
    .update(Buffer.concat([Buffer.from(nonce, 'base64'), Buffer.from(created + password)]))
    .digest('base64');
const passwords: Attack[] = [
  {
    id: 'TOK-03',
    what: 'the right password',
    headline: ['valid', 'valid-weak'],
    request: { users },
    axes: { authentication: 'pass' },
    message: () => withUser(user('<wsse:Password>s3cret</wsse:Password>')),
  },
  {
    id: 'TOK-03',
    what: 'a wrong password',
    headline: 'invalid',
    code: 'password-wrong',
    request: { users },
    message: () => withUser(user('<wsse:Password>guess</wsse:Password>')),
  },
  // A signed token without a password is the signer's word for the user (WS-SecurityPolicy 1.2 §5.4.1, sp:NoPassword).
  {
    id: 'TOK-03',
    what: 'no password at all, the token signed',
    headline: ['valid', 'valid-weak'],
    axes: { authentication: 'absent' },
    request: { users },
    message: () => withUser(user('')),
  },
  {
    id: 'TOK-03',
    what: 'an empty password',
    headline: 'invalid',
    request: { users },
    message: () => withUser(user('<wsse:Password></wsse:Password>')),
  },
  {
    id: 'TOK-03',
    what: 'two passwords, the right one first',
    headline: ['invalid', 'valid-weak', 'malformed'],
    code: 'usernametoken-repeated-element',
    request: { users },
    message: () => withUser(user('<wsse:Password>s3cret</wsse:Password><wsse:Password>guess</wsse:Password>')),
  },
  {
    id: 'TOK-03',
    what: 'the digest without nonce and Created',
    headline: ['invalid', 'valid-weak'],
    code: 'usernametoken-digest-without-nonce',
    request: { users },
    message: () =>
      withUser(
        user(
          '<wsse:Password ' +
            `Type="${PASSWORD_DIGEST}">${createHash('sha1').update('s3cret').digest('base64')}</wsse:Password>`,
        ),
      ),
  },
  {
    id: 'TOK-03',
    what: 'a digest that is old',
    headline: ['valid-stale', 'invalid'],
    request: { users },
    message: () =>
      withUser(
        user(
          '<wsse:Password ' +
            `Type="${PASSWORD_DIGEST}">${digestOf('AAAA', '2020-01-01T00:00:00Z')}</wsse:Password><wsse:Nonce>AAAA</wsse:Nonce><wsu:Created>2020-01-01T00:00:00Z</wsu:Created>`,
        ),
      ),
  },
  {
    id: 'TOK-03',
    what: 'a user nobody knows',
    headline: 'incomplete',
    request: { users: [{ name: 'bob', password: 'x' }] },
    message: () => withUser(user('<wsse:Password>s3cret</wsse:Password>')),
  },
];

const references: Attack[] = [
  {
    id: 'TOK-06',
    what: 'a token that says it is a PKIPath and is one certificate',
    headline: ['valid', 'valid-weak', 'invalid', 'malformed'],
    message: () => {
      const token = binaryToken('bst').replace('#X509v3', '#X509PKIPathv1');
      return envelope({
        body: good.body,
        security: [
          token,
          signatureXml({ references: [{ uri: '#body', octets: good.body }], signer, keyInfo: tokenReference('bst') }),
        ],
      });
    },
  },
  {
    id: 'TOK-07',
    what: 'a token reference to itself',
    headline: ['invalid', 'refused', 'limit'],
    message: () =>
      envelope({
        body: good.body,
        security: [
          signatureXml({
            references: [{ uri: '#body', octets: good.body }],
            signer,
            keyInfo:
              `<wsse:SecurityTokenReference xmlns:wsse="${WSSE}" xmlns:wsu="${WSU}" wsu:Id="str"><wsse:Reference ` +
              'URI="#str"></wsse:Reference></wsse:SecurityTokenReference>',
          }),
        ],
      }),
  },
  {
    id: 'TOK-07',
    what: 'RetrievalMethod to its own KeyInfo',
    headline: ['invalid', 'refused', 'limit', 'incomplete'],
    message: () =>
      envelope({
        body: good.body,
        security: [
          signatureXml({
            references: [{ uri: '#body', octets: good.body }],
            signer,
            keyInfo: '<ds:RetrievalMethod URI="#ki"></ds:RetrievalMethod>',
          }).replace('<ds:KeyInfo>', '<ds:KeyInfo Id="ki">'),
        ],
      }),
  },
  ...[
    'http://127.0.0.1/x',
    'https://example.test/x',
    'file:///etc/hostname',
    'ftp://example.test/',
    'data:,x',
    '//example.test/x',
    'x.xml',
    'cid:x',
    'jar:file:///x!/y',
    'http://127.0.0.1/x#y',
  ].map((uri): Attack => ({
    id: 'NET-01',
    what: `a reference to ${uri}: nothing is fetched`,
    headline: ['incomplete', 'unsupported', 'invalid', 'refused'],
    message: () =>
      envelope({
        body: good.body,
        security: [
          signatureXml({
            references: [
              { uri: '#body', octets: good.body },
              { uri, octets: 'x', transforms: [] },
            ],
            signer,
            keyInfo: certificateKeyInfo(),
          }),
        ],
      }),
  })),
  {
    id: 'NET-01',
    what: 'a key reference to another host',
    headline: ['invalid', 'incomplete', 'refused'],
    message: () =>
      envelope({
        body: good.body,
        security: [
          signatureXml({
            references: [{ uri: '#body', octets: good.body }],
            signer,
            keyInfo:
              '<ds:RetrievalMethod URI="http://127.0.0.1/key" ' +
              'Type="http://www.w3.org/2000/09/xmldsig#X509Data"></ds:RetrievalMethod>',
          }),
        ],
      }),
  },
];

const multipart = (parts: readonly (readonly [string, string])[]) =>
  'Content-Type: multipart/related; boundary=b; ' +
  `start="<root>"\r\n\r\n${parts.map(([id, content]) => `--b\r\nContent-ID: <${id}>\r\n\r\n${content}\r\n`).join('')}--b--\r\n`;
const included = () => {
  const xml =
    `<soap:Body xmlns:soap="${SOAP}" xmlns:wsu="${WSU}" wsu:Id="body"><app:file xmlns:app="urn:app"><xop:Include ` +
    'xmlns:xop="http://www.w3.org/2004/08/xop/include" href="cid:part"></xop:Include></app:file></soap:Body>';
  return envelope({
    body: xml,
    security: [signatureXml({ references: [{ uri: '#body', octets: xml }], signer, keyInfo: certificateKeyInfo() })],
  });
};
const signedPart = () =>
  envelope({
    body: good.body,
    security: [
      signatureXml({
        references: [
          { uri: '#body', octets: good.body },
          {
            uri: 'cid:part',
            octets: 'good',
            transforms: [
              'http://docs.oasis-open.org/wss/oasis-wss-SwAProfile-1.1#Attachment-Content-Signature-Transform',
            ],
          },
        ],
        signer,
        keyInfo: certificateKeyInfo(),
      }),
    ],
  });
const attachments: Attack[] = [
  {
    id: 'XSW-15',
    what: "xop:Include signed as it stands, its part anybody's",
    headline: ['valid-partial', 'invalid', 'incomplete'],
    message: () =>
      multipart([
        ['root', included()],
        ['part', 'anything'],
      ]),
  },
  {
    id: 'XSW-15',
    what: 'a signed part swapped',
    headline: ['invalid', 'unsupported'],
    message: () =>
      multipart([
        ['root', signedPart()],
        ['part', 'evil'],
      ]),
  },
  {
    id: 'XSW-15',
    what: 'two parts of one Content-ID, the signed one last',
    headline: ['refused', 'invalid', 'malformed', 'valid-partial', 'valid-weak', 'unsupported'],
    message: () =>
      multipart([
        ['root', signedPart()],
        ['part', 'evil'],
        ['part', 'good'],
      ]),
  },
  {
    id: 'XSW-15',
    what: 'two root parts, the signed one last',
    headline: ['refused', 'invalid', 'malformed', 'valid-partial', 'valid-weak'],
    message: () =>
      multipart([
        ['root', envelope({ body: body(null, 'mallory'), security: [] })],
        ['root', goodEnvelope()],
      ]),
  },
  {
    id: 'XSW-15',
    what: 'two root parts, the signed one first',
    headline: ['refused', 'invalid', 'malformed', 'valid-partial', 'valid-weak'],
    message: () =>
      multipart([
        ['root', goodEnvelope()],
        ['root', envelope({ body: body(null, 'mallory'), security: [] })],
      ]),
  },
  {
    id: 'XSW-15',
    what: 'two boundaries in one Content-Type',
    headline: ['refused', 'invalid', 'malformed', 'valid-partial', 'valid-weak', 'valid'],
    message: () => multipart([['root', goodEnvelope()]]).replace('boundary=b;', 'boundary=b; boundary=c;'),
  },
];

judgeTable('Timestamps', stamps);
judgeTable('derived keys', derived);
judgeTable('UsernameTokens', passwords);
judgeTable('references and fetching', references);
judgeTable('attachments', attachments);
