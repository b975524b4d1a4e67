/**
 * Twins whose key derivation was altered after signing are explained: the MAC verifies with a variant. Node's HMAC is
 * the oracle.
 */
import { createHmac } from 'node:crypto';
import { expect, test } from 'vitest';
import { canonicalize } from '../../../src/engine/canonicalization/canonicalize.ts';
import { parseCanonicalizationMethod } from '../../../src/engine/canonicalization/parse-canonicalization-method.ts';
import { macKeyVariants } from '../../../src/engine/key-resolution/mac-key-variants.ts';
import {
  childElementsNamed,
  descendantElementsNamed,
  firstChildElement,
  textContent,
} from '../../../src/engine/xml/navigate.ts';
import { entryKeys, openPeerMessage, peerEntries } from './peer-corpus.ts';
import { DS } from './references.ts';

const entries = peerEntries();

test.skipIf(entries === null)('altered derivations of passwords are found', () => {
  const found: string[] = [];
  for (const entry of entries ?? []) {
    if (
      !['derived-label-added', 'derived-length-changed', 'iteration-changed'].includes(entry.fault?.kind ?? '') ||
      !entry.keys.includes('user:alice')
    ) {
      continue;
    }
    const { context } = openPeerMessage(entry, entryKeys(entry));
    const { document, budget } = context;
    for (const signature of descendantElementsNamed(document, 0, DS, 'Signature')) {
      const signedInfo = firstChildElement(document, signature, DS, 'SignedInfo');
      const reading = parseCanonicalizationMethod(
        document,
        firstChildElement(document, signedInfo, DS, 'CanonicalizationMethod'),
      );
      if (!('method' in reading) || !reading.method) throw new Error('canonicalization');
      const { octets } = canonicalize(
        { type: 'subtree', document, apex: signedInfo, comments: false, excluded: [] },
        reading.method,
        budget,
      );
      const stated = textContent(document, firstChildElement(document, signature, DS, 'SignatureValue')).replace(
        /\s+/g,
        '',
      );
      const variants = macKeyVariants(childElementsNamed(document, signature, DS, 'KeyInfo')[0] ?? 0, context);
      found.push(
        `${entry.fault?.kind}: ` +
          `${variants.find((one) => createHmac('sha1', one.secret).update(octets).digest('base64') === stated)?.how}`,
      );
    }
  }
  console.log(found.join(', '));
  expect(found.length).toBeGreaterThan(0);
  expect(found.filter((one) => one.endsWith('undefined'))).toEqual([]);
});
