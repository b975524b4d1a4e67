/** The mark of an outcome: a shape as well as a colour, in a filled or a quiet circle. */
import { MARK_WORDS } from '../content/page/controls.ts';

/** The marks there are. */
export type MarkKind = 'pass' | 'fail' | 'warn' | 'unknown' | 'none' | 'skipped' | 'encrypted';

const PATHS: Readonly<Record<MarkKind, string>> = {
  pass: 'M4.2 8.4l2.6 2.5 5-5.4',
  fail: 'M5 5l6 6M11 5l-6 6',
  warn: 'M8 4.2v4.6M8 11.4v.2',
  unknown: 'M6.1 6.2c.1-2.6 4-2.4 3.9.1 0 1.500-1.900 1.600-2 3M8 11.5v.2',
  none: 'M5 8h6',
  skipped: 'M5.500 5l3 3-3 3M10.500 5v6',
  encrypted: 'M5.200 7.500h5.600v4H5.200zM6.300 7.300V5.800a1.700 1.700 0 013.400 0v1.500',
};

/** The mark, named for who does not see it. */
export function Mark({
  kind,
  quiet = false,
  silent = false,
}: {
  readonly kind: MarkKind;
  readonly quiet?: boolean;
  /** The words beside it already say it. */ readonly silent?: boolean;
}) {
  return (
    <span
      className={`mark mark-${kind}${quiet ? ' mark-quiet' : ''}`}
      {...(silent ? { 'aria-hidden': true } : { role: 'img', 'aria-label': MARK_WORDS[kind] })}
    >
      <svg
        viewBox="0 0 16 16"
        fill="none"
        stroke="currentColor"
        strokeWidth="2"
        strokeLinecap="round"
        strokeLinejoin="round"
        aria-hidden="true"
      >
        <path d={PATHS[kind]} />
      </svg>
    </span>
  );
}
