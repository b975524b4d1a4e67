/** Exports of the last verdict: the report and the trace as JSON, and a printable report that needs no script. */
import { findingMessage } from '../content/findings/index.ts';
import { makeReport } from '../engine/trace/report.ts';
import type { Workbench } from '../state/workbench.ts';
import { saveFile } from '../views/save.ts';
import { printableReport } from './printable-report.ts';

export function exportAs(workbench: Workbench, what: 'report' | 'html' | 'trace'): void {
  const { trace } = workbench.run.getState();
  if (!trace) return;
  if (what === 'report') saveFile('report.json', `${JSON.stringify(makeReport(trace, findingMessage), null, 2)}\n`);
  else if (what === 'trace') saveFile('trace.json', `${JSON.stringify(trace, null, 2)}\n`);
  else saveFile('report.html', printableReport(trace));
}
