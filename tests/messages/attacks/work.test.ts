/**
 * Work under the bounds grows as the input does (docs/limits.md, "Bounds"): of each kind of input, twice as much costs
 * twice as much at most, by what the budgets of a run count together, and no part of it is paid for many times over.
 */
import { afterEach, describe, expect, test, vi } from 'vitest';
import { nodeCrypto } from '../../../src/cli/node-crypto.ts';
import { Budget, type Limits } from '../../../src/engine/bytes/budget.ts';
import { judge } from '../../../src/engine/index.ts';
import { attackRequest } from '../../building/attack.ts';
import { encryptedData, encryptedKey } from '../../building/encryption.ts';
import {
  addressing,
  binaryToken,
  body,
  envelope,
  goodMessage,
  signer,
  timestamp,
} from '../../building/good-message.ts';
import { DS, ENVELOPED, EXCLUSIVE, SOAP, WSU, XPATH } from '../../building/names.ts';
import { signatureXml, type Reference } from '../../building/signature.ts';

const many = (count: number, make: (index: number) => string) =>
  Array.from({ length: count }, (_, index) => make(index)).join('');
const good = goodMessage();
const security = [good.token, good.timestamp, good.signature];
/** The good message, with more in its Body than was signed. */
const inBody = (content: string, attributes = '') =>
  envelope({
    body: `<soap:Body xmlns:soap="${SOAP}" xmlns:wsu="${WSU}" wsu:Id="body"><app:pay xmlns:app="urn:app"${attributes}>${content}</app:pay></soap:Body>`,
    security,
  });
const signed = (references: readonly Reference[], content = '') =>
  envelope({
    body: `<soap:Body xmlns:soap="${SOAP}" xmlns:wsu="${WSU}" wsu:Id="body">${content}</soap:Body>`,
    security: [signatureXml({ references, signer, keyInfo: '' })],
  });
const toBody: Reference = { uri: '#body', octets: good.body };
const part = (headers: string, content: string) => `--b\r\n${headers}\r\n\r\n${content}\r\n`;
const mime = (parts: string) =>
  `Content-Type: multipart/related; boundary=b\r\n\r\n${part('Content-Type: text/xml', envelope({ body: good.body, security }))}${parts}--b--`;

/** Inputs of one kind, larger with `size`; within the bounds at twice what is given. */
interface Kind {
  readonly what: string;
  readonly size: number;
  message(size: number): string;
}

const KINDS: readonly Kind[] = [
  { what: 'ids', size: 4_000, message: (size) => inBody(many(size, (at) => `<a wsu:Id="i${at}"/>`)) },
  { what: 'ids, all the same', size: 4_000, message: (size) => inBody('<a wsu:Id="i"/>'.repeat(size)) },
  { what: 'namespaces', size: 3_000, message: (size) => inBody(many(size, (at) => `<p:a xmlns:p="urn:${at}"/>`)) },
  {
    what: 'prefixes on one element, all used below',
    size: 120,
    message: (size) =>
      inBody(
        many(size * 8, (at) => `<p${at % size}:a/>`),
        many(size, (at) => ` xmlns:p${at}="urn:${at}"`),
      ),
  },
  { what: 'depth', size: 100, message: (size) => inBody('<a xmlns:p="urn:p">'.repeat(size) + '</a>'.repeat(size)) },
  { what: 'attributes', size: 250, message: (size) => inBody(`<a${many(size, (at) => ` a${at}="x"`)}/>`.repeat(8)) },
  { what: 'character references', size: 20_000, message: (size) => inBody('&amp;&#xD;'.repeat(size)) },
  { what: 'comments', size: 5_000, message: (size) => inBody('a<!---->'.repeat(size)) },
  {
    what: 'references to one part',
    size: 45,
    message: (size) =>
      signed(
        Array.from({ length: size }, () => toBody),
        'x'.repeat(20_000),
      ),
  },
  {
    what: 'references that dangle',
    size: 45,
    message: (size) =>
      signed(
        Array.from({ length: size }, (_, at) => ({ uri: `#gone${at}`, octets: '' })),
        '<a b="c"/>'.repeat(2_000),
      ),
  },
  {
    what: 'signatures with references to one part',
    size: 15,
    message: (size) =>
      envelope({
        body: body('body'),
        security: Array.from({ length: size }, () =>
          signatureXml({ references: Array.from({ length: 20 }, () => toBody), signer, keyInfo: '' }),
        ),
      }),
  },
  {
    what: 'transforms',
    size: 8,
    message: (size) =>
      signed(
        [{ ...toBody, transforms: Array.from({ length: size }, (_, at) => (at % 2 === 0 ? EXCLUSIVE : ENVELOPED)) }],
        '<a/>'.repeat(2_000),
      ),
  },
  {
    what: 'XPath over elements',
    size: 2_000,
    message: (size) =>
      signed(
        [
          {
            ...toBody,
            transforms: [
              `<ds:Transform xmlns:ds="${DS}" Algorithm="${XPATH}"><ds:XPath>not(ancestor-or-self::b)</ds:XPath></ds:Transform>`,
              EXCLUSIVE,
            ],
          },
        ],
        '<a/>'.repeat(size),
      ),
  },
  {
    what: 'recipients',
    size: 40,
    message: (size) =>
      envelope({
        body: good.body,
        security: [
          ...Array.from({ length: size }, (_, at) =>
            encryptedKey(Buffer.alloc(256), { id: `k${at}`, references: [`d${at}`] }),
          ),
          ...security,
        ],
        afterSecurity: many(size, (at) => encryptedData(Buffer.alloc(64), { id: `d${at}` })),
      }),
  },
  {
    what: 'certificates',
    size: 45,
    message: (size) =>
      envelope({ body: good.body, security: [...security, many(size, (at) => binaryToken(`bst${at}`))] }),
  },
  {
    what: 'tokens',
    size: 1_000,
    message: (size) => envelope({ body: good.body, security: [...security, timestamp(null).repeat(size)] }),
  },
  {
    what: 'headers',
    size: 2_000,
    message: (size) =>
      envelope({ body: good.body, security, afterSecurity: addressing('To', null, 'urn:a').repeat(size) }),
  },
  { what: 'MIME parts', size: 45, message: (size) => mime(many(size, (at) => part(`Content-ID: <p${at}@x>`, 'x'))) },
  {
    what: 'MIME header fields',
    size: 2_000,
    message: (size) => mime(part(`Content-ID: <p@x>${many(size, (at) => `\r\nX-${at}: y`)}`, 'x')),
  },
];

/** Of what is counted, what is work in proportion to octets and nodes. */
const WORK: readonly (keyof Limits)[] = ['nodes', 'derivedOctets', 'xpathSteps', 'plaintextOctets', 'iterations'];
/** What a message costs however small it is: the parts around, keys derived, the message read again. */
const SMALL = 15_000;
/** Units that an octet may cost. */
const AN_OCTET = 4;

afterEach(() => vi.restoreAllMocks());

/** What all budgets of a run count together. What explaining may cost is a number (diagnosis/diagnose.ts). */
async function workOf(message: string): Promise<number> {
  let work = 0;
  const { spend } = Budget.prototype;
  vi.spyOn(Budget.prototype, 'spend').mockImplementation(function (this: Budget, bound, amount, offset) {
    if (WORK.includes(bound)) work += amount;
    spend.call(this, bound, amount, offset);
  });
  const judged = await judge(await attackRequest({ message: () => message }), { crypto: nodeCrypto() });
  expect(judged.trace.findings.map(({ code }) => code)).not.toContain('limit');
  vi.restoreAllMocks();
  return work;
}

describe('work grows as the input does', () => {
  for (const { what, size, message } of KINDS) {
    test(what, async () => {
      const [one, two] = [message(size), message(2 * size)];
      const [half, whole] = [await workOf(one), await workOf(two)];
      expect(whole, `${half} units for ${one.length} octets, ${whole} for ${two.length}`).toBeLessThan(
        2.2 * half + SMALL,
      );
      expect(whole / two.length, `${whole} units for ${two.length} octets`).toBeLessThan(AN_OCTET + SMALL / two.length);
    });
  }
});
