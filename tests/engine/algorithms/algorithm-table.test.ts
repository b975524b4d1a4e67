/** The table names every algorithm of the field's systems, once. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { ALGORITHMS, algorithmByUri, algorithmOfKind } from '../../../src/engine/algorithms/algorithm-table.ts';

const MANIFEST = join(process.cwd(), '..', 'shared', 'corpus', 'manifest.json');

it('has each URI once', () => {
  expect(new Set(ALGORITHMS.map((algorithm) => algorithm.uri)).size).toBe(ALGORITHMS.length);
});

it('gives a reason exactly where support is not whole', () => {
  for (const algorithm of ALGORITHMS) {
    expect(algorithm.support.why === null, algorithm.uri).toBe(algorithm.support.verdict === 'yes');
  }
});

it('gives each signature and MAC that is had a scheme', () => {
  for (const { kind, support, scheme, uri } of ALGORITHMS) {
    if ((kind === 'signature' || kind === 'mac') && support.verdict === 'yes') expect(scheme, uri).not.toBeNull();
  }
});

it('compares URIs octet for octet and knows that canonicalization may transform', () => {
  expect(algorithmByUri('http://www.w3.org/2001/10/xml-exc-c14n#')?.name).toBe('Exclusive XML Canonicalization 1.0');
  expect(algorithmByUri('http://www.w3.org/2001/10/xml-exc-c14n')).toBeNull();
  expect(algorithmOfKind('http://www.w3.org/2001/10/xml-exc-c14n#', 'transform')).not.toBeNull();
  expect(algorithmOfKind('http://www.w3.org/2001/10/xml-exc-c14n#', 'digest')).toBeNull();
});

/** What the corpus writes that is no algorithm: test messages with deliberate or historical nonsense. */
const NOT_ALGORITHMS =
  /bad-|\/xmlds#|xmlenc#sha384|2001\/04\/xmlenc11|2009\/xmlenc#|CR-xml-c14n11|2002\/04\/xmldsig-filter2|xmldsig-more\/xptr|\/decrypt#$/;

if (existsSync(MANIFEST)) {
  it('knows the algorithm URIs that stand in the corpus', () => {
    const cases = JSON.parse(readFileSync(MANIFEST, 'utf8')) as { features: string[] }[];
    const families = /xmldsig|xmlenc|c14n|decrypt|REC-x/;
    const seen = new Set(
      cases
        .flatMap((entry) => entry.features)
        .filter((feature) => /^(http|urn):/.test(feature) && families.test(feature)),
    );
    const types =
      /#(EncryptedKey|EncryptedData|Element|Content|Object|Manifest|Signature|SignatureProperties|rawX509Certificate|X509Data|RetrievalMethod|[A-Z]+KeyValue|DEREncodedKeyValue|DerivedKey|KeyValue)$/;
    expect(
      [...seen].filter((uri) => algorithmByUri(uri) === null && !types.test(uri) && !NOT_ALGORITHMS.test(uri)),
    ).toEqual([]);
  });
} else {
  const reason = '../shared/corpus/manifest.json, whose URIs it reads, is not beside the project';
  console.log(`skipped: ${reason}`);
  it.skip(`knows the algorithm URIs that stand in the corpus (skipped: ${reason})`, () => {});
}
