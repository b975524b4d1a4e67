/** wsu:Timestamp: Created and Expires, read and judged against the clock (SMS 1.1 §10). */
import { trimXml } from '../xml/characters.ts';
import { parseDateTime, utcText, type DateTime } from '../xml/date-time.ts';
import { WSU } from '../xml/namespaces.ts';
import type { FindingDraft } from '../trace/recorder.ts';
import type { Data } from '../trace/trace.ts';
import type { NodeIndex, XmlDocument } from '../xml/document.ts';
import { childElements, isElement, localName, nodeRange, textContent } from '../xml/navigate.ts';
import { zoneLikeHours, type Clock } from './clock.ts';

/** One of the two moments. `value` is null where the text is no xsd:dateTime. */
export interface Moment {
  readonly node: NodeIndex;
  readonly text: string;
  readonly value: DateTime | null;
}

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

export function timestampData(timestamp: Timestamp): Data {
  const { created, expires } = timestamp;
  return {
    created: created?.text.slice(0, 80) ?? null,
    expires: expires?.text.slice(0, 80) ?? null,
    ...(created?.value && expires?.value ? { lifetimeSeconds: (expires.value.time - created.value.time) / 1000 } : {}),
  };
}

export interface Freshness {
  readonly freshness: 'pass' | 'fail';
  readonly findings: readonly FindingDraft[];
}

/** Judges a Timestamp against the clock; its own problems are not repeated, though they fail it. */
export function judgeTimestamp(document: XmlDocument, timestamp: Timestamp, clock: Clock): Freshness {
  const findings: FindingDraft[] = [];
  const { created, expires } = timestamp;
  const skew = clock.skewSeconds * 1000;
  const range = (moment: Moment | null) => [nodeRange(document, moment?.node ?? timestamp.node)];
  const at = utcText(clock.at);
  if (created === null || expires === null) {
    findings.push({
      code: 'ts-missing-expires-or-order',
      severity: 'warning',
      ranges: range(null),
      data: { reason: created === null ? 'created-missing' : 'expires-missing' },
    });
  }
  const from = created?.value?.time ?? null;
  const stated = expires?.value?.time ?? null;
  if (from !== null && stated !== null && stated <= from) {
    findings.push({
      code: 'ts-missing-expires-or-order',
      severity: 'error',
      ranges: range(expires),
      data: { reason: 'expires-not-after-created', created: created?.text ?? '', expires: expires?.text ?? '' },
      fault: 'wsse:InvalidSecurity',
    });
  }
  const bounded = from !== null && clock.ttlSeconds !== null ? from + clock.ttlSeconds * 1000 : null;
  const until = bounded !== null && (stated === null || bounded < stated) ? bounded : stated;
  const hours = from === null ? null : zoneLikeHours(from, clock.at);
  if (from !== null && from > clock.at + skew) {
    findings.push({
      code: 'ts-created-in-future',
      severity: 'error',
      ranges: range(created),
      fault: 'wsu:MessageExpired',
      data: {
        created: created?.text ?? '',
        at,
        aheadSeconds: (from - clock.at) / 1000,
        skewSeconds: clock.skewSeconds,
      },
    });
  }
  if (until !== null && until + skew < clock.at) {
    findings.push({
      code: 'ts-expired',
      severity: 'error',
      ranges: range(until === stated ? expires : created),
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
  if (hours !== null && findings.some((one) => one.code === 'ts-created-in-future' || one.code === 'ts-expired')) {
    findings.push({
      code: 'ts-local-time-as-utc',
      severity: 'warning',
      confidence: Number.isInteger(hours) ? 'likely' : 'possible',
      ranges: range(created),
      data: { hours, created: created?.text ?? '', at },
    });
  }
  if (created?.value && created.value.offsetMinutes === null) {
    findings.push({
      code: 'ts-zone-missing',
      severity: 'warning',
      ranges: range(created),
      data: { created: created.text },
    });
  }
  const failed = [...findings, ...timestamp.problems].some((one) => one.severity === 'error');
  return { freshness: failed ? 'fail' : 'pass', findings };
}
