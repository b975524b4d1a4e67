/**
 * Octets in rows: offset, hex, text; windowed, with a cursor that the keyboard moves. Colour is never alone: rewritten
 * octets are underlined, added ones boxed.
 */
import { useEffect, useMemo, useState, type KeyboardEvent } from 'react';
import { useWindowed } from './windowed.ts';

export type OctetKind = 'rewritten' | 'added' | null;

export interface OctetGridProps {
  readonly label: string;
  readonly octets: Uint8Array;
  /** Added to offsets shown. */
  readonly base: number;
  /** Octets in a row. */
  readonly columns: 8 | 16;
  readonly view: 'hex' | 'text' | 'both';
  readonly kind: (offset: number) => OctetKind;
  readonly linked: { readonly start: number; readonly end: number } | null;
  readonly different: ((offset: number) => boolean) | null;
  /** Where a row's octets came from, in a few words; null shows no such column. */
  readonly origin: ((start: number, end: number) => string) | null;
  /** Half-open, offsets in `octets`. */
  readonly onSelect: (start: number, end: number) => void;
}

const HEIGHT = 18;

const GLYPHS: Readonly<Record<number, readonly [string, string]>> = {
  0x0a: ['↵', 'LF'],
  0x0d: ['␍', 'CR'],
  0x09: ['→', 'tab'],
  0x20: ['·', 'space'],
};

function glyph(octet: number): string {
  return GLYPHS[octet]?.[0] ?? (octet > 0x20 && octet < 0x7f ? String.fromCharCode(octet) : '▪');
}

function nameOf(octets: Uint8Array, at: number): string {
  const octet = octets[at] ?? 0;
  const [next, third] = [octets[at + 1], octets[at + 2]];
  if (octet === 0xef && next === 0xbb && third === 0xbf) return 'byte order mark';
  if (octet === 0xc2 && next === 0xa0) return 'no-break space';
  return GLYPHS[octet]?.[1] ?? (octet > 0x20 && octet < 0x7f ? String.fromCharCode(octet) : 'not ASCII');
}

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

export function OctetGrid(props: OctetGridProps) {
  const { octets, view, base, columns, different } = props;
  const count = Math.ceil(octets.length / columns);
  const { ref, first, last, onScroll, reveal, fit } = useWindowed(count, HEIGHT);
  const [cursor, setCursor] = useState(0);
  const [anchor, setAnchor] = useState(0);
  const [goTo, setGoTo] = useState<string | null>(null);
  const linkedStart = props.linked?.start;
  useEffect(() => {
    if (linkedStart !== undefined) reveal(Math.floor(linkedStart / columns));
  }, [linkedStart, reveal, columns]);
  const firstDifference = useMemo(() => {
    if (!different) return -1;
    for (let at = 0; at < octets.length; at++) if (different(at)) return at;
    return -1;
  }, [different, octets]);
  useEffect(() => {
    if (firstDifference >= 0) reveal(Math.floor(firstDifference / columns));
  }, [firstDifference, reveal, columns]);
  const [from, to] = cursor < anchor ? [cursor, anchor + 1] : [anchor, cursor + 1];
  const move = (target: number, extend: boolean) => {
    const at = Math.max(0, Math.min(octets.length - 1, target));
    const start = extend ? anchor : at;
    setCursor(at);
    setAnchor(start);
    reveal(Math.floor(at / columns));
    props.onSelect(Math.min(start, at), Math.max(start, at) + 1);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const page = fit * columns;
    const steps: Readonly<Record<string, number>> = {
      ArrowRight: 1,
      ArrowLeft: -1,
      ArrowDown: columns,
      ArrowUp: -columns,
      PageDown: page,
      PageUp: -page,
    };
    const step = steps[event.key];
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'g') setGoTo('');
    else if (step !== undefined) move(cursor + step, event.shiftKey);
    else if (event.key === 'Home') move(event.ctrlKey ? 0 : cursor - (cursor % columns), event.shiftKey);
    else if (event.key === 'End') {
      move(event.ctrlKey ? octets.length - 1 : cursor - (cursor % columns) + columns - 1, event.shiftKey);
    } else return;
    event.preventDefault();
  };
  const rows = [];
  for (let index = first; index < Math.min(last, count); index++) rows.push(index);
  const classOf = (at: number) => {
    const kind = props.kind(at);
    const names = [
      kind ? `octet-${kind}` : '',
      at >= from && at < to ? 'is-selected' : '',
      props.linked && at >= props.linked.start && at < props.linked.end ? 'is-linked' : '',
      different?.(at) ? 'is-different' : '',
      special(octets, at) ? 'is-special' : '',
    ];
    return names.filter(Boolean).join(' ') || undefined;
  };
  const digits = octets.length + base > 0xffff ? 6 : 4;
  const active = `octet-${cursor}`;
  return (
    <div className="octet-box">
      {goTo === null ? null : (
        <form
          className="go-to"
          onSubmit={(event) => {
            event.preventDefault();
            const at = goTo.startsWith('0x') ? Number.parseInt(goTo, 16) : Number.parseInt(goTo, 10);
            if (Number.isFinite(at)) move(at - base, false);
            setGoTo(null);
            ref.current?.focus();
          }}
        >
          <label>
            Go to octet{' '}
            <input
              ref={focusOnce}
              className="field"
              value={goTo}
              placeholder="1201 or 0x4b1"
              onChange={(event) => setGoTo(event.target.value)}
              onKeyDown={(event) => {
                if (event.key === 'Escape') setGoTo(null);
              }}
            />
          </label>
        </form>
      )}
      <div
        ref={ref}
        className={`octet-grid scroll view-${view} columns-${columns}`}
        role="grid"
        aria-label={props.label}
        aria-rowcount={count}
        aria-colcount={columns}
        tabIndex={0}
        aria-activedescendant={cursor >= first * columns && cursor < last * columns ? active : undefined}
        onScroll={onScroll}
        onKeyDown={onKeyDown}
        onPointerDown={(event) => {
          const cell = event.target instanceof Element ? event.target.closest<HTMLElement>('[data-octet]') : null;
          if (cell) move(Number(cell.dataset['octet']), event.shiftKey);
        }}
        onPointerMove={(event) => {
          if (event.buttons !== 1) return;
          const cell = event.target instanceof Element ? event.target.closest<HTMLElement>('[data-octet]') : null;
          if (cell && Number(cell.dataset['octet']) !== cursor) move(Number(cell.dataset['octet']), true);
        }}
      >
        <div className="octet-space" style={{ height: count * HEIGHT }}>
          <div role="rowgroup" className="octet-shift" style={{ transform: `translateY(${first * HEIGHT}px)` }}>
            {rows.map((index) => {
              const cells = [];
              for (let at = index * columns; at < Math.min(octets.length, index * columns + columns); at++) {
                cells.push(at);
              }
              return (
                <div key={index} role="row" aria-rowindex={index + 1} className="octet-row">
                  <span role="rowheader" className="octet-offset">
                    {(base + index * columns).toString(16).padStart(digits, '0')}
                  </span>
                  {view === 'text' ? null : (
                    <span className="octet-hex" role="presentation">
                      {cells.map((at) => (
                        <span
                          key={at}
                          id={`octet-${at}`}
                          role="gridcell"
                          aria-selected={at >= from && at < to}
                          aria-label={`${(octets[at] ?? 0).toString(16).padStart(2, '0')}, ${nameOf(octets, at)}`}
                          data-octet={at}
                          className={classOf(at)}
                        >
                          {(octets[at] ?? 0).toString(16).padStart(2, '0')}
                        </span>
                      ))}
                    </span>
                  )}
                  {view === 'hex' ? null : (
                    <span
                      className="octet-text"
                      {...(view === 'text' ? { role: 'presentation' } : { 'aria-hidden': true })}
                    >
                      {cells.map((at) => (
                        <span
                          key={at}
                          {...(view === 'text'
                            ? {
                                id: `octet-${at}`,
                                role: 'gridcell',
                                'aria-selected': at >= from && at < to,
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
                  )}
                  {props.origin ? (
                    <span className="octet-origin" aria-hidden>
                      {props.origin(index * columns, Math.min(octets.length, index * columns + columns))}
                    </span>
                  ) : null}
                </div>
              );
            })}
          </div>
        </div>
      </div>
    </div>
  );
}
