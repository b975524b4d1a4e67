/** Navigation: what of a subject is looked at. The selection is one for all panes of a stand. */
import type { SourceRange } from '../../engine/bytes/source-range.ts';
import type { Finding, Step, Trace } from '../../engine/trace/trace.ts';
import { indexTrace } from '../../engine/trace/trace-index.ts';
import { proofOf, proofOfFinding, subjectOf } from '../proof.ts';
import { firstFailure, inMessage, leadingFinding, placeOfStep } from '../run.ts';
import { sameRange, type RightTab } from '../selection.ts';
import type { Stand } from '../subjects.ts';

/**
 * After a first verdict the eye should land on what failed, or on the first octets signed, or on what was decrypted.
 */
export function landOnResult(stand: Stand): void {
  const { trace } = stand.run.getState();
  if (!trace) return;
  const leading = leadingFinding(trace);
  const failure =
    (leading?.severity === 'error' ? indexTrace(trace).step(leading.step) : null) ?? firstFailure(trace) ?? undefined;
  const step = failure ? subjectOf(trace, failure) : firstOfInterest(trace);
  stand.selection.setState({
    step: step?.id ?? null,
    finding: leading?.id ?? null,
    range: inMessage(trace, landingPlace(trace, leading, step)),
    by: null,
    hover: null,
    inspected: null,
    rightTab: !failure ? 'octets' : leading && proofOfFinding(trace, leading) ? 'proof' : 'explain',
  });
}

/** What to look at where nothing failed: the signed Body, a reference, what was decrypted. */
function firstOfInterest(trace: Trace): Step | undefined {
  const body = indexTrace(trace).references.find(
    (reference) => reference.target !== null && /[:/]Body(?:\[\d+\])?$/.test(reference.target.path),
  );
  return (
    trace.steps.find((candidate) => (body ? candidate.id === body.step : candidate.kind === 'reference')) ??
    trace.steps.find((candidate) => candidate.kind === 'encrypted-data') ??
    trace.steps[0]
  );
}

/**
 * Where the eye should land: on what a reference covers rather than on the ds:Reference, else on the finding's own
 * place.
 */
function landingPlace(trace: Trace, leading: Finding | null, step: Step | undefined): SourceRange | null {
  const place = step ? placeOfStep(trace, step) : null;
  const own = leading?.severity === 'error' ? (leading.ranges[0] ?? null) : null;
  if (!own) return place;
  const inReference = trace.signatures.some((signature) =>
    signature.references.some(
      (reference) =>
        reference.range.start <= own.start && own.end <= reference.range.end && reference.range.space === own.space,
    ),
  );
  return inReference && place ? place : own;
}

/** Selects a step with its first finding and its place; an unknown id does nothing. */
export function selectStep(stand: Stand, id: string, options: { readonly tab?: RightTab } = {}): void {
  const { trace } = stand.run.getState();
  const step = trace && indexTrace(trace).step(id);
  if (!trace || !step) return;
  stand.selection.setState({
    step: id,
    finding: step.findings[0] ?? null,
    range: inMessage(trace, placeOfStep(trace, step)),
    by: 'trace',
    ...(options.tab ? { rightTab: options.tab } : {}),
  });
  leaveProof(stand);
}

/** The proof of something else than what is selected proves nothing here. */
export function leaveProof({ run, selection }: Stand): void {
  const { trace } = run.getState();
  const { rightTab, finding, step } = selection.getState();
  if (rightTab === 'proof' && !(trace && proofOf(trace, finding, step))) selection.setState({ rightTab: 'explain' });
}

/** Selects a finding with its step and its place; an unknown id does nothing. */
export function selectFinding(stand: Stand, id: string): void {
  const { trace } = stand.run.getState();
  const finding = trace && indexTrace(trace).finding(id);
  if (!trace || !finding) return;
  const own = indexTrace(trace).step(finding.step);
  stand.selection.setState((state) => ({
    finding: id,
    step: own ? subjectOf(trace, own).id : state.step,
    range: inMessage(trace, finding.ranges[0] ?? null),
    by: 'findings',
    rightTab: proofOfFinding(trace, finding) ? 'proof' : 'explain',
  }));
}

/** The next finding or the one before, round and round. */
export function moveFinding(stand: Stand, by: 1 | -1): void {
  const findings = stand.run.getState().trace?.findings ?? [];
  const at = findings.findIndex((finding) => finding.id === stand.selection.getState().finding);
  const next = findings[(at + by + findings.length) % findings.length];
  if (next) selectFinding(stand, next.id);
}

/** The pointer is over this range (null: over nothing). */
export function hover({ run, selection }: Stand, over: SourceRange | null): void {
  const range = inMessage(run.getState().trace, over);
  if (!sameRange(selection.getState().hover, range)) selection.setState({ hover: range });
}

/** The user selected this range of the input. `by` names the view, which then does not scroll to it. */
export function selectRange({ selection }: Stand, range: SourceRange, by: string): void {
  selection.setState({ range, by, caret: range.start });
}

/** The caret of the original pane, an octet of the input. */
export function setCaret({ selection }: Stand, octet: number | null): void {
  selection.setState({ caret: octet });
}
