/**
 * Puts the signatures that our engine judged, with the keys it used, to the second library: loaded only when asked for
 * (docs/design.md, "Libraries").
 */
import { decodeBase64 } from '../engine/bytes/base64.ts';
import { Budget, BudgetExceeded } from '../engine/bytes/budget.ts';
import { INPUT_SPACE } from '../engine/bytes/source-range.ts';
import { decodeUtf8 } from '../engine/bytes/utf8.ts';
import { readCertificate } from '../engine/certificates/read-certificate.ts';
import { sha256Hex } from '../engine/crypto/fingerprint.ts';
import type { KeyEntry } from '../engine/keystore/key-entry.ts';
import { openersFor, openInput, type OpenedInput } from '../engine/input/open-input.ts';
import type { SignatureReport, Trace } from '../engine/trace/trace.ts';
import type { OwnOpinion, SecondOpinion, SignatureOpinion } from './second-opinion.ts';

/** What an independent library says of one signature; beside the trace, and never part of the verdict. */
export interface SecondOpinionView {
  readonly step: string;
  readonly agrees: boolean;
  /** Codes of known defects of the library whose construct stands in the message. */
  readonly explanations: readonly string[];
  /** It differs and no known defect explains it. */
  readonly unexplained: boolean;
  /** The library's own message where it stopped. */
  readonly why: string | null;
  readonly value: SignatureOpinion['value'];
  readonly references: SignatureOpinion['references'];
}

/** What the library says of every signature of a run, or why it was not asked. */
export type SecondOpinions =
  | { readonly status: 'given'; readonly signatures: readonly SecondOpinionView[] }
  | Extract<SecondOpinion, { readonly status: 'declined' }>;

/**
 * SubjectPublicKeyInfo by what the trace names a key with, the SHA-256 of its certificate or its own: of the key files,
 * and of certificates that stand in the message in base64.
 */
function publicKeys(trace: Trace, octets: Uint8Array, entries: readonly KeyEntry[]): ReadonlyMap<string, Uint8Array> {
  const found = new Map(
    entries.flatMap((entry) => entry.certificates).map((certificate) => [certificate.id, certificate.publicKey.spki]),
  );
  for (const { publicKey } of entries) if (publicKey !== null) found.set(sha256Hex(publicKey.spki), publicKey.spki);
  for (const token of trace.tokens) {
    if (token.kind !== 'BinarySecurityToken' || token.range.space !== INPUT_SPACE) continue;
    const text = />([A-Za-z0-9+/=\s]+)</.exec(decodeUtf8(octets, token.range.start, token.range.end))?.[1];
    const der = text === undefined ? null : decodeBase64(text).octets;
    const read = der ? readCertificate(der) : null;
    if (read?.ok) found.set(read.certificate.id, read.certificate.publicKey.spki);
  }
  return found;
}

/** Ways to a secret that is one of the given ones as it stands, not one derived from it. */
const AS_GIVEN: ReadonlySet<string> = new Set(['given', 'only-key', 'key-name']);

function keyOf(
  { key }: SignatureReport,
  known: ReadonlyMap<string, Uint8Array>,
  secrets: readonly Uint8Array[],
): OwnOpinion['key'] {
  const spki = known.get(key?.sha256 ?? '');
  if (spki !== undefined) return { spki };
  const [secret] = secrets;
  // The trace names no secrets: of several it cannot be told which one it was.
  return key?.kind === 'secret' && AS_GIVEN.has(key.how) && secrets.length === 1 && secret !== undefined
    ? { secret }
    : null;
}

/**
 * @param octets the message as it arrived @param crypto the worker's own, or that of @peculiar/webcrypto in Node
 * @param between called before each signature with the number of those done; what it throws ends the asking
 */
export async function askSecondOpinion(
  trace: Trace,
  octets: Uint8Array,
  entries: readonly KeyEntry[],
  crypto: Crypto,
  between?: (done: number) => void,
): Promise<SecondOpinions> {
  const inPlace = trace.signatures.filter((signature) => signature.range.space === INPUT_SPACE);
  if (inPlace.length === 0) return { status: 'declined', reason: 'no-signature' };
  const opened = await openedInput(octets);
  if (opened === null) return { status: 'declined', reason: 'malformed' };
  const { secondOpinion } = await import('./second-opinion.ts');
  const known = publicKeys(trace, octets, entries);
  const secrets = entries.flatMap((entry) => (entry.secret === null ? [] : [entry.secret]));
  const own = inPlace.map((signature): OwnOpinion => ({
    step: signature.step,
    start: signature.range.start - shiftOf(opened),
    value: signature.value,
    key: keyOf(signature, known, secrets),
    references: signature.references.map(({ uri, digest }) => ({ uri, digest })),
  }));
  const opinion = await secondOpinion(opened.octets, own, crypto, between);
  if (opinion.status === 'declined') return opinion;
  const changed = trace.encrypted.length > 0 || trace.spaces.some((space) => space.id === 'expanded');
  return { status: 'given', signatures: opinion.signatures.map((one) => viewOf(one, changed)) };
}

/**
 * @param changed our engine judged the message with parts decrypted or put in place; the library has it as it arrived
 */
function viewOf(
  { step, agrees, explanations, unexplained, why, value, references }: SignatureOpinion,
  changed: boolean,
): SecondOpinionView {
  const codes = [...new Set<string>(explanations.map(({ code }) => code))];
  return {
    step,
    agrees,
    explanations: !agrees && changed ? [...codes, 'as-it-arrived'] : codes,
    unexplained: unexplained && !changed,
    why,
    value,
    references,
  };
}

async function openedInput(octets: Uint8Array): Promise<OpenedInput | null> {
  try {
    return openInput(octets, new Budget(), await openersFor(octets));
  } catch (error) {
    if (error instanceof BudgetExceeded) return null;
    throw error;
  }
}

/**
 * How far the document stands into the input, where it is a slice of it; of a decoded one no place agrees, and the
 * library declines.
 */
function shiftOf({ segments }: OpenedInput): number {
  const [first] = segments;
  return segments.length === 1 && first?.kind === 'copied' ? first.sourceStart - first.start : 0;
}

/** For the page: null where the library declines, too large, malformed, no signature. */
export async function opinionsOn(
  trace: Trace,
  octets: Uint8Array,
  entries: readonly KeyEntry[],
  crypto: Crypto,
  between?: (done: number) => void,
): Promise<readonly SecondOpinionView[] | null> {
  const opinions = await askSecondOpinion(trace, octets, entries, crypto, between);
  return opinions.status === 'given' ? opinions.signatures : null;
}
