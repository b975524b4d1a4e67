/** Copies from logs and browsers are told as what they are, and accuse nobody (docs/faults.md: captured-not-wire). */
import { describe, expect, it } from 'vitest';
import { findingMessage } from '../../../src/content/findings/index.ts';
import { ORDER, message, pem, rsa } from '../../building/wrong-message.ts';
import { judgeMessage, keyFromPem } from '../judging.ts';
import { diagnosed } from './diagnosing.ts';

const first = async (text: string) => {
  const { trace } = await diagnosed(text);
  return { trace, finding: trace.findings.find(({ code }) => code === 'captured-not-wire') };
};

describe('a copy', () => {
  it.each(['SignatureValue', 'DigestValue'])('with %s masked is incomplete', async (name) => {
    const text = message().replace(new RegExp(`(<ds:${name}>.{4})[^<]*`), '$1...REDACTED...');
    const { trace, finding } = await first(text);
    expect(trace.verdict).toMatchObject({ headline: 'incomplete', axes: { signature: 'unknown', structure: 'pass' } });
    expect(finding).toMatchObject({ severity: 'error', confidence: 'likely', data: { where: name } });
    expect(trace.findings[0]).toBe(finding);
  });

  it('of content that was masked leads the mismatch', async () => {
    const { trace, finding } = await first(
      message({ afterwards: (text) => text.replace('One &amp; "two"', '[REDACTED]') }),
    );
    expect(trace.verdict.headline).toBe('invalid');
    expect(finding).toMatchObject({ confidence: 'likely', data: { where: 'item', mark: '[REDACTED]' } });
    expect(trace.findings[0]).toBe(finding);
    expect(findingMessage(finding!)).toContain('"[REDACTED]" stands in item');
  });

  it('where the mark was signed says nothing', async () => {
    const { trace, finding } = await first(message({ content: ORDER.replace('1.50', '***') }));
    expect(trace.verdict.axes.signature).toBe('pass');
    expect(finding).toBeUndefined();
  });

  it.each([
    ['tree', '- <soap:Envelope xmlns:soap="urn:x">\n- <soap:Body>\n</soap:Body>\n</soap:Envelope>'],
    ['end', '<soap:Envelope xmlns:soap="urn:x"><soap:Body>text... (truncated)'],
  ])('that is not well-formed: %s', async (where, text) => {
    const { trace } = await judgeMessage(text, { keys: await keyFromPem(pem(rsa), true) });
    expect(trace.findings.map(({ code }) => code).slice(0, 2)).toEqual(['not-wellformed-xml', 'captured-not-wire']);
    expect(trace.findings[1]?.data).toMatchObject({ where });
  });
});
