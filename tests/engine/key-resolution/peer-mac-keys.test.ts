/**
 * Secrets resolved for the MACs of live stacks really verify them: derived keys, contexts, session keys, shared
 * secrets. Node's crypto is the oracle.
 */
import { constants, createHmac, createPrivateKey, privateDecrypt } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { canonicalize } from '../../../src/engine/canonicalization/canonicalize.ts';
import { parseCanonicalizationMethod } from '../../../src/engine/canonicalization/parse-canonicalization-method.ts';
import { resolveKeyInfo } from '../../../src/engine/key-resolution/resolve-key-info.ts';
import type { KeyResolutionContext } from '../../../src/engine/key-resolution/key-resolution-types.ts';
import { readEncryptedKey } from '../../../src/engine/tokens/encrypted-key.ts';
import {
  attributeValue,
  childElementsNamed,
  descendantElementsNamed,
  firstChildElement,
  textContent,
} from '../../../src/engine/xml/navigate.ts';
import { entryKeys, openPeerMessage, peerEntries } from './peer-corpus.ts';

const DS = 'http://www.w3.org/2000/09/xmldsig#';
const XENC = 'http://www.w3.org/2001/04/xmlenc#';
const HASHES: Readonly<Record<string, string>> = {
  'hmac-sha1': 'sha1',
  'hmac-sha224': 'sha224',
  'hmac-sha256': 'sha256',
  'hmac-sha384': 'sha384',
  'hmac-sha512': 'sha512',
};
const entries = peerEntries();

/** Session keys opened with OpenSSL. */
function openSessionKeys(context: KeyResolutionContext, stems: readonly string[]): Map<number, Uint8Array> {
  const secrets = new Map<number, Uint8Array>();
  for (const node of descendantElementsNamed(context.document, 0, XENC, 'EncryptedKey')) {
    const { cipher, method } = readEncryptedKey(context.document, node, context.crypto);
    for (const stem of stems) {
      const key = createPrivateKey(readFileSync(`../shared/peer-corpus/keys/${stem}.pkcs8.pem`));
      const padding = method?.endsWith('rsa-1_5') ? constants.RSA_PKCS1_PADDING : constants.RSA_PKCS1_OAEP_PADDING;
      try {
        secrets.set(node, privateDecrypt({ key, padding, oaepHash: 'sha1' }, cipher ?? new Uint8Array(0)));
      } catch {
        /* another recipient's */
      }
    }
  }
  return secrets;
}

test.skipIf(entries === null)('secrets for MACs verify', async () => {
  const wrong: string[] = [];
  const forms = new Map<string, number>();
  for (const entry of entries ?? []) {
    if (entry.fault !== null || entry.expect.verifies !== true) continue;
    const opened = openPeerMessage(entry, entryKeys(entry));
    const stems = entry.keys.filter((key) => key.startsWith('private:')).map((key) => key.slice(8));
    const context = { ...opened.context, encryptedKeySecrets: openSessionKeys(opened.context, stems) };
    const { document, budget } = context;
    for (const signature of descendantElementsNamed(document, 0, DS, 'Signature')) {
      const signedInfo = firstChildElement(document, signature, DS, 'SignedInfo');
      const method = firstChildElement(document, signedInfo, DS, 'SignatureMethod');
      const hash = HASHES[(attributeValue(document, method, '', 'Algorithm') ?? '').split('#')[1] ?? ''];
      if (hash === undefined) continue;
      const result = await resolveKeyInfo(
        childElementsNamed(document, signature, DS, 'KeyInfo')[0] ?? null,
        'mac',
        context,
        opened.recorder.step('signature'),
      );
      const reading = parseCanonicalizationMethod(
        document,
        firstChildElement(document, signedInfo, DS, 'CanonicalizationMethod'),
      );
      if (!('method' in reading) || !reading.method) throw new Error(`${entry.id}: canonicalization`);
      const { octets } = canonicalize(
        { type: 'subtree', document, apex: signedInfo, comments: false, excluded: [] },
        reading.method,
        budget,
      );
      const stated = textContent(document, firstChildElement(document, signature, DS, 'SignatureValue')).replace(
        /\s+/g,
        '',
      );
      const good = result.keys.find(
        (key) => key.secret !== null && createHmac(hash, key.secret).update(octets).digest('base64') === stated,
      );
      if (good) forms.set(good.how, (forms.get(good.how) ?? 0) + 1);
      else {
        wrong.push(
          `${entry.id} ${entry.peer}: ` +
            (result.keys.map((key) => `${key.how}/${key.secret?.length}`).join(' ') || JSON.stringify(result.missing)),
        );
      }
    }
  }
  console.log(Object.fromEntries(forms));
  expect(wrong).toEqual([]);
  for (const form of ['derived-key', 'username-token', 'encrypted-key', 'encrypted-key-sha1', 'key-name']) {
    expect(forms.get(form) ?? 0, form).toBeGreaterThan(0);
  }
});
