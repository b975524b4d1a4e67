/**
 * What the page and the engine's worker say to each other: typed calls with answers, progress and cancellation
 * (docs/limits.md, "Workers").
 */
import type { KeyFacts } from '../../engine/keystore/key-facts.ts';
import type { OriginKind } from '../../engine/bytes/origin-map.ts';
import type { SpaceId } from '../../engine/bytes/source-range.ts';
import type { CertificateView } from '../../engine/certificates/certificate-view.ts';
import type { KeyFileProblem } from '../../engine/keystore/key-entry.ts';
import type { AsOf, Trace } from '../../engine/trace/trace.ts';
import type { SecondOpinionView } from '../../second-opinion/opinions.ts';
import type { AnswerPart } from './parts.ts';

/**
 * One node of the message as the page shows it. Ranges are octets of `space` (the input unless the message was
 * wrapped).
 */
export interface OutlineNode {
  readonly kind: 'element' | 'text' | 'comment' | 'instruction';
  /** Index of the parent in the outline, -1 at the top. */
  readonly parent: number;
  readonly depth: number;
  readonly start: number;
  readonly end: number;
  /** Elements: where the content starts and ends, in octets. */
  readonly contentStart: number;
  readonly contentEnd: number;
  /** Qualified name of an element or target of an instruction; empty otherwise. */
  readonly name: string;
  readonly local: string;
  readonly uri: string;
  readonly attributes: readonly OutlineAttribute[];
  /** Text as written, cut at {@link OUTLINE_TEXT}; `size` is its real length in octets. */
  readonly text: string;
  readonly size: number;
  /**
   * It came out of an encrypted part: its ranges are those of the ciphertext that it stood in. `step` opened the part.
   */
  readonly decrypted?: { readonly step: string; readonly id: string | null };
}

/** An attribute as written, its value cut where it is long. */
export interface OutlineAttribute {
  readonly name: string;
  readonly value: string;
  readonly declaration: boolean;
}

/** The structure of a message, in document order. */
export interface Outline {
  readonly space: SpaceId;
  readonly nodes: readonly OutlineNode[];
  /** True where the message has more nodes than the outline keeps. */
  readonly cut: boolean;
}

/** Nodes that an outline has at most. */
export const OUTLINE_NODES = 20_000;
/** Octets of a text node that an outline shows at most. */
export const OUTLINE_TEXT = 600;

/** The public part of one key entry; nothing here is secret. */
export interface KeyDescription {
  readonly id: string;
  readonly name: string | null;
  readonly alias: string | null;
  readonly kind: 'key-pair' | 'certificate' | 'public-key' | 'secret';
  /** Null where the entry has no key that was read. */
  readonly key: KeyFacts | null;
  readonly certificates: readonly CertificateSummary[];
  readonly trusted: boolean;
}

/** A certificate in a key file, as the page lists it. */
export interface CertificateSummary {
  /** Lower-case hex SHA-256 of the DER. */
  readonly id: string;
  readonly subject: string;
  readonly issuer: string;
  /** Hex. */
  readonly serial: string;
  /** UTC milliseconds. */
  readonly notBefore: number;
  readonly notAfter: number;
  readonly sha1: string;
  /** Hex, or null. */
  readonly ski: string | null;
}

/**
 * Whose keys they are: {@link OWN_KEYS}, or those that came with one sample. A run names the sets that it is judged
 * with, so that a sample's keys and users never stand in for the user's own.
 */
export type KeySet = string;

/** What the user gave. */
export const OWN_KEYS: KeySet = 'own';

/** What the page knows of a key file. */
export interface KeyFileDescription {
  readonly id: string;
  readonly set: KeySet;
  readonly name: string;
  readonly format: string;
  /** Octets of the file. */
  readonly size: number;
  readonly trusted: boolean;
  readonly entries: readonly KeyDescription[];
  readonly crls: number;
  readonly problems: readonly KeyFileProblem[];
}

/** A user's name; the password stays in the worker. */
export interface UserDescription {
  readonly name: string;
  readonly set: KeySet;
}

/** Everything the page knows about the keys. */
export interface KeyRing {
  readonly files: readonly KeyFileDescription[];
  readonly users: readonly UserDescription[];
}

/** A key file on its way into the worker. */
export interface KeyFileInput {
  readonly id: string;
  readonly set: KeySet;
  readonly name: string;
  readonly octets: Uint8Array;
  /** Its certificates and keys are trust anchors. */
  readonly trusted: boolean;
  /** Answers ds:KeyName. */
  readonly keyName?: string;
  /** Taken as a raw secret, whatever the octets look like. */
  readonly secret?: boolean;
  readonly password?: string;
}

/** What the receiver demands; times and lifetimes as named. */
export interface JudgeSettings {
  /** UTC milliseconds. */
  readonly at: number;
  /** Whose time that is; with `made` it is now, and the message's own comes before it. */
  readonly asOf: AsOf;
  readonly skewSeconds: number;
  readonly ttlSeconds: number | null;
  readonly receiverActor: string | null;
  readonly idAttributes: readonly string[];
}

/** A message to be judged, with what it is judged by. */
export interface JudgeCall {
  readonly octets: Uint8Array;
  readonly request: Uint8Array | null;
  readonly attachments: readonly (readonly [string, Uint8Array])[];
  readonly settings: JudgeSettings;
  /** The keys and users that the receiver has; of two users of one name, that of the earlier set. */
  readonly keySets: readonly KeySet[];
}

/** A MIME part beside the envelope, as it arrived. */
export interface AttachmentSummary {
  /** Content id without angle brackets, else content location. */
  readonly name: string;
  /** Media type without parameters; empty where none is declared. */
  readonly mediaType: string;
  /** Octets of the content, its transfer encoding taken off. */
  readonly size: number;
  /** Octets of the input that hold it; null where they do not stand there as such. */
  readonly start: number | null;
  readonly end: number | null;
}

/** A verdict with what the page draws of it. */
export interface JudgeAnswer {
  readonly run: RunId;
  readonly trace: Trace;
  readonly outline: Outline;
  /** The message with everything decrypted in its place, or null where nothing was. */
  readonly opened: Outline | null;
  readonly attachments: readonly AttachmentSummary[];
  /** How long the engine worked, in milliseconds; for display only. */
  readonly elapsed: number;
}

/** What explaining changes in a judged trace: its headline, axes and steps' statuses stay. */
export interface ExplainAnswer {
  /** All of them, root causes first. */
  readonly findings: Trace['findings'];
  /** Steps with other findings than before, and after them those of the search. */
  readonly steps: Trace['steps'];
  /** Octets that the search made. */
  readonly spaces: Trace['spaces'];
  readonly evidence: Trace['verdict']['evidence'];
  /** How long the engine worked, in milliseconds; for display only. */
  readonly elapsed: number;
}

export type { SecondOpinionView };

/** Where octets of a space came from, segment by segment: half-open ranges. */
export interface OriginSlice {
  /** The space that the segments lead to. */
  readonly source: SpaceId;
  readonly segments: readonly {
    readonly start: number;
    readonly end: number;
    readonly sourceStart: number;
    readonly sourceEnd: number;
    readonly kind: OriginKind;
  }[];
}

/** Handle of a run: the id of the job that judged. Ids are never used twice, in no worker of a page. */
export type RunId = number;

/** Every call the page can make, with what it sends and what it gets. What names a space, step or key names its run. */
export interface Calls {
  judge: { send: JudgeCall; get: JudgeAnswer };
  /** Looks for the causes of what failed in a run; null where the run is gone. */
  explain: { send: { readonly run: RunId }; get: ExplainAnswer | null };
  addKeyFiles: { send: { readonly files: readonly KeyFileInput[] }; get: KeyRing };
  unlock: { send: { readonly file: string; readonly alias: string | null; readonly password: string }; get: KeyRing };
  /** Takes a file's octets as a raw secret, for any name or for the one given. */
  takeAsSecret: { send: { readonly file: string; readonly keyName: string | null }; get: KeyRing };
  removeKeyFile: { send: { readonly file: string }; get: KeyRing };
  setTrusted: { send: { readonly file: string; readonly trusted: boolean }; get: KeyRing };
  addUser: { send: UserDescription & { readonly password: string }; get: KeyRing };
  removeUser: { send: UserDescription; get: KeyRing };
  /** Forgets all keys and users of one set. */
  removeKeySet: { send: { readonly set: KeySet }; get: KeyRing };
  /**
   * The octets of the key that a step of a run opened or derived: only on the user's explicit wish; null where there is
   * none.
   */
  revealKey: { send: { readonly run: RunId; readonly step: string }; get: Uint8Array | null };
  /** Asks an independent library about the signatures of a run; null where it declines, or the run is gone. */
  secondOpinion: { send: { readonly run: RunId }; get: readonly SecondOpinionView[] | null };
  /** A certificate of a run in full; null where the run is gone or has no such certificate. */
  certificate: { send: { readonly run: RunId; readonly id: string }; get: CertificateInFull | null };
  /** Begins to bring in the worker's lazy parts; answered at once. */
  preload: { send: Record<string, never>; get: null };
  /** Octets `[start, end)` of a space of a run, or null where it is not known. */
  octets: { send: SpaceSlice; get: Uint8Array | null };
  /** Origin of `[start, end)` of a space in its parent, or composed to the input where `toInput`. */
  origin: { send: SpaceSlice & { readonly toInput: boolean }; get: OriginSlice | null };
}

/** A certificate with everything that it says. */
export interface CertificateInFull {
  readonly der: Uint8Array;
  /** Null where the library that prints certificates cannot read this one. */
  readonly view: CertificateView | null;
}

/** Octets `[start, end)` of a space of a run. */
export interface SpaceSlice {
  readonly run: RunId;
  readonly space: SpaceId;
  readonly start: number;
  readonly end: number;
}

/** The names of the calls. */
export type CallName = keyof Calls;

/** Cells of the memory that page and worker share: cell `id % SIGNAL_CELLS` holds the id of a job that is cancelled. */
export const SIGNAL_CELLS = 64;

/** One thing that the page asks for, under a number of its own. */
export type Job = {
  [Name in CallName]: { readonly call: Name; readonly id: number; readonly send: Calls[Name]['send'] };
}[CallName];

/** Everything that the page posts. */
export type ToWorker =
  | Job
  | { readonly call: 'cancel'; readonly id: number }
  /** Done at once, whatever is under way: overwrite keys and octets. The page ends the worker after it. */
  | { readonly call: 'wipe' }
  | { readonly call: 'share'; readonly signals: SharedArrayBuffer };

/** Everything that the worker posts. */
export type FromWorker =
  | { readonly type: 'ready' }
  | { readonly type: 'started'; readonly id: number }
  | { readonly type: 'progress'; readonly id: number; readonly what: string; readonly done: number }
  /** Comes before the answer that it is a part of. */
  | { readonly type: 'part'; readonly id: number; readonly part: AnswerPart }
  | { readonly type: 'answer'; readonly id: number; readonly value: unknown }
  | { readonly type: 'cancelled'; readonly id: number }
  /** The engine threw: our own defect. */
  | { readonly type: 'defect'; readonly id: number; readonly message: string; readonly stack: string }
  | { readonly type: 'wiped' };
