/** What attachments may cost: parts, header sizes, and one part put in a thousand places. */
import { expect, it } from 'vitest';
import { Budget, BudgetExceeded, DEFAULT_LIMITS } from '../../../src/engine/bytes/budget.ts';
import { givenAttachments } from '../../../src/engine/attachments/attachment.ts';
import { readHeaderBlock } from '../../../src/engine/attachments/mime-headers.ts';
import { findIncludes, includeSplices } from '../../../src/engine/attachments/xop-include.ts';
import { openInput } from '../../../src/engine/input/open-input.ts';
import { spliceOctets } from '../../../src/engine/splice/octet-splice.ts';
import { parseXml } from '../../../src/engine/xml/parse.ts';

const encode = (text: string) => new TextEncoder().encode(text);
const multipart = (parts: number) => encode(`${'--b\r\nContent-Type: text/xml\r\n\r\n<a/>\r\n'.repeat(parts)}--b--`);

it('bounds the parts of a multipart', () => {
  const limits = { ...DEFAULT_LIMITS, mimeParts: 3 };
  expect(openInput(multipart(3), new Budget(limits)).parts.size).toBe(2);
  expect(() => openInput(multipart(4), new Budget(limits))).toThrow(BudgetExceeded);
});

it('reads no header block beyond 64 KiB', () => {
  expect(readHeaderBlock(encode(`A: ${'x'.repeat(60_000)}\r\n\r\n`), 0, false)).not.toBeNull();
  expect(readHeaderBlock(encode(`A: ${'x'.repeat(70_000)}\r\n\r\n`), 0, false)).toBeNull();
});

it('bounds what includes expand to', () => {
  const parts = givenAttachments(new Map([['p', new Uint8Array(3000)]]));
  const { document } = parseXml(
    encode(`<a>${'<x:Include xmlns:x="http://www.w3.org/2004/08/xop/include" href="cid:p"/>'.repeat(20)}</a>`),
    { budget: new Budget() },
  );
  const includes = findIncludes(document, parts);
  expect(includes).toHaveLength(20);
  const splices = includeSplices(document, includes, parts, new Budget({ ...DEFAULT_LIMITS, inputOctets: 80_100 }));
  expect(spliceOctets(document.octets, splices)).toHaveLength(7 + 20 * 4000);
  expect(() =>
    includeSplices(document, includes, parts, new Budget({ ...DEFAULT_LIMITS, inputOctets: 70_000 })),
  ).toThrow(BudgetExceeded);
});
