/** Every XML file of the corpora: accepted and refused as libxml2 does; a DOCTYPE refused as one. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { XmlDocument as LibxmlDocument } from 'libxml2-wasm';
import { expect, test } from 'vitest';
import { Budget, DEFAULT_LIMITS } from '../../../src/engine/bytes/budget.ts';
import { parseXml } from '../../../src/engine/xml/parse.ts';

const ROOTS = ['corpus', 'peer-corpus']
  .map((name) => fileURLToPath(new URL(`../../../../shared/${name}`, import.meta.url)))
  .filter((path) => existsSync(path));
if (ROOTS.length === 0) console.log('skipped: ../shared/corpus and ../shared/peer-corpus are not here');

/**
 * As in DIFFERENCES.md: complaints of libxml2 about what is no constraint of XML 1.0 or Namespaces 1.0 (D1 to D3), or
 * that are our refusal of DTDs.
 */
const TOLERATED = /is not a valid URI|xml:id :/;

function libxmlComplaints(octets: Uint8Array): string[] {
  try {
    LibxmlDocument.fromBuffer(octets).dispose();
    return [];
  } catch (error) {
    return (error as { details: { message: string; level: number }[] }).details
      .filter(({ message, level }) => level > 1 && !TOLERATED.test(message))
      .map(({ message }) => message.trim());
  }
}

test.skipIf(ROOTS.length === 0)('corpora', () => {
  const differing: string[] = [];
  const tally = { accepted: 0, doctype: 0, refused: 0 };
  for (const root of ROOTS) {
    for (const file of readdirSync(root, { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.xml'))
      .sort()) {
      const octets = readFileSync(`${root}/${file}`);
      const result = parseXml(octets, {
        budget: new Budget({ ...DEFAULT_LIMITS, elementDepth: 2_000, attributesPerElement: 10_000 }),
      });
      const error = result.problems.find((problem) => problem.severity === 'error');
      if (error?.code === 'doctype-or-entity-refused') {
        tally.doctype++;
        if (octets.subarray(error.range.start, error.range.end).toString() !== '<!DOCTYPE') {
          differing.push(`${file}: no DOCTYPE at its place`);
        }
        continue;
      }
      tally[error === undefined ? 'accepted' : 'refused']++;
      const complaints = libxmlComplaints(octets);
      if ((complaints.length === 0) !== (error === undefined)) {
        differing.push(`${file}: ${JSON.stringify(error ?? 'accepted')}, libxml2: ${complaints.join('; ')}`);
      }
    }
  }
  console.log('corpora:', JSON.stringify(tally));
  expect(differing).toEqual([]);
  expect(tally.accepted).toBeGreaterThan(100);
});
