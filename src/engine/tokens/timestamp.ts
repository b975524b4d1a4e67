/** wsu:Timestamp: Created and Expires, read and judged against the clock (SMS 1.1 §10). */
import { trimXml } from '../xml/characters.ts';
import { parseDateTime, utcText, type DateTime } from '../xml/date-time.ts';
import { WSU } from '../xml/namespaces.ts';
import type { SourceRange } from '../bytes/source-range.ts';
import type { FindingDraft } from '../trace/recorder.ts';
import type { Data } from '../trace/trace.ts';
import type { NodeIndex, XmlDocument } from '../xml/document.ts';
import { childElements, isElement, localName, nodeRange, textContent } from '../xml/navigate.ts';
import { zoneProblems, type Clock } from './clock.ts';

/** One of the two moments. `value` is null where the text is no xsd:dateTime. */
export interface Moment {
  readonly node: NodeIndex;
  readonly text: string;
  readonly value: DateTime | null;
}

/** The element as it was read. */
export interface Timestamp {
  readonly node: NodeIndex;
  readonly created: Moment | null;
  readonly expires: Moment | null;
  readonly problems: readonly FindingDraft[];
}

function readMoment(document: XmlDocument, node: NodeIndex): Moment {
  const text = trimXml(textContent(document, node));
  return { node, text, value: parseDateTime(text) };
}

/** Reads a wsu:Timestamp; what is wrong with it stands among its problems. */
export function readTimestamp(document: XmlDocument, node: NodeIndex): Timestamp {
  const problems: FindingDraft[] = [];
  const created: NodeIndex[] = [];
  const expires: NodeIndex[] = [];
  for (const child of childElements(document, node)) {
    if (isElement(document, child, WSU, 'Created')) created.push(child);
    else if (isElement(document, child, WSU, 'Expires')) expires.push(child);
    else if (isElement(document, child, null, 'Created') || isElement(document, child, null, 'Expires')) {
      problems.push({
        code: 'timestamp-malformed',
        severity: 'error',
        ranges: [nodeRange(document, child)],
        data: { reason: 'namespace', element: localName(document, child) },
        fault: 'wsse:InvalidSecurity',
      });
    }
  }
  for (const list of [created, expires]) {
    if (list.length > 1) {
      problems.push({
        code: 'timestamp-malformed',
        severity: 'error',
        ranges: list.map((one) => nodeRange(document, one)),
        data: { reason: 'repeated', element: list === created ? 'Created' : 'Expires' },
        fault: 'wsse:InvalidSecurity',
      });
    }
  }
  const read = (list: readonly NodeIndex[]) => (list[0] === undefined ? null : readMoment(document, list[0]));
  const reading = { created: read(created), expires: read(expires) };
  for (const moment of [reading.created, reading.expires]) {
    if (moment === null || moment.value !== null) continue;
    problems.push({
      code: 'timestamp-malformed',
      severity: 'error',
      ranges: [nodeRange(document, moment.node)],
      data: {
        reason: 'not-a-datetime',
        element: moment === reading.created ? 'Created' : 'Expires',
        text: moment.text.slice(0, 80),
      },
      fault: 'wsse:InvalidSecurity',
    });
  }
  return { node, ...reading, problems };
}

/** What a report says of it. */
export function timestampData(timestamp: Timestamp): Data {
  const { created, expires } = timestamp;
  return {
    created: created?.text.slice(0, 80) ?? null,
    expires: expires?.text.slice(0, 80) ?? null,
    ...(created?.value && expires?.value ? { lifetimeSeconds: (expires.value.time - created.value.time) / 1000 } : {}),
  };
}

/** `fail` with any error among the findings or the Timestamp's own problems. */
export interface Freshness {
  readonly freshness: 'pass' | 'fail';
  /** UTC milliseconds when it ends, by its own words or the time to live; null where neither says. */
  readonly until: number | null;
  readonly findings: readonly FindingDraft[];
}

/** A Timestamp's two moments as instants, and when it ends at the latest by them and by the time to live. */
interface Interval {
  readonly timestamp: Timestamp;
  readonly from: number | null;
  readonly stated: number | null;
  /** The end that counts: Expires, or Created and the time to live where that is sooner. */
  readonly until: number | null;
  /** The ranges of a moment, of the whole Timestamp where it is missing. */
  readonly ranges: (moment: Moment | null) => readonly SourceRange[];
}

function intervalOf(document: XmlDocument, timestamp: Timestamp, clock: Clock): Interval {
  const from = timestamp.created?.value?.time ?? null;
  const stated = timestamp.expires?.value?.time ?? null;
  const bounded = from !== null && clock.ttlSeconds !== null ? from + clock.ttlSeconds * 1000 : null;
  return {
    timestamp,
    from,
    stated,
    until: bounded !== null && (stated === null || bounded < stated) ? bounded : stated,
    ranges: (moment) => [nodeRange(document, moment?.node ?? timestamp.node)],
  };
}

/** Both moments are there, the second after the first. */
function orderProblems({ timestamp: { created, expires }, from, stated, ranges }: Interval): FindingDraft[] {
  const problems: FindingDraft[] = [];
  if (created === null || expires === null) {
    problems.push({
      code: 'ts-missing-expires-or-order',
      severity: 'warning',
      ranges: ranges(null),
      data: { reason: created === null ? 'created-missing' : 'expires-missing' },
    });
  }
  if (from !== null && stated !== null && stated <= from) {
    problems.push({
      code: 'ts-missing-expires-or-order',
      severity: 'error',
      ranges: ranges(expires),
      data: { reason: 'expires-not-after-created', created: created?.text ?? '', expires: expires?.text ?? '' },
      fault: 'wsse:InvalidSecurity',
    });
  }
  return problems;
}

/** The clock stands between the two moments, with its skew on both sides. */
function clockProblems(interval: Interval, clock: Clock): FindingDraft[] {
  const { timestamp, from, stated, until, ranges } = interval;
  const problems: FindingDraft[] = [];
  const skew = clock.skewSeconds * 1000;
  const at = utcText(clock.at);
  if (from !== null && from > clock.at + skew) {
    problems.push({
      code: 'ts-created-in-future',
      severity: 'error',
      ranges: ranges(timestamp.created),
      fault: 'wsu:MessageExpired',
      data: {
        created: timestamp.created?.text ?? '',
        at,
        aheadSeconds: (from - clock.at) / 1000,
        skewSeconds: clock.skewSeconds,
      },
    });
  }
  if (until !== null && until + skew < clock.at) {
    problems.push({
      code: 'ts-expired',
      severity: 'error',
      ranges: ranges(until === stated ? timestamp.expires : timestamp.created),
      fault: 'wsu:MessageExpired',
      data: {
        expires: utcText(until),
        at,
        lateSeconds: (clock.at - until) / 1000,
        skewSeconds: clock.skewSeconds,
        by: until === stated ? 'Expires' : 'ttl',
      },
    });
  }
  return problems;
}

/** Judges a Timestamp against the clock; its own problems are not repeated, though they fail it. */
export function judgeTimestamp(document: XmlDocument, timestamp: Timestamp, clock: Clock): Freshness {
  const interval = intervalOf(document, timestamp, clock);
  const amiss = clockProblems(interval, clock);
  const { created } = timestamp;
  const zone = created?.value
    ? zoneProblems(created.text, created.value, interval.ranges(created), clock, amiss.length > 0)
    : [];
  const findings = [...orderProblems(interval), ...amiss, ...zone];
  const failed = [...findings, ...timestamp.problems].some((one) => one.severity === 'error');
  return { freshness: failed ? 'fail' : 'pass', until: interval.until, findings };
}
