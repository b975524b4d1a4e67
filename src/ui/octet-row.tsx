/** One row of the octet grid: offset, hex, text, origin. */
import { OCTET_NAMES } from '../content/page/controls.ts';

const GLYPHS: Readonly<Record<number, readonly [string, string]>> = {
  0x0a: ['↵', OCTET_NAMES.lineFeed],
  0x0d: ['␍', OCTET_NAMES.carriageReturn],
  0x09: ['→', OCTET_NAMES.tab],
  0x20: ['·', OCTET_NAMES.space],
};

function glyph(octet: number): string {
  return GLYPHS[octet]?.[0] ?? (octet > 0x20 && octet < 0x7f ? String.fromCharCode(octet) : '▪');
}

function nameOf(octets: Uint8Array, at: number): string {
  const octet = octets[at] ?? 0;
  const [next, third] = [octets[at + 1], octets[at + 2]];
  if (octet === 0xef && next === 0xbb && third === 0xbf) return OCTET_NAMES.byteOrderMark;
  if (octet === 0xc2 && next === 0xa0) return OCTET_NAMES.noBreakSpace;
  return GLYPHS[octet]?.[1] ?? (octet > 0x20 && octet < 0x7f ? String.fromCharCode(octet) : OCTET_NAMES.notAscii);
}

const hex = (octet: number | undefined): string => (octet ?? 0).toString(16).padStart(2, '0');

/** One row of octets, and what the grid knows of each. */
export interface OctetRowProps {
  readonly octets: Uint8Array;
  /** Number of the row, from 0. */
  readonly index: number;
  readonly columns: number;
  /** As the row's own offset is shown. */
  readonly offset: string;
  readonly view: 'hex' | 'text' | 'both';
  readonly classOf: (at: number) => string | undefined;
  readonly isSelected: (at: number) => boolean;
  /** Where the row's octets came from; null shows no such column. */
  readonly origin: string | null;
}

/** The octets of one row. */
export function OctetRow(props: OctetRowProps) {
  const { octets, index, columns, view, classOf, isSelected } = props;
  const first = index * columns;
  const cells = Array.from({ length: Math.min(octets.length - first, columns) }, (_, at) => first + at);
  return (
    <div role="row" aria-rowindex={index + 1} className="octet-row">
      <span role="rowheader" className="octet-offset">
        {props.offset}
      </span>
      {view === 'text' ? null : (
        <span className="octet-hex" role="presentation">
          {cells.map((at) => (
            <span
              key={at}
              id={`octet-${at}`}
              role="gridcell"
              aria-selected={isSelected(at)}
              aria-label={`${hex(octets[at])}, ${nameOf(octets, at)}`}
              data-octet={at}
              className={classOf(at)}
            >
              {hex(octets[at])}
            </span>
          ))}
        </span>
      )}
      {view === 'hex' ? null : <TextCells {...props} cells={cells} alone={view === 'text'} />}
      {props.origin === null ? null : (
        <span className="octet-origin" aria-hidden>
          {props.origin}
        </span>
      )}
    </div>
  );
}

/** The octets as text; beside their hex they are for eyes only. */
function TextCells({
  octets,
  cells,
  alone,
  classOf,
  isSelected,
}: OctetRowProps & { readonly cells: readonly number[]; readonly alone: boolean }) {
  return (
    <span className="octet-text" {...(alone ? { role: 'presentation' } : { 'aria-hidden': true })}>
      {cells.map((at) => (
        <span
          key={at}
          {...(alone
            ? {
                id: `octet-${at}`,
                role: 'gridcell',
                'aria-selected': isSelected(at),
                'aria-label': nameOf(octets, at),
              }
            : {})}
          data-octet={at}
          className={classOf(at)}
          data-blank={GLYPHS[octets[at] ?? 0] ? '' : undefined}
        >
          {glyph(octets[at] ?? 0)}
        </span>
      ))}
    </span>
  );
}
