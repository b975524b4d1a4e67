/** Whatever stands in a reference and its transforms, processing gives a result and ends. Seeded. */
import { expect, test } from 'vitest';
import { Budget, BudgetExceeded, DEFAULT_LIMITS } from '../../../src/engine/bytes/budget.ts';
import { encodeUtf8 } from '../../../src/engine/bytes/utf8.ts';
import { parseXml } from '../../../src/engine/xml/parse.ts';
import {
  BASE64,
  ENVELOPED,
  EXCLUSIVE,
  filter2,
  INCLUSIVE_WITH_COMMENTS,
  signature,
  transform,
  xpath,
} from './signed-document.ts';
import { message } from './transforming.ts';

const SMS = 'http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-soap-message-security-1.0';
const WSSE = 'http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd';
const STR = transform(
  `${SMS}#STR-Transform`,
  `<w:TransformationParameters xmlns:w="${WSSE}"><ds:CanonicalizationMethod ` +
    'Algorithm="http://www.w3.org/2001/10/xml-exc-c14n#"/></w:TransformationParameters>',
);
const TRANSFORMS = [
  BASE64,
  ENVELOPED,
  EXCLUSIVE,
  INCLUSIVE_WITH_COMMENTS,
  STR,
  xpath('not(self::b)'),
  xpath('count(ancestor-or-self::a | here()) > 1'),
  xpath('id("t")//node()[last()]'),
  filter2(['intersect', '//*'], ['subtract', '//b']),
  filter2(['union', '//@*']),
];
const URIS = ['', '#t', '#s', '#o', '#none', '#xpointer(/)', "#xpointer(id('t'))", 'urn:x', '#%', null];

function randomness(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) | 0;
    return (state >>> 0) / 4_294_967_296;
  };
}

test('chains in any order, with damage anywhere', async () => {
  const random = randomness(7);
  const pick = <T>(choices: readonly T[]): T => choices[Math.floor(random() * choices.length)]!;
  const outcomes = new Map<string, number>();
  for (let round = 0; round < 1_500; round++) {
    const chain = Array.from({ length: Math.floor(random() * 5) }, () => pick(TRANSFORMS)).join('');
    let xml =
      `<r xmlns:w="${WSSE}"><a Id="t">aGk=<b/><!-- c --></a><w:SecurityTokenReference Id="s"><w:Reference ` +
      `URI="#t"/></w:SecurityTokenReference>${signature(chain, pick(URIS), '<ds:Object Id="o">PGE+PC9hPg==</ds:Object>')}</r>`;
    if (random() < 0.6) {
      const at = Math.floor(random() * xml.length);
      const end = at + Math.floor(random() * 6);
      xml = xml.slice(0, at) + pick(['', 'x', '"', '&amp;', ' ', '#', '[', ')', 'é', '0']) + xml.slice(end);
    }
    const external = new Map([
      ['urn:x', encodeUtf8(pick(['<x/>', 'no', '', '<!DOCTYPE x><x/>', '\uFEFF<x>&#13;</x>']))],
    ]);
    if (!parseXml(encodeUtf8(xml), { budget: new Budget() }).wellFormed) continue;
    const run = message(xml, { external, limits: { ...DEFAULT_LIMITS, xpathSteps: 20_000 } });
    const [own] = run.signatures;
    const [reference] = own === undefined ? [] : run.references(own);
    if (own === undefined || reference === undefined) continue;
    try {
      const processed = await run.process(reference, own);
      outcomes.set(processed.status, (outcomes.get(processed.status) ?? 0) + 1);
    } catch (error) {
      if (!(error instanceof BudgetExceeded)) throw new Error(xml, { cause: error });
    }
  }
  expect([...outcomes.keys()].sort()).toEqual(['failed', 'missing', 'octets', 'refused', 'unsupported']);
});
