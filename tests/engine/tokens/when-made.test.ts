/** A message is judged as of when it says that it was made, where that is asked for; both times are told. */
import { describe, expect, it } from 'vitest';
import { findingMessage } from '../../../src/content/findings/index.ts';
import { axisDetail } from '../../../src/content/axis-words.ts';
import { judgedAsOf } from '../../../src/content/time-words.ts';
import { codes, judgeMessage } from '../judging.ts';
import { message } from './reading.ts';

const NOW = Date.UTC(2026, 10, 27, 12);

const timestamp = (created: string, expires: string | null, id = 'ts') =>
  `<wsu:Timestamp wsu:Id="${id}"><wsu:Created>${created}</wsu:Created>${
    expires === null ? '' : `<wsu:Expires>${expires}</wsu:Expires>`
  }</wsu:Timestamp>`;
const user = (created: string, id = 'u') =>
  `<wsse:UsernameToken wsu:Id="${id}"><wsse:Username>a</wsse:Username><wsu:Created>${created}</wsu:Created></wsse:UsernameToken>`;
const assertion = (issued: string, until: string) =>
  `<saml:Assertion xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion" ID="a" Version="2.0" IssueInstant="${issued}">` +
  `<saml:Issuer>i</saml:Issuer><saml:Conditions NotOnOrAfter="${until}"/></saml:Assertion>`;
const signs = (id: string) =>
  `<ds:Signature xmlns:ds="http://www.w3.org/2000/09/xmldsig#"><ds:SignedInfo><ds:Reference URI="#${id}"/></ds:SignedInfo></ds:Signature>`;

const judged = async (header: string, now = NOW) => judgeMessage(message(header), { at: now, asOf: 'made' });
const fresh = (run: Awaited<ReturnType<typeof judged>>) => [
  run.trace.verdict.axes.freshness,
  axisDetail(run.trace, 'freshness'),
];

describe('the time of the judgement', () => {
  it('is the Created of the Timestamp, and how late the message is by now is told', async () => {
    const run = await judged(timestamp('2026-11-22T06:53:25Z', '2026-11-22T06:58:25Z'));
    expect(run.trace.time).toMatchObject({
      instant: '2026-11-22T06:53:25.000Z',
      from: 'made',
      now: '2026-11-27T12:00:00.000Z',
      made: { signed: false, target: { id: 'ts' } },
      until: '2026-11-22T06:58:25.000Z',
    });
    expect(run.trace.options.at).toBe('2026-11-22T06:53:25.000Z');
    expect(fresh(run)).toEqual(['pass', 'in time when made, 5 days late by now']);
    expect(judgedAsOf(run.trace)).toBe('2026-11-22T06:53:25Z, when it was made; 5 days late by now');
  });

  it('is told with what is left where the message is still current', async () => {
    const run = await judged(timestamp('2026-11-27T11:58:00Z', '2026-11-27T12:10:00Z'));
    expect(fresh(run)).toEqual(['pass', 'in time when made, 10 min left']);
  });

  it('is late only past the tolerance', async () => {
    const stamp = timestamp('2026-11-27T11:50:00Z', '2026-11-27T11:59:00Z');
    expect(fresh(await judged(stamp))).toEqual(['pass', 'in time when made']);
    expect(fresh(await judged(stamp, NOW + 1000))).toEqual(['pass', 'in time when made, 61 seconds late by now']);
  });

  it('is that of a signed token before an unsigned one, a Timestamp before another, an assertion last', async () => {
    const ours = async (header: string) => (await judged(header)).trace.time.made;
    const t = timestamp('2026-11-22T06:53:25Z', null);
    const u = user('2026-11-22T06:53:20Z');
    expect(await ours(u + t)).toMatchObject({ target: { id: 'ts' }, signed: false });
    expect(await ours(t + u + signs('u'))).toMatchObject({ target: { id: 'u' }, signed: true });
    expect(await ours(t + u + signs('u') + signs('ts'))).toMatchObject({ target: { id: 'ts' }, signed: true });
    expect(await ours(assertion('2026-11-22T06:00:00Z', '2026-11-22T07:00:00Z') + u + signs('a'))).toMatchObject({
      target: { id: 'u' },
    });
    expect(await ours(assertion('2026-11-22T06:00:00Z', '2026-11-22T07:00:00Z'))).toMatchObject({
      target: { id: 'a' },
    });
    expect(await ours(timestamp('yesterday', null))).toBeNull();
  });

  it('is now where the message says nothing', async () => {
    const { trace } = await judged('');
    expect(trace.time).toMatchObject({ from: 'now', instant: '2026-11-27T12:00:00.000Z', made: null });
    expect(judgedAsOf(trace)).toBe('2026-11-27T12:00:00Z, now: it does not say when it was made');
  });

  it('makes an assertion that was over by then late', async () => {
    const run = await judged(
      timestamp('2026-11-22T06:53:25Z', null) + assertion('2026-11-22T05:00:00Z', '2026-11-22T06:00:00Z'),
    );
    expect(run.trace.verdict.axes.freshness).toBe('fail');
    expect(codes(run)).toContain('saml-conditions-expired');
  });

  it('does not outlive the token that ends first', async () => {
    const run = await judged(
      timestamp('2026-11-27T11:00:00Z', '2026-11-28T11:00:00Z') +
        assertion('2026-11-27T11:00:00Z', '2026-11-27T11:30:00Z'),
    );
    expect(fresh(run)).toEqual(['pass', 'in time when made, 30 minutes late by now']);
  });
});

describe('a message that says that it will be made', () => {
  it('is judged as of now, and how far it lies in the future is told', async () => {
    const run = await judged(timestamp('2026-11-27T12:12:00Z', '2026-11-27T12:17:00Z'));
    expect(run.trace.time).toMatchObject({ from: 'now', instant: '2026-11-27T12:00:00.000Z' });
    expect(codes(run)).toContain('ts-created-in-future');
    expect(fresh(run)).toEqual(['fail', '12 minutes in the future']);
    expect(judgedAsOf(run.trace)).toBe('2026-11-27T12:00:00Z, now: it says that it was made later');
  });

  it('by whole or half hours is local time marked Z', async () => {
    for (const [created, words] of [
      ['2026-11-27T14:00:00Z', '2 hours in the future, like local time marked Z'],
      ['2026-11-27T17:30:05Z', '6 hours in the future, like local time marked Z'],
    ] as const) {
      const run = await judged(timestamp(created, null));
      expect(codes(run)[0], created).toBe('ts-local-time-as-utc');
      expect(fresh(run), created).toEqual(['fail', words]);
    }
  });

  it('within the tolerance only is judged as of then', async () => {
    const run = await judged(timestamp('2026-11-27T12:01:00Z', '2026-11-27T12:06:00Z'));
    expect(run.trace.time.from).toBe('made');
    expect(run.trace.verdict.axes.freshness).toBe('pass');
  });
});

it('two moments of one message that differ by whole hours: either may be the local one', async () => {
  const { trace } = await judged(timestamp('2026-11-22T06:53:25Z', null) + user('2026-11-22T11:53:25Z'));
  const [finding] = trace.findings;
  expect(finding).toMatchObject({ code: 'ts-local-time-as-utc', data: { hours: 5, own: true } });
  expect(finding?.ranges).toHaveLength(2);
  expect(finding === undefined ? '' : findingMessage(finding)).toContain('one of them as local time');
});

it('a given time is told as it always was', async () => {
  const run = await judgeMessage(message(timestamp('2026-11-22T06:53:25Z', '2026-11-22T06:58:25Z')), {
    at: Date.UTC(2026, 10, 22, 6, 54),
  });
  expect(run.trace.time).toEqual({
    instant: '2026-11-22T06:54:00.000Z',
    from: 'given',
    now: null,
    made: null,
    until: '2026-11-22T06:58:25.000Z',
  });
  expect(fresh(run)).toEqual(['pass', '4 min left']);
});

it('a message that ends before it began never was valid: that leads, not its expiry', async () => {
  const run = await judged(timestamp('2026-11-22T06:53:25Z', '2026-11-22T06:50:25Z'));
  expect(codes(run)[0]).toBe('ts-missing-expires-or-order');
});
