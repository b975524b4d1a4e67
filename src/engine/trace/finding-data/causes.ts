/** What findings carry about a cause: what the search did to get the octets that match, and whose act the cause is. */

/** The particulars of a deed; each way (`how`) names those that it has. */
export interface Deed {
  readonly added?: string;
  readonly all?: boolean;
  readonly attachment?: string | null;
  readonly attribute?: string | null;
  readonly columns?: number;
  readonly count?: number;
  readonly crlf?: boolean;
  readonly declaration?: string;
  readonly declared?: string | null;
  readonly declaredPrefixes?: readonly string[];
  readonly digest?: string | null;
  readonly digestUsed?: string;
  readonly element?: string;
  readonly encoding?: string;
  readonly expected?: number;
  readonly form?: string;
  readonly indent?: string;
  readonly key?: string | null;
  readonly letter?: string;
  readonly maskDigest?: string;
  readonly meant?: string;
  readonly name?: string | null;
  readonly named?: string | null;
  readonly now?: string | null;
  readonly octets?: number;
  readonly prefix?: string;
  readonly prefixes?: readonly string[];
  readonly saltLength?: number;
  readonly signed?: string | null;
  readonly subject?: string | null;
  readonly uri?: string | null;
  readonly used?: string;
  readonly variant?: string;
  readonly where?: string;
  readonly whole?: number;
  readonly withoutSignature?: boolean;
}

export interface CauseData extends Deed {
  /** What was done, as a code with words of its own: `white-space-removed`, `prefix-renamed`. */
  readonly how: string;
  /** `signer`: computed wrongly when it was signed. `transit`: changed after signing. `receiver`: read wrongly here. */
  readonly party: 'signer' | 'transit' | 'receiver';
  /** `SignedInfo`, `document`, or the local name of the element that the reference covers. */
  readonly what?: string;
  readonly signature?: string | null;
  readonly signatureHolds?: boolean;
  /** Code of the other cause, where only the two together explain the octets. */
  readonly second?: string;
  readonly secondHow?: string;
  /** Code of the cause named first, which gives the same octets. */
  readonly alternativeTo?: string;
  /** Codes of other causes that give the same octets. */
  readonly alternatives?: readonly string[];
}

/** Found by judging, then without a party, or by the search for a cause. */
export type JudgedOrCause<Judged> = Partial<Judged> & Partial<CauseData>;

type Causes = Readonly<
  Record<
    | 'ws-pretty-print-after-sign'
    | 'ws-stripped-on-parse'
    | 'ws-trim-text-values'
    | 'ws-between-header-blocks'
    | 'ws-signedinfo-reformatted'
    | 'saml-assertion-reserialised'
    | 'crlf-inserted-charref'
    | 'cr-charref-lost'
    | 'crlf-raw-cr-kept'
    | 'unicode-normalised'
    | 'comment-stripped-or-added'
    | 'processing-instruction-inserted'
    | 'entity-double-or-lost-amp'
    | 'entity-text-overescaped'
    | 'char-replaced-by-question-mark'
    | 'attr-ws-normalisation'
    | 'cdata-mishandled'
    | 'utf8-read-as-latin1-or-ascii'
    | 'digest-over-declared-charset'
    | 'id-added-after-digest'
    | 'id-value-or-name-mangled'
    | 'mustunderstand-or-actor-altered'
    | 'schema-default-or-xsi-added'
    | 'value-lexical-rewrite'
    | 'ns-prefix-rewritten'
    | 'ds-prefix-changed-after-sign'
    | 'soap-version-or-content-type'
    | 'xmlns-empty-spurious'
    | 'inclusive-ancestor-ns-added-later'
    | 'inclusive-ancestor-ns-missing'
    | 'ns-decl-lost-on-extraction'
    | 'ns-decl-added-in-subtree'
    | 'inclusive-dup-ns-bug'
    | 'xades-signedproperties-digest'
    | 'prefixlist-ignored-in-reference'
    | 'prefixlist-ignored-in-signedinfo'
    | 'prefixlist-default-token'
    | 'prefixlist-used-but-not-declared'
    | 'inclusive-labelled-exclusive'
    | 'missing-c14n-transform'
    | 'comments-in-digest'
    | 'c14n-relabelled'
    | 'signedinfo-c14n-relabelled'
    | 'signedinfo-edited'
    | 'signature-of-other-signedinfo'
    | 'attr-order-not-sorted'
    | 'empty-elem-form'
    | 'digest-of-raw-serialisation'
    | 'bom-in-digest'
    | 'xmldecl-in-digest'
    | 'digest-double-hash'
    | 'digest-of-empty'
    | 'digest-alg-label-mismatch'
    | 'digest-of-element-content'
    | 'wrong-element-referenced'
    | 'str-transform-missing-or-wrong'
    | 'decrypted-content-reserialised'
    | 'xslt-xpath-transform-variant'
    | 'stale-dom-signed'
    | 'sig-hash-label-mismatch'
    | 'sig-no-digestinfo'
    | 'sig-pss-vs-pkcs1'
    | 'sig-double-hash'
    | 'sig-over-body-not-signedinfo'
    | 'signedinfo-raw'
    | 'signedinfo-missing-xmlns'
    | 'multiple-bst-wrong-picked'
    | 'verify-with-own-cert'
    | 'verifies-with-other-key'
    | 'ecdsa-der-not-rs'
    | 'ecdsa-rs-padding'
    | 'sig-byte-order-reversed'
    | 'hmac-truncation-or-key-text'
    | 'signed-tree-not-namespace-aware'
    | 'ns-decl-not-in-signed-tree'
    | 'xmlns-xml-rendered'
    | 'xml-attribute-inheritance'
    | 'ns-decl-moved'
    | 'prefixlist-prefix-unbound'
    | 'inner-signature-added-later'
    | 'enveloped-tail-lost'
    | 'keyinfo-digest-of-certificate',
    CauseData
  >
>;

export type NamedCause = keyof Causes | keyof JudgedCauses;

/** A search for the cause gives one of these, and nothing else. */
export type CauseCode =
  | NamedCause
  | 'attachment-headers-in-digest'
  | 'attachment-line-ends'
  | 'attachment-cte-base64'
  | 'attachment-compressed-order'
  | 'mtom-signed-before-after'
  | 'XSW-15';

/** Codes that judging gives as well. */
export interface JudgedCauses {
  readonly 'id-not-found': JudgedOrCause<{
    readonly id: string | null;
    readonly uri: string | null;
    readonly of: string;
    readonly nearMiss: string | null;
    readonly candidates: readonly string[];
    readonly candidateKinds: readonly string[];
    readonly candidateAttributes: readonly string[];
    readonly candidateElements: readonly string[];
  }>;
  readonly 'enveloped-transform-order': JudgedOrCause<object>;
  readonly 'sigvalue-base64-damaged': JudgedOrCause<{ readonly form: string; readonly octets: number }>;
  readonly 'sig-wrong-key-for-cert': JudgedOrCause<{
    readonly algorithm: string;
    readonly key: string | null;
    readonly subject: string | null;
  }>;
  readonly 'hmac-key-derivation': JudgedOrCause<{
    readonly reason: string;
    readonly label: string | null;
    readonly offset: number | null;
    readonly length: number | null;
  }>;
}

export interface DiagnosisFindings extends Causes, JudgedCauses {
  readonly 'digest-mismatch-explained': {
    readonly uri: string | null;
    readonly expected: string;
    readonly computed: string;
    readonly form: string;
    /** Code of the proven cause. */
    readonly cause: string;
  };
  readonly 'signature-mismatch-explained': {
    readonly algorithm: string;
    readonly reason: string;
    readonly subject: string | null;
    readonly how: string;
    readonly cause: string;
  };
  readonly 'sigvalue-base64-entities': {
    readonly count: number;
    readonly elements: readonly string[];
    readonly signatureHolds: boolean;
  };
  readonly 'enveloped-on-detached': { readonly uri: string | null; readonly element: string };
  readonly 'diagnosis-budget': { readonly trials: number; readonly signatures: number };
}
