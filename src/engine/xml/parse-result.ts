/** What parsing yields: always a tree, as far as it got, and the errors as data. */
import type { SourceRange } from '../bytes/source-range.ts';
import type { XmlDocument } from './document.ts';

/** A well-formedness, namespace or encoding error; or a warning (`severity`). Words are in `src/content`. */
export interface XmlProblem {
  /** Stable code, e.g. `not-wellformed-xml`, `doctype-or-entity-refused`, `xml-encoding-mismatch`. */
  readonly code: string;
  /** The production or constraint broken, e.g. `WFC: Unique Att Spec`, `NSC: Prefix Declared`. */
  readonly rule: string;
  readonly severity: 'error' | 'warning' | 'note';
  readonly range: SourceRange;
  /** What stood there and what was expected, as data for the words. */
  readonly data: Readonly<Record<string, string | number | boolean>>;
}

/** How the octets were decoded. */
export interface XmlEncoding {
  /** IANA name actually used: UTF-8, UTF-16LE, UTF-16BE, ISO-8859-1, windows-1252, US-ASCII. */
  readonly name: string;
  readonly bom: boolean;
  /** As declared in the XML declaration; null without one. */
  readonly declared: string | null;
}

/** What a parse gives, well-formed or not. */
export interface ParseResult {
  readonly document: XmlDocument;
  readonly encoding: XmlEncoding;
  /**
   * Those of the encoding first, then in document order. An error ended the parse, but `xml-encoding-mismatch`, after
   * which the octets are read as what they are.
   */
  readonly problems: readonly XmlProblem[];
  readonly wellFormed: boolean;
  /** XML declaration, if any. */
  readonly version: string | null;
  readonly standalone: boolean | null;
}
