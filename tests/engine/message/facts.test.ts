/** Layout, endorsement and token protection, on messages that are built to keep or to break one rule each. */
import { describe, expect, it } from 'vitest';
import { judge } from '../../../src/engine/index.ts';
import { messageFacts, type MessageFacts } from '../../../src/engine/message/facts.ts';
import { attackRequest } from '../../building/attack.ts';
import { crypto } from '../judging.ts';
import {
  body,
  binaryToken,
  envelope,
  goodMessage,
  references,
  signer,
  tokenReference,
} from '../../building/good-message.ts';
import { signatureXml, withoutDeclaration } from '../../building/signature.ts';

async function factsOf(message: string): Promise<MessageFacts> {
  const judged = await judge(await attackRequest({ message: () => message }), { crypto });
  if (judged.message.kind !== 'read') throw new Error('the message was not read');
  const { view, tokens, signatures, decrypted, parsed } = judged.message;
  return messageFacts({ view, tokens: tokens.all, signatures, decrypted, attachments: parsed.attachments });
}

const good = goodMessage();
const inOrder = (...security: readonly string[]) => envelope({ body: good.body, security });

describe('layout', () => {
  const breaks = async (message: string) =>
    (await factsOf(message)).headers[0]?.breaks.map(({ rule, element }) => `${rule} ${element?.local}`);

  it('is strict where the token and what is signed come first', async () => {
    expect(await breaks(inOrder(good.token, good.timestamp, good.signature))).toEqual([]);
  });

  it('tells a token behind its signature, which signs it, too', async () => {
    expect(await breaks(inOrder(good.timestamp, good.signature, good.token))).toEqual([
      'token-after-use BinarySecurityToken',
      'signed-after-signature BinarySecurityToken',
    ]);
  });

  it('tells a signed Timestamp behind the signature', async () => {
    expect(await breaks(inOrder(good.token, good.signature, good.timestamp))).toEqual([
      'signed-after-signature Timestamp',
    ]);
  });

  it.each([
    ['first', [good.timestamp, good.token, good.signature]],
    ['last', [good.token, good.signature, good.timestamp]],
    ['between', [good.token, good.timestamp, good.signature]],
    ['absent', [good.token]],
    ['only', [good.timestamp]],
  ] as const)('the Timestamp stands %s', async (place, security) => {
    expect((await factsOf(inOrder(...security))).headers[0]?.timestamp).toBe(place);
  });
});

describe('signatures', () => {
  it('protect their token where they sign it', async () => {
    const [signature] = (await factsOf(inOrder(good.token, good.timestamp, good.signature))).signatures;
    expect(signature).toMatchObject({ sound: true, protectsToken: true, endorses: [], order: null });
    expect(signature?.key).toMatchObject({
      form: 'direct',
      how: 'bst-direct',
      kind: 'asymmetric',
      bits: 2048,
      token: 0,
    });
    expect(signature?.references.map(({ role }) => role)).toEqual(['Body', 'security', 'security']);
  });

  it('do not where they leave it out', async () => {
    const parts = { body: body('body'), timestamp: good.timestamp, token: binaryToken('bst') };
    const unprotected = goodMessage({ references: references(parts).slice(0, 2) });
    const facts = await factsOf(inOrder(unprotected.token, unprotected.timestamp, unprotected.signature));
    expect(facts.signatures[0]?.protectsToken).toBe(false);
    expect(facts.tokens.map(({ kind, signedBy, signs }) => [kind, signedBy, signs])).toEqual([
      ['BinarySecurityToken', [], [0]],
      ['Timestamp', [0], []],
    ]);
  });

  it('endorse the signature that they sign', async () => {
    const primary = signatureXml({
      references: [{ uri: '#body', octets: good.body }],
      signer,
      keyInfo: tokenReference('bst'),
      id: 'primary',
      // Canonical as it stands: what the endorsing signature is over.
      written: withoutDeclaration,
    });
    const endorsing = signatureXml({
      references: [{ uri: '#primary', octets: primary }],
      signer,
      keyInfo: tokenReference('bst'),
      id: 'endorsing',
    });
    const facts = await factsOf(inOrder(good.token, primary, endorsing));
    expect(facts.signatures.map(({ sound, endorses }) => [sound, endorses])).toEqual([
      [true, []],
      [true, [0]],
    ]);
    expect(facts.parts).toEqual([
      expect.objectContaining({ role: 'Body', signedBy: [0], encrypted: 'no', encryptedBy: [] }),
    ]);
  });
});
