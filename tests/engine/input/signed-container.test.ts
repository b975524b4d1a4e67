/**
 * ASiC containers and signed marks: made by fflate and Node, opened to their signatures, and refused in two readings.
 */
import { createPrivateKey, generateKeyPairSync } from 'node:crypto';
import { zipSync, type Zippable } from 'fflate';
import { describe, expect, it } from 'vitest';
import { Budget, DEFAULT_LIMITS } from '../../../src/engine/bytes/budget.ts';
import { inputRanges } from '../../../src/engine/input/input-ranges.ts';
import { openersFor, openInput } from '../../../src/engine/input/open-input.ts';
import { rsaSigner, signatureXml, withoutDeclaration } from '../../building/signature.ts';
import { codes, judgeMessage, keyFromPem } from '../judging.ts';

const pair = generateKeyPairSync('rsa', { modulusLength: 2048 });
const pem = pair.publicKey.export({ type: 'spki', format: 'pem' }) as string;
const keys = await keyFromPem(pem, true);
const opener = await openersFor(Uint8Array.of(0x50, 0x4b, 3, 4));
const openArchive = (octets: Uint8Array, budget = new Budget()) => openInput(octets, budget, opener);
const encode = (text: string) => new TextEncoder().encode(text);

const FILES = { 'Test document.txt': 'signed text', 'folder/b.bin': 'more' };

/** A signature over files, in the element that ASiC has for it. */
function signatures(uris: Readonly<Record<string, string>>): string {
  const signature = signatureXml({
    id: 'S1',
    signer: rsaSigner(createPrivateKey(pair.privateKey.export({ type: 'pkcs8', format: 'pem' }) as string)),
    keyInfo: '',
    references: Object.entries(uris).map(([uri, octets]) => ({ uri, octets, transforms: [] })),
    written: withoutDeclaration,
  });
  return `<asic:XAdESSignatures xmlns:asic="http://uri.etsi.org/02918/v1.2.1#">${signature}</asic:XAdESSignatures>`;
}

const SIGNED = signatures({ 'Test%20document.txt': FILES['Test document.txt'], 'folder/b.bin': FILES['folder/b.bin'] });

function container(files: Readonly<Record<string, string>>, level: 0 | 6 = 6): Uint8Array {
  const all: Zippable = { mimetype: [encode('application/vnd.etsi.asic-e+zip'), { level: 0 }] };
  for (const [name, text] of Object.entries(files)) all[name] = [encode(text), { level }];
  return zipSync(all);
}

const asic = (more: Readonly<Record<string, string>> = {}, level: 0 | 6 = 6) =>
  container({ ...FILES, 'META-INF/signatures0.xml': SIGNED, 'META-INF/manifest.xml': '<m/>', ...more }, level);

describe('a container of signatures', () => {
  it.each([0, 6] as const)('is opened to its signature, with its files as references; level %i', async (level) => {
    const run = await judgeMessage(asic({}, level), { keys });
    expect(run.trace.verdict.headline).toBe('valid');
    expect(run.trace.signatures[0]?.references.map(({ digest }) => digest)).toEqual(['pass', 'pass']);
    const told = run.trace.findings.find(({ code }) => code === 'container-opened');
    expect(told?.data).toEqual({ entry: 'META-INF/signatures0.xml', others: [], files: 2 });
    expect(run.trace.input.wrapping).toBe('zip');
  });

  it.each(['/Test%20document.txt', './Test%20document.txt', 'Test document.txt'])(
    'takes %s for a path',
    async (uri) => {
      const signed = signatures({ [uri]: FILES['Test document.txt'], 'folder/b.bin': FILES['folder/b.bin'] });
      const run = await judgeMessage(asic({ 'META-INF/signatures0.xml': signed }), { keys });
      expect(run.trace.verdict.headline).toBe('valid');
    },
  );

  it.each(['META-INF/edoc-signatures-S1.xml', 'META-INF/signatures.xml', 'META-INF/documentsignatures.xml'])(
    'has its signature in %s',
    async (name) => {
      const run = await judgeMessage(container({ ...FILES, [name]: SIGNED }), { keys });
      expect(run.trace.verdict.headline).toBe('valid');
    },
  );

  it('tells places in the entry', () => {
    for (const level of [0, 6] as const) {
      const input = asic({}, level);
      const opened = openArchive(input);
      const range = inputRanges(opened.segments)(0, opened.octets.length);
      const name = Buffer.from(input).indexOf('META-INF/signatures0.xml');
      expect(range.start).toBe(name + 'META-INF/signatures0.xml'.length);
      expect(range.end).toBeLessThan(Buffer.from(input).indexOf('META-INF/manifest.xml'));
      expect(new TextDecoder().decode(opened.octets)).toBe(SIGNED);
    }
  });

  it('may come behind the header of an HTTP request', async () => {
    const http = Buffer.concat([Buffer.from('POST / HTTP/1.1\r\nContent-Type: application/zip\r\n\r\n'), asic()]);
    const run = await judgeMessage(Uint8Array.from(http), { keys });
    expect(run.trace.verdict.headline).toBe('valid');
    expect(run.trace.input.wrapping).toBe('http+zip');
  });

  it('is not signed where a file was added', async () => {
    const run = await judgeMessage(asic({ 'added.txt': 'x' }), { keys });
    expect(run.trace.verdict.headline).toBe('valid-partial');
    expect(run.trace.findings[0]).toMatchObject({ code: 'container-file-not-signed', data: { file: 'added.txt' } });
  });

  it('says which of several signatures was judged', async () => {
    const run = await judgeMessage(asic({ 'META-INF/signatures1.xml': '<none/>' }), { keys });
    const told = run.trace.findings.find(({ code }) => code === 'container-opened');
    expect(told?.data['others']).toEqual(['META-INF/signatures1.xml']);
  });

  it('is wrong where a file is', async () => {
    const run = await judgeMessage(asic({ 'folder/b.bin': 'changed' }), { keys });
    expect(run.trace.verdict.headline).toBe('invalid');
  });

  it('without XML signatures has none to judge', async () => {
    const run = await judgeMessage(container({ ...FILES, 'META-INF/signature.p7s': 'x' }), { keys });
    expect(run.trace.verdict.headline).toBe('malformed');
    expect(run.trace.findings[0]).toMatchObject({
      code: 'container-without-signatures',
      data: { found: ['META-INF/signature.p7s'] },
    });
  });
});

/** Octets of an archive changed in place: `from` and `to` have one length. */
function patched(octets: Uint8Array, from: string, to: string, which: 'all' | 'first' | 'last'): Uint8Array {
  const out = Buffer.from(octets);
  const places: number[] = [];
  for (let at = out.indexOf(from); at >= 0; at = out.indexOf(from, at + 1)) places.push(at);
  const chosen = which === 'all' ? places : which === 'first' ? places.slice(0, 1) : places.slice(-1);
  for (const at of chosen) out.write(to, at);
  return Uint8Array.from(out);
}

describe('an archive that has two readings', () => {
  const base = asic({ 'folder/c.bin': 'evil' });
  /** Without the last record of the directory. */
  const unlisted = (): Uint8Array => {
    const out = Buffer.from(base);
    const end = out.length - 22;
    const start = out.readUInt32LE(end + 16);
    let last = start;
    for (let at = start; at < end; at += 46 + out.readUInt16LE(at + 28) + out.readUInt16LE(at + 30)) last = at;
    const tail = Buffer.from(out.subarray(end));
    tail.writeUInt16LE(tail.readUInt16LE(8) - 1, 8);
    tail.writeUInt16LE(tail.readUInt16LE(10) - 1, 10);
    tail.writeUInt32LE(last - start, 12);
    return Uint8Array.from(Buffer.concat([out.subarray(0, last), tail]));
  };
  const doubled = (): Uint8Array => {
    // A second end record stands in the comment of the first.
    const out = Buffer.from(base);
    const end = Buffer.from(out.subarray(-22));
    out.writeUInt16LE(22, out.length - 2);
    return Uint8Array.from(Buffer.concat([out, end]));
  };

  it.each([
    ['name-twice', patched(base, 'folder/c.bin', 'folder/b.bin', 'all')],
    ['name-twice', patched(base, 'folder/c.bin', 'folder\\b.bin', 'all')],
    ['headers-differ', patched(base, 'folder/c.bin', 'folder/d.bin', 'first')],
    ['headers-differ', patched(base, 'folder/c.bin', 'folder/d.bin', 'last')],
    ['unlisted-entry', unlisted()],
    ['directory-twice', doubled()],
  ])('is refused: %s', async (reason, octets) => {
    const run = await judgeMessage(octets, { keys });
    expect(run.trace.verdict.headline).toBe('refused');
    expect(run.trace.findings[0]).toMatchObject({ code: 'container-ambiguous', data: { reason } });
  });
});

describe('a damaged or hostile archive', () => {
  it.each([
    ['cut', (octets: Uint8Array) => octets.slice(0, -30)],
    ['cut', (octets: Uint8Array) => octets.slice(0, 60)],
    ['cut', (octets: Uint8Array) => Uint8Array.from([...octets.slice(0, 40), ...octets.slice(44)])],
  ])('is malformed: %s', async (_reason, damage) => {
    const run = await judgeMessage(damage(asic()), { keys });
    expect(['malformed', 'refused']).toContain(run.trace.verdict.headline);
    expect(codes(run)[0]).toMatch(/^container-/);
  });

  it('leaves a file out that does not unpack', async () => {
    const run = await judgeMessage(patched(asic({}, 0), 'signed text', 'signed texT', 'first'), { keys });
    expect(run.trace.verdict.headline).toBe('incomplete');
    const told = run.trace.findings.find(({ code }) => code === 'container-file-unreadable');
    expect(told?.data).toEqual({ entry: 'Test document.txt', reason: 'checksum-differs' });
  });

  it('is not unpacked past the bound', async () => {
    const bomb = asic({ 'zeros.bin': '\0'.repeat(3_000_000) });
    expect(bomb.length).toBeLessThan(10_000);
    const budget = () => new Budget({ ...DEFAULT_LIMITS, inputOctets: 1_000_000 });
    expect(() => openArchive(bomb, budget())).toThrow(expect.objectContaining({ bound: 'inputOctets' }));
    // One that states less is cut off there.
    const out = Buffer.from(bomb);
    for (
      let at = out.indexOf('zeros.bin'), first = true;
      at >= 0;
      at = out.indexOf('zeros.bin', at + 1), first = false
    ) {
      out.writeUInt32LE(100, first ? at - 8 : at - 22);
    }
    const { problems } = openArchive(Uint8Array.from(out), budget());
    expect(problems.map(({ code }) => code)).toContain('container-file-unreadable');
    const many = asic(Object.fromEntries(Array.from({ length: 2000 }, (_, index) => [`f${index}`, ''])));
    expect(() => openArchive(many)).toThrow(expect.objectContaining({ bound: 'mimeParts' }));
  });
});

describe('a signed mark', () => {
  it('is opened between its lines (RFC 7848)', async () => {
    const signed = `<doc><a Id="a">x</a>${signatureXml({
      signer: rsaSigner(pair.privateKey),
      keyInfo: '',
      references: [{ uri: '#a', octets: '<a Id="a">x</a>' }],
      written: withoutDeclaration,
    })}</doc>`;
    const lines = Buffer.from(signed).toString('base64').replace(/.{64}/g, '$&\n');
    const mark =
      `Marks: Test &\nsmdID: 1-2\nU-labels: test-and\nnotBefore: 2026-01-01\n` +
      `-----BEGIN ENCODED SMD-----\n${lines}\n-----END ENCODED SMD-----\n`;
    const run = await judgeMessage(mark, { keys });
    expect(run.trace.input.wrapping).toBe('signed-mark');
    expect(run.trace.signatures).toMatchObject([{ value: 'pass', references: [{ digest: 'pass' }] }]);
    const opened = openInput(encode(mark), new Budget());
    const { start, end } = inputRanges(opened.segments)(0, opened.octets.length);
    expect(mark.slice(start, end)).toBe(lines.replace(/=+$/, ''));
  });
});
