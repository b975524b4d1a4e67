/** One of the three panes: its header, and the built-in viewer or, once it is loaded, the editor. */
import { LEGEND, PANE_TITLES, paneLabel } from '../../content/page/workbench.ts';
import { PANE } from '../../content/pane-words.ts';
import { useCallback, useLayoutEffect, useMemo } from 'react';
import { INPUT_SPACE, type SourceRange } from '../../engine/bytes/source-range.ts';
import { cutRows, rowAt } from '../../state/panes/rows.ts';
import { rowViews } from '../../state/panes/row-view.ts';
import type { PaneName } from '../../state/selection.ts';
import { PlainMessage, type ViewedRow } from '../../ui/plain-message.tsx';
import { useLayout, useNavigation, usePane, useSelection } from '../bench-context.tsx';

/** The frame of a pane: its title, what it shows, and the editor or viewer in it. */
export function MessagePane({
  pane,
  children,
}: {
  readonly pane: PaneName;
  /** The editor, in place of the viewer. */ readonly children?: React.ReactNode;
}) {
  const model = usePane(pane);
  return (
    <section className="pane" aria-label={paneLabel(PANE_TITLES[pane])} data-pane={pane} tabIndex={-1}>
      <header className="pane-header">
        <h2>{PANE_TITLES[pane]}</h2>
        <span className="pane-summary" title={model.summary}>
          {model.summary}
        </span>
        {pane === 'original' ? <Legend /> : <span className="spacer pane-aside">{model.aside}</span>}
      </header>
      {model.empty ? <p className="pane-empty">{model.empty}</p> : (children ?? <PlainPane pane={pane} />)}
    </section>
  );
}

function Legend() {
  return (
    <span className="legend spacer" aria-hidden>
      {Object.entries(LEGEND).map(([meaning, word]) => (
        <span key={meaning}>
          <i className={`swatch strip-${meaning}`} />
          {word}
        </span>
      ))}
    </span>
  );
}

/** @param onLeave the viewer goes while it has the focus */
export function PlainPane({ pane, onLeave }: { readonly pane: PaneName; readonly onLeave?: () => void }) {
  const navigation = useNavigation();
  const model = usePane(pane);
  useLayoutEffect(
    () => () => {
      if (document.activeElement?.closest<HTMLElement>('section[data-pane]')?.dataset['pane'] === pane) onLeave?.();
    },
    [pane, onLeave],
  );
  const layOut = useLayout((layout) => layout.layOut);
  const range = useSelection((selection) => selection.range);
  const by = useSelection((selection) => selection.by);
  const hover = useSelection((selection) => selection.hover);
  const caret = useSelection((selection) => selection.caret);
  const rows = useMemo(() => cutRows(model.text, layOut && pane === 'original'), [model.text, layOut, pane]);
  const showLineEnds = pane === 'original' && model.summary.includes(PANE.mixedLineEnds);
  const view = useMemo(() => rowViews(model, rows, showLineEnds), [model, rows, showLineEnds]);
  const span = useCallback(
    (start: number, end: number): readonly [number, number] => {
      const from = rowAt(rows, model.map.textAt(start));
      return [from, rowAt(rows, Math.max(model.map.textAt(start), model.map.textAt(end) - 1)) + 1];
    },
    [rows, model],
  );
  const shows = useCallback(
    (place: SourceRange | null): place is SourceRange =>
      place?.space === INPUT_SPACE && model.text !== '' && model.map.shows?.(place.start, place.end) !== false,
    [model],
  );
  const selected = useMemo(() => (shows(range) ? span(range.start, range.end) : null), [range, span, shows]);
  const hovered = useMemo(() => (shows(hover) ? span(hover.start, hover.end) : null), [hover, span, shows]);
  const reveal = useMemo(() => (selected && by !== pane ? { row: selected[0] } : null), [selected, by, pane]);
  const rangeOf = (row: ViewedRow) => ({
    space: INPUT_SPACE,
    start: model.map.octetAt(row.start),
    end: Math.max(model.map.octetAt(row.end), model.map.octetAt(row.start) + 1),
  });
  return (
    <PlainMessage
      label={PANE_TITLES[pane]}
      count={rows.count}
      row={view}
      selected={selected}
      hovered={hovered}
      reveal={reveal}
      active={caret === null ? (selected?.[0] ?? 0) : rowAt(rows, model.map.textAt(caret))}
      onHover={(row) => navigation.hover(row ? rangeOf(row) : null)}
      onPick={(row, offset) => {
        const octet = model.map.octetAt(offset);
        navigation.selectRange(rangeOf(row), pane);
        navigation.setCaret(octet);
      }}
      onNote={(step) => navigation.selectStep(step)}
    />
  );
}
