/**
 * Resource exhaustion (docs/attacks.md, "Exhaustion and the network"): every message ends in bounded time, with a
 * verdict, and a bound that was hit is named.
 */
import { describe, expect, it } from 'vitest';
import { DEFAULT_LIMITS, MIB } from '../../../src/engine/bytes/budget.ts';
import { judgeAttack, summary, type Attack } from '../../building/attack.ts';
import {
  addressing,
  attacker,
  attackerKeyInfo,
  envelope,
  goodMessage,
  signer,
  timestamp,
} from '../../building/good-message.ts';
import { DS, EXCLUSIVE, INCLUSIVE, SOAP, WSC, WSSE, WSU, XPATH } from '../../building/names.ts';
import { referenceXml, signatureXml, type Reference } from '../../building/signature.ts';

/** Milliseconds on a machine that does other work at the same time; alone each takes a fraction of it. */
const LONGEST = 15_000;

interface Bomb extends Omit<Attack, 'headline' | 'id'> {
  readonly id: string;
  readonly headline?: Attack['headline'];
  /** The bound that is named. */
  readonly bound?: string;
}

const good = goodMessage();
const security = [good.token, good.timestamp, good.signature];
const signedBy = (references: readonly Reference[], more: Partial<Parameters<typeof signatureXml>[0]> = {}) =>
  signatureXml({ references, signer: attacker, keyInfo: attackerKeyInfo, ...more });
const inBody = (content: string, attributes = '') =>
  `<soap:Body xmlns:soap="${SOAP}" xmlns:wsu="${WSU}" wsu:Id="body"${attributes}>${content}</soap:Body>`;
const broken = (content: string) => envelope({ body: inBody(content), security });
const many = (count: number, make: (index: number) => string) =>
  Array.from({ length: count }, (_, index) => make(index)).join('');

const BOMBS: Bomb[] = [
  {
    id: 'DOS-01',
    what: '150 000 nested elements',
    headline: 'limit',
    bound: 'elementDepth',
    message: () => broken('<a>'.repeat(150_000) + '</a>'.repeat(150_000)),
  },
  {
    id: 'DOS-01',
    what: '150 000 open tags and no more',
    headline: 'limit',
    bound: 'elementDepth',
    message: () => '<a>'.repeat(150_000),
  },
  {
    id: 'DOS-02',
    what: '25 000 attributes',
    headline: 'limit',
    bound: 'attributesPerElement',
    message: () => broken(`<a ${many(25_000, (index) => `a${index}="" `)}/>`),
  },
  {
    id: 'DOS-02',
    what: '25 000 namespace declarations',
    headline: 'limit',
    bound: 'attributesPerElement',
    message: () => broken(`<a ${many(25_000, (index) => `xmlns:a${index}="u" `)}/>`),
  },
  {
    id: 'DOS-02',
    what: 'a name of 100 000 octets',
    headline: 'limit',
    bound: 'nameLength',
    message: () => broken(`<${'a'.repeat(100_000)}/>`),
  },
  { id: 'DOS-02', what: '100 000 sibling elements', message: () => broken('<a/>'.repeat(250_000)) },
  { id: 'DOS-02', what: 'an attribute value of 10 MB', message: () => broken(`<a b="${'x'.repeat(5_000_000)}"/>`) },
  { id: 'DOS-03', what: '100 000 different names', message: () => broken(many(100_000, (index) => `<a${index}/>`)) },
  {
    id: 'DOS-03',
    what: '100 000 different namespaces',
    message: () => broken(many(100_000, (index) => `<a xmlns="u${index}"/>`)),
  },
  { id: 'DOS-03', what: '100 000 ids, all the same', message: () => broken(many(100_000, () => `<a wsu:Id="body"/>`)) },
  {
    id: 'DOS-03',
    what: '100 000 ids, each twice',
    message: () => broken(many(200_000, (index) => `<a wsu:Id="i${index >> 1}"/>`)),
  },
  {
    id: 'DOS-04',
    what: 'an entity bomb',
    headline: 'refused',
    message: () =>
      '<!DOCTYPE x [<!ENTITY a ' +
      `"aaaaaaaaaa">${many(30, (index) => `<!ENTITY a${index} "&a${index - 1};&a${index - 1};">`)}]><x>&a29;</x>`,
  },
  {
    id: 'DOS-05',
    what: '2 000 prefixes on nested elements under inclusive canonicalization',
    message: () => {
      const nested =
        many(200, (index) => `<a ${many(10, (inner) => `xmlns:p${index}_${inner}="u" `)}>`) + '</a>'.repeat(200);
      return envelope({
        body: inBody(nested),
        security: [signedBy([{ uri: '#body', octets: '', transforms: [INCLUSIVE] }])],
      });
    },
  },
  {
    id: 'DOS-05',
    what: '500 prefixes on the root, 20 000 elements using each of them, inclusive',
    message: () => {
      const xml = inBody(many(20_000, (index) => `<p${index % 490}:a/>`));
      return envelope({
        body: xml,
        security: [signedBy(Array.from({ length: 10 }, () => ({ uri: '#body', octets: '', transforms: [INCLUSIVE] })))],
      }).replace('<soap:Envelope ', `<soap:Envelope ${many(490, (index) => `xmlns:p${index}="urn:${index}" `)}`);
    },
  },
  {
    id: 'DOS-05',
    what: '490 prefixes redeclared on 5 000 siblings, exclusive with a PrefixList of all',
    message: () => {
      const all = many(490, (index) => `xmlns:p${index}="urn:${index}" `);
      const list =
        `<ds:Transform Algorithm="${EXCLUSIVE}"><ec:InclusiveNamespaces xmlns:ec="${EXCLUSIVE}" ` +
        `PrefixList="${many(490, (index) => `p${index} `)}"></ec:InclusiveNamespaces></ds:Transform>`;
      return envelope({
        body: inBody(many(500, () => `<a ${all}><b/></a>`)),
        security: [signedBy([{ uri: '#body', octets: '', transforms: [list] }])],
      });
    },
  },
  {
    id: 'DOS-06',
    what: 'a PrefixList of 100 000 tokens',
    message: () =>
      envelope({
        body: inBody('x'),
        security: [
          signedBy([
            {
              uri: '#body',
              octets: '',
              transforms: [
                `<ds:Transform Algorithm="${EXCLUSIVE}"><ec:InclusiveNamespaces xmlns:ec="${EXCLUSIVE}" ` +
                  `PrefixList="${many(100_000, (index) => `p${index} `)}"></ec:InclusiveNamespaces></ds:Transform>`,
              ],
            },
          ]),
        ],
      }),
    headline: 'limit',
    bound: 'prefixListTokens',
  },
  {
    id: 'DOS-07',
    what: '10 000 references',
    headline: 'limit',
    bound: 'referencesPerSignature',
    message: () =>
      envelope({
        body: good.body,
        security: [signedBy(Array.from({ length: 10_000 }, () => ({ uri: '#body', octets: good.body })))],
      }),
  },
  {
    id: 'DOS-07',
    what: '1 000 transforms',
    headline: 'limit',
    bound: 'transformsPerReference',
    message: () =>
      envelope({
        body: good.body,
        security: [
          signedBy([{ uri: '#body', octets: good.body, transforms: Array.from({ length: 1_000 }, () => EXCLUSIVE) }]),
        ],
      }),
  },
  {
    id: 'DOS-07',
    what: '100 references to 5 MB with 5 transforms each',
    headline: 'limit',
    bound: 'derivedOctets',
    request: { limits: { ...DEFAULT_LIMITS, derivedOctets: 32 * MIB } },
    message: () =>
      envelope({
        body: inBody('x'.repeat(5_000_000)),
        security: [
          signedBy(
            Array.from({ length: 100 }, () => ({
              uri: '#body',
              octets: '',
              transforms: Array.from({ length: 5 }, () => EXCLUSIVE),
            })),
          ),
        ],
      }),
  },
  {
    id: 'DOS-07',
    what: 'Manifests that name each other, 100 references each, three deep',
    message: () => manifests(100),
  },
  {
    id: 'DOS-07',
    what: '10 000 signatures',
    headline: 'limit',
    bound: 'signatures',
    message: () => envelope({ body: good.body, security: [good.signature.repeat(10_000)] }),
  },
  {
    id: 'DOS-07',
    what: '10 000 Security headers',
    headline: 'limit',
    bound: 'securityHeaders',
    message: () =>
      envelope({
        body: good.body,
        security,
        afterSecurity: `<wsse:Security xmlns:wsse="${WSSE}"></wsse:Security>`.repeat(10_000),
      }),
  },
  {
    id: 'DOS-07',
    what: '5 000 addressing headers and 100 references',
    message: () => {
      const to = addressing('To', 'to', 'urn:x');
      return envelope({
        body: good.body,
        beforeSecurity: many(5_000, (index) => addressing('To', `h${index}`, 'urn:x')) + to,
        security: [signedBy(Array.from({ length: 100 }, () => ({ uri: '#to', octets: to })))],
      });
    },
  },
  {
    id: 'DOS-07',
    what: '100 verified references to payload names beside a Body of 20 000 elements',
    message: () => {
      const moved = Array.from(
        { length: 100 },
        (_, index) => `<x:p${index} xmlns:wsu="${WSU}" xmlns:x="urn:x" wsu:Id="m${index}"></x:p${index}>`,
      );
      return envelope({
        body: `<soap:Body xmlns:soap="${SOAP}">${'<a/>'.repeat(20_000)}</soap:Body>`,
        afterSecurity: `<w>${moved.join('')}</w>`,
        security: [signedBy(moved.map((octets, index) => ({ uri: `#m${index}`, octets })))],
      });
    },
  },
  {
    id: 'DOS-07',
    what: '16 signatures of 100 references over 50 000 split texts',
    headline: ['invalid', 'limit', 'valid-untrusted', 'valid-weak', 'valid-partial'],
    message: () => {
      const xml = inBody(`${'x<!---->'.repeat(50_000)}x`);
      const one = signedBy(Array.from({ length: 100 }, () => ({ uri: '#s', octets: small })));
      return envelope({ body: xml, afterSecurity: small, security: Array.from({ length: 16 }, () => one) });
    },
  },
  {
    id: 'DOS-07',
    what: '100 000 comments inside a DigestValue',
    message: () =>
      envelope({
        body: good.body,
        security: [good.signature.replace('<ds:DigestValue>', `<ds:DigestValue>${'<!---->'.repeat(100_000)}`)],
      }),
  },
  {
    id: 'DOS-07',
    what: '100 000 comments that split a SignatureValue',
    message: () =>
      envelope({
        body: good.body,
        security: [good.signature.replace('<ds:SignatureValue>', `<ds:SignatureValue>${'A<!---->'.repeat(100_000)}`)],
      }),
  },
  {
    id: 'DOS-07',
    what: '100 000 children of Signature, and of SignedInfo',
    message: () =>
      envelope({
        body: good.body,
        security: [
          good.signature
            .replace('</ds:SignedInfo>', `${'<x/>'.repeat(100_000)}</ds:SignedInfo>`)
            .replace('</ds:Signature>', `${'<ds:Object></ds:Object>'.repeat(50_000)}</ds:Signature>`),
        ],
      }),
  },
  {
    id: 'DOS-07',
    what: '10 000 KeyName in a KeyInfo',
    message: () =>
      envelope({
        body: good.body,
        security: [
          signatureXml({
            references: [{ uri: '#body', octets: good.body }],
            signer,
            keyInfo: many(10_000, (index) => `<ds:KeyName>k${index}</ds:KeyName>`),
          }),
        ],
      }),
  },
  {
    id: 'DOS-07',
    what: '5 000 KeyValue in a KeyInfo',
    message: () =>
      envelope({
        body: good.body,
        security: [
          signatureXml({
            references: [{ uri: '#body', octets: good.body }],
            signer: attacker,
            keyInfo: attackerKeyInfo.repeat(5_000),
          }),
        ],
      }),
  },
  {
    id: 'DOS-07',
    what: '10 000 issuer-serials in a KeyInfo',
    message: () =>
      envelope({
        body: good.body,
        security: [
          signatureXml({
            references: [{ uri: '#body', octets: good.body }],
            signer,
            keyInfo: many(
              10_000,
              (index) =>
                `<ds:X509Data><ds:X509IssuerSerial><ds:X509IssuerName>CN=a${index}</ds:X509IssuerName><ds:X509SerialNumber>${index}</ds:X509SerialNumber></ds:X509IssuerSerial></ds:X509Data>`,
            ),
          }),
        ],
      }),
  },
  {
    id: 'DOS-07',
    what: '10 000 token references in a KeyInfo, each to nothing',
    message: () =>
      envelope({
        body: good.body,
        security: [
          signatureXml({
            references: [{ uri: '#body', octets: good.body }],
            signer,
            keyInfo: many(
              10_000,
              (index) =>
                '<wsse:SecurityTokenReference><wsse:Reference ' +
                `URI="#n${index}"></wsse:Reference></wsse:SecurityTokenReference>`,
            ),
          }),
        ],
      }),
  },
  {
    id: 'DOS-08',
    what: 'an exponential XPath',
    headline: 'limit',
    bound: 'xpathSteps',
    message: () =>
      envelope({
        body: inBody('<a/>'.repeat(2_000)),
        security: [
          signedBy([
            {
              uri: '',
              octets: '',
              transforms: [
                '<ds:Transform ' +
                  `Algorithm="${XPATH}"><ds:XPath>count(//*[count(//*[count(following::*)&gt;0])&gt;0])&gt;0</ds:XPath></ds:Transform>`,
              ],
            },
          ]),
        ],
      }),
  },
  {
    id: 'DOS-08',
    what: 'an XPath of 100 000 nested parentheses',
    headline: ['invalid', 'limit', 'refused'],
    message: () =>
      envelope({
        body: inBody('x'),
        security: [
          signedBy([
            {
              uri: '',
              octets: '',
              transforms: [
                '<ds:Transform ' +
                  `Algorithm="${XPATH}"><ds:XPath>${'('.repeat(100_000)}1${')'.repeat(100_000)}</ds:XPath></ds:Transform>`,
              ],
            },
          ]),
        ],
      }),
  },
  {
    id: 'DOS-08',
    what: 'an XPath of 100 000 predicates',
    headline: ['invalid', 'limit', 'refused', 'valid-partial'],
    message: () =>
      envelope({
        body: inBody('x'),
        security: [
          signedBy([
            {
              uri: '',
              octets: '',
              transforms: [
                '<ds:Transform ' +
                  `Algorithm="${XPATH}"><ds:XPath>self::node()${'[1]'.repeat(100_000)}</ds:XPath></ds:Transform>`,
              ],
            },
          ]),
        ],
      }),
  },
  {
    id: 'DOS-10',
    what: 'gzip',
    headline: 'malformed',
    message: () => Uint8Array.of(0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 0),
  },
  { id: 'DOS-11', what: '8 MB of base64 in the Body', message: () => broken('QUFB'.repeat(2_000_000)) },
  {
    id: 'DOS-11',
    what: '8 MB of base64 that is no message',
    headline: 'malformed',
    message: () => 'QUFB'.repeat(2_000_000),
  },
  { id: 'DOS-11', what: 'a million lines', message: () => broken('\n'.repeat(1_000_000)) },
  {
    id: 'DOS-11',
    what: 'a million blanks in every value that is parsed',
    message: () =>
      envelope({
        body: good.body,
        security: [
          timestamp('ts', `${' '.repeat(1_000_000)}2026`, ' '.repeat(1_000_000)),
          good.signature
            .replace('<ds:DigestValue>', `<ds:DigestValue>${' '.repeat(1_000_000)}`)
            .replace('<ds:SignatureValue>', `<ds:SignatureValue>${'\n'.repeat(1_000_000)}A`),
        ],
      }),
  },
  ...['<!--', '<?x ', '<![CDATA[', '<a b="', '&', '</', '<a '].map((open): Bomb => ({
    id: 'DOS-11',
    what: `a million times ${open}, never ended`,
    headline: 'malformed',
    message: () => `<x>${open.repeat(1_000_000)}`,
  })),
  {
    id: 'DOS-13',
    what: '10 000 parts',
    headline: 'limit',
    bound: 'mimeParts',
    message: () =>
      'Content-Type: multipart/related; ' +
      `boundary=b\r\n\r\n${many(10_000, (index) => `--b\r\nContent-ID: <${index}>\r\n\r\nx\r\n`)}--b--`,
  },
  {
    id: 'DOS-13',
    what: 'a boundary prefix a million times',
    headline: ['malformed', 'unsecured', 'limit'],
    message: () => `Content-Type: multipart/related; boundary=bbbbbbbb\r\n\r\n${'\r\n--bbbbbbb'.repeat(1_000_000)}`,
  },
  {
    id: 'DOS-13',
    what: 'a header of 5 MB',
    headline: ['malformed', 'limit', 'unsecured'],
    message: () =>
      `Content-Type: multipart/related; boundary=b; x="${'y'.repeat(5_000_000)}"\r\n\r\n--b\r\n\r\n<a/>\r\n--b--`,
  },
  {
    id: 'DOS-13',
    what: '100 000 header fields',
    headline: ['malformed', 'limit', 'unsecured'],
    message: () => `Content-Type: text/xml\r\n${many(100_000, (index) => `X-${index}: y\r\n`)}\r\n<a/>`,
  },
  {
    id: 'DOS-13',
    what: '300 000 chunks of one octet',
    headline: ['malformed', 'limit', 'unsecured', 'valid-partial'],
    message: () => `HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n${many(300_000, () => '1\r\n<\r\n')}0\r\n\r\n`,
  },
  {
    id: 'DOS-13',
    what: 'quoted-printable of a million escapes',
    headline: ['malformed', 'limit', 'unsecured'],
    message: () =>
      `Content-Type: text/xml\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n${'=41'.repeat(1_000_000)}`,
  },
  {
    id: 'TOK-04',
    what: '5 000 DerivedKeyTokens, each derived from the next',
    message: () =>
      envelope({
        body: good.body,
        security: [
          many(
            5_000,
            (index) =>
              `<wsc:DerivedKeyToken xmlns:wsc="${WSC}" ` +
              `wsu:Id="d${index}"><wsse:SecurityTokenReference><wsse:Reference ` +
              `URI="#d${index + 1}"></wsse:Reference></wsse:SecurityTokenReference><wsc:Length>65536</wsc:Length><wsc:Nonce>AAAA</wsc:Nonce></wsc:DerivedKeyToken>`,
          ),
          good.signature,
        ],
      }),
  },
  {
    id: 'DOS-02',
    what: '4 000 tokens of one kind',
    message: () => envelope({ body: good.body, security: [timestamp(null).repeat(4_000), good.signature] }),
  },
  {
    id: 'DOS-02',
    what: '4 000 UsernameTokens',
    message: () =>
      envelope({
        body: good.body,
        security: [
          '<wsse:UsernameToken><wsse:Username>a</wsse:Username><wsse:Password>b</wsse:Password><wsse:Nonce>AAAA</wsse:Nonce><wsu:Created>2026-01-15T12:00:00Z</wsu:Created></wsse:UsernameToken>'.repeat(
            4_000,
          ),
          good.signature,
        ],
      }),
  },
];

const small = `<s:s xmlns:s="urn:s" xmlns:wsu="${WSU}" wsu:Id="s"></s:s>`;

/**
 * Three Manifests, each with `count` references to the next: followed one by one that is `count` to the third power.
 */
function manifests(count: number): string {
  const manifest = (id: string, to: string) =>
    `<ds:Manifest xmlns:ds="${DS}" Id="${id}">${referenceXml({ uri: to, octets: '' }).repeat(count)}</ds:Manifest>`;
  const all = manifest('m1', '#m2') + manifest('m2', '#m3') + manifest('m3', '#m4') + manifest('m4', '#body');
  const first: Reference = { uri: '#m1', octets: manifest('m1', '#m2') };
  return envelope({
    body: good.body,
    security: [
      signedBy([first, ...Array.from({ length: count - 1 }, () => first)], {
        objects: `<ds:Object>${all}</ds:Object>`,
      }),
    ],
  });
}

describe('exhaustion', () => {
  for (const bomb of BOMBS) {
    it(`${bomb.id}: ${bomb.what}`, async () => {
      const start = performance.now();
      const run = await judgeAttack({ ...bomb });
      const took = performance.now() - start;
      const { verdict, findings } = run.trace;
      if (process.env['EXHAUSTION_TIMES'] !== undefined) {
        console.log(
          `${took.toFixed(0)} ms ${verdict.headline} ${bomb.what} steps ${run.trace.steps.length} findings ` +
            `${findings.length}`,
        );
      }
      expect(took).toBeLessThan(LONGEST);
      expect(verdict.headline).not.toBe('valid');
      if (bomb.headline !== undefined) {
        expect(
          typeof bomb.headline === 'string' ? [bomb.headline] : bomb.headline,
          summary(run).slice(0, 3_000),
        ).toContain(verdict.headline);
      }
      if (bomb.bound !== undefined) {
        expect(findings.find((one) => one.code === 'limit')?.data, summary(run).slice(0, 3_000)).toMatchObject({
          bound: bomb.bound,
        });
      }
    }, 60_000);
  }
});
