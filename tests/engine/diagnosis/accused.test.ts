/** Whose doing a cause is: the table that reports tell it by and the words that people read agree. */
import { describe, expect, it } from 'vitest';
import { HOP_CAUSES } from '../../../src/content/findings/causes/hop-causes.ts';
import { CAUSE_WORDS } from '../../../src/content/findings/causes/index.ts';
import { SIGNER_CAUSES } from '../../../src/content/findings/causes/signer-causes.ts';
import { accusedBy } from '../../../src/engine/trace/finding-data/accused.ts';

const HOW = { how: 'literal', party: 'signer' } as const;
const said = Object.entries(CAUSE_WORDS).map(([code, { message }]) => ({
  code,
  text: message(HOW),
  by: accusedBy(code),
}));
const codesOf = (fits: (one: (typeof said)[number]) => boolean) => said.filter(fits).map(({ code }) => code);

describe('whose doing a cause is', () => {
  it('is in the table for every cause', () => {
    expect(codesOf(({ by }) => by === null)).toEqual([]);
    expect(said.length).toBeGreaterThan(70);
    expect(accusedBy('XSW-01')).toBeNull();
    expect(accusedBy('toString')).toBeNull();
  });

  it('is a hop where the words clear the sender, and nowhere else', () => {
    expect(codesOf(({ text }) => text.includes('The sender signed correctly'))).toEqual(
      codesOf(({ by }) => by === 'hop'),
    );
  });

  it('is either of the two where the words name both', () => {
    const both = codesOf(({ text }) => text.includes('something on the way') && text.includes('own software'));
    expect(both).toEqual(expect.arrayContaining(Object.keys(HOP_CAUSES)));
    expect(both.filter((code) => accusedBy(code) !== 'either')).toEqual([]);
    expect(Object.keys(HOP_CAUSES).filter((code) => accusedBy(code) !== 'either')).toEqual([]);
  });

  it('is the sender where only a signer is told to change', () => {
    const told = codesOf(({ text, code }) => code in SIGNER_CAUSES && /\bThe signer must\b/.test(text));
    expect(told.length).toBeGreaterThan(10);
    expect(told.filter((code) => accusedBy(code) !== 'sender')).toEqual([]);
  });
});
