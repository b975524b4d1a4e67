/** What one resolution collects on its way: candidates, findings, and what was missing. */
import { equalOctets } from '../bytes/octets.ts';
import type { Certificate } from '../certificates/certificate.ts';
import type { PublicKey } from '../crypto/keys.ts';
import { samePublicKey } from '../crypto/spki.ts';
import type { KeyEntry } from '../keystore/key-entry.ts';
import { findingOf, type FindingDraft } from '../trace/recorder.ts';
import type { FindingCode, FindingData } from '../trace/finding-data.ts';
import type { Severity } from '../trace/run-log.ts';
import type { Data } from '../trace/trace.ts';
import type { NodeIndex } from '../xml/document.ts';
import { localName, nodeRange } from '../xml/navigate.ts';
import type { KeyCandidate, KeyResolutionContext } from './key-resolution-types.ts';

/** What the key is looked for: to verify a signature or a MAC, or to decrypt. */
export type KeyPurpose = 'verify' | 'mac' | 'decrypt';

/** What a candidate must say; the rest is filled in. */
export interface CandidateDraft {
  readonly from: KeyCandidate['from'];
  readonly how: string;
  readonly entry?: KeyEntry | null;
  readonly publicKey?: PublicKey | null;
  readonly secret?: Uint8Array | null;
  readonly certificate?: Certificate | null;
  readonly chain?: readonly Certificate[];
  readonly taken: boolean;
  readonly reason: string;
  readonly data?: Data;
  readonly sealed?: boolean;
}

/**
 * Elements that lead to a further key; each counts for `keyInfoDepth`. References to references are not followed at
 * all.
 */
const HOPS: ReadonlySet<string> = new Set(['KeyInfo', 'RetrievalMethod', 'KeyInfoReference', 'DerivedKeyToken']);

/** One search for keys: candidates, findings, and what was missing. */
export class KeySearch {
  readonly context: KeyResolutionContext;
  readonly purpose: KeyPurpose;
  readonly candidates: KeyCandidate[] = [];
  readonly findings: FindingDraft[] = [];
  token: NodeIndex | null = null;
  missing: { readonly code: FindingCode; readonly data: Data } | null = null;
  unsupported: string | null = null;
  depth = 0;
  /** In the X509Data elements met so far. */
  certificates = 0;
  /** Elements being resolved, against cycles. */
  readonly open = new Set<NodeIndex>();
  readonly #visit: (search: KeySearch, node: NodeIndex) => void;

  constructor(context: KeyResolutionContext, purpose: KeyPurpose, visit: (search: KeySearch, node: NodeIndex) => void) {
    this.context = context;
    this.purpose = purpose;
    this.#visit = visit;
  }

  /** Resolves a nested ds:KeyInfo, reference or token, within the depth that the budget allows. */
  visit(node: NodeIndex): void {
    if (this.open.has(node)) {
      this.find('key-reference-cycle', 'error', node, {});
      return;
    }
    const hop = HOPS.has(localName(this.context.document, node)) ? 1 : 0;
    if (hop === 1) this.context.budget.check('keyInfoDepth', this.depth, this.context.document.start[node] ?? -1);
    this.open.add(node);
    this.depth += hop;
    this.#visit(this, node);
    this.depth -= hop;
    this.open.delete(node);
  }

  /**
   * Runs `search` for other keys (a parent's) with the same context and an empty list of candidates, and returns what
   * it found.
   */
  nested(purpose: KeyPurpose, node: NodeIndex): KeySearch {
    const inner = new KeySearch(this.context, purpose, this.#visit);
    inner.depth = this.depth;
    for (const one of this.open) inner.open.add(one);
    inner.visit(node);
    return inner;
  }

  /**
   * Goes on in the request that the message answers, to the element that `locate` finds there. What is told of it
   * stands at `from`; a key of the request is known to both sides, whoever made it.
   * @returns whether there is such an element
   */
  visitRequest(from: NodeIndex, locate: (request: KeyResolutionContext) => NodeIndex | null): boolean {
    const { answered } = this.context;
    if (answered === null) return false;
    const context: KeyResolutionContext = { ...this.context, ...answered, answered: null };
    const target = locate(context);
    if (target === null) return false;
    const inner = new KeySearch(context, this.purpose, this.#visit);
    inner.depth = this.depth;
    inner.visit(target);
    for (const { sealed: _, confirmedBy: __, ...one } of inner.candidates) {
      this.candidates.push({ ...one, from: 'request' });
    }
    const ranges = [nodeRange(this.context.document, from)];
    this.findings.push(...inner.findings.map((finding) => ({ ...finding, ranges })));
    if (inner.missing !== null) this.miss(inner.missing.code, inner.missing.data);
    this.unsupported ??= inner.unsupported;
    return true;
  }

  find<Code extends FindingCode>(
    code: Code,
    severity: Severity,
    node: NodeIndex,
    data: FindingData[Code],
    fault: string | null = null,
  ): void {
    const ranges = [nodeRange(this.context.document, node)];
    this.findings.push(findingOf(code, severity, data, { ranges, ...(fault === null ? {} : { fault }) }));
  }

  /** The first reason why nothing was found is kept: it is the nearest to the cause. */
  miss(code: FindingCode, data: Data): void {
    this.missing ??= { code, data };
  }

  add(draft: CandidateDraft): void {
    this.candidates.push({
      from: draft.from,
      how: draft.how,
      entry: draft.entry?.id ?? null,
      publicKey: draft.publicKey ?? draft.certificate?.publicKey ?? null,
      secret: draft.secret ?? null,
      certificate: draft.certificate ?? null,
      chain: draft.chain ?? [],
      taken: draft.taken,
      reason: draft.reason,
      data: draft.data ?? {},
      ...(draft.sealed === true ? { sealed: true } : {}),
    });
  }

  /** A key that the message itself holds. For decryption it serves only when its private half was given. */
  addFromMessage(
    how: string,
    publicKey: PublicKey,
    certificate: Certificate | null,
    chain: readonly Certificate[],
    reason = 'in-message',
    data: Data = {},
  ): void {
    const entry = entryOfPublicKey(this.context.keys, publicKey);
    const known =
      certificate ?? entry?.certificates.find((one) => equalOctets(one.publicKey.spki, publicKey.spki)) ?? null;
    if (this.purpose === 'decrypt' && !entry?.privateKey) {
      this.add({
        from: 'message',
        how,
        publicKey,
        certificate: known,
        chain,
        taken: false,
        reason: 'no-private-key',
        data,
      });
      this.miss('private-key-not-found', { how, ...(known ? certificateData(known) : {}) });
      return;
    }
    this.add({
      from: 'message',
      how,
      entry,
      publicKey,
      certificate: known,
      chain,
      taken: this.purpose !== 'mac',
      reason: this.purpose === 'mac' ? 'not-a-secret' : reason,
      data,
    });
  }

  get taken(): KeyCandidate[] {
    const seen = new Set<string>();
    return this.candidates.filter((one) => {
      if (!one.taken) return false;
      const key = keyIdentity(one);
      if (seen.has(key)) return false;
      seen.add(key);
      return true;
    });
  }
}

/** Two candidates of the same identity are the same key for every purpose; nothing here is shown. */
function keyIdentity(candidate: KeyCandidate): string {
  const octets = candidate.secret ?? candidate.publicKey?.spki ?? new Uint8Array(0);
  return `${candidate.secret ? 's' : 'p'}${candidate.certificate?.id ?? ''}:${octets.join(',')}`;
}

/** The given entry that holds this public key, one with the private half first. */
export function entryOfPublicKey(keys: readonly KeyEntry[], publicKey: PublicKey): KeyEntry | null {
  const same = keys.filter((entry) => entry.publicKey !== null && samePublicKey(entry.publicKey, publicKey));
  return same.find((entry) => entry.privateKey !== null) ?? same[0] ?? null;
}

/** What names a certificate in data. */
export function certificateData(certificate: Certificate): {
  readonly subject: string;
  readonly issuer: string;
  readonly serial: string;
} {
  return { subject: certificate.subjectText, issuer: certificate.issuerText, serial: certificate.serial.toString() };
}
