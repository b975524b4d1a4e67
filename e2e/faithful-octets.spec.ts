/**
 * Every file is judged on its own octets, whatever the editor makes of line ends, marks and encodings; an edit keeps
 * all other octets.
 */
import { createHash } from 'node:crypto';
import type { Headline } from '../src/engine/trace/trace.ts';
import { expect, fixture, SIGNED, test, type GivenFile } from './workbench.ts';

const sha256 = (octets: Uint8Array) => createHash('sha256').update(octets).digest('hex');

/** The little-endian file with each pair of octets exchanged, byte order mark and all. */
function bigEndian({ octets }: GivenFile): GivenFile {
  return { name: 'utf-16be.xml', octets: new Uint8Array(Buffer.from(octets).swap16()) };
}

interface Case {
  readonly what: string;
  readonly file: GivenFile;
  readonly headline: Headline;
  readonly summary: readonly string[];
  /** The octets of `text` in this file. */
  readonly encode: (text: string) => Buffer;
}

const utf8 = (text: string) => Buffer.from(text, 'utf8');
const utf16le = (text: string) => Buffer.from(text, 'utf16le');

const CASES: readonly Case[] = [
  {
    what: 'mixed line ends',
    file: fixture('mixed-line-ends.xml'),
    headline: 'valid',
    summary: ['mixed line ends'],
    encode: utf8,
  },
  {
    what: 'a byte order mark',
    file: fixture('byte-order-mark.xml'),
    headline: 'valid-partial',
    summary: ['UTF-8 with BOM'],
    encode: utf8,
  },
  {
    what: 'a carriage return as &#13;',
    file: fixture('carriage-return-reference.xml'),
    headline: 'valid',
    summary: ['UTF-8'],
    encode: utf8,
  },
  {
    what: 'UTF-16, little end first',
    file: fixture('utf-16le.xml'),
    headline: 'valid',
    summary: ['UTF-16LE with BOM'],
    encode: utf16le,
  },
  {
    what: 'UTF-16, big end first',
    file: bigEndian(fixture('utf-16le.xml')),
    headline: 'valid',
    summary: ['UTF-16BE with BOM'],
    encode: (text) => utf16le(text).swap16(),
  },
  {
    what: 'ISO-8859-1',
    file: fixture('iso-8859-1.xml'),
    headline: 'valid',
    summary: ['ISO-8859-1'],
    encode: (text) => Buffer.from(text, 'latin1'),
  },
];

for (const { what, file, headline, summary, encode } of CASES) {
  test(`a file with ${what} is judged on its own octets, and an edit keeps all others`, async ({ page, workbench }) => {
    await workbench.open();
    await workbench.drop([file, fixture('client.crt.pem'), SIGNED.trust]);
    await workbench.trustFile('trust.pem');
    await workbench.setClock('2026-11-22T06:53:27');
    await workbench.expectHeadline(headline);
    for (const words of summary) await expect(workbench.pane('original').locator('.pane-summary')).toContainText(words);
    const before = await workbench.exportedTrace();
    expect(before.input.sha256).toBe(sha256(file.octets));
    expect(before.spaces.find((space) => space.id === 'input')?.sha256).toBe(sha256(file.octets));
    expect(before.input.size).toBe(file.octets.length);

    // One character of a text that stands once: every other octet must be what it was.
    const original = Buffer.from(file.octets);
    const wanted = encode('urn:example:app');
    const at = original.indexOf(wanted);
    expect(at).toBeGreaterThan(0);
    await workbench.selectText('urn:example:app');
    await page.keyboard.press('ArrowRight');
    await page.keyboard.type('Z');
    await expect(workbench.pane('original').locator('.pane-summary')).toContainText('edited here');
    await expect(workbench.verdict).toHaveAttribute('data-headline');
    const edited = Buffer.concat([
      original.subarray(0, at + wanted.length),
      encode('Z'),
      original.subarray(at + wanted.length),
    ]);
    const after = await workbench.exportedTrace();
    expect(after.input.size).toBe(edited.length);
    expect(after.input.sha256).toBe(sha256(edited));
    await page.keyboard.press('ControlOrMeta+Z');
  });
}

test('undoing the edit gives back the very octets that arrived', async ({ page, workbench }) => {
  const file = fixture('mixed-line-ends.xml');
  await workbench.open();
  await workbench.drop([file, fixture('client.crt.pem')]);
  await workbench.expectHeadline('valid-untrusted');
  await workbench.selectText('urn:example:app');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Enter');
  await expect(workbench.pane('original').locator('.pane-summary')).toContainText('edited here');
  await page.keyboard.press('ControlOrMeta+Z');
  await expect.poll(async () => (await workbench.verdict.getAttribute('data-headline')) ?? '').toBe('valid-untrusted');
  expect((await workbench.exportedTrace()).input.sha256).toBe(sha256(file.octets));
});
