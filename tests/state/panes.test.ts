/**
 * The panes of a judged message: what is signed is marked in all three, and the decoded one holds what the application
 * sees.
 */
import { webcrypto } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import { loadSample, SAMPLES } from '../../src/content/samples/index.ts';
import { Budget } from '../../src/engine/bytes/budget.ts';
import { createCryptoProvider } from '../../src/engine/crypto/provider-web.ts';
import { judge } from '../../src/engine/index.ts';
import type { Trace } from '../../src/engine/trace/trace.ts';
import { parseXml } from '../../src/engine/xml/parse.ts';
import { decodedPane } from '../../src/state/panes/decoded.ts';
import { decodeOctets } from '../../src/engine/bytes/octet-text.ts';
import { lineColumn, lineStarts } from '../../src/engine/bytes/text-lines.ts';
import { originalPane } from '../../src/state/panes/original.ts';
import { elementPathAt } from '../../src/state/panes/position.ts';
import { protections } from '../../src/state/panes/protection.ts';
import { securedPane } from '../../src/state/panes/secured.ts';
import { inMessage } from '../../src/state/run.ts';
import { stagesOf } from '../../src/state/stages.ts';
import { KeyBox } from '../../src/worker/inside/key-box.ts';
import { OWN_KEYS } from '../../src/worker/page/protocol.ts';
import { decryptedOutline } from '../../src/worker/inside/decrypted-outline.ts';
import { outlineOf } from '../../src/worker/inside/outline.ts';

async function judged(id: string) {
  const loaded = await loadSample(SAMPLES.find((sample) => sample.id === id)!);
  const box = new KeyBox();
  for (const [index, key] of loaded.keys.entries()) await box.add({ id: `s${index}`, set: OWN_KEYS, ...key });
  const { octets } = loaded.message;
  const run = await judge(
    {
      octets,
      keys: box.entries([OWN_KEYS]),
      crls: box.crls([OWN_KEYS]),
      users: loaded.users,
      at: loaded.at,
      skewSeconds: 60,
      ttlSeconds: null,
      request: null,
      attachments: new Map(),
      receiverActor: null,
      idAttributes: [],
    },
    { crypto: createCryptoProvider(webcrypto.subtle) },
  );
  const { trace } = run;
  const outline = outlineOf(parseXml(octets, { budget: new Budget() }).document);
  return {
    octets,
    trace,
    outline,
    opened: decryptedOutline(run),
    message: { id: 1, octets, name: 'm.xml', origin: 'sample' as const, sample: id },
    found: protections(trace, (finding) => finding.code),
  };
}

function sliced(octets: Uint8Array, start: number, end: number): string {
  return decodeOctets(octets.subarray(start, end), 'UTF-8').text;
}

describe('panes', () => {
  let sound: Awaited<ReturnType<typeof judged>>;
  let wrapped: Awaited<ReturnType<typeof judged>>;
  beforeAll(async () => {
    sound = await judged('signed');
    wrapped = await judged('wrapped');
  });

  it('mark the signed elements of the original, to the character', () => {
    const pane = originalPane(sound.message, decodeOctets(sound.octets), sound.trace, sound.outline, sound.found);
    const signed = pane.marks
      .filter((mark) => mark.meaning === 'signed')
      .map((mark) => pane.text.slice(mark.start, mark.end));
    expect(signed).toHaveLength(2);
    expect(signed.some((text) => /^<\w+:Body[\s>]/.test(text) && /<\/\w+:Body>$/.test(text))).toBe(true);
    expect(signed.some((text) => /^<wsu:Timestamp[\s>]/.test(text) && text.endsWith('</wsu:Timestamp>'))).toBe(true);
  });

  it('say in the secured outline what protects what, each line leading to its octets', () => {
    const pane = securedPane(sound.outline, sound.trace, sound.found);
    const at = pane.text.indexOf('<soap:Body');
    expect(sliced(sound.octets, pane.map.octetAt(at), pane.map.octetAt(at) + 10)).toBe('<soap:Body');
    expect(pane.notes.some((note) => note.tone === 'pass' && /octets/.test(note.text))).toBe(true);
    expect(pane.notes.some((note) => /SHA-256 =/.test(note.text))).toBe(true);
    expect(pane.text).not.toMatch(/[A-Za-z0-9+/]{100}/);
  });

  it('give the decoded pane the Body that a receiver reads, not the one that was signed', () => {
    const pane = decodedPane(wrapped.outline, wrapped.trace, wrapped.found);
    expect(pane.text).toContain('6666666666666666');
    expect(pane.text).not.toContain('4111111111111111');
    expect(pane.marks.filter((mark) => mark.meaning === 'signed')).toEqual([]);
  });

  it('show what was decrypted in its place, marked, every line leading to its ciphertext and back', async () => {
    const { opened, trace, found, outline, octets } = await judged('encrypted');
    expect(decodedPane(outline, trace, found).text).toContain('CipherValue');
    const pane = decodedPane(opened, trace, found);
    expect(pane.text).not.toContain('CipherValue');
    expect(pane.text).toMatch(/<Item qty="2">Widget<\/Item>/);
    expect(pane.aside).toBe('1 part decrypted');
    const fills = pane.marks.filter((mark) => mark.form === 'fill' && mark.meaning === 'encrypted');
    expect(fills.map((mark) => pane.text.slice(mark.start, mark.end)).join('')).toContain(
      '<Card>4111111111111111</Card>',
    );
    expect(fills.every((mark) => mark.step === trace.encrypted[0]!.step)).toBe(true);
    const { target } = trace.encrypted[0]!;
    const inside = pane.text.indexOf('Widget');
    expect(pane.map.octetAt(inside)).toBe(target.start);
    expect(sliced(octets, target.start, target.start + 19)).toBe('<xenc:EncryptedData');
    const from = pane.map.textAt(target.start);
    const to = pane.map.textAt(target.end - 1) + 1;
    expect(pane.text.slice(from, to)).toMatch(/^<Order>[\s\S]*<\/Order>$/);
    expect(pane.map.shows?.(0, 10)).toBe(false);
  });

  it('mean the ciphertext where a range of the plaintext is selected', async () => {
    const { trace } = await judged('encrypted');
    const part = trace.encrypted[0]!;
    expect(inMessage(trace, { space: part.space!, start: 3, end: 9 })).toEqual({
      space: 'input',
      start: part.target.start,
      end: part.target.end,
    });
  });

  it('find line, column and element of an octet', () => {
    const { text, map } = decodeOctets(sound.octets);
    const octet = new TextEncoder().encode(text.slice(0, text.indexOf('</soap:Body>') + 3)).length;
    expect(elementPathAt(sound.outline, octet)).toBe('/soap:Envelope/soap:Body');
    const lines = text.slice(0, map.textAt(octet)).split('\n');
    expect(lineColumn(lineStarts(text), map.textAt(octet))).toEqual({
      line: lines.length,
      column: lines.at(-1)!.length + 1,
    });
  });

  it('lead from a reference to its stages, the octets hashed last', () => {
    const trace: Trace = sound.trace;
    const reference = trace.signatures[0]!.references[0]!;
    const stages = stagesOf(trace, reference.step);
    expect(stages[0]).toMatchObject({ label: 'Original', space: 'input' });
    expect(stages.at(-1)!.space).toBe(reference.space);
    expect(stages.at(-1)!.end).toBe(reference.octets);
  });
});
