/** Words for Timestamps. */
import type { TokenFindings } from '../../../engine/trace/finding-data/tokens.ts';
import { said, type FindingCatalogue } from '../catalogue.ts';
import { duration } from '../duration.ts';

const inHours = (hours: number | undefined): string => (hours === 1 ? 'one hour' : `${said(hours, 'some')} hours`);

/** By code, each with the data that its code carries. */
export const TIMESTAMP_FINDINGS = {
  'timestamp-malformed': {
    title: (data) => `${said(data.element, 'A time')} is not a time a receiver can read`,
    message: (data) =>
      said(data.reason) === 'repeated'
        ? `${said(data.element)} stands more than once in the Timestamp.`
        : said(data.reason) === 'namespace'
          ? `${said(data.element)} is not in the wsu namespace.`
          : `"${said(data.text)}" is not an xsd:dateTime. The sender must write times like 2026-11-22T06:53:25.000Z.`,
  },
  'ts-expired': {
    title: (data) => `The message expired ${duration(data.lateSeconds)} ago`,
    message: (data) =>
      said(data.by) === 'ttl'
        ? `It was created too long ago: it was good until ${said(data.expires)} by the longest lifetime that ` +
          `is accepted, and is judged as of ${said(data.at)}.`
        : `Expires is ${said(data.expires)}; the message is judged as of ${said(data.at)}, with ` +
          `${said(data.skewSeconds)} seconds of tolerance.`,
    explain:
      'A captured message that is sent again, a queue on the way, or a clock that is wrong on either side. To ' +
      'look at an old message, set the clock to the day it was sent.',
    fixes: {
      'WSS4J and CXF': '`ws-security.timestamp.timeToLive` on the sending side; NTP on both.',
      SoapUI: 'Raise the TTL of the Timestamp entry.',
    },
  },
  'ts-created-in-future': {
    title: (data) => `The message was created ${duration(data.aheadSeconds)} in the future`,
    message: (data) =>
      `Created is ${said(data.created)}; the message is judged as of ${said(data.at)}, with ` +
      `${said(data.skewSeconds)} seconds of tolerance. The sender's clock is ahead, or the receiver's is ` +
      'behind.',
    fixes: {
      WSS4J: '`futureTimeToLive` allows 60 seconds.',
      WCF: 'MaxClockSkew on the binding.',
      'Any party': 'Synchronise clocks with NTP.',
    },
  },
  'ts-local-time-as-utc': {
    title: (data) =>
      data.offset === true ? 'Created is local time with an offset' : 'Local time seems to be written as UTC',
    message: (data) =>
      data.offset === true
        ? `"${said(data.created)}" is read rightly here. The specification asks for UTC with Z; devices and strict ` +
          'receivers ignore the offset or refuse it.'
        : data.own === true
          ? `Created and the time at which the message says elsewhere that it was made, ${said(data.at)}, differ by ` +
            `almost exactly ${inHours(Math.abs(data.hours))}. That is what comes out when a sender writes one of ` +
            'them as local time and puts Z behind it.'
          : `Created is off by almost exactly ${inHours(data.hours)}. That is what comes out when a sender ` +
            'writes its local time and puts Z behind it.',
    fixes: {
      Ruby: '`Time.now.utc.xmlschema`',
      Java: '`Instant.now().toString()`',
      '.NET': '`DateTime.UtcNow.ToString("o")`',
    },
  },
  'ts-missing-expires-or-order': {
    title: (data) =>
      said(data.reason) === 'expires-not-after-created'
        ? 'Expires is not after Created'
        : said(data.reason) === 'created-missing'
          ? 'The Timestamp has no Created'
          : 'The Timestamp has no Expires',
    message: (data) =>
      said(data.reason) === 'expires-not-after-created'
        ? `Created is ${said(data.created)}, Expires ${said(data.expires)}: the message was never valid. ` +
          'The sender must write a later Expires.'
        : 'Many receivers ask for both Created and Expires. Without them only the receiver can say how long the ' +
          'message is good.',
  },
  'ts-zone-missing': {
    title: () => 'Created has no time zone',
    message: (data) =>
      `"${said(data.created)}" is read as UTC here; other receivers take their own local time. The sender ` +
      'should write Z.',
  },
  'ts-device-clock-offset': {
    title: () => "The UsernameToken's Created is outside the accepted window",
    message: (data) =>
      `Created is ${said(data.created)}, ${duration(data.offsetSeconds)} ` +
      `${data.offsetSeconds > 0 ? 'ahead of' : 'before'} the judged time ${said(data.at)}. Either ` +
      'a clock is wrong or the token is used again. Devices answer this with "Sender not Authorized" though the ' +
      'password is right.',
    fixes: { ONVIF: 'Ask the device with GetSystemDateAndTime and shift Created by the difference.' },
  },
  R3227: {
    title: () => 'More than one Timestamp in the header',
    message: (data) =>
      `There are ${said(data.count)}. Basic Security Profile R3227 allows one: receivers differ in which ` +
      'they judge.',
  },
} satisfies Partial<FindingCatalogue<TokenFindings>>;
