/**
 * Octets in rows: offset, hex, text; windowed, with a cursor that the keyboard moves. Colour is never alone: rewritten
 * octets are underlined, added ones boxed.
 */
import { GO_TO } from '../content/page/controls.ts';
import { useEffect, useState, type KeyboardEvent, type PointerEvent } from 'react';
import { OctetRow } from './octet-row.tsx';
import { useWindowed } from './windowed.ts';

/** What was made of an octet; null for one that was copied. */
export type OctetKind = 'rewritten' | 'added' | null;

/** Half-open, offsets in the octets shown. */
export interface OctetRange {
  readonly start: number;
  readonly end: number;
}

/** The octets, how they are shown, and what of them is pointed out. */
export interface OctetGridProps {
  readonly label: string;
  readonly octets: Uint8Array;
  /** Added to offsets shown. */
  readonly base: number;
  /** Octets in a row. */
  readonly columns: 8 | 16;
  readonly view: 'hex' | 'text' | 'both';
  readonly kind: (offset: number) => OctetKind;
  readonly linked: OctetRange | null;
  /** Where they differ from others: sorted, half-open, none empty. */
  readonly different: readonly OctetRange[] | null;
  /** Where a row's octets came from, in a few words; null shows no such column. */
  readonly origin: ((start: number, end: number) => string) | null;
  /** Half-open, offsets in `octets`. */
  readonly onSelect: (start: number, end: number) => void;
}

const HEIGHT = 18;

/** Octets of a BOM or a no-break space, which text would hide. */
function special(octets: Uint8Array, at: number): boolean {
  for (let start = Math.max(0, at - 2); start <= at; start++) {
    if (octets[start] === 0xef && octets[start + 1] === 0xbb && octets[start + 2] === 0xbf) return true;
    if (octets[start] === 0xc2 && octets[start + 1] === 0xa0 && at - start < 2) return true;
  }
  return false;
}

function focusOnce(input: HTMLInputElement | null): void {
  input?.focus();
}

/** Whether one of the sorted ranges holds the octet. */
function holds(ranges: readonly OctetRange[], octet: number): boolean {
  let low = 0;
  let high = ranges.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((ranges[middle]?.start ?? 0) <= octet) low = middle;
    else high = middle - 1;
  }
  const range = ranges[low];
  return range !== undefined && range.start <= octet && octet < range.end;
}

/** Cursor and anchor of the selection, and the ways to move them. */
function useCursor({ octets, columns, onSelect }: OctetGridProps, fit: number, reveal: (row: number) => void) {
  const [cursor, setCursor] = useState(0);
  const [anchor, setAnchor] = useState(0);
  const move = (target: number, extend: boolean) => {
    const at = Math.max(0, Math.min(octets.length - 1, target));
    const start = extend ? anchor : at;
    setCursor(at);
    setAnchor(start);
    reveal(Math.floor(at / columns));
    onSelect(Math.min(start, at), Math.max(start, at) + 1);
  };
  /** Null for a key that does not move the cursor. */
  const destination = (key: string, control: boolean): number | null => {
    const steps: Readonly<Record<string, number>> = {
      ArrowRight: 1,
      ArrowLeft: -1,
      ArrowDown: columns,
      ArrowUp: -columns,
      PageDown: fit * columns,
      PageUp: -fit * columns,
    };
    const step = steps[key];
    const row = cursor - (cursor % columns);
    if (step !== undefined) return cursor + step;
    if (key === 'Home') return control ? 0 : row;
    return key === 'End' ? (control ? octets.length - 1 : row + columns - 1) : null;
  };
  const [from, to] = cursor < anchor ? [cursor, anchor + 1] : [anchor, cursor + 1];
  return { cursor, from, to, move, destination };
}

function octetUnder(event: PointerEvent): number | null {
  const cell = event.target instanceof Element ? event.target.closest<HTMLElement>('[data-octet]') : null;
  return cell ? Number(cell.dataset['octet']) : null;
}

/** Scrolls to where a range begins, whenever it is another. */
function useRevealed(start: number | undefined, columns: number, reveal: (row: number) => void): void {
  useEffect(() => {
    if (start !== undefined) reveal(Math.floor(start / columns));
  }, [start, reveal, columns]);
}

/** The classes that say what an octet is. */
function classOf({ octets, kind, linked, different }: OctetGridProps, at: number, selected: boolean) {
  const made = kind(at);
  const names = [
    made ? `octet-${made}` : '',
    selected ? 'is-selected' : '',
    linked && at >= linked.start && at < linked.end ? 'is-linked' : '',
    different && holds(different, at) ? 'is-different' : '',
    special(octets, at) ? 'is-special' : '',
  ];
  return names.filter(Boolean).join(' ') || undefined;
}

/** The grid: only the rows in sight are in the document. */
export function OctetGrid(props: OctetGridProps) {
  const { octets, view, base, columns } = props;
  const count = Math.ceil(octets.length / columns);
  const { ref, first, last, onScroll, reveal, fit } = useWindowed(count, HEIGHT);
  const { cursor, from, to, move, destination } = useCursor(props, fit, reveal);
  const [asking, setAsking] = useState(false);
  useRevealed(props.linked?.start, columns, reveal);
  useRevealed(props.different?.[0]?.start, columns, reveal);
  const onKeyDown = (event: KeyboardEvent) => {
    const control = event.ctrlKey || event.metaKey;
    const target = destination(event.key, event.ctrlKey);
    if (control && event.key.toLowerCase() === 'g') setAsking(true);
    else if (target !== null) move(target, event.shiftKey);
    else return;
    event.preventDefault();
  };
  const onGo = (at: number | null) => {
    if (at !== null) move(at - base, false);
    setAsking(false);
    ref.current?.focus();
  };
  return (
    <div className="octet-box">
      {asking ? <GoTo onGo={onGo} onLeave={() => setAsking(false)} /> : null}
      <div
        ref={ref}
        className={`octet-grid scroll view-${view} columns-${columns}`}
        role="grid"
        aria-label={props.label}
        aria-rowcount={count}
        aria-colcount={columns}
        tabIndex={0}
        aria-activedescendant={cursor >= first * columns && cursor < last * columns ? `octet-${cursor}` : undefined}
        onScroll={onScroll}
        onKeyDown={onKeyDown}
        onPointerDown={(event) => {
          const at = octetUnder(event);
          if (at !== null) move(at, event.shiftKey);
        }}
        onPointerMove={(event) => {
          const at = event.buttons === 1 ? octetUnder(event) : null;
          if (at !== null && at !== cursor) move(at, true);
        }}
      >
        <Rows grid={props} count={count} first={first} last={last} selected={{ start: from, end: to }} />
      </div>
    </div>
  );
}

/** The rows in sight, in a space as high as all of them. */
function Rows({
  grid,
  count,
  first,
  last,
  selected,
}: {
  readonly grid: OctetGridProps;
  readonly count: number;
  readonly first: number;
  readonly last: number;
  readonly selected: OctetRange;
}) {
  const { octets, base, columns, origin } = grid;
  const digits = octets.length + base > 0xffff ? 6 : 4;
  const isSelected = (at: number) => at >= selected.start && at < selected.end;
  const rows = Array.from({ length: Math.max(0, Math.min(last, count) - first) }, (_, at) => first + at);
  return (
    <div className="octet-space" style={{ height: count * HEIGHT }}>
      <div role="rowgroup" className="octet-shift" style={{ transform: `translateY(${first * HEIGHT}px)` }}>
        {rows.map((index) => (
          <OctetRow
            key={index}
            octets={octets}
            index={index}
            columns={columns}
            offset={(base + index * columns).toString(16).padStart(digits, '0')}
            view={grid.view}
            classOf={(at) => classOf(grid, at, isSelected(at))}
            isSelected={isSelected}
            origin={origin && origin(index * columns, Math.min(octets.length, index * columns + columns))}
          />
        ))}
      </div>
    </div>
  );
}

/** Asks for an offset, decimal or hexadecimal. */
function GoTo({ onGo, onLeave }: { readonly onGo: (at: number | null) => void; readonly onLeave: () => void }) {
  const [text, setText] = useState('');
  return (
    <form
      className="go-to"
      onSubmit={(event) => {
        event.preventDefault();
        const at = text.startsWith('0x') ? Number.parseInt(text, 16) : Number.parseInt(text, 10);
        onGo(Number.isFinite(at) ? at : null);
      }}
    >
      <label>
        {GO_TO.octet}{' '}
        <input
          ref={focusOnce}
          className="field"
          value={text}
          placeholder={GO_TO.example}
          onChange={(event) => setText(event.target.value)}
          onKeyDown={(event) => {
            if (event.key === 'Escape') onLeave();
          }}
        />
      </label>
    </form>
  );
}
