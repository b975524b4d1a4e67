/**
 * The report as one page for print and mail, the command's and the workbench's: no script, nothing loaded, every string
 * escaped (docs/limits.md, "Hostile text").
 */
import { indexTrace } from '../../engine/trace/trace-index.ts';
import type { SourceRange } from '../../engine/bytes/source-range.ts';
import type { Finding, ReferenceReport, Step, Trace } from '../../engine/trace/trace.ts';
import { citationText } from '../citations.ts';
import { findingFixes } from '../findings/fixes.ts';
import { findingMessage, findingTitle, findingWords } from '../findings/index.ts';
import { STATUS_WORDS } from '../step-outcomes.ts';
import { algorithmName, stepText } from '../steps.ts';
import { AXES, axisTone, headlineWords, verdictSentence } from '../verdicts.ts';
import { judgedAsOf } from '../time-words.ts';
import { visible } from '../visible-text.ts';

/** A run and what it is called. */
export interface HtmlReportInput {
  readonly trace: Trace;
  /** The message's name: a file, or where it came from. */
  readonly name: string;
  /** Line and column, from 1, of where a range begins; null where its octets are not at hand. */
  readonly locate: (range: SourceRange) => { readonly line: number; readonly column: number } | null;
}

const STYLE = `
:root{color-scheme:light dark;--ink:#1a1d21;--soft:#5b636e;--line:#d9dde2;--paper:#fff;--pass:#1a7f4b;--fail:#c0282d;--warn:#9a6700;--code:#f4f5f7}
@media (prefers-color-scheme:dark){:root{--ink:#e6e8eb;--soft:#9aa3ad;--line:#343a41;--paper:#16191d;--pass:#4cc38a;--fail:#ff8a85;--warn:#e0b050;--code:#1f2329}}
*{box-sizing:border-box}body{margin:0;background:var(--paper);color:var(--ink);font:14px/1.5 system-ui,sans-serif}
main{max-width:960px;margin:0 auto;padding:32px 24px}h1{font-size:24px;margin:0 0 4px}h2{font-size:16px;margin:32px 0 8px;border-bottom:1px solid var(--line);padding-bottom:4px}
h3{font-size:14px;margin:0}p{margin:4px 0}.soft{color:var(--soft)}.pass{color:var(--pass)}.fail{color:var(--fail)}.warn{color:var(--warn)}.absent{color:var(--soft)}
code,pre{font:12px/1.5 ui-monospace,Menlo,Consolas,monospace;overflow-wrap:anywhere;unicode-bidi:isolate;direction:ltr}pre{background:var(--code);padding:8px;white-space:pre-wrap;margin:6px 0}
table{border-collapse:collapse;width:100%}th,td{text-align:left;padding:4px 8px 4px 0;border-bottom:1px solid var(--line);vertical-align:top}th{font-weight:600;color:var(--soft)}
ul.axes{display:flex;flex-wrap:wrap;gap:6px 16px;list-style:none;padding:0;margin:12px 0}ol.trace,ol.trace ol{list-style:none;padding-left:16px;margin:0}ol.trace{padding-left:0}
.finding{border-left:3px solid var(--line);padding:2px 0 2px 12px;margin:12px 0}.finding.fail{border-color:var(--fail);color:inherit}.finding.warn{border-color:var(--warn);color:inherit}
@media print{body{font-size:11px}main{max-width:none;padding:0}.finding,tr{break-inside:avoid}}`;

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Longest string of the message's own that is printed. */
const LONGEST = 2_000;

function escaped(text: string): string {
  return visible(text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text).replace(
    /[&<>"']/g,
    (character) => ENTITIES[character] ?? character,
  );
}

/** A page that stands for itself: no script, nothing fetched, every text of the message escaped. */
export function htmlReport({ trace, name, locate }: HtmlReportInput): string {
  const words = headlineWords(trace.verdict);
  const title = `${words.label}: ${name}`;
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'"><meta name="referrer" content="no-referrer">
<title>${escaped(title)}</title><style>${STYLE}</style></head><body><main>
<h1 class="${words.tone === 'neutral' ? 'warn' : words.tone}">${escaped(words.label)}</h1>
<p>${escaped(verdictSentence(trace.verdict))}</p>
<p class="soft">${escaped(name)} · ${trace.input.size} octets · SHA-256 <code>${trace.input.sha256}</code><br>judged as of ${escaped(judgedAsOf(trace))}, tolerance ${trace.options.skewSeconds} s</p>
${axes(trace)}${findings(trace, locate)}${coverage(trace)}${signatures(trace)}${tokens(trace)}${certificates(trace)}${steps(trace)}
<p class="soft">WSS Workbench, engine ${escaped(trace.engine)}. Private keys, secrets and passwords are not in this report.</p>
</main></body></html>
`;
}

function axes(trace: Trace): string {
  return `<ul class="axes">${AXES.map(({ axis, label, question }) => {
    const value = trace.verdict.axes[axis];
    return (
      `<li title="${escaped(question)}"><span class="${axisTone(value)}">${escaped(label)}: ` +
      `${escaped(value)}</span></li>`
    );
  }).join('')}</ul>`;
}

function findings(trace: Trace, locate: HtmlReportInput['locate']): string {
  if (trace.findings.length === 0) return '';
  return `<h2>Findings</h2>${trace.findings
    .map((finding) => {
      const words = findingWords(finding.code);
      const fixes = Object.entries(findingFixes(finding.code));
      return `<div class="finding ${finding.severity === 'error' ? 'fail' : finding.severity === 'warning' ? 'warn' : ''}"><h3>${escaped(findingTitle(finding))}</h3>
<p>${escaped(findingMessage(finding))}</p>${words?.explain === undefined ? '' : `<p class="soft">${escaped(words.explain)}</p>`}${fixes.length === 0 ? '' : `<ul>${fixes.map(([party, fix]) => `<li>${escaped(party)}: ${escaped(fix)}</li>`).join('')}</ul>`}
<p class="soft"><code>${escaped(finding.code)}</code> · ${finding.severity} · ${finding.confidence}${places(finding, locate)}${finding.citations.map((citation) => ` · ${escaped(citationText(citation))}`).join('')}</p></div>`;
    })
    .join('\n')}`;
}

function places(finding: Finding, locate: HtmlReportInput['locate']): string {
  return finding.ranges
    .slice(0, 4)
    .map((range) => {
      const place = locate(range);
      return place === null
        ? ''
        : ` · ${range.space === 'input' ? '' : `${escaped(range.space)} `}line ${place.line}, column ${place.column}`;
    })
    .join('');
}

function coverage(trace: Trace): string {
  if (trace.coverage.length === 0) return '';
  return (
    '<h2>What a receiver acts ' +
    `on</h2><table><tr><th>Element</th><th>Signed</th><th>Path</th></tr>${trace.coverage
      .map(
        (entry) =>
          `<tr><td>${escaped(entry.role)}${entry.required ? '' : ' <span class="soft">(not counted)</span>'}</td><td ` +
          `class="${entry.signed === 'full' ? 'pass' : entry.required ? 'fail' : 'absent'}">${entry.signed}${entry.encrypted ? ', encrypted' : ''}</td><td><code>${escaped(entry.target.path)}</code></td></tr>`,
      )
      .join('')}</table>`
  );
}

function signatures(trace: Trace): string {
  return trace.signatures
    .map(
      (signature) => `<h2>Signature ${escaped(signature.id ?? '')}</h2><table>
<tr><th>Method</th><td>${escaped(algorithmName(signature.method))}</td></tr><tr><th>Canonicalization</th><td>${escaped(algorithmName(signature.canonicalization))}</td></tr>
<tr><th>Value</th><td class="${tone(signature.value)}">${signature.value}</td></tr><tr><th>Key</th><td>${
        signature.key === null
          ? 'none found'
          : `${escaped(signature.key.kind)}, by ` +
            `${escaped(signature.key.how)}${signature.key.subject === null ? '' : `, ${escaped(signature.key.subject)}`}`
      }</td></tr></table>
<table><tr><th>Reference</th><th>Digest</th><th>Target</th><th>Octets</th></tr>${signature.references
        .flatMap((reference) => [reference, ...(reference.manifest ?? [])])
        .map(referenceRow)
        .join('')}</table>`,
    )
    .join('');
}

function referenceRow(reference: ReferenceReport): string {
  return (
    `<tr><td><code>${escaped(reference.uri ?? '(none)')}</code></td><td ` +
    `class="${tone(reference.digest)}">${reference.digest}, ` +
    `${escaped(algorithmName(reference.digestMethod))}${reference.digest === 'fail' ? `<pre>expected ${escaped(reference.expected)}\ncomputed ${escaped(reference.computed ?? 'nothing')}</pre>` : ''}</td><td><code>${escaped(reference.target?.path ?? '')}</code></td><td>${reference.octets ?? ''}</td></tr>`
  );
}

function tone(result: string): string {
  return result === 'pass' ? 'pass' : result === 'fail' ? 'fail' : 'warn';
}

function tokens(trace: Trace): string {
  if (trace.tokens.length === 0) return '';
  return `<h2>Tokens</h2><table>${trace.tokens
    .map(
      (token) =>
        `<tr><td>${escaped(token.kind)}</td><td><code>${escaped(token.id ?? '')}</code></td><td>${Object.entries(
          token.data,
        )
          .filter(([, value]) => value !== null && value !== '')
          .map(([key, value]) => `${escaped(key)} ${escaped(String(value))}`)
          .join('<br>')}</td></tr>`,
    )
    .join('')}</table>`;
}

function certificates(trace: Trace): string {
  if (trace.certificates.length === 0) return '';
  return `<h2>Certificates</h2><table><tr><th>Subject</th><th>Issuer</th><th>Valid</th><th>Key</th></tr>${trace.certificates
    .map(
      (one) =>
        `<tr><td>${escaped(one.subject)}${one.trusted ? ' <span class="pass">(trusted)</span>' : ''}<br><code ` +
        `class="soft">${one.id}</code></td><td>${escaped(one.issuer)}</td><td>${one.notBefore.slice(0, 10)} to ` +
        `${one.notAfter.slice(0, 10)}</td><td>${escaped(one.key)}</td></tr>`,
    )
    .join('')}</table>`;
}

function steps(trace: Trace): string {
  const depth = new Map<string, number>();
  let html = '<h2>What was done</h2><ol class="trace">';
  // Each item stays open for the items beneath it.
  let open = -1;
  for (const step of orderedSteps(trace)) {
    const level = step.parent === null ? 0 : (depth.get(step.parent) ?? 0) + 1;
    depth.set(step.id, level);
    if (level > open) html += level === 0 ? '' : '<ol>';
    else html += `</li>${'</ol></li>'.repeat(open - level)}`;
    open = level;
    html +=
      '<li><span ' +
      `class="${step.status === 'passed' ? 'pass' : step.status === 'failed' ? 'fail' : step.status === 'skipped' ? 'absent' : 'warn'}">${STATUS_WORDS[step.status]}</span> ` +
      escaped(stepText(trace, step));
  }
  return `${html}${open < 0 ? '' : `</li>${'</ol></li>'.repeat(open)}`}</ol>`;
}

/** Depth first: steps begin in that order, except where a parent was left open. */
function orderedSteps(trace: Trace): readonly Step[] {
  const { children } = indexTrace(trace);
  const ordered: Step[] = [];
  const stack = children(null).toReversed();
  for (let step = stack.pop(); step !== undefined; step = stack.pop()) {
    ordered.push(step);
    stack.push(...children(step.id).toReversed());
  }
  return ordered;
}
