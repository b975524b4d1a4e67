/**
 * Writes what a search found into the log: a step for each reference and value, its findings, the octets as evidence.
 */
import type { SourceRange, SpaceId } from '../bytes/source-range.ts';
import type { JudgedSignature } from '../signature/judged-signature.ts';
import type { OpenStep, Recorder } from '../trace/recorder.ts';
import type { Artifact, Confidence, Data, Finding, Step } from '../trace/trace.ts';
import type { NodeIndex } from '../xml/document.ts';
import { localName, nodeRange, qualifiedName } from '../xml/navigate.ts';
import type { ReferenceDiagnosis, SearchPorts } from './reference/reference-search.ts';
import { logMark } from './reference/log-mark.ts';
import { addedContent } from './reference/stale-content.ts';
import type { Match } from './search.ts';
import type { TextSubject } from './text-subject.ts';
import type { ValueCause } from './value/value-cause.ts';
import type { ValueDiagnosis } from './value/diagnose-value.ts';

/** What is written into, about which signature. */
export interface Recording {
  readonly recorder: Recorder;
  /** Steps of the judged run. */
  readonly steps: readonly Step[];
  /** Elements that were moved out of their role: what their new place does to their digest is no cause of its own. */
  readonly moved: readonly SourceRange[];
  readonly signature: JudgedSignature;
  /** Step ids of signatures and references to the code that explains them. */
  readonly explained: Map<string, string>;
}

/** Causes that meet content and SignedInfo in the same way. */
const ALIKE: ReadonlySet<string> = new Set([
  'ws-signedinfo-reformatted',
  'ds-prefix-changed-after-sign',
  'inclusive-ancestor-ns-added-later',
  'signedinfo-missing-xmlns',
]);

/** Digest findings that only say what an edit of SignedInfo, once that is proven, explains better. */
const LABELS: ReadonlySet<string> = new Set([
  'inclusive-labelled-exclusive',
  'prefixlist-used-but-not-declared',
  'prefixlist-ignored-in-reference',
  'prefixlist-default-token',
  'missing-c14n-transform',
  'comments-in-digest',
  'digest-alg-label-mismatch',
]);

/** Edits of SignedInfo that explain such a digest better. */
const RELABELLED: readonly string[] = [
  'c14n-relabelled',
  'prefixlist-used-but-not-declared',
  'digest-alg-label-mismatch',
];

/** Writes what is known of one signature. @param value null where its value holds, or was not searched */
export async function recordCauses(
  value: ValueDiagnosis | null,
  references: readonly ReferenceDiagnosis[],
  ports: SearchPorts,
  recording: Recording,
): Promise<void> {
  const edited = new Set(value?.matches.flatMap((match) => [match.code, ...match.also]) ?? []);
  // What befell the whole message is better told of its content than of SignedInfo.
  const alike =
    value?.matches.some((match) => ALIKE.has(match.code)) === true &&
    references.some((diagnosis) => diagnosis.matches.length > 0);
  if (value !== null && !alike) recordValue(value, recording);
  for (const diagnosis of references) await recordReference(diagnosis, edited, ports, recording);
  if (value !== null && alike) recordValue(value, recording);
}

const nameOf = ({ document, apex }: TextSubject): string => (apex === null ? 'document' : localName(document, apex));

async function recordReference(
  diagnosis: ReferenceDiagnosis,
  edited: ReadonlySet<string>,
  ports: SearchPorts,
  recording: Recording,
): Promise<void> {
  const { reference, subject, matches } = diagnosis;
  const { document } = recording.signature;
  const { step: about, uri } = reference.report;
  const [cause] = matches;
  if (cause === undefined) {
    if (edited.has('signedinfo-edited')) recording.explained.set(about, 'signedinfo-edited');
    else if (recordMark(diagnosis, recording)) return;
    else if (reference.processed.status === 'octets') await recordAdded(diagnosis, ports, recording);
    return;
  }
  const step = open(recording, diagnosis.node, { about, what: 'reference', uri, matches: matches.length });
  const range = subject.apex === null ? [] : [nodeRange(document, subject.apex)];
  const relabelled = RELABELLED.some((code) => edited.has(code)) && matches.some((match) => LABELS.has(match.code));
  recordMatches(step, matches, recording, {
    about: {
      what: nameOf(subject),
      element: subject.apex === null ? '' : qualifiedName(document, subject.apex),
      uri,
      signatureHolds: recording.signature.report.value === 'pass',
    },
    arrived: arrivedAs(diagnosis),
    ranges: range,
    confidence: relabelled || wasMoved(range, recording) ? 'likely' : 'proven',
  });
  step.end('failed');
  recording.explained.set(about, cause.code);
}

function wasMoved(ranges: readonly SourceRange[], { moved }: Recording): boolean {
  return ranges.some((one) => moved.some((other) => other.space === one.space && other.start === one.start));
}

/** The space of the octets that were hashed here. */
function arrivedAs({ reference: { processed } }: ReferenceDiagnosis): SpaceId | null {
  return processed.status === 'octets' ? processed.space : null;
}

/** Where nothing else explains a digest: a log's mark in what is signed. @returns whether there is one */
function recordMark({ subject, node, reference }: ReferenceDiagnosis, recording: Recording): boolean {
  const { document, apex } = subject;
  const found = logMark(document, apex ?? 0);
  if (found === null) return false;
  const { step: about, uri } = reference.report;
  const step = open(recording, node, { about, what: 'reference', uri, matches: 0 });
  step.finding({
    code: 'captured-not-wire',
    severity: 'error',
    confidence: 'likely',
    ranges: [nodeRange(document, found.node)],
    data: { where: found.element, mark: found.mark },
  });
  step.end('failed');
  return true;
}

/** Where nothing else explains a digest: content without which it matches. A fact, though its cause is a guess. */
async function recordAdded(diagnosis: ReferenceDiagnosis, ports: SearchPorts, recording: Recording): Promise<void> {
  const added = await addedContent(diagnosis, ports);
  if (added === null) return;
  const { step: about, uri } = diagnosis.reference.report;
  const step = open(recording, diagnosis.node, { about, what: 'reference', uri, matches: 0 });
  step.finding({
    code: 'stale-dom-signed',
    severity: 'error',
    confidence: 'likely',
    ranges: [added.range],
    data: { what: nameOf(diagnosis.subject), uri, added: added.name, how: 'content-added', party: 'transit' },
    evidence: octetEvidence(step, added.octets, arrivedAs(diagnosis), recording.recorder),
  });
  step.end('failed');
}

function recordValue({ causes, matches, parts, known }: ValueDiagnosis, recording: Recording): void {
  if (causes.length === 0 && matches.length === 0) return;
  const { signature } = recording;
  const { step: about, id } = signature.report;
  const data = { ...known, matches: matches.length + causes.length, about, what: 'signature' };
  const step = open(recording, parts.signatureValue, data);
  const said: Data = { what: 'SignedInfo', signature: id };
  const value = nodeRange(signature.document, parts.signatureValue);
  for (const cause of causes) recordValueCause(step, cause, said, value);
  if (matches.length > 0) {
    recordMatches(step, matches, recording, {
      about: said,
      arrived: signedInfoSpace(recording),
      ranges: [nodeRange(signature.document, parts.signedInfo)],
      confidence: 'proven',
    });
  }
  step.end('failed');
  const proven = matches[0]?.code ?? causes.find((cause) => cause.proven)?.code;
  if (proven !== undefined) recording.explained.set(about, proven);
}

function recordValueCause(step: OpenStep, cause: ValueCause, about: Data, range: SourceRange): void {
  for (const code of [cause.code, ...cause.also]) {
    const other = code === 'verifies-with-other-key';
    step.finding({
      code,
      severity: other ? 'note' : 'error',
      confidence: cause.proven ? 'proven' : other ? 'certain' : 'likely',
      ranges: [range],
      data: { ...about, ...cause.data, how: cause.how, party: cause.party },
    });
  }
}

/** The step under which the canonical SignedInfo was registered. */
function signedInfoSpace({ steps, signature }: Recording): SpaceId | null {
  return steps.find((step) => step.kind === 'signed-info' && step.parent === signature.report.step)?.id ?? null;
}

/** @param node the element that the step is about */
function open({ recorder, signature }: Recording, node: NodeIndex, data: Data): OpenStep {
  return recorder.step('diagnosis', { range: nodeRange(signature.document, node), data });
}

/** What all matches of one subject have in common. */
interface Matched {
  readonly about: Data;
  readonly arrived: SpaceId | null;
  readonly ranges: Finding['ranges'];
  readonly confidence: Confidence;
}

/** The first match is the cause; the others give the same octets and so cannot be told from it. */
function recordMatches(
  step: OpenStep,
  matches: readonly Match[],
  { recorder }: Recording,
  { about, arrived, ranges, confidence }: Matched,
): void {
  const [first, ...others] = matches;
  if (first === undefined) return;
  const evidence = octetEvidence(step, first.octets, arrived, recorder);
  const alternatives = others.map((match) => match.code);
  for (const match of matches) {
    const { second } = match;
    const data: Data = {
      ...about,
      ...match.data,
      how: match.how,
      party: match.party,
      ...(second === null ? {} : { second: second.code, secondHow: second.how }),
      ...(match.alternative ? { alternativeTo: first.code } : alternatives.length > 0 ? { alternatives } : {}),
    };
    for (const code of [match.code, ...match.also, ...(second === null ? [] : [second.code])]) {
      step.finding({
        code,
        severity: match.alternative ? 'note' : 'error',
        confidence: match.alternative ? 'likely' : confidence,
        ranges,
        data: second !== null && code === second.code ? secondData(match, second, about) : data,
        evidence,
        fixes: [code],
      });
    }
  }
}

/** The same match told of its second change. */
function secondData(match: Match, second: NonNullable<Match['second']>, about: Data): Data {
  return {
    ...about,
    ...second.data,
    how: second.how,
    party: second.party,
    second: match.code,
    secondHow: match.how,
  };
}

/** Both octet strings, kept so that the page can show their difference. */
function octetEvidence(
  step: OpenStep,
  signed: Uint8Array,
  arrived: SpaceId | null,
  recorder: Recorder,
): readonly Artifact[] {
  if (!recorder.kept.has(step.id)) recorder.space(step.id, 'canonical', 'signed', signed, null, null);
  const artifacts: Artifact[] = [];
  if (arrived !== null) artifacts.push({ type: 'octets', label: 'arrived', space: arrived });
  artifacts.push({ type: 'octets', label: 'signed', space: step.id });
  for (const artifact of artifacts) step.output(artifact);
  return artifacts;
}
