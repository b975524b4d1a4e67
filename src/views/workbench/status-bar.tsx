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
import { engineWords, messageSize, STATUS } from '../../content/page/workbench.ts';
import { usePane, useRun, useSelection, useSubject } from '../bench-context.tsx';

/** One line below everything: the place, the engine, the promise. */
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
  return (
    <footer className="status">
      <span className="status-place" data-testid="status-place">
        {place && caret !== null ? (
          <>
            {STATUS.place(place.line, place.column, caret)}
            {path ? (
              <>
                {' '}
                · <Untrusted text={path} limit={200} />
              </>
            ) : null}
          </>
        ) : message ? (
          messageSize(message.octets.length)
        ) : (
          STATUS.noMessage
        )}
      </span>
      {inspected && inspected.space !== INPUT_SPACE ? (
        <span className="status-canonical">{STATUS.canonical(inspected.start, inspected.end)}</span>
      ) : null}
      <span className="status-engine">{engineWords(status, progress, elapsed)}</span>
      <span className="status-lock">
        <ShieldCheck aria-hidden />
        {STATUS.promise}
      </span>
    </footer>
  );
}
