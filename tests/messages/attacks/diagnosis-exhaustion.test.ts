/**
 * Messages that fail and are large or hostile, with the search for causes: what it hashes and verifies is counted at
 * the
 * crypto port, from outside, and stays bounded; the search says that it ended early; the verdict is the same without
 * it.
 */
import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { nodeCrypto } from '../../../src/cli/node-crypto.ts';
import type { CryptoProvider } from '../../../src/engine/crypto/provider.ts';
import { explainRun } from '../../../src/engine/diagnosis/explain.ts';
import { judge } from '../../../src/engine/index.ts';
import type { Run } from '../../../src/engine/message/request.ts';
import { attackRequest, summary } from '../../building/attack.ts';
import { attacker, attackerKeyInfo, envelope } from '../../building/good-message.ts';
import { INCLUSIVE, SOAP, WSU } from '../../building/names.ts';
import { signatureXml, type Reference } from '../../building/signature.ts';

/** Octets that one search may hash, and public-key verifications that it may make, whatever the message. */
const MOST_OCTETS = 130_000_000;
const MOST_VERIFICATIONS = 3_500;

interface Count {
  octets: number;
  verifications: number;
}

function counting(count: Count): CryptoProvider {
  const inner = nodeCrypto();
  const add = (octets: Uint8Array) => void (count.octets += octets.length);
  return {
    ...inner,
    digest: (algorithm, octets) => (add(octets), inner.digest(algorithm, octets)),
    digestNow: (algorithm, octets) => (add(octets), inner.digestNow(algorithm, octets)),
    verify: (...given) => (count.verifications++, inner.verify(...given)),
    verifyMac: (...given) => (add(given[3]), inner.verifyMac(...given)),
    mac: (algorithm, secret, octets) => (add(octets), inner.mac(algorithm, secret, octets)),
  };
}

async function run(message: string, explained: boolean): Promise<{ readonly run: Run; readonly count: Count }> {
  const count: Count = { octets: 0, verifications: 0 };
  const ports = { crypto: counting(count) };
  const judged = await judge(await attackRequest({ message: () => message }), ports);
  return { run: explained ? await explainRun(judged, ports) : judged, count };
}

const body = (content: string, declarations = ''): string =>
  `<soap:Body xmlns:soap="${SOAP}" xmlns:wsu="${WSU}"${declarations} wsu:Id="body">${content}</soap:Body>`;
const many = (count: number, make: (index: number) => string) =>
  Array.from({ length: count }, (_, index) => make(index)).join('');
const elements = (count: number) =>
  `<app:o xmlns:app="urn:app">${many(count, (index) => `<app:i n="${index}">v ${index}</app:i>\n`)}</app:o>`;

/** Signed over other octets than those of the message. */
function tampered(content: string, references = 1, signatures = 1): string {
  const wanted = Array.from({ length: references }, (_, index): Reference => ({
    uri: index === 0 ? '#body' : `#h${index}`,
    octets: `not it ${index}`,
  }));
  const blocks = many(
    references - 1,
    (index) => `<h:H xmlns:h="urn:h" xmlns:wsu="${WSU}" wsu:Id="h${index + 1}">v</h:H>`,
  );
  return envelope({
    body: body(content),
    beforeSecurity: blocks,
    security: Array.from({ length: signatures }, () =>
      signatureXml({ references: wanted, signer: attacker, keyInfo: attackerKeyInfo }),
    ),
  });
}

/** A value by the right key over another SignedInfo. */
const otherValue = (message: string) =>
  message.replace(
    /(<ds:SignatureValue>)([^<]*)(<\/ds:SignatureValue>)/g,
    (_, open: string, value: string, close: string) =>
      `${open}${Buffer.from(Buffer.from(value, 'base64').map((octet, at) => (at === 20 ? octet ^ 1 : octet))).toString('base64')}${close}`,
  );

const CASES: readonly (readonly [string, () => string])[] = [
  ['2 000 elements', () => tampered(elements(2_000))],
  ['20 000 elements', () => tampered(elements(20_000))],
  ['250 000 empty elements', () => tampered('<a/>'.repeat(250_000))],
  [
    '5 000 elements with an unused declaration each, inclusive',
    () =>
      tampered(many(5_000, (index) => `<a xmlns:p${index}="urn:${index}"></a>`)).replace(
        /(<ds:Transform Algorithm=")[^"]*/,
        `$1${INCLUSIVE}`,
      ),
  ],
  [
    '10 000 times of day',
    () =>
      tampered(`<o>${many(10_000, (index) => `<d>2026-01-01T00:00:${String(index % 60).padStart(2, '0')}Z</d>`)}</o>`),
  ],
  [
    '5 000 header attributes',
    () => tampered(`<o>${many(5_000, (index) => `<d soap:mustUnderstand="1">1.${index}</d>`)}</o>`),
  ],
  [
    '200 attributes on each of 200 elements',
    () => tampered(`<o>${many(200, () => `<d ${many(200, (index) => ` a${index}="1 2"`)}></d>`)}</o>`),
  ],
  ['10 MB of text', () => tampered('lorem ipsum '.repeat(800_000))],
  ['an attribute of 1 MB', () => tampered(`<a b="${'x '.repeat(500_000)}"></a>`)],
  ['140 000 processing instructions', () => tampered('<?p q?>'.repeat(140_000))],
  ['80 000 CDATA sections', () => tampered('<![CDATA[x]]>'.repeat(80_000))],
  ['170 000 carriage returns', () => tampered('x&#xD;'.repeat(170_000))],
  ['100 references, none of which matches', () => tampered(elements(100), 100)],
  ['60 signatures of 50 references each', () => tampered(elements(500), 50, 60)],
  ['60 signatures whose value does not verify', () => otherValue(tampered('x', 1, 60))],
];

describe('the search for causes', () => {
  for (const [what, make] of CASES) {
    it(`stays bounded over ${what}`, async () => {
      const message = make();
      const without = await run(message, false);
      const within = await run(message, true);
      expect(within.run.trace.verdict.headline).toBe(without.run.trace.verdict.headline);
      expect(within.run.trace.verdict.axes).toEqual(without.run.trace.verdict.axes);
      expect(within.count.octets - without.count.octets).toBeLessThan(MOST_OCTETS);
      expect(within.count.verifications - without.count.verifications).toBeLessThan(MOST_VERIFICATIONS);
      const note = within.run.trace.findings.find((one) => one.code === 'diagnosis-budget');
      expect(note, summary(within.run).slice(0, 2_000)).toMatchObject({ severity: 'note', confidence: 'certain' });
      expect(note!.data['trials']).toBeLessThanOrEqual(8_100);
    }, 60_000);
  }

  it('ends at the same place every time', async () => {
    const message = tampered(elements(3_000));
    const [first, again] = [await run(message, true), await run(message, true)];
    expect(again.count).toEqual(first.count);
    expect(again.run.trace).toEqual(first.run.trace);
  }, 60_000);

  it('does not say that it ended early where it went its whole way', async () => {
    const { run: whole } = await run(tampered('<app:o xmlns:app="urn:app">1</app:o>'), true);
    expect(whole.trace.findings.map((one) => one.code)).toContain('digest-mismatch-unproven');
    expect(whole.trace.findings.map((one) => one.code)).not.toContain('diagnosis-budget');
  });
});

/** A Body of about 1 MB, what was hashed of it, and what then stands in the message. */
const INNER = `<app:o xmlns:app="urn:app">${many(25_000, (index) => `<app:i n="${index}">v ${index}</app:i>`)}</app:o>`;
const LARGE: readonly (readonly [string, string, string, string])[] = [
  ['ws-pretty-print-after-sign', 'indented after signing', body(INNER), body(INNER.replace(/></g, '>\n  <'))],
  [
    'crlf-inserted-charref',
    'carriage returns inserted',
    body(INNER.replace(/></g, '>\n<')),
    body(INNER.replace(/></g, '>&#xD;\n<')),
  ],
  [
    'processing-instruction-inserted',
    'a processing instruction inserted',
    body(INNER),
    body(INNER.replace('<app:i', '<?hop one?><app:i')),
  ],
];

describe('in a Body of 1 MB', () => {
  for (const [code, what, hashed, written] of LARGE) {
    it(`${code}: ${what} is still proven`, async () => {
      const message = envelope({
        body: written,
        security: [
          signatureXml({ references: [{ uri: '#body', octets: hashed }], signer: attacker, keyInfo: attackerKeyInfo }),
        ],
      });
      const { run: result } = await run(message, true);
      const cause = result.trace.findings.find((one) => one.code === code && one.confidence === 'proven');
      expect(cause, summary(result).slice(0, 2_000)).toBeDefined();
      const evidence = cause!.evidence.find((one) => one.type === 'octets' && one.label === 'signed');
      const octets = evidence?.type === 'octets' ? result.octets.get(evidence.space)!.octets : new Uint8Array(0);
      expect(createHash('sha256').update(octets).digest('hex')).toBe(createHash('sha256').update(hashed).digest('hex'));
    }, 60_000);
  }
});
