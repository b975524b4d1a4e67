/**
 * Searches the causes of digests and values that do not match, by recomputing hypotheses; a whole digest or value that
 * matches is proof (docs/design.md, "Diagnosis proves, it does not guess").
 */
import { Budget, BudgetExceeded, DEFAULT_LIMITS } from '../bytes/budget.ts';
import type { SourceRange } from '../bytes/source-range.ts';
import type { CertificateMemory } from '../certificates/certificate-memory.ts';
import type { CryptoProvider } from '../crypto/provider.ts';
import type { KeyResolutionContext } from '../key-resolution/key-resolution-types.ts';
import type { KeyEntry } from '../keystore/key-entry.ts';
import { indexIds } from '../references/index-ids.ts';
import type { IdIndex } from '../references/id-index.ts';
import type { JudgedSignature } from '../signature/judged-signature.ts';
import { readSignature } from '../signature/read-signature.ts';
import type { Token } from '../tokens/token.ts';
import type { Recorder } from '../trace/recorder.ts';
import type { Step } from '../trace/trace.ts';
import type { AnsweredRequest } from '../run/run-context.ts';
import type { NodeIndex, XmlDocument } from '../xml/document.ts';
import { nodeRange } from '../xml/navigate.ts';
import { recordCauses } from './record-causes.ts';
import { diagnoseReference } from './reference/diagnose-reference.ts';
import type { IncludedParts } from './reference/include-octets.ts';
import { attachmentOf } from './reference/reference-subject.ts';
import { diagnoseDangling } from './reference/orphan-target.ts';
import type { ReferenceDiagnosis, SearchPorts } from './reference/reference-search.ts';
import { readMessageNames, type MessageNames } from './text-subject.ts';
import { TrialAccount } from './trial-account.ts';
import { diagnoseValue, type ValueDiagnosis } from './value/diagnose-value.ts';
import { knownKeys } from './value/known-keys.ts';
import { recordVisibleFaults } from './visible-faults.ts';

/** A judged run, with what recomputing needs. */
export interface DiagnosisInput {
  readonly signatures: readonly JudgedSignature[];
  readonly tokens: readonly Token[];
  readonly keys: readonly KeyEntry[];
  readonly users: readonly { readonly name: string; readonly password: string }[];
  readonly sessionKeys: ReadonlyMap<NodeIndex, Uint8Array>;
  /** Null where the message answers none. */
  readonly answered: AnsweredRequest | null;
  readonly idAttributes: readonly string[];
  /** Where the message is MTOM: the same without its parts in place. */
  readonly parts: IncludedParts | null;
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

/** Searches in the order of the signatures; what is found goes into the log, what explains what is returned. */
export async function diagnose(input: DiagnosisInput): Promise<Diagnosis> {
  const explained = new Map<string, string>();
  recordVisibleFaults(input.signatures, input.tokens, input.recorder);
  const failing = input.signatures.filter(
    ({ report, references }) => report.value === 'fail' || references.some((one) => one.report.digest === 'fail'),
  );
  if (failing.length === 0) return { explained };
  // A budget of its own, whose counts the account pays for; its bounds end what a single trial would cost beyond all
  // measure.
  const budget = new Budget({ ...DEFAULT_LIMITS, iterations: ITERATIONS });
  const account = new TrialAccount(TRIALS, WORK_OF_RUN, budget);
  const ports: SearchPorts = { crypto: input.crypto, budget, parts: input.parts };
  const known = new Map<XmlDocument, KnownOfMessage>();
  const cut: JudgedSignature[] = [];
  for (const [index, signature] of failing.entries()) {
    if (input.cancelled()) break;
    input.progress(index / failing.length);
    const { document } = signature;
    const here = known.get(document) ?? readKnown(document, input.idAttributes);
    known.set(document, here);
    const share = equalShare(account, failing.length - index);
    let bound = false;
    try {
      await diagnoseSignature(signature, here, input, ports, share, explained);
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

/** One of `left` equal parts of what is left. */
function equalShare(account: TrialAccount, left: number): TrialAccount {
  return account.share(Math.ceil(account.trialsLeft / left), account.workLeft / left);
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

function readKnown(document: XmlDocument, idAttributes: readonly string[]): KnownOfMessage {
  return { names: readMessageNames(document), ids: indexIds(document, idAttributes) };
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
  const valueFails = signature.report.value === 'fail';
  const wrong = signature.references.flatMap((reference, index) => {
    const node = read.parts.references[index];
    return reference.report.digest === 'fail' && node !== undefined ? [{ reference, node }] : [];
  });
  const found: ReferenceDiagnosis[] = [];
  for (const [index, { reference, node }] of wrong.entries()) {
    const hashed = reference.processed.status === 'octets' || attachmentOf(reference) !== null;
    const search = hashed ? diagnoseReference : diagnoseDangling;
    // One more share for SignatureValue where it fails as well.
    const share = equalShare(account, wrong.length - index + (valueFails ? 1 : 0));
    const about = { reference, node, signature: signature.node, names: known.names, account: share };
    const diagnosis = await search(signature, about, ports);
    if (diagnosis !== null) found.push(diagnosis);
  }
  // A value refused for its length proves nothing: octets chosen at will match it.
  const value =
    valueFails && signature.obstacle !== 'refused'
      ? await searchValue(signature, known, found, input, ports, account)
      : null;
  const { recorder, steps, moved } = input;
  await recordCauses(value, found, ports, { recorder, steps, moved, signature, explained });
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
    answered: input.answered,
    external: new Map(),
  };
  return diagnoseValue(
    signature,
    { ...ports, names, ids, keys: knownKeys(signature, input.tokens, input.keys), resolution, failing },
    account,
  );
}
