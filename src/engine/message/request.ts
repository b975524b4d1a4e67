/** What a run takes and gives. */
import type { Limits } from '../bytes/budget.ts';
import type { SpaceId } from '../bytes/source-range.ts';
import type { CertificateMemory } from '../certificates/certificate-memory.ts';
import type { DecryptionProvider } from '../crypto/decryption-provider.ts';
import type { CryptoProvider } from '../crypto/provider.ts';
import type { KeyEntry } from '../keystore/key-entry.ts';
import type { KeptOctets } from '../trace/recorder.ts';
import type { AsOf, Trace } from '../trace/trace.ts';

/** One message, and what the receiver has and asks for. */
export interface JudgeRequest {
  /** Raw XML or anything the page accepts: an HTTP dump, a MIME multipart, base64. */
  readonly octets: Uint8Array;
  /** Key material, all of it able to verify; `trusted` entries are anchors. */
  readonly keys: readonly KeyEntry[];
  /** DER. */
  readonly crls: readonly Uint8Array[];
  readonly users: readonly { readonly name: string; readonly password: string }[];
  /** UTC milliseconds since 1970: judge as of this time. The engine has no clock. */
  readonly at: number;
  /**
   * Whose time `at` is; `given` where nothing is said. With `made` it is now, and the message is judged as of when it
   * says that it was made, unless it says nothing or a time that is still to come.
   */
  readonly asOf?: AsOf;
  readonly skewSeconds: number;
  readonly ttlSeconds: number | null;
  readonly request: Uint8Array | null;
  /** By content id or URI. */
  readonly attachments: ReadonlyMap<string, Uint8Array>;
  readonly receiverActor: string | null;
  readonly idAttributes: readonly string[];
  readonly limits?: Limits;
}

/** What the engine is given to work with. */
export interface JudgePorts {
  readonly crypto: CryptoProvider;
  /** What earlier runs found out about certificates; its provider is `crypto`. Without it a run starts from nothing. */
  readonly certificates?: CertificateMemory;
  /**
   * The provider, or how to get it once a message needs it. Without it decryption works by itself, only slower on large
   * content.
   */
  readonly decryption?: DecryptionProvider | (() => Promise<DecryptionProvider>);
  /** Asked between steps; true ends the run. */
  readonly cancelled?: () => boolean;
  /** Called with the step kind being run, for progress. */
  readonly progress?: (what: string, done: number) => void;
}

/** A run as it is looked at: judged, and explained or not. */
export interface Run {
  readonly trace: Trace;
  /** Octets of every space of the trace. */
  readonly octets: ReadonlyMap<SpaceId, KeptOctets>;
  /**
   * Octets of the keys that steps opened or derived, by step: shown only to whoever asks for one, never part of the
   * trace.
   */
  readonly stepKeys: ReadonlyMap<string, Uint8Array>;
}
