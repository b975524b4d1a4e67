/**
 * Every bound of a run, through the whole engine: at the limit a message is judged, one past it the headline is `limit`
 * with the bound's name, its value and the place (docs/limits.md, "Bounds").
 */
import { describe, expect, it } from 'vitest';
import { DEFAULT_LIMITS, HARD_LIMITS, type Limits } from '../../../src/engine/bytes/budget.ts';
import { judgeAttack, summary } from '../../building/attack.ts';
import {
  attacker,
  attackerKeyInfo,
  body,
  certificateKeyInfo,
  certificateOctets,
  envelope,
  goodEnvelope,
  goodMessage,
  signer,
} from '../../building/good-message.ts';
import { EXCLUSIVE, HMAC_SHA256, SOAP, WSC, WSSE, XPATH } from '../../building/names.ts';
import { hmacSigner, signatureXml, type Reference } from '../../building/signature.ts';

interface Bound {
  readonly limit: number;
  /** A message that uses `count` of the bound. */
  message(count: number): string;
  readonly others?: Partial<Limits>;
  readonly secrets?: readonly string[];
  /** No place is known: the bound is of the whole input. */
  readonly placeless?: true;
}

const good = goodMessage();
const security = [good.token, good.timestamp, good.signature];
const many = (count: number, make: (index: number) => string) =>
  Array.from({ length: count }, (_, index) => make(index)).join('');
const inBody = (content: string) =>
  envelope({ body: `<soap:Body xmlns:soap="${SOAP}">${content}</soap:Body>`, security });
const signed = (references: readonly Reference[], keyInfo = certificateKeyInfo()) =>
  envelope({ body: good.body, security: [signatureXml({ references, signer, keyInfo })] });
const reference: Reference = { uri: '#body', octets: good.body };
const derivable = hmacSigner(Buffer.alloc(32, 1), HMAC_SHA256);
const repeated = <T>(count: number, one: T) => Array.from({ length: count }, () => one);

/**
 * Nodes of the good message without its Body's content, each counted once a parse; found by trying, checked by the two
 * runs.
 */
const BOUNDS: Partial<Record<keyof Limits, Bound>> = {
  inputOctets: {
    limit: 20_000,
    message: (count) => {
      const message = goodEnvelope();
      return message.replace('</soap:Envelope>', `${' '.repeat(count - message.length)}</soap:Envelope>`);
    },
    placeless: true,
  },
  elementDepth: { limit: 40, message: (count) => inBody('<a>'.repeat(count - 2) + '</a>'.repeat(count - 2)) },
  attributesPerElement: { limit: 30, message: (count) => inBody(`<a ${many(count, (index) => `a${index}="" `)}/>`) },
  nameLength: { limit: 60, message: (count) => inBody(`<${'a'.repeat(count)}/>`) },
  referencesPerSignature: { limit: 7, message: (count) => signed(repeated(count, reference)) },
  transformsPerReference: {
    limit: 4,
    message: (count) => signed([{ ...reference, transforms: repeated(count, EXCLUSIVE) }]),
  },
  prefixListTokens: {
    limit: 5,
    message: (count) =>
      signed([
        {
          ...reference,
          transforms: [
            `<ds:Transform Algorithm="${EXCLUSIVE}"><ec:InclusiveNamespaces xmlns:ec="${EXCLUSIVE}" ` +
              `PrefixList="${many(count, (index) => `p${index} `).trim()}"></ec:InclusiveNamespaces></ds:Transform>`,
          ],
        },
      ]),
  },
  signatures: {
    limit: 3,
    message: (count) =>
      envelope({ body: good.body, security: [good.token, good.timestamp, good.signature.repeat(count)] }),
  },
  securityHeaders: {
    limit: 3,
    message: (count) =>
      envelope({
        body: good.body,
        security,
        afterSecurity: many(
          count - 1,
          (index) => `<wsse:Security xmlns:wsse="${WSSE}" soap:actor="urn:${index}"></wsse:Security>`,
        ),
      }),
  },
  tokens: {
    limit: 4,
    message: (count) =>
      envelope({
        body: good.body,
        security: [...security, ...repeated(count - 2, '<x:token xmlns:x="urn:x"></x:token>')],
      }),
  },
  certificatesInMessage: {
    limit: 4,
    message: (count) =>
      signed(
        [reference],
        `<ds:X509Data>${`<ds:X509Certificate>${certificateOctets}</ds:X509Certificate>`.repeat(count)}</ds:X509Data>`,
      ),
  },
  mimeParts: {
    limit: 5,
    message: (count) =>
      `Content-Type: multipart/related; boundary=b\r\n\r\n--b\r\nContent-Type: ` +
      `text/xml\r\n\r\n${goodEnvelope()}\r\n${many(count - 1, (index) => `--b\r\nContent-ID: <${index}>\r\n\r\nx\r\n`)}--b--`,
  },
  keyInfoDepth: {
    limit: 3,
    secrets: ['hex:0101010101010101010101010101010101010101010101010101010101010101'],
    message: (count) => {
      // KeyInfo is the first level, each DerivedKeyToken a further one.
      const tokens = many(
        count,
        (index) =>
          `<wsc:DerivedKeyToken xmlns:wsc="${WSC}" xmlns:wsse="${WSSE}" ` +
          `wsu:Id="d${index}"><wsse:SecurityTokenReference>${index === count - 1 ? '<ds:KeyName xmlns:ds="http://www.w3.org/2000/09/xmldsig#">k</ds:KeyName>' : `<wsse:Reference URI="#d${index + 1}"></wsse:Reference>`}</wsse:SecurityTokenReference><wsc:Nonce>AAAA</wsc:Nonce></wsc:DerivedKeyToken>`,
      );
      return envelope({
        body: good.body,
        security: [
          tokens,
          signatureXml({
            references: [reference],
            signer: derivable,
            keyInfo:
              `<wsse:SecurityTokenReference xmlns:wsse="${WSSE}"><wsse:Reference ` +
              'URI="#d0"></wsse:Reference></wsse:SecurityTokenReference>',
          }),
        ],
      });
    },
  },
};

describe('bounds', () => {
  for (const [name, bound] of Object.entries(BOUNDS) as [keyof Limits, Bound][]) {
    const limits: Limits = { ...DEFAULT_LIMITS, ...bound.others, [name]: bound.limit };
    const run = (count: number) =>
      judgeAttack({
        message: () => bound.message(count),
        request: { limits },
        ...(bound.secrets === undefined ? {} : { secrets: bound.secrets }),
      });

    it(`${name}: ${bound.limit} is judged`, async () => {
      const judged = await run(bound.limit);
      expect(
        judged.trace.findings.map((one) => one.code),
        summary(judged).slice(0, 2_000),
      ).not.toContain('limit');
      expect(['limit', 'malformed']).not.toContain(judged.trace.verdict.headline);
    });

    it(`${name}: ${bound.limit + 1} is past the bound`, async () => {
      const judged = await run(bound.limit + 1);
      expect(judged.trace.verdict.headline, summary(judged).slice(0, 2_000)).toBe('limit');
      const finding = judged.trace.findings.find((one) => one.code === 'limit')!;
      expect(finding.data).toMatchObject({ bound: name, limit: bound.limit });
      if (bound.placeless === undefined) expect(finding.ranges.length).toBe(1);
    });
  }
});

/**
 * Bounds that add up over a run: where exactly they are hit follows from the algorithm, so the last count that passes
 * is searched for.
 */
const SUMS: Partial<Record<keyof Limits, (message: string) => string>> = {
  nodes: (message) => message,
  derivedOctets: (message) => message,
  xpathSteps: () =>
    envelope({
      body: good.body,
      security: [
        signatureXml({
          references: [
            {
              uri: '',
              octets: '',
              transforms: [
                `<ds:Transform Algorithm="${XPATH}"><ds:XPath>count(ancestor-or-self::node()) = ` +
                  '1</ds:XPath></ds:Transform>',
                EXCLUSIVE,
              ],
            },
          ],
          signer: attacker,
          keyInfo: attackerKeyInfo,
        }),
      ],
    }),
};

describe('bounds that add up', () => {
  for (const [name, make] of Object.entries(SUMS) as [keyof Limits, (message: string) => string][]) {
    it(`${name}: enough is judged, one less is past the bound`, async () => {
      const message = make(goodEnvelope());
      const run = (limit: number) =>
        judgeAttack({ message: () => message, request: { limits: { ...DEFAULT_LIMITS, [name]: limit } } });
      const whole = await run(DEFAULT_LIMITS[name]);
      let low = 0;
      let high = 1_000_000;
      while (low + 1 < high) {
        const middle = (low + high) >> 1;
        if ((await run(middle)).trace.verdict.headline === 'limit') low = middle;
        else high = middle;
      }
      const enough = await run(high);
      expect(enough.trace.verdict).toEqual(whole.trace.verdict);
      const short = await run(high - 1);
      expect(short.trace.verdict.headline).toBe('limit');
      expect(short.trace.findings.find((one) => one.code === 'limit')?.data).toMatchObject({
        bound: name,
        limit: high - 1,
      });
    });
  }
});

describe('the hard limits', () => {
  it('are nowhere below the defaults', () => {
    for (const name of Object.keys(DEFAULT_LIMITS) as (keyof Limits)[]) {
      expect(HARD_LIMITS[name], name).toBeGreaterThanOrEqual(DEFAULT_LIMITS[name]);
    }
  });
});

describe('a bound hit in the middle', () => {
  it('loses nothing that was found before it', async () => {
    const message = envelope({
      body: body('body', 'mallory'),
      security: [
        good.token,
        good.timestamp,
        good.signature,
        signatureXml({ references: repeated(5, reference), signer, keyInfo: certificateKeyInfo() }),
      ],
    });
    const run = await judgeAttack({
      message: () => message,
      request: { limits: { ...DEFAULT_LIMITS, referencesPerSignature: 4 } },
    });
    expect(run.trace.verdict.headline).toBe('limit');
    expect(run.trace.verdict.also).toContain('invalid');
    expect(run.trace.signatures[0]?.references.map((one) => one.digest)).toEqual(['fail', 'pass', 'pass']);
  });
});
