/** What findings carry about what signatures cover, and wrapping, by code. */
/** WrappingData: what is signed stands elsewhere than what a receiver reads. */
export interface WrappingData {
  readonly role: string;
  /** Path of the element that the signature covers. */
  readonly verified: string;
  /** Path of the element that a receiver reads. */
  readonly consumed: string;
  readonly id: string | null;
  readonly removed?: boolean;
}

/** Data of findings about what signatures cover, by code. */
export interface CoverageFindings {
  readonly 'XSW-01': WrappingData;
  readonly 'XSW-04': WrappingData;
  readonly 'XSW-05': { readonly element?: string; readonly count?: number } & Partial<WrappingData>;
  readonly 'XSW-10': WrappingData;
  /**
   * A log's mark instead of data. `where`: local name of the element that holds it; `tree` for a copy of a browser's
   * tree, `end` for a message cut off.
   */
  readonly 'captured-not-wire': { readonly where: string; readonly mark: string };
  readonly 'qname-prefix-unbound': {
    readonly name: string;
    readonly prefix: string;
    /** Of the element. */
    readonly path: string;
    /** How many such values there are. */
    readonly count: number;
  };
  readonly 'C14-06': {
    /** As written in xsi:type. */
    readonly name: string;
    readonly prefix: string;
    readonly namespace: string;
    readonly path: string;
  };
  readonly 'strict-layout-order': { readonly element: string };
  readonly 'id-not-ncname': { readonly id: string };
  readonly 'saml-reference-not-to-assertion-id': { readonly id: string; readonly attribute: string };
  readonly 'unsigned-error-hides-cause': {
    readonly kind: 'soap-fault' | 'ebms-error' | 'saml-status';
    readonly text: string;
  };
  readonly 'message-nested': {
    /** Paths of the secured envelope and of the root around it. */
    readonly path: string;
    readonly root: string;
    readonly count: number;
  };
  readonly 'required-part-not-signed': {
    readonly role: string;
    readonly path: string;
    readonly signed: string;
  };
  readonly 'referred-part-not-signed': {
    readonly uri: string;
    readonly kind: 'attachment' | 'element';
    /** Of the signed element that refers to it. */
    readonly path: string;
  };
  readonly 'ENC-11': {
    readonly id: string | null;
    readonly method: string;
    readonly path: string;
  };
  readonly 'token-not-signed': {
    readonly role: string;
    readonly path: string;
    readonly signed: string;
    /** A signature verifies with its key. */
    readonly used: boolean;
  };
}
