/** Every cause of a wrong digest, provoked as docs/faults.md says, is proven, with the very octets that were hashed. */
import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { diagnosed, proven, signedOctets } from './diagnosing.ts';
import { bodyTag, message, ORDER, sha256, type Wrong } from '../../building/wrong-message.ts';
import { EXCLUSIVE, INCLUSIVE, SOAP, WSU } from '../../building/names.ts';

const LIST = (prefixes: string) =>
  `<ec:InclusiveNamespaces xmlns:ec="${EXCLUSIVE}" PrefixList="${prefixes}"></ec:InclusiveNamespaces>`;
const inBody = (change: (body: string) => string) => (text: string) =>
  text.replace(/<soap:Body[\s\S]*<\/soap:Body>/, (body) => change(body));
const XSI = { xsi: 'http://www.w3.org/2001/XMLSchema-instance' };
const indent = (body: string) => body.replace(/></g, '>\n  <');
const at = (inner: string, outer = ORDER) => outer.replace(/<\/app:Order>/, `${inner}</app:Order>`);

/** Indented by two spaces a level, as a formatter does it for the whole Envelope. */
const TWO_SPACES = `\n    ${ORDER.replace(/></g, '>\n      <').replace(/ {2}(?=<\/app:Order>)/, '')}\n  `;

/** Code, what is done, and the message: a wrong signer, or an edit afterwards. */
const CASES: readonly (readonly [string, string, Wrong])[] = [
  // White space and line ends
  ['ws-pretty-print-after-sign', 'indented after signing', { afterwards: inBody(indent) }],
  [
    'ws-pretty-print-after-sign',
    'indented anew with another indent',
    {
      content: TWO_SPACES,
      afterwards: inBody((body) => body.replace(/\n( +)/g, (_, run: string) => `\n${run}${run}`)),
    },
  ],
  [
    'ws-pretty-print-after-sign',
    'one line break inserted',
    {
      content: at('<app:p> <app:q></app:q> <app:q></app:q></app:p>'),
      afterwards: (text) => text.replace('<app:price>', '\n<app:price>'),
    },
  ],
  [
    'ws-stripped-on-parse',
    'white space stripped on the way',
    { content: TWO_SPACES, afterwards: inBody((body) => body.replace(/>\s+</g, '><')) },
  ],
  [
    'ws-trim-text-values',
    'a space added in a value',
    { afterwards: (text) => text.replace('</app:price>', ' </app:price>') },
  ],
  [
    'ws-trim-text-values',
    'a value trimmed that had more blanks behind than before',
    { content: ORDER.replace('1.50', ' 1.50  '), afterwards: (text) => text.replace(' 1.50  ', '1.50') },
  ],
  [
    'ws-trim-text-values',
    'all values trimmed',
    { content: ORDER.replace('1.50', ' 1.50'), afterwards: (text) => text.replace(' 1.50', '1.50') },
  ],
  ['ws-trim-text-values', 'a zero-width space added', { afterwards: (text) => text.replace('1.50', '\u200b1.50') }],
  [
    'crlf-inserted-charref',
    '&#13; inserted',
    { content: ORDER.replace('One', 'One\nmore\n'), afterwards: inBody((body) => body.replace(/\n/g, '&#13;\n')) },
  ],
  [
    'crlf-inserted-charref',
    '&#13; inserted before line feeds, beside one that was there',
    {
      content: ORDER.replace('One', 'One\nmore &#xD; and\n more'),
      afterwards: inBody((body) => body.replace('\nmore', '&#13;\nmore')),
    },
  ],
  [
    'cr-charref-lost',
    '&#13; lost before LF',
    {
      content: ORDER.replace('One', 'One\nmore').replace('1.50', '1\n'),
      hashed: (text) => text.replace('One\n', 'One&#xD;\n'),
    },
  ],
  [
    'cr-charref-lost',
    '&#13; lost without a trace',
    { content: ORDER.replace('One', 'One&#xD;Two'), afterwards: (text) => text.replace('&#xD;', '') },
  ],
  [
    'crlf-raw-cr-kept',
    'CR LF of the file hashed',
    {
      content: ORDER.replace('One', 'One\nmore\nlines'),
      hashed: (text) => text.replace(/\n/g, '&#xD;\n'),
      afterwards: (text) => text.replace(/\n/g, '\r\n'),
    },
  ],
  // Canonicalization and its label
  [
    'prefixlist-ignored-in-reference',
    'PrefixList written and ignored',
    { declarations: XSI, inTransform: LIST('xsi'), hashed: (text) => text },
  ],
  [
    'prefixlist-used-but-not-declared',
    'PrefixList used and not written',
    {
      declarations: { ...XSI, zz: 'urn:zz' },
      hashed: (text) => text.replace(bodyTag({ soap: SOAP, wsu: WSU }), bodyTag({ soap: SOAP, wsu: WSU, ...XSI })),
    },
  ],
  [
    'prefixlist-default-token',
    '#default ignored',
    {
      declarations: XSI,
      inTransform: LIST('#default xsi'),
      afterwards: (text) => text.replace('<soap:Envelope', '<soap:Envelope xmlns="urn:default"'),
      hashed: (text) => text.replace(bodyTag({ soap: SOAP, wsu: WSU }), bodyTag({ soap: SOAP, wsu: WSU, ...XSI })),
    },
  ],
  [
    'inclusive-labelled-exclusive',
    'inclusive digest under an exclusive label',
    {
      declarations: { ...XSI, zz: 'urn:zz' },
      hashed: (text) =>
        text.replace(bodyTag({ soap: SOAP, wsu: WSU }), bodyTag({ soap: SOAP, wsu: WSU, ...XSI, zz: 'urn:zz' })),
    },
  ],
  [
    'missing-c14n-transform',
    'no Transform, exclusive digest',
    {
      declarations: { ...XSI, zz: 'urn:zz' },
      content: ORDER.replace(' xmlns:app="urn:app"', ''),
      transforms: '',
      hashed: (text) => text.replace('<app:Order', '<app:Order xmlns:app="urn:app"'),
      afterwards: (text) => text.replace('<soap:Envelope', '<soap:Envelope xmlns:app="urn:app"'),
    },
  ],
  ['comments-in-digest', 'comments kept', { content: at('<!--kept-->') }],
  [
    'inclusive-ancestor-ns-missing',
    'inclusive digest outside the document',
    { declarations: { ...XSI, zz: 'urn:zz' }, transform: INCLUSIVE },
  ],
  [
    'inclusive-ancestor-ns-added-later',
    'a namespace declared on the Envelope afterwards',
    {
      declarations: XSI,
      transform: INCLUSIVE,
      hashed: (text) => text.replace(bodyTag({ soap: SOAP, wsu: WSU }), bodyTag({ soap: SOAP, wsu: WSU, ...XSI })),
      afterwards: (text) => text.replace('<soap:Envelope', '<soap:Envelope xmlns:late="urn:late"'),
    },
  ],
  // Namespaces
  ['ns-decl-lost-on-extraction', 'cut out as a string', { hashed: (text) => text.replace(` xmlns:wsu="${WSU}"`, '') }],
  [
    'ns-decl-added-in-subtree',
    'an unused declaration inside, inclusive',
    {
      content: ORDER.replace('<app:item>', '<app:item xmlns:y="urn:y">'),
      transform: INCLUSIVE,
      afterwards: (text) => text.replace('<app:price>', '<app:price xmlns:x="urn:x">'),
    },
  ],
  [
    'inclusive-dup-ns-bug',
    'declarations repeated below',
    {
      hashed: (text) =>
        text.replace(
          '<app:Order xmlns:app="urn:app"',
          `<app:Order xmlns:app="urn:app" xmlns:soap="${SOAP}" xmlns:wsu="${WSU}"`,
        ),
    },
  ],
  [
    'xmlns-empty-spurious',
    'xmlns="" added',
    {
      content: '<Order xmlns="urn:app"><item>1</item></Order>',
      afterwards: (text) => text.replace('<item>', '<item xmlns="">'),
    },
  ],
  [
    'ns-prefix-rewritten',
    'soap renamed to S',
    { afterwards: (text) => text.replaceAll('soap:', 'S:').replaceAll('xmlns:soap', 'xmlns:S') },
  ],
  [
    'ns-prefix-rewritten',
    'app renamed to ns1',
    {
      content: ORDER.replaceAll('app:', 'ns1:')
        .replace('xmlns:app', 'xmlns:ns1')
        .replace('ns1="urn:ns1"', 'ns1="urn:app"'),
      afterwards: (text) => text.replaceAll('ns1:', 'q:').replaceAll('xmlns:ns1', 'xmlns:q'),
    },
  ],
  [
    'soap-version-or-content-type',
    'moved to SOAP 1.2',
    { afterwards: (text) => text.replaceAll(SOAP, 'http://www.w3.org/2003/05/soap-envelope') },
  ],
  // Characters
  [
    'utf8-read-as-latin1-or-ascii',
    'double-encoded after signing',
    { afterwards: inBody((body) => Buffer.from(body).toString('latin1')) },
  ],
  [
    'utf8-read-as-latin1-or-ascii',
    'hashed double-encoded',
    { hashed: (text) => Buffer.from(Buffer.from(text).toString('latin1')) },
  ],
  ['digest-over-declared-charset', 'hashed as UTF-16LE', { hashed: (text) => Buffer.from(text, 'utf16le') }],
  [
    'digest-over-declared-charset',
    'hashed as ISO-8859-1',
    { content: at('<app:l>é</app:l>', ORDER.replace('Zażółć', '')), hashed: (text) => Buffer.from(text, 'latin1') },
  ],
  ['unicode-normalised', 'decomposed', { afterwards: (text) => text.normalize('NFD') }],
  [
    'char-replaced-by-question-mark',
    'a letter lost',
    { content: ORDER.replace('Zażółć ', ''), afterwards: (text) => text.replace('é', '?') },
  ],
  ['entity-double-or-lost-amp', 'escaped twice', { afterwards: (text) => text.replace('&amp;', '&amp;amp;') }],
  [
    'entity-double-or-lost-amp',
    'escaped twice in an attribute',
    {
      content: ORDER.replace('number="7"', 'number="7 &lt;&quot;&amp;"'),
      afterwards: (text) => text.replace('&quot;&amp;"', '&quot;&amp;amp;"'),
    },
  ],
  [
    'entity-double-or-lost-amp',
    'a quote escaped twice in an attribute',
    {
      content: ORDER.replace('number="7"', 'number="&quot;7"'),
      afterwards: (text) => text.replace('&quot;7', '&amp;quot;7'),
    },
  ],
  [
    'unicode-normalised',
    'an attribute decomposed',
    {
      content: ORDER.replace('number="7"', 'number="caf\u00e9"'),
      afterwards: (text) => text.replace('caf\u00e9"', 'cafe\u0301"'),
    },
  ],
  ['entity-text-overescaped', 'quotes escaped in text', { hashed: (text) => text.replace('"two"', '&quot;two&quot;') }],
  ['cdata-mishandled', 'CDATA hashed literally', { content: at('<app:c><![CDATA[a < b]]></app:c>') }],
  [
    'attr-ws-normalisation',
    'a line feed in an attribute lost',
    { content: ORDER.replace('number="7"', 'number="7&#xA;8"'), afterwards: (text) => text.replace('&#xA;', ' ') },
  ],
  [
    'processing-instruction-inserted',
    'a PI inserted',
    { afterwards: (text) => text.replace('<app:price>', '<?hop one?><app:price>') },
  ],
  // Attributes and values
  [
    'id-added-after-digest',
    'hashed without its Id',
    { hashed: (text) => text.replace(` xmlns:wsu="${WSU}" wsu:Id="body"`, '') },
  ],
  [
    'id-value-or-name-mangled',
    'wsu:Id renamed',
    { afterwards: (text) => text.replace('soap:Body wsu:Id', 'soap:Body ID') },
  ],
  [
    'id-value-or-name-mangled',
    'wsu:Id taken away',
    { afterwards: (text) => text.replace('soap:Body wsu:Id="body"', 'soap:Body') },
  ],
  [
    'schema-default-or-xsi-added',
    'xsi:type added, the prefix of its value declared beside it, under inclusive canonicalization',
    {
      transform: INCLUSIVE,
      afterwards: (text) =>
        text.replace(
          '<app:price>',
          `<app:price xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:xsi="${XSI.xsi}" xsi:type="xs:decimal">`,
        ),
    },
  ],
  [
    'schema-default-or-xsi-added',
    'xsi:type added',
    {
      declarations: { ...XSI, xsd: 'http://www.w3.org/2001/XMLSchema' },
      afterwards: (text) => text.replace('<app:price>', '<app:price xsi:type="xsd:decimal">'),
    },
  ],
  ['value-lexical-rewrite', '.000Z to Z', { afterwards: (text) => text.replace('.000Z', 'Z') }],
  ['value-lexical-rewrite', '1.50 to 1.5', { afterwards: (text) => text.replace('1.50', '1.5') }],
  // Serialisation and hashing
  [
    'attr-order-not-sorted',
    'attributes in the order written',
    { content: ORDER.replace('number="7"', 'z="1" a="2"'), hashed: (text) => text },
  ],
  [
    'empty-elem-form',
    'empty elements in short form',
    { content: at('<app:e></app:e>'), hashed: (text) => text.replace('<app:e></app:e>', '<app:e/>') },
  ],
  [
    'digest-of-raw-serialisation',
    'the literal Body',
    { hashed: (text) => text.replace(` xmlns:soap="${SOAP}" xmlns:wsu="${WSU}"`, ''), content: at("<app:e a='1'/>") },
  ],
  ['bom-in-digest', 'BOM hashed', { hashed: (text) => `\ufeff${text}` }],
  [
    'xmldecl-in-digest',
    'XML declaration hashed',
    { hashed: (text) => `<?xml version="1.0" encoding="UTF-8"?>${text}` },
  ],
  [
    'digest-alg-label-mismatch',
    'SHA-1 under SHA-256',
    { digest: (octets) => createHash('sha1').update(octets).digest('base64') },
  ],
  [
    'digest-alg-label-mismatch',
    'SHA3-256 under SHA-256',
    { digest: (octets) => createHash('sha3-256').update(octets).digest('base64') },
  ],
  ['digest-double-hash', 'hash of hash', { digest: (octets) => sha256(createHash('sha256').update(octets).digest()) }],
  [
    'digest-double-hash',
    'hash of the hexadecimal text',
    { digest: (octets) => sha256(Buffer.from(createHash('sha256').update(octets).digest('hex'))) },
  ],
  ['digest-of-empty', 'nothing hashed', { hashed: () => '' }],
  ['digest-of-element-content', 'the children hashed', { hashed: () => ORDER }],
  [
    'wrong-element-referenced',
    'the Envelope’s Header block hashed',
    { blocks: '<app:H xmlns:app="urn:app">x</app:H>', hashed: () => '<app:H xmlns:app="urn:app">x</app:H>' },
  ],
];

/** Canonical forms that differ from the content as written: what the signer hashed must be the former. */
const HASHED: Readonly<Record<string, (text: string) => string>> = {
  'comments kept': (text) => text,
  'attributes in the order written': (text) => text,
};

describe('the cause of a wrong digest', () => {
  it.each(CASES)('%s: %s', async (code, name, wrong) => {
    const whole = HASHED[name] === undefined ? wrong : { ...wrong, hashed: HASHED[name] };
    const run = await diagnosed(message(whole));
    const found = proven(run).filter((finding) => finding.code === code);
    expect(
      found.length,
      run.trace.findings.map((finding) => `${finding.code} ${finding.confidence}`).join(', '),
    ).toBeGreaterThan(0);
    // The cause stands first, the mismatch that it explains below it.
    expect(run.trace.findings[0]!.confidence).toBe('proven');
    expect(run.trace.findings.some((finding) => finding.code === 'digest-mismatch-unproven')).toBe(false);
    const octets = signedOctets(run, found[0]!);
    if (octets !== null && !code.startsWith('digest-alg') && code !== 'digest-double-hash') {
      const declared = /<ds:DigestValue>([^<]*)</.exec(message(whole))![1];
      expect(sha256(octets)).toBe(declared);
    }
  });

  it('is proven for two changes at once', async () => {
    const run = await diagnosed(
      message({ content: ORDER.replace('One', 'Ő'), afterwards: inBody((body) => indent(body.normalize('NFD'))) }),
    );
    expect(proven(run).map((finding) => finding.code)).toEqual(
      expect.arrayContaining(['ws-pretty-print-after-sign', 'unicode-normalised']),
    );
  });

  it('is proven under inclusive canonicalization too, with an edit on top', async () => {
    const run = await diagnosed(
      message({
        declarations: { ...XSI, zz: 'urn:zz' },
        hashed: (text) =>
          text.replace(bodyTag({ soap: SOAP, wsu: WSU }), bodyTag({ soap: SOAP, wsu: WSU, ...XSI, zz: 'urn:zz' })),
        afterwards: inBody(indent),
      }),
    );
    expect(proven(run).map((finding) => finding.code)).toEqual(
      expect.arrayContaining(['ws-pretty-print-after-sign', 'inclusive-labelled-exclusive']),
    );
  });
});

describe('nothing is proven', () => {
  it('where the digest holds', async () => {
    const run = await diagnosed(message());
    expect(proven(run)).toEqual([]);
    expect(run.trace.steps.some((step) => step.kind === 'diagnosis')).toBe(false);
  });

  it.each([
    ['text changed', inBody((text) => text.replace('One', 'Ten'))],
    ['a digit changed', (text: string) => text.replace('1.50', '9.50')],
    ['an attribute changed', (text: string) => text.replace('number="7"', 'number="8"')],
    ['an element removed', (text: string) => text.replace(/<app:price>.*<\/app:price>/, '')],
    ['a namespace changed', (text: string) => text.replace('urn:app', 'urn:evil')],
  ])('where %s', async (_what, afterwards) => {
    const run = await diagnosed(message({ afterwards }));
    expect(proven(run)).toEqual([]);
    expect(run.trace.findings.map((finding) => finding.code)).toContain('digest-mismatch-unproven');
  });

  it('where an element was added, yet it is named', async () => {
    const run = await diagnosed(
      message({ afterwards: (text) => text.replace('</app:Order>', '<app:more>9</app:more></app:Order>') }),
    );
    expect(proven(run)).toEqual([]);
    const added = run.trace.findings.find((finding) => finding.code === 'stale-dom-signed');
    expect(added?.data['added']).toBe('app:more');
  });

  it('without the diagnosis', async () => {
    const { judgeMessage, keyFromPem } = await import('../judging.ts');
    const { pem, rsa } = await import('../../building/wrong-message.ts');
    const run = await judgeMessage(message({ afterwards: inBody(indent) }), { keys: await keyFromPem(pem(rsa), true) });
    expect(proven(run)).toEqual([]);
  });
});

it('gives the same trace twice', async () => {
  const text = message({ afterwards: inBody(indent) });
  const [one, two] = [await diagnosed(text), await diagnosed(text)];
  expect(one.trace).toEqual(two.trace);
});
