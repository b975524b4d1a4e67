/** What findings carry about decoding and parsing, by code. */
export interface NotWellFormed {
  /** The production or constraint of the specification. */
  readonly rule?: string;
  /** Which rule, as a code. */
  readonly reason: string;
  readonly expected?: string;
  readonly found?: string;
  readonly openedAt?: number;
  readonly target?: string;
  readonly prefix?: string;
  readonly name?: string;
  readonly uri?: string;
  readonly reference?: string;
  readonly character?: string;
}

/** Data of findings about XML that is not well-formed or not read, by code. */
export interface XmlFindings {
  readonly 'not-wellformed-xml': NotWellFormed;
  readonly 'doctype-or-entity-refused': {
    readonly rule?: string;
  };
  readonly 'xml-encoding-mismatch': {
    readonly declared: string;
    readonly actual: string;
    readonly rule?: string;
  };
  readonly 'xml-encoding-unsupported': {
    readonly name: string;
    readonly rule?: string;
  };
  readonly 'C14-09': {
    readonly rule?: string;
    readonly encoding: string;
    readonly reads?: string;
    readonly octet?: string;
  };
  readonly 'xml-encoding-no-bom': {
    readonly actual: string;
    readonly declared: string;
    readonly rule?: string;
  };
  readonly 'xml-encoding-transcoded': {
    readonly name: string;
    /** Its characters take several octets, and not all readers have the same table. */
    readonly several?: boolean;
    readonly rule?: string;
  };
  readonly 'charset-header-mismatch': {
    readonly external: string;
    readonly declared: string;
    readonly rule?: string;
  };
  readonly 'xml-version-not-1.0': {
    readonly version: string;
    readonly rule?: string;
  };
}
