/** The verdict as one HTML file for printing: no script, no link to anything that loads, every value escaped. */
import { citationText } from '../content/citations.ts';
import { AXES } from '../content/verdicts.ts';
import type { Trace } from '../engine/trace/trace.ts';
import { findingWords } from '../state/finding-words.ts';
import { stepTree } from '../state/run.ts';
import { axisDetail, stepWords, verdictWords } from '../views/wording.ts';

const ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

function escape(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ESCAPES[character] ?? '').replace(/[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F-\u009F\u200B-\u200F\u202A-\u202E\u2060-\u2069\uFEFF]/g, (character) => `[U+${character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}]`);
}

const STYLE = 'body{font:14px/1.5 system-ui,sans-serif;max-width:50rem;margin:2rem auto;padding:0 1rem;color:#171b22}h1{font-size:1.4rem}h2{font-size:1.05rem;margin-top:2rem;border-bottom:1px solid #ccd}table{border-collapse:collapse;width:100%}td,th{text-align:left;padding:.25rem .5rem;border-bottom:1px solid #e3e6eb;vertical-align:top}code{font-family:ui-monospace,monospace;font-size:12px;overflow-wrap:anywhere}ul{padding-left:1.2rem}.failed{font-weight:600}small{color:#545d6b}';

export function printableReport(trace: Trace): string {
  const words = verdictWords(trace);
  const tree = stepTree(trace);
  const steps: string[] = [];
  const pending = (tree.get('') ?? []).toReversed().map((step) => ({ step, depth: 0 }));
  while (pending.length > 0) {
    const entry = pending.pop();
    if (!entry) break;
    const line = stepWords(trace, entry.step);
    steps.push(`<tr class="${entry.step.status}"><td style="padding-left:${0.5 + entry.depth * 1.2}rem">${escape(line.title)} <code>${escape(line.code)}</code> <small>${escape(line.detail)}</small></td><td>${entry.step.status}</td></tr>`);
    for (const child of (tree.get(entry.step.id) ?? []).toReversed()) pending.push({ step: child, depth: entry.depth + 1 });
  }
  const findings = trace.findings.map((finding) => {
    const said = findingWords(finding);
    return `<li><b>${escape(said.title)}</b> (${finding.severity}, ${finding.confidence})<br>${escape(said.message)}<br><small><code>${escape(finding.code)}</code> ${escape(finding.citations.map(citationText).join(', '))}</small></li>`;
  });
  return `<!doctype html>
<html lang="en"><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'"><title>${escape(words.word)}: WSS Workbench report</title><style>${STYLE}</style>
<h1>${escape(words.word)}. ${escape(words.sentence)}</h1><p>${escape(words.detail)}</p>
<p><small>Judged as of ${escape(trace.options.at)}, tolerance ${trace.options.skewSeconds} s, engine ${escape(trace.engine)}. Message: ${trace.input.size} octets, ${escape(trace.input.encoding)}, SHA-256 <code>${escape(trace.input.sha256)}</code>.</small></p>
<h2>Axes</h2><table>${AXES.map(({ axis, label, question }) => `<tr><th>${label}</th><td>${trace.verdict.axes[axis]}</td><td>${escape(axisDetail(trace, axis))}</td><td><small>${escape(question)}</small></td></tr>`).join('')}</table>
<h2>Findings</h2>${findings.length > 0 ? `<ul>${findings.join('')}</ul>` : '<p>None.</p>'}
<h2>Steps</h2><table>${steps.join('')}</table></html>
`;
}
