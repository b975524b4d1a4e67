/**
 * Where the caret is (line, column, octet, element, canonical octet), what the engine does, and that nothing has left
 * the page.
 */
import { ShieldCheck } from 'lucide-react';
import { useMemo } from 'react';
import { INPUT_SPACE } from '../../engine/bytes/source-range.ts';
import { lineColumn, lineStarts } from '../../engine/bytes/text-lines.ts';
import { elementPathAt } from '../../state/panes/position.ts';
import { Untrusted } from '../../ui/untrusted.tsx';
import { count, duration } from '../format.ts';
import { usePane, useRun, useSelection, useSubject } from '../bench-context.tsx';

export function StatusBar() {
  const caret = useSelection((selection) => selection.caret);
  const inspected = useSelection((selection) => selection.inspected);
  const outline = useRun((run) => run.outline);
  const judged = useRun((run) => run.judged);
  const message = useSubject((subject) => subject);
  const status = useRun((run) => run.status);
  const progress = useRun((run) => run.progress);
  const elapsed = useRun((run) => run.elapsed);
  const original = usePane('original');
  const starts = useMemo(() => lineStarts(original.text), [original.text]);
  const place = useMemo(
    () => (caret === null || original.text === '' ? null : lineColumn(starts, original.map.textAt(caret))),
    [caret, original, starts],
  );
  const path = useMemo(
    () => (caret === null || !outline || judged !== message ? '' : elementPathAt(outline, caret)),
    [caret, outline, judged, message],
  );
  const engine =
    status === 'running' || status === 'stale'
      ? `engine working${progress ? `: ${progress.what.replaceAll('-', ' ')}` : ''}`
      : status === 'defect'
        ? 'engine stopped'
        : `engine idle${elapsed > 0 ? ` · last run ${duration(elapsed)}` : ''}`;
  return (
    <footer className="status">
      <span className="status-place" data-testid="status-place">
        {place && caret !== null ? (
          <>
            Ln {count(place.line)}, Col {count(place.column)} · octet {count(caret)}
            {path ? (
              <>
                {' '}
                · <Untrusted text={path} limit={200} />
              </>
            ) : null}
          </>
        ) : message ? (
          `${count(message.octets.length)} octets`
        ) : (
          'no message'
        )}
      </span>
      {inspected && inspected.space !== INPUT_SPACE ? (
        <span className="status-canonical">
          canonical octet {count(inspected.start)}
          {inspected.end - inspected.start > 1 ? `–${count(inspected.end - 1)}` : ''} ·{' '}
          {count(inspected.end - inspected.start)} selected
        </span>
      ) : null}
      <span className="status-engine">{engine}</span>
      <span className="status-lock">
        <ShieldCheck aria-hidden />
        nothing has left this page
      </span>
    </footer>
  );
}
