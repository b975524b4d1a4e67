/** Every reference of the messages that other stacks signed and verified has the digest that stands in it. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { X509Certificate } from 'node:crypto';
import { expect, test } from 'vitest';
import {
  attributeValue,
  descendantElementsNamed,
  firstChildElement,
  textContent,
} from '../../../src/engine/xml/navigate.ts';
import { DS, XENC } from '../../../src/engine/xml/namespaces.ts';
import { message, nodeDigest } from './transforming.ts';

const CORPUS = '../shared/peer-corpus';
const present = existsSync(`${CORPUS}/manifest.json`);
if (!present) console.log('skipped: ../shared/peer-corpus is not here');

interface Entry {
  readonly file: string;
  readonly expect: { readonly verifies: boolean | null };
}

test.skipIf(!present)('digests of verified peer messages', async () => {
  const { entries } = JSON.parse(readFileSync(`${CORPUS}/manifest.json`, 'utf8')) as { entries: readonly Entry[] };
  const certificates = readdirSync(`${CORPUS}/keys`)
    .filter((name) => name.endsWith('.crt.pem'))
    .map((name) => new X509Certificate(readFileSync(`${CORPUS}/keys/${name}`)));
  const wrong: string[] = [];
  let checked = 0;
  for (const entry of entries) {
    if (entry.expect.verifies !== true) continue;
    const octets = new Uint8Array(readFileSync(`${CORPUS}/${entry.file}`));
    // node-soap writes an unbound prefix into some messages: refused before any reference is read.
    if (Buffer.from(octets).includes('undefined:mustUnderstand')) continue;
    const { document, signatures, references, process } = message(octets, { certificates });
    if (descendantElementsNamed(document, 0, XENC, 'EncryptedData').length > 0) continue;
    for (const signature of signatures) {
      for (const reference of references(signature)) {
        const processed = await process(reference, signature);
        checked += 1;
        const method = attributeValue(
          document,
          firstChildElement(document, reference, DS, 'DigestMethod'),
          '',
          'Algorithm',
        )!;
        const expected = textContent(
          document,
          descendantElementsNamed(document, reference, DS, 'DigestValue')[0]!,
        ).replace(/\s+/g, '');
        const computed = processed.status === 'octets' ? nodeDigest(method, processed.octets) : processed.code;
        if (computed !== expected) {
          wrong.push(`${entry.file} ${attributeValue(document, reference, '', 'URI')} ${computed}`);
        }
      }
    }
  }
  expect(wrong).toEqual([]);
  expect(checked).toBeGreaterThan(440);
  console.log(`${checked} references of peer messages`);
});
