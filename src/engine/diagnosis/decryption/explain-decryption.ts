/**
 * Searches why keys did not open what they should have opened, on what judging kept of each part (docs/faults.md,
 * "Decryption").
 */
import { BudgetExceeded, type Budget } from '../../bytes/budget.ts';
import type { DecryptionContext } from '../../encryption/decryption-context.ts';
import { placePlaintext, replacedElement } from '../../encryption/plaintext-placement.ts';
import type { UnopenedData, UnopenedKey, UnopenedPart } from '../../encryption/unopened-part.ts';
import { Recorder, type FindingDraft } from '../../trace/recorder.ts';
import type { Finding } from '../../trace/trace.ts';
import { otherAlgorithm, proveData, type DataAttempt } from './data-hypotheses.ts';
import { proveDerivation } from './derivation-hypotheses.ts';
import { proveTransport, transportFinding, type TransportAttempt } from './transport-hypotheses.ts';

/** What is proven of a part. */
export interface DecryptionCause {
  /** The step that tried to open it. */
  readonly step: string;
  /** Id of the finding that it says better; null where nothing was said. */
  readonly insteadOf: string | null;
  readonly findings: readonly FindingDraft[];
}

/** Causes are searched for so many failures of a message; the others are most likely of the same cause. */
const FAILURES = 4;
/** And for so many keys whose recipient's key was not found. */
const UNCLAIMED = 16;

/** What judging could not open, and what it said of it. */
export interface DecryptionSearch {
  readonly unopened: readonly UnopenedPart[];
  /** What judging found, by id. */
  readonly findings: ReadonlyMap<string, Finding>;
  readonly budget: Budget;
  readonly cancelled: () => boolean;
}

/**
 * In the order of the message; of many failures the first few. Costs are bounded by `search.budget`, which ends the
 * search of one part and not the run.
 */
export async function explainDecryption(search: DecryptionSearch): Promise<readonly DecryptionCause[]> {
  const causes: DecryptionCause[] = [];
  const left = { failures: FAILURES, unclaimed: UNCLAIMED };
  for (const part of search.unopened) {
    const kind = part.kind === 'key' && part.named === null ? 'unclaimed' : 'failures';
    if (left[kind] === 0) continue;
    if (search.cancelled()) break;
    left[kind] -= 1;
    const findings = await findingsOf(part, search);
    if (findings.length > 0) causes.push({ step: part.step, insteadOf: part.finding, findings });
  }
  return causes;
}

async function findingsOf(part: UnopenedPart, search: DecryptionSearch): Promise<readonly FindingDraft[]> {
  try {
    return part.kind === 'data' ? await causesOfData(part, search.budget) : causeOfKey(part, search);
  } catch (error) {
    // A bound met while searching ends the search, not the run.
    if (!(error instanceof BudgetExceeded)) throw error;
    return [];
  }
}

async function causesOfData(part: UnopenedData, budget: Budget): Promise<readonly FindingDraft[]> {
  const { structure, octets } = part;
  const context: DecryptionContext = { ...part.context, budget, recorder: Recorder.silent() };
  const { document, provider } = context;
  const replaced = replacedElement(document, structure.node);
  const fits = (plaintext: Uint8Array) =>
    plaintext.length > 0 && placePlaintext(document, structure.node, replaced, structure.type, plaintext, budget).fits;
  for (const secret of part.secrets) {
    const attempt: DataAttempt = { algorithm: part.algorithm, secret, octets, provider, fits };
    if (part.known) return [...(await proveData(attempt)), ...(await proveDerivation(structure, attempt, context))];
    const found = await otherAlgorithm(attempt);
    if (found !== null) return [found];
  }
  return [];
}

/** Private keys that nothing compares with the recipient, tried with every padding, digest and label. */
const MOST_UNNAMED = 4;

/** One of those keys may be the recipient's: where it opens it otherwise than the message says, that proves it. */
function causeUnderUnnamed(attempt: TransportAttempt, { method, context }: UnopenedKey): readonly FindingDraft[] {
  const unnamed = context.keys.filter((entry) => entry.privateKey !== null && entry.certificates.length === 0);
  for (const entry of unnamed.slice(0, MOST_UNNAMED)) {
    const proof = proveTransport(attempt, entry, []);
    if (proof !== null) return [transportFinding(proof, method, entry)];
  }
  return [];
}

function causeOfKey(part: UnopenedKey, { findings }: DecryptionSearch): readonly FindingDraft[] {
  const { method, octets, named, context } = part;
  const attempt = { method, encrypted: octets, provider: context.provider };
  if (named !== null) {
    const proof = proveTransport(attempt, named, context.keys);
    return proof === null ? [] : [transportFinding(proof, method, named)];
  }
  const said = part.finding === null ? null : findings.get(part.finding);
  // Everything else opened, so that it is for another recipient.
  if (said?.code === 'encrypted-for-another-recipient') return [];
  const proof = proveTransport(attempt, null, context.keys);
  if (proof === null) return causeUnderUnnamed(attempt, part);
  return [
    {
      code: 'private-key-not-found',
      severity: 'warning',
      confidence: 'proven',
      data: {
        ...part.missing,
        opens: proof.entry.id,
        opensSubject: proof.entry.certificates[0]?.subjectText ?? null,
      },
      fault: 'wsse:SecurityTokenUnavailable',
    },
  ];
}
