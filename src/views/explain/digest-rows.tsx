/** Digests of one reference, one below the other: what each is of, its value, whether it is the declared one. */
import { DIGESTS } from '../../content/page/explain.ts';
import { algorithmName } from '../../content/steps.ts';
import { shortHex } from '../format.ts';

/** One digest beside the declared one. */
export interface DigestRow {
  readonly label: string;
  readonly hex: string;
  /** Whether it equals the declared one; null for the declared one itself. */
  readonly equal: boolean | null;
}

/** @param recomputed given where one of them was computed here and now: whether it was, for the tests of the page */
export function DigestRows({
  method,
  rows,
  recomputed,
}: {
  /** URI of the digest algorithm. */
  readonly method: string;
  readonly rows: readonly DigestRow[];
  readonly recomputed?: boolean;
}) {
  return (
    <dl className="digests" aria-label={DIGESTS.label(algorithmName(method))} data-recomputed={recomputed}>
      {rows.map(({ label, hex, equal }) => (
        <div key={`${label}${hex}`}>
          <dt>{label}</dt>
          <dd className="mono" title={hex}>
            {shortHex(hex)}
          </dd>
          <dd className={equal === null ? '' : equal ? 'equal' : 'unequal'}>
            {equal === null ? '' : equal ? DIGESTS.equal : DIGESTS.differs}
          </dd>
        </div>
      ))}
    </dl>
  );
}
