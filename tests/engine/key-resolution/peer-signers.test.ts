/** Every signature of a live stack resolves to the certificate or secret that its stack was told to sign with. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { resolveKeyInfo } from '../../../src/engine/key-resolution/resolve-key-info.ts';
import {
  childElementsNamed,
  descendantElementsNamed,
  firstChildElement,
  attributeValue,
} from '../../../src/engine/xml/navigate.ts';
import { certificateEntry, entryKeys, openPeerMessage, peerEntries } from './peer-corpus.ts';

const DS = 'http://www.w3.org/2000/09/xmldsig#';
const entries = peerEntries();

/** Certificates that stand beside the right one so that picking is no accident. */
const DECOYS = [
  'client-rsa2048',
  'client-rsa3072',
  'client-rsa4096',
  'client-ec256',
  'client-ec384',
  'client-ec521',
  'client-dsa2048',
  'other-rsa2048',
  'odd-rsa2048',
  'chain-rsa2048',
  'server-rsa2048',
  'server-rsa3072',
  'noski-rsa2048',
];

test.skipIf(entries === null)('signatures of live stacks resolve to their signer', async () => {
  const wrong: string[] = [];
  let checked = 0;
  for (const entry of entries ?? []) {
    if (entry.fault !== null || entry.expect.verifies !== true) continue;
    const steps = (entry.config.steps ?? []).filter((step) => step['do'] === 'sign');
    if (steps.length === 0 || steps.some((step) => step['id'] === 'none')) continue;
    const stems = steps.map((step) => String(step['key'] ?? 'client-rsa2048')).filter((key) => !key.startsWith('@'));
    const own = entryKeys(entry);
    const decoys = DECOYS.filter((stem) => !own.some((one) => one.file.startsWith(stem))).map((stem, i) =>
      certificateEntry(stem, `d${i}`),
    );
    const { context, recorder } = openPeerMessage(entry, [...own, ...decoys]);
    const { document } = context;
    // The one message that is not well-formed, and those whose signature is encrypted, show no signature yet.
    if (descendantElementsNamed(document, 0, DS, 'Signature').length === 0) continue;
    const expected = new Set(
      stems.map((stem) => readFileSync(`../shared/peer-corpus/keys/${stem}.crt.der`).toString('base64')),
    );
    const found = new Set<string>();
    for (const signature of descendantElementsNamed(document, 0, DS, 'Signature')) {
      const signedInfo = firstChildElement(document, signature, DS, 'SignedInfo');
      const method =
        attributeValue(document, firstChildElement(document, signedInfo, DS, 'SignatureMethod'), '', 'Algorithm') ?? '';
      if (method.includes('hmac')) continue;
      const keyInfo = childElementsNamed(document, signature, DS, 'KeyInfo')[0] ?? null;
      if (keyInfo === null) continue;
      const step = recorder.step('signature');
      const result = await resolveKeyInfo(keyInfo, 'verify', context, step);
      checked += 1;
      if (result.keys.length !== 1) {
        wrong.push(
          `${entry.id} ${entry.peer} ${JSON.stringify(steps.map((s) => s['id']))}: ${result.keys.length} keys, ` +
            `${JSON.stringify(result.missing)} ${result.unsupported}`,
        );
      }
      const key = result.keys[0];
      if (key?.certificate) found.add(Buffer.from(key.certificate.der).toString('base64'));
      else if (key?.publicKey) found.add(Buffer.from(key.publicKey.spki).toString('base64'));
    }
    const isAssertion =
      steps.some((step) => step['id'] === 'saml') || (entry.config.steps ?? []).some((step) => step['do'] === 'saml');
    if (isAssertion || expected.size === 0) continue;
    for (const der of expected) {
      if (!found.has(der)) {
        wrong.push(`${entry.id} ${entry.peer} ${JSON.stringify(steps)}: signer not found, found ${found.size}`);
      }
    }
    for (const der of found) if (!expected.has(der)) wrong.push(`${entry.id} ${entry.peer}: another signer`);
  }
  console.log(`${checked} signatures resolved`);
  expect(wrong).toEqual([]);
  expect(checked).toBeGreaterThan(150);
});
