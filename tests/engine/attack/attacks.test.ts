/** Attacks on the good message: what each does, that every one has words, and where one finds nothing to do. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { ATTACK_WORDS, UNFIT_WORDS } from '../../../src/content/attacks.ts';
import { ATTACK_NAMES, attackMessage } from '../../../src/engine/attack/attacks.ts';
import { encodeUtf8 } from '../../../src/engine/bytes/utf8.ts';
import { judgeAttack } from '../../building/attack.ts';
import { XSI } from '../../../src/engine/xml/namespaces.ts';
import { addressing, envelope, goodEnvelope, goodMessage, references } from '../../building/good-message.ts';
import { SOAP, WSU } from '../../building/names.ts';

const ROWS = readFileSync(new URL('../../../docs/attacks.md', import.meta.url), 'utf8');
const good = encodeUtf8(goodEnvelope());

function attacked(name: (typeof ATTACK_NAMES)[number], seed = 0) {
  const made = attackMessage(good, name, seed);
  if (!made.applies) throw new Error(`${name}: ${made.reason}`);
  return made;
}

it('every attack has words, a row and headlines', () => {
  expect(Object.keys(ATTACK_WORDS)).toEqual([...ATTACK_NAMES]);
  for (const name of ATTACK_NAMES) {
    expect(ATTACK_WORDS[name].did, name).toMatch(/\.$/);
    const made = attackMessage(good, name, 0);
    if (made.applies) expect(ROWS, name).toContain(`| ${made.row} |`);
    else expect(UNFIT_WORDS[made.reason], name).toMatch(/\.$/);
  }
});

describe('on the good message', () => {
  it.each([
    ['body-into-header', 'wrapped'],
    ['body-into-object', 'wrapped'],
    ['body-with-same-id', 'refused'],
    ['id-in-another-attribute', 'refused'],
    ['second-body-before', 'wrapped'],
    ['timestamp-twice', 'refused'],
    ['signatures-removed', 'valid-partial'],
    ['reference-to-nothing', 'invalid'],
    ['second-signed-info', 'malformed'],
    ['text-changed', 'invalid'],
    ['comment-in-text', 'valid-weak'],
    ['cdata-in-text', 'valid'],
    ['doctype-with-defaults', 'refused'],
    ['broken-utf-8', 'malformed'],
    ['username-added', 'incomplete'],
    ['confirmation-added', 'valid-partial'],
    ['root-around', 'incomplete'],
    ['header-nested-deep', 'limit'],
  ] as const)('%s comes to %s', async (name, headline) => {
    const { octets, right } = attacked(name);
    const { trace } = await judgeAttack({ message: () => octets });
    expect(trace.verdict.headline).toBe(headline);
    expect(right).toContain(headline);
  });
});

describe('on messages that few send', () => {
  it('a signed addressing header is replaced', async () => {
    const to = addressing('To', 'to', 'urn:receiver');
    const parts = goodMessage();
    const { signature } = goodMessage({ references: [...references(parts), { uri: '#to', octets: to }] });
    const message = envelope({
      body: parts.body,
      security: [parts.token, parts.timestamp, signature],
      afterSecurity: to,
    });
    const made = attackMessage(encodeUtf8(message), 'addressing-replaced', 0);
    expect(made.applies && new TextDecoder().decode(made.octets)).toContain('>urn:forged</wsa:To>');
    const { trace } = await judgeAttack({ message: () => (made.applies ? made.octets : '') });
    expect(trace.verdict.headline).toBe('wrapped');
  });

  it('a prefix of an xsi:type is bound anew', async () => {
    const body =
      `<soap:Body xmlns:soap="${SOAP}" xmlns:wsu="${WSU}" wsu:Id="body"><app:a xmlns:app="urn:app" ` +
      `xmlns:xsi="${XSI}" xsi:type="t:b">x</app:a></soap:Body>`;
    const message = goodEnvelope({ body }).replace('<soap:Envelope ', '<soap:Envelope xmlns:t="urn:t" ');
    const made = attackMessage(encodeUtf8(message), 'type-prefix-rebound', 0);
    expect(made.applies && new TextDecoder().decode(made.octets)).toContain('xmlns:t="urn:forged"');
    const { trace } = await judgeAttack({ message: () => (made.applies ? made.octets : '') });
    expect(trace.verdict.headline).toBe('valid-weak');
  });
});

it('the seed picks the place', () => {
  const texts = [0, 1].map((seed) => new TextDecoder().decode(attacked('text-changed', seed).octets));
  expect(texts[0]).toContain('<app:to>forged</app:to>');
  expect(texts[1]).toContain('<app:amount>forged</app:amount>');
});

describe('where there is nothing to work on', () => {
  it.each([
    ['<a/>', 'body-into-header', 'no-signed-body'],
    ['<a/>', 'root-around', 'not-soap'],
    ['<a', 'text-changed', 'not-well-formed'],
    [goodEnvelope(), 'vector-bit-flipped', 'no-cbc'],
    [goodEnvelope(), 'boundary-twice', 'no-parts'],
    [Buffer.from(goodEnvelope()).toString('base64'), 'text-changed', 'encoded'],
  ] as const)('%.20s: %s', (text, name, reason) => {
    expect(attackMessage(encodeUtf8(text), name, 0)).toEqual({ applies: false, reason });
  });
});
