/** What a chain of transforms works on and what it leaves behind (XML Signature §4.4.3). */
import type { FindingCode } from '../trace/finding-data.ts';
import type { Attachment, Attachments } from '../attachments/attachment.ts';
import type { Budget } from '../bytes/budget.ts';
import type { OriginMap } from '../bytes/origin-map.ts';
import type { SpaceId } from '../bytes/source-range.ts';
import type { NodeSet } from '../canonicalization/node-set.ts';
import type { CryptoProvider } from '../crypto/provider.ts';
import type { SharedResults } from './shared-results.ts';
import type { IdIndex } from '../references/id-index.ts';
import type { OpenStep, Recorder } from '../trace/recorder.ts';
import type { NodeIndex, XmlDocument } from '../xml/document.ts';

/** The input or output of one transform. */
export type TransformValue =
  | { readonly type: 'nodes'; readonly set: NodeSet }
  | {
      readonly type: 'octets';
      readonly octets: Uint8Array;
      /** The registered space, or null for octets made on the way. */ readonly space: SpaceId | null;
      readonly origin: (() => OriginMap) | null;
      /** SHA-256 of `octets`, where the provider has computed it for the space. */ readonly sha256?: Uint8Array;
    };

/** What a wsse:SecurityTokenReference stands for, for STR-Transform (SMS §8.3). Injected: rooms above know tokens. */
export type DereferencedToken =
  /** The token stands in the document: direct reference, embedded, SAML by id. */
  | { readonly type: 'node'; readonly document: XmlDocument; readonly node: NodeIndex }
  /** A certificate named by identifier: the synthesised wsse:BinarySecurityToken is made from it. */
  | { readonly type: 'certificate'; readonly der: Uint8Array; readonly valueType: string }
  | { readonly type: 'missing'; readonly reason: string };

/** What transforms are run with. */
export interface TransformContext {
  readonly document: XmlDocument;
  readonly ids: IdIndex;
  /** The ds:Signature whose Reference is processed; enveloped-signature removes this one only. */
  readonly signature: NodeIndex;
  readonly budget: Budget;
  readonly crypto: CryptoProvider;
  readonly recorder: Recorder;
  /** What references of the run made before. */
  readonly shared: SharedResults;
  /** Octets supplied by the user for external URIs and content ids. */
  readonly external: ReadonlyMap<string, Uint8Array>;
  /** The parts among `external`, with their MIME header fields. */
  readonly attachments?: Attachments;
  dereferenceToken(securityTokenReference: NodeIndex): DereferencedToken;
}

/** A ds:Reference dereferenced and transformed: the octets to digest and what of the document they stand for. */
export type ProcessedReference =
  | {
      readonly status: 'octets';
      readonly octets: Uint8Array;
      readonly space: SpaceId;
      /**
       * SHA-256 of `octets`, where the provider has computed it for the space: large octets are hashed once, not twice.
       */
      readonly sha256: Uint8Array | null;
      /** The element the URI names; 0 for the whole document; null for external octets. */
      readonly target: NodeIndex | null;
      /**
       * The node-set that was turned into octets, for coverage; null when octets came from elsewhere (base64,
       * external).
       */
      readonly kept: NodeSet | null;
      /** Further nodes whose content the octets hold: tokens put in by STR-Transform. */
      readonly alsoCovers: readonly NodeIndex[];
      /** A transform left out content of the target other than the signature itself. */
      readonly discards: boolean;
      /** The attachment whose octets these are made from. */
      readonly attachment?: Attachment;
      readonly transforms: readonly string[];
    }
  | {
      readonly status: 'failed';
      readonly code: FindingCode;
      readonly target: NodeIndex | null;
      /** The attachment that a transform could not read. */
      readonly attachment?: Attachment;
      readonly transforms: readonly string[];
    }
  /**
   * `refused` for XSLT and duplicate ids, `unsupported` for transforms we do not have, `missing` for external octets
   * not supplied or tokens not found.
   */
  | {
      readonly status: 'refused' | 'unsupported' | 'missing';
      readonly code: FindingCode;
      readonly target: NodeIndex | null;
      readonly transforms: readonly string[];
    };

/**
 * Signature of `processReference` in `reference-processing.ts`: records its steps under `parent`, never throws but for
 * {@link BudgetExceeded}.
 */
export type ProcessReference = (
  reference: NodeIndex,
  context: TransformContext,
  parent: OpenStep,
) => Promise<ProcessedReference>;
