/**
 * Every reference of other projects' valid signatures has the digest that stands in it, external references and XPath
 * included.
 */
import { existsSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import {
  attributeValue,
  descendantElementsNamed,
  firstChildElement,
  textContent,
} from '../../../src/engine/xml/navigate.ts';
import { DS, XENC } from '../../../src/engine/xml/namespaces.ts';
import { message, nodeDigest } from './transforming.ts';

const CORPUS = '../shared/corpus';
const present = existsSync(`${CORPUS}/manifest.json`);
if (!present) console.log('skipped: ../shared/corpus is not here');

interface Case {
  readonly id: string;
  readonly file: string;
  readonly kind: string;
  readonly related: readonly { readonly file: string; readonly role: string }[];
  readonly expect: { readonly outcome: string };
  readonly features: readonly string[];
}

/** Cases whose digests cannot be had here, with the reason. */
const LEFT_OUT: Readonly<Record<string, string>> = {
  'apigee-wssec/validate/12-pretty-not-checked-in.xml':
    'indented after signing; xmlsec1 agrees that the digest is wrong',
  'node-saml/test/static/response.root-signed.message-signed-double-subjectconfirmation.xml':
    'the inner signature is stale; xmlsec1 agrees',
  'node-saml/test/static/response.root-signed.message-signed-empty-subjectconfirmation.xml':
    'the inner signature is stale; xmlsec1 agrees',
  'santuario-java/at/iaik/ixsil/coreFeatures/signatures/anonymousReferenceSignature.xml':
    "no URI, and the octets are the test program's own",
  'xml-crypto/test/static/windows_store_signature.xml':
    'signed without the white space that stands in the file; xmlsec1 agrees',
};
/** Octets that the corpus does not hold. */
const NOT_HELD =
  /^(?:relationship\/|http:\/\/www\.w3\.org\/TR\/xml-stylesheet|http:\/\/www\.ietf\.org\/rfc\/|c14n11\/xml-base-input\.xml)/;

test.skipIf(!present)('digests of valid corpus signatures', async () => {
  const cases = JSON.parse(readFileSync(`${CORPUS}/manifest.json`, 'utf8')) as readonly Case[];
  const wrong: string[] = [];
  let checked = 0;
  let messages = 0;
  for (const one of cases) {
    if (one.expect.outcome !== 'valid' || !['xmldsig', 'saml', 'wss-message'].includes(one.kind)) continue;
    if (
      one.features.includes('doctype') ||
      one.features.some((feature) => feature.includes('xslt')) ||
      LEFT_OUT[one.id] !== undefined
    ) {
      continue;
    }
    const octets = new Uint8Array(readFileSync(`${CORPUS}/${one.file}`));
    const external = new Map(
      one.related
        .filter(({ role }) => role.startsWith('external reference '))
        .map(({ role, file }) => [
          role.slice('external reference '.length),
          new Uint8Array(readFileSync(`${CORPUS}/${file}`)),
        ]),
    );
    // Base64 and MIME wrappings are opened elsewhere.
    if (octets[0] !== 0x3c && octets[0] !== 0xef) continue;
    const { document, signatures, references, process } = message(octets, { external });
    if (descendantElementsNamed(document, 0, XENC, 'EncryptedData').length > 0) continue;
    messages += 1;
    for (const signature of signatures) {
      for (const reference of references(signature)) {
        const uri = attributeValue(document, reference, '', 'URI');
        if (uri !== null && NOT_HELD.test(uri) && !external.has(uri)) continue;
        const processed = await process(reference, signature);
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
        checked += 1;
        if (computed !== expected) wrong.push(`${one.id} ${uri} ${processed.transforms.join(' ')} ${computed}`);
      }
    }
  }
  expect(wrong).toEqual([]);
  expect(checked).toBeGreaterThan(100);
  console.log(`${checked} references of ${messages} corpus files`);
});
