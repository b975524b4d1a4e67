/** Exports of the last verdict: the report and the trace as JSON, and a printable report that needs no script. */
import { findingMessage } from '../content/findings/index.ts';
import { jsonText } from '../content/visible-text.ts';
import { makeReport } from '../engine/trace/report.ts';
import { currentStand, type Bench } from '../state/bench.ts';
import { saveFile } from '../views/save.ts';
import { htmlReport } from '../content/report/html-report.ts';
import { INPUT_SPACE } from '../engine/bytes/source-range.ts';
import { lineColumn, lineStarts } from '../engine/bytes/text-lines.ts';

/** Saves a file of the last verdict; does nothing where there is none. */
export function exportAs(bench: Bench, what: 'report' | 'html' | 'trace'): void {
  const { run, panes, message } = currentStand(bench);
  const { trace, judged } = run.getState();
  if (!trace) return;
  if (what === 'report') saveFile('report.json', `${jsonText(makeReport(trace, findingMessage), 2)}\n`);
  else if (what === 'trace') saveFile('trace.json', `${jsonText(trace, 2)}\n`);
  else {
    const { original } = panes.getState();
    const starts = lineStarts(original.text);
    // The pane shows the message judged, or an edit of it that is not judged yet: then no place is named.
    const shown = judged !== null && judged === message.getState().subject;
    saveFile(
      'report.html',
      htmlReport({
        trace,
        name: judged?.name ?? 'message',
        locate: (range) =>
          shown && range.space === INPUT_SPACE ? lineColumn(starts, original.map.textAt(range.start)) : null,
      }),
    );
  }
}
