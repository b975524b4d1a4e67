/**
 * How a ds:KeyInfo or wsse:SecurityTokenReference becomes keys to try, with every candidate and the reason it was taken
 * or left.
 */
import type { FindingCode } from '../trace/finding-data.ts';
import type { Certificate } from '../certificates/certificate.ts';
import type { PublicKey } from '../crypto/keys.ts';
import type { MessageState, OpenRun } from '../run/run-context.ts';
import type { OpenStep } from '../trace/recorder.ts';
import type { Data } from '../trace/trace.ts';
import type { NodeIndex } from '../xml/document.ts';

/** A key that may be the one named, taken or not. */
export interface KeyCandidate {
  readonly from: 'message' | 'given' | 'derived' | 'request';
  /**
   * `bst-direct`, `ski`, `thumbprint`, `issuer-serial`, `encrypted-key-sha1`, `saml-id`, `embedded`, `key-name`,
   * `key-value`, `x509-certificate`, `subject-name`, `derived-key`, `encrypted-key`, `username-token`,
   * `security-context`, `only-key`, ...
   */
  readonly how: string;
  /** The KeyEntry's id when given by the user. */
  readonly entry: string | null;
  readonly publicKey: PublicKey | null;
  readonly secret: Uint8Array | null;
  readonly certificate: Certificate | null;
  /** Certificates that came with it and may complete a path. */
  readonly chain: readonly Certificate[];
  readonly taken: boolean;
  /**
   * Code of the reason it was taken or left: `matches`, `ski-differs`, `thumbprint-differs`, `issuer-differs`,
   * `serial-differs`, `name-differs`, ...
   */
  readonly reason: string;
  readonly data: Data;
  /**
   * A session key that came encrypted for us, or is derived from one: anybody who has the receiver's certificate can
   * make such a key, so that it shows nothing of the sender.
   */
  readonly sealed?: boolean;
  /** The holder-of-key assertion in the message that confirms it. */
  readonly confirmedBy?: NodeIndex;
}

/** The way from one ds:KeyInfo to its keys. */
export interface KeyResolution {
  readonly candidates: readonly KeyCandidate[];
  /** Taken candidates in the order to try. */
  readonly keys: readonly KeyCandidate[];
  /** Given keys that the message does not name: one that verifies proves whose it is, none disproves anything. */
  readonly unnamed: readonly KeyCandidate[];
  /** The token in the message that holds the key, if any. */
  readonly token: NodeIndex | null;
  /** What would help when nothing was found, as data for "issuer X, serial Y: drop a key file here". */
  readonly missing: { readonly code: FindingCode; readonly data: Data } | null;
  /** A reference form or token that we do not have stands in the way. */
  readonly unsupported: string | null;
  /** The step recorded. */
  readonly step: string;
}

/** One state of the message, with everything that may hold a key for it. */
export type KeyResolutionContext = MessageState &
  Pick<OpenRun, 'keys' | 'users' | 'crypto' | 'certificates' | 'budget' | 'recorder' | 'external' | 'answered'>;

/**
 * Signature of `resolveKeyInfo`. `keyInfo` is a ds:KeyInfo, a wsse:SecurityTokenReference, or null where a signature
 * has none.
 */
export type ResolveKeyInfo = (
  keyInfo: NodeIndex | null,
  purpose: 'verify' | 'mac' | 'decrypt',
  context: KeyResolutionContext,
  parent: OpenStep,
) => Promise<KeyResolution>;
