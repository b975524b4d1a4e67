/**
 * Searches the causes of digests and values that do not match, by recomputing hypotheses; a whole digest or value that
 * matches is proof (docs/design.md, "Diagnosis proves, it does not guess").
 */
import { Budget, BudgetExceeded, DEFAULT_LIMITS } from '../bytes/budget.ts';
import type { SourceRange, SpaceId } from '../bytes/source-range.ts';
import type { CertificateMemory } from '../certificates/certificate-memory.ts';
import type { CryptoProvider } from '../crypto/provider.ts';
import type { KeyResolutionContext } from '../key-resolution/key-resolution-types.ts';
import type { KeyEntry } from '../keystore/key-entry.ts';
import { indexIds } from '../references/index-ids.ts';
import type { IdIndex } from '../references/id-index.ts';
import type { JudgedSignature } from '../signature/judged-signature.ts';
import { readSignature } from '../signature/read-signature.ts';
import type { Token } from '../tokens/token.ts';
import type { OpenStep, Recorder } from '../trace/recorder.ts';
import type { Artifact, Confidence, Data, Finding, Step } from '../trace/trace.ts';
import type { NodeIndex, XmlDocument } from '../xml/document.ts';
import { localName, nodeRange, qualifiedName } from '../xml/navigate.ts';
import { diagnoseReference, type ReferenceDiagnosis, type SearchPorts } from './reference/diagnose-reference.ts';
import { diagnoseValue, type ValueDiagnosis } from './value/diagnose-value.ts';
import type { IncludedParts } from './reference/include-octets.ts';
import { knownKeys } from './value/known-keys.ts';
import { diagnoseDangling } from './reference/orphan-target.ts';
import type { Match } from './search.ts';
import { addedContent } from './reference/stale-content.ts';
import { readMessageNames, type MessageNames } from './text-subject.ts';
import { TrialAccount } from './trial-account.ts';
import { recordVisibleFaults } from './visible-faults.ts';

export interface DiagnosisInput {
  readonly signatures: readonly JudgedSignature[];
  readonly tokens: readonly Token[];
  readonly keys: readonly KeyEntry[];
  readonly users: readonly { readonly name: string; readonly password: string }[];
  readonly sessionKeys: ReadonlyMap<NodeIndex, Uint8Array>;
  readonly idAttributes: readonly string[];
  /** Where the message is MTOM: the same without its parts in place. */
  readonly parts?: IncludedParts | null;
  readonly crypto: CryptoProvider;
  readonly certificates: CertificateMemory;
  /** Goes on with the log of the judged run. */
  readonly recorder: Recorder;
  /** Steps of the judged run. */
  readonly steps: readonly Step[];
  /** Elements that were moved out of their role: what their new place does to their digest is no cause of its own. */
  readonly moved: readonly SourceRange[];
  readonly cancelled: () => boolean;
  /** Called before each signature with the share that is done. */
  readonly progress: (done: number) => void;
}

/** Findings of mismatches whose cause was proven, by the step that found them. */
export interface Diagnosis {
  /** Step ids of signatures and references to the code that explains them. */
  readonly explained: ReadonlyMap<string, string>;
}

/**
 * What one run may cost. On a quiet machine all of the work takes about two seconds; what a message of 20 KB fails with
 * takes well under one.
 */
const TRIALS = 8_000;
const WORK_OF_RUN = 250_000_000;
/** Rounds of key derivations that are tried instead of the one described. */
const ITERATIONS = 50_000;

export async function diagnose(input: DiagnosisInput): Promise<Diagnosis> {
  const explained = new Map<string, string>();
  recordVisibleFaults(input.signatures, input.tokens, input.recorder);
  const names = new Map<XmlDocument, MessageNames>();
  const failing = input.signatures.filter(
    (signature) =>
      signature.report.value === 'fail' || signature.references.some((reference) => reference.report.digest === 'fail'),
  );
  if (failing.length === 0) return { explained };
  // A budget of its own, whose counts the account pays for; its bounds end what a single trial would cost beyond all
  // measure.
  const budget = new Budget({ ...DEFAULT_LIMITS, iterations: ITERATIONS });
  const account = new TrialAccount(TRIALS, WORK_OF_RUN, budget);
  const ports: SearchPorts = { crypto: input.crypto, budget, parts: input.parts ?? null };
  const ids = new Map<XmlDocument, IdIndex>();
  const cut: JudgedSignature[] = [];
  for (const [index, signature] of failing.entries()) {
    if (input.cancelled()) break;
    input.progress(index / failing.length);
    const { document } = signature;
    const known = names.get(document) ?? readMessageNames(document);
    names.set(document, known);
    if (!ids.has(document)) ids.set(document, indexIds(document, input.idAttributes));
    const left = failing.length - index;
    const share = account.share(Math.ceil(account.trialsLeft / left), account.workLeft / left);
    let bound = false;
    try {
      await diagnoseSignature(signature, { names: known, ids: ids.get(document)! }, input, ports, share, explained);
    } catch (error) {
      // A bound met while searching ends the search, not the run.
      if (!(error instanceof BudgetExceeded)) throw error;
      bound = true;
    }
    if ((bound || share.cut) && unexplained(signature, explained)) cut.push(signature);
  }
  recordCut(cut, account, input.recorder);
  return { explained };
}

function unexplained({ report, references }: JudgedSignature, explained: ReadonlyMap<string, string>): boolean {
  return (
    (report.value === 'fail' && !explained.has(report.step)) ||
    references.some((reference) => reference.report.digest === 'fail' && !explained.has(reference.report.step))
  );
}

/** Says that not everything was tried, where a cause is still missing. */
function recordCut(cut: readonly JudgedSignature[], account: TrialAccount, recorder: Recorder): void {
  const [first] = cut;
  if (first === undefined) return;
  const range = nodeRange(first.document, first.node);
  const step = recorder.step('diagnosis', {
    range,
    data: { about: first.report.step, what: 'signature', matches: 0, trials: account.tried },
  });
  step.finding({
    code: 'diagnosis-budget',
    severity: 'note',
    confidence: 'certain',
    ranges: cut.map((signature) => nodeRange(signature.document, signature.node)),
    data: { trials: account.tried, signatures: cut.length },
  });
  step.end('failed');
}

/** What is read once of a message. */
interface KnownOfMessage {
  readonly names: MessageNames;
  readonly ids: IdIndex;
}

async function diagnoseSignature(
  signature: JudgedSignature,
  known: KnownOfMessage,
  input: DiagnosisInput,
  ports: SearchPorts,
  account: TrialAccount,
  explained: Map<string, string>,
): Promise<void> {
  const read = readSignature(signature.document, signature.node);
  if (!read.ok) return;
  const wrong = signature.references
    .map((reference, index) => ({ reference, node: read.parts.references[index]! }))
    .filter(({ reference }) => reference.report.digest === 'fail');
  const diagnoses: ReferenceDiagnosis[] = [];
  for (const [index, { reference, node }] of wrong.entries()) {
    const search = reference.processed.status === 'octets' ? diagnoseReference : diagnoseDangling;
    // One more share for SignatureValue where it fails as well.
    const left = wrong.length - index + (signature.report.value === 'fail' ? 1 : 0);
    const diagnosis = await search(
      signature,
      reference,
      node,
      known.names,
      ports,
      account.share(Math.ceil(account.trialsLeft / left), account.workLeft / left),
    );
    if (diagnosis !== null) diagnoses.push(diagnosis);
  }
  // A value refused for its length proves nothing: octets chosen at will match it.
  const value =
    signature.report.value === 'fail' && signature.obstacle !== 'refused'
      ? await searchValue(signature, known, diagnoses, input, ports, account)
      : null;
  const recording: Recording = { input, signature, explained };
  const edited = new Set(value?.matches.flatMap((match) => [match.code, ...match.also]) ?? []);
  // What befell the whole message is better told of its content than of SignedInfo.
  const alike =
    value?.matches.some((match) => ALIKE.has(match.code)) === true &&
    diagnoses.some((diagnosis) => diagnosis.matches.length > 0);
  if (value !== null && !alike) recordValue(value, recording);
  for (const diagnosis of diagnoses) await recordReference(diagnosis, edited, ports, recording);
  if (value !== null && alike) recordValue(value, recording);
}

async function searchValue(
  signature: JudgedSignature,
  { names, ids }: KnownOfMessage,
  failing: readonly ReferenceDiagnosis[],
  input: DiagnosisInput,
  ports: SearchPorts,
  account: TrialAccount,
): Promise<ValueDiagnosis | null> {
  const resolution: KeyResolutionContext = {
    document: signature.document,
    ids,
    tokens: input.tokens,
    keys: input.keys,
    users: input.users,
    crypto: input.crypto,
    certificates: input.certificates,
    budget: ports.budget,
    recorder: input.recorder,
    encryptedKeySecrets: input.sessionKeys,
    requestSecrets: new Map(),
    external: new Map(),
  };
  return diagnoseValue(
    signature,
    { ...ports, names, ids, keys: knownKeys(signature, input.tokens, input.keys), resolution, failing },
    account,
  );
}

interface Recording {
  readonly input: DiagnosisInput;
  readonly signature: JudgedSignature;
  readonly explained: Map<string, string>;
}

/** Causes that meet content and SignedInfo in the same way. */
const ALIKE: ReadonlySet<string> = new Set([
  'ws-signedinfo-reformatted',
  'ds-prefix-changed-after-sign',
  'inclusive-ancestor-ns-added-later',
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

async function recordReference(
  diagnosis: ReferenceDiagnosis,
  edited: ReadonlySet<string>,
  ports: SearchPorts,
  recording: Recording,
): Promise<void> {
  const { reference, subject, matches } = diagnosis;
  const { document } = recording.signature;
  if (matches.length === 0) {
    const explanation = edited.has('signedinfo-edited') ? 'signedinfo-edited' : null;
    if (explanation !== null) recording.explained.set(reference.report.step, explanation);
    else if (reference.processed.status === 'octets') await recordAdded(diagnosis, ports, recording);
    return;
  }
  const relabelled =
    ['c14n-relabelled', 'prefixlist-used-but-not-declared', 'digest-alg-label-mismatch'].some((code) =>
      edited.has(code),
    ) && matches.some((match) => LABELS.has(match.code));
  const step = open(recording, reference.report.step, 'reference', nodeRange(document, diagnosis.node), {
    uri: reference.report.uri,
    matches: matches.length,
  });
  const about: Data = {
    what: subject.apex === null ? 'document' : localName(document, subject.apex),
    element: subject.apex === null ? '' : qualifiedName(document, subject.apex),
    uri: reference.report.uri,
    signatureHolds: recording.signature.report.value === 'pass',
  };
  const range = subject.apex === null ? [] : [nodeRange(document, subject.apex)];
  const moved = range.some((one) =>
    recording.input.moved.some((other) => other.space === one.space && other.start === one.start),
  );
  const arrived = reference.processed.status === 'octets' ? reference.processed.space : null;
  recordMatches(step, matches, about, arrived, range, recording, relabelled || moved ? 'likely' : 'proven');
  step.end('failed');
  recording.explained.set(reference.report.step, matches[0]!.code);
}

/** Where nothing else explains a digest: content without which it matches. A fact, though its cause is a guess. */
async function recordAdded(diagnosis: ReferenceDiagnosis, ports: SearchPorts, recording: Recording): Promise<void> {
  const added = await addedContent(diagnosis, ports);
  if (added === null) return;
  const { document } = recording.signature;
  const step = open(recording, diagnosis.reference.report.step, 'reference', nodeRange(document, diagnosis.node), {
    uri: diagnosis.reference.report.uri,
    matches: 0,
  });
  const { subject, reference } = diagnosis;
  step.finding({
    code: 'stale-dom-signed',
    severity: 'error',
    confidence: 'likely',
    ranges: [added.range],
    data: {
      what: subject.apex === null ? 'document' : localName(document, subject.apex),
      uri: reference.report.uri,
      added: added.name,
      how: 'content-added',
      party: 'transit',
    },
    evidence: octetEvidence(
      step,
      added.octets,
      reference.processed.status === 'octets' ? reference.processed.space : null,
      recording,
    ),
  });
  step.end('failed');
}

function recordValue(diagnosis: ValueDiagnosis, recording: Recording): void {
  const { causes, matches, parts, known } = diagnosis;
  if (causes.length === 0 && matches.length === 0) return;
  const { signature } = recording;
  const { document } = signature;
  const step = open(recording, signature.report.step, 'signature', nodeRange(document, parts.signatureValue), {
    ...known,
    matches: matches.length + causes.length,
  });
  const about: Data = { what: 'SignedInfo', signature: signature.report.id };
  for (const cause of causes) {
    for (const code of [cause.code, ...cause.also]) {
      step.finding({
        code,
        severity: code === 'verifies-with-other-key' ? 'note' : 'error',
        confidence: cause.proven ? 'proven' : code === 'verifies-with-other-key' ? 'certain' : 'likely',
        ranges: [nodeRange(document, parts.signatureValue)],
        data: { ...about, ...cause.data, how: cause.how, party: cause.party },
      });
    }
  }
  const range = [nodeRange(document, parts.signedInfo)];
  if (matches.length > 0) recordMatches(step, matches, about, signedInfoSpace(recording), range, recording, 'proven');
  step.end('failed');
  const proven = matches[0]?.code ?? causes.find((cause) => cause.proven)?.code;
  if (proven !== undefined) recording.explained.set(signature.report.step, proven);
}

/** The step under which the canonical SignedInfo was registered. */
function signedInfoSpace(recording: Recording): SpaceId | null {
  return (
    recording.input.steps.find((step) => step.kind === 'signed-info' && step.parent === recording.signature.report.step)
      ?.id ?? null
  );
}

function open(recording: Recording, about: string, what: string, range: OpenRange, data: Data): OpenStep {
  return recording.input.recorder.step('diagnosis', { range, data: { ...data, about, what } });
}
type OpenRange = NonNullable<Finding['ranges'][number]>;

/** The first match is the cause; the others give the same octets and so cannot be told from it. */
function recordMatches(
  step: OpenStep,
  matches: readonly Match[],
  about: Data,
  arrived: SpaceId | null,
  ranges: Finding['ranges'],
  recording: Recording,
  confidence: Confidence,
): void {
  const evidence = octetEvidence(step, matches[0]!.octets, arrived, recording);
  const alternatives = matches.slice(1).map((match) => match.code);
  for (const match of matches) {
    const data: Data = {
      ...about,
      ...match.data,
      how: match.how,
      party: match.party,
      ...(match.second === null ? {} : { second: match.second.code, secondHow: match.second.how }),
      ...(match.alternative ? { alternativeTo: matches[0]!.code } : alternatives.length > 0 ? { alternatives } : {}),
    };
    const sure = match.alternative ? 'likely' : confidence;
    for (const code of [match.code, ...match.also, ...(match.second === null ? [] : [match.second.code])]) {
      step.finding({
        code,
        severity: match.alternative ? 'note' : 'error',
        confidence: sure,
        ranges,
        data:
          code === match.second?.code
            ? {
                ...about,
                ...match.second.data,
                how: match.second.how,
                party: match.second.party,
                second: match.code,
                secondHow: match.how,
              }
            : data,
        evidence,
        fixes: [code],
      });
    }
  }
}

/** Both octet strings, kept so that the page can show their difference. */
function octetEvidence(
  step: OpenStep,
  signed: Uint8Array,
  arrived: SpaceId | null,
  recording: Recording,
): readonly Artifact[] {
  const { recorder } = recording.input;
  if (!recorder.kept.has(step.id)) recorder.space(step.id, 'canonical', 'signed', signed, null, null);
  const artifacts: Artifact[] = [];
  if (arrived !== null) artifacts.push({ type: 'octets', label: 'arrived', space: arrived });
  artifacts.push({ type: 'octets', label: 'signed', space: step.id });
  for (const artifact of artifacts) step.output(artifact);
  return artifacts;
}
