/** As of when a message was judged, and how that time stands to the present, in words. */
import { indexTrace } from '../engine/trace/trace-index.ts';
import type { JudgedTime, Trace } from '../engine/trace/trace.ts';
import { duration } from './findings/duration.ts';

const seconds = (later: string, earlier: string): number => (Date.parse(later) - Date.parse(earlier)) / 1000;

const short = (instant: string): string => instant.replace(/\.000Z$/, 'Z');

/** How late the message is by now; empty where it is still current, has no end, or now was not asked for. */
function lateByNow({ time: { now, until }, options: { skewSeconds } }: Trace): string {
  if (now === null || until === null) return '';
  const late = seconds(now, until);
  return late > skewSeconds ? `${duration(late)} late by now` : '';
}

function whose({ from, now, made }: JudgedTime): string {
  if (from === 'made') return ', when it was made';
  if (now === null) return '';
  return made === null ? ', now: it does not say when it was made' : ', now: it says that it was made later';
}

/** The judged time, whose it is, and how late the message is by now. */
export function judgedAsOf(trace: Trace): string {
  const late = trace.time.from === 'made' ? lateByNow(trace) : '';
  return `${short(trace.time.instant)}${whose(trace.time)}${late === '' ? '' : `; ${late}`}`;
}

/** How long a message is good for from a moment on; empty where its Timestamp says no end, or it is over. */
function timeLeft({ tokens }: Trace, from: string): string {
  for (const token of tokens) {
    const expires = token.data['expires'];
    const left = token.kind === 'Timestamp' && typeof expires === 'string' ? seconds(expires, from) : Number.NaN;
    if (Number.isNaN(left)) continue;
    const minutes = Math.floor(left / 60);
    if (minutes < 0) return '';
    if (minutes < 120) return `${minutes} min left`;
    const days = Math.floor(minutes / 1_440);
    return days < 2
      ? `${Math.floor(minutes / 60)} h left`
      : days < 800
        ? `${days} days left`
        : `${Math.floor(days / 365)} years left`;
  }
  return '';
}

/** Of a message in time: how long it is still good for, or that it was in time when made and how late it is by now. */
export function inTimeWords(trace: Trace): string {
  const { from, now, instant } = trace.time;
  if (from !== 'made' || now === null) return timeLeft(trace, instant);
  const late = lateByNow(trace);
  const after = late === '' ? timeLeft(trace, now) : late;
  return `in time when made${after === '' ? '' : `, ${after}`}`;
}

/**
 * Of a message out of time: how far in the future it says that it was made, and whether that looks like a time zone.
 */
export function outOfTimeWords(trace: Trace): string {
  const { now, made } = trace.time;
  const ahead = now === null || made === null ? 0 : seconds(made.instant, now);
  if (ahead <= trace.options.skewSeconds) return 'outside its lifetime';
  const { findings } = trace.verdict.evidence.freshness;
  const zone = findings
    .map((id) => indexTrace(trace).finding(id))
    .some((finding) => finding?.code === 'ts-local-time-as-utc' && finding.data['offset'] !== true);
  return `${duration(ahead)} in the future${zone ? ', like local time marked Z' : ''}`;
}
