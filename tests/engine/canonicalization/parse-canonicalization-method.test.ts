/** Reading ds:CanonicalizationMethod and its InclusiveNamespaces. */
import { EXCLUSIVE_C14N } from '../../../src/engine/algorithms/identifiers.ts';
import { expect, it } from 'vitest';
import { findingWords } from '../../../src/content/findings/index.ts';
import type { Data } from '../../../src/engine/trace/trace.ts';
import { CANONICALIZATION_METHODS } from '../../../src/engine/canonicalization/methods.ts';
import { parseCanonicalizationMethod } from '../../../src/engine/canonicalization/parse-canonicalization-method.ts';
import { parsed } from './documents.ts';

const read = (algorithm: string, content = '', limit?: number) => {
  const document = parsed(
    '<CanonicalizationMethod xmlns="http://www.w3.org/2000/09/xmldsig#" ' +
      `${algorithm}>${content}</CanonicalizationMethod>`,
  );
  return parseCanonicalizationMethod(document, document.root, limit);
};
const exclusive = (content: string, limit?: number) => read(`Algorithm="${EXCLUSIVE_C14N}"`, content, limit);
const list = (tokens: string) => `<ec:InclusiveNamespaces xmlns:ec="${EXCLUSIVE_C14N}" PrefixList="${tokens}"/>`;

it.each(CANONICALIZATION_METHODS)('$name', ({ uri, family, comments }) => {
  expect(read(`Algorithm="${uri}"`)).toEqual({
    method: { uri, family, comments, inclusivePrefixes: [] },
    problem: null,
  });
});

it('reads the PrefixList: #default, repeated tokens, any white space', () => {
  expect(exclusive(list(' soap  #default\n wsse&#10;soap\té ')).method?.inclusivePrefixes).toEqual([
    'soap',
    '',
    'wsse',
    'é',
  ]);
  expect(exclusive(list('')).method?.inclusivePrefixes).toEqual([]);
  expect(exclusive(`<ec:InclusiveNamespaces xmlns:ec="${EXCLUSIVE_C14N}"/>`).method?.inclusivePrefixes).toEqual([]);
  expect(exclusive('<InclusiveNamespaces PrefixList="other"/>').method?.inclusivePrefixes).toEqual([]);
});

it('a PrefixList means nothing to inclusive canonicalization', () => {
  expect(read('Algorithm="http://www.w3.org/2006/12/xml-c14n11"', list('a')).method?.inclusivePrefixes).toEqual([]);
});

it('bounds the PrefixList at its limit', () => {
  expect(exclusive(list('a b c'), 3).problem).toBeNull();
  expect(exclusive(list('a b c d'), 3).problem).toMatchObject({
    code: 'prefixlist-too-long',
    data: { count: 4, limit: 3 },
  });
});

it.each(['a:b', '#Default', '1a', ',', 'a,b'])('refuses the token %s', (token) => {
  expect(exclusive(list(`x ${token}`)).problem).toMatchObject({ code: 'prefixlist-malformed', data: { token } });
});

it('refuses two lists', () => expect(exclusive(list('a') + list('b')).problem?.code).toBe('prefixlist-repeated'));

it('tells what it does not know from what it does not have', () => {
  expect(read('').problem?.code).toBe('canonicalization-missing');
  expect(read('Algorithm="http://www.w3.org/2001/10/xml-exc-c14n"').problem).toMatchObject({
    code: 'canonicalization-unknown',
    data: { uri: 'http://www.w3.org/2001/10/xml-exc-c14n' },
  });
  expect(read('Algorithm="http://www.w3.org/2010/xml-c14n2"').problem).toMatchObject({
    code: 'canonicalization-unsupported',
    data: { name: 'Canonical XML 2.0' },
  });
  expect(read('Algorithm="http://santuario.apache.org/c14n/physical"').problem).toMatchObject({
    code: 'canonicalization-unsupported',
  });
});

it('points at the value that is wrong', () => {
  const { problem } = read('Algorithm="urn:x"');
  expect(problem!.range.end - problem!.range.start).toBe('urn:x'.length);
});

it('every problem has words that name what is wrong', () => {
  const problems = [
    read(''),
    read('Algorithm="urn:x"'),
    read('Algorithm="http://www.w3.org/2010/xml-c14n2"'),
    exclusive(list('a:b')),
    exclusive(list('a') + list('b')),
    exclusive(list('a b'), 1),
  ];
  const words = problems.map(({ problem }) => findingWords(problem!.code)!.message(problem!.data as Data));
  expect(words[1]).toContain('urn:x');
  expect(words[2]).toContain('Canonical XML 2.0');
  expect(words[3]).toContain('a:b');
  expect(words[5]).toMatch(/2 tokens; at most 1 /);
  expect(new Set(words).size).toBe(6);
});
