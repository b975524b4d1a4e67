/** What findings carry about references, transforms and XPath, by code. */
import type { NoData } from './no-data.ts';

/** An XPath expression of the message, and where in it. */
export interface XPathPlace {
  readonly expression: string;
  /** Index of a character; -1 where it is about the whole expression. */
  readonly position?: number;
}

/** Data of findings about references and transforms, by code. */
export interface ReferenceFindings {
  readonly 'dup-id': {
    readonly id: string;
    readonly count: number;
    readonly uri?: string;
    readonly elements?: readonly string[];
    readonly attributes?: readonly string[];
  };
  readonly 'XSW-03': {
    readonly uri: string;
    readonly id: string;
    readonly count: number;
    readonly elements: readonly string[];
    readonly attributes: readonly string[];
  };
  readonly 'XSW-08': {
    readonly risk: string;
    readonly expression: string;
  };
  readonly 'XSW-09': { readonly path?: string | null; readonly transforms?: readonly string[] };
  readonly 'reference-without-uri': {
    readonly assumed?: string;
  };
  readonly 'xpointer-selects-nothing': { readonly uri: string };
  readonly 'xpointer-unsupported': {
    readonly uri?: string;
  };
  readonly 'attachment-cid-not-found': {
    readonly uri: string;
    readonly contentId: string;
    readonly supplied: readonly string[];
    readonly path?: string;
  };
  readonly 'external-reference-not-supplied': {
    readonly uri: string;
    readonly scheme: string | null;
    readonly host: string | null;
  };
  readonly 'external-fragment-unsupported': {
    readonly uri?: string;
  };
  readonly 'base64-invalid': {
    readonly reason?: string;
    readonly offset?: number;
  };
  readonly 'transform-input-not-wellformed': {
    readonly rule?: string;
    readonly problem?: string;
  };
  readonly 'xslt-refused': { readonly algorithm: string };
  readonly 'transform-unsupported': { readonly algorithm: string; readonly name: string; readonly kind: string };
  readonly 'transform-unknown': {
    readonly algorithm: string;
    readonly meant: string | null;
    readonly reason: string | null;
    readonly candidates: readonly string[];
  };
  readonly 'str-transform-not-on-reference': {
    readonly element?: string;
  };
  readonly 'str-transform-parameters-missing': NoData;
  readonly 'str-token-not-found': { readonly reason: string; readonly reference: string };
  readonly 'xpath-syntax': XPathPlace & { readonly expected?: string; readonly found: string };
  readonly 'xpath-too-long': XPathPlace & { readonly limit: number };
  readonly 'xpath-too-deep': XPathPlace & { readonly limit: number };
  readonly 'xpath-prefix-undeclared': XPathPlace & { readonly prefix: string };
  readonly 'xpath-function-unknown': XPathPlace & { readonly function: string };
  readonly 'xpath-variable-unbound': XPathPlace & { readonly variable: string };
  readonly 'xpath-axis-unknown': XPathPlace & { readonly axis: string };
  readonly 'xpath-arguments': XPathPlace & { readonly function: string; readonly given: number };
  readonly 'xpath-type': XPathPlace & { readonly expected: string; readonly found: string; readonly at?: string };
  readonly 'xpath-here-unavailable': XPathPlace;
  readonly 'xpath-parameter-count': {
    readonly count?: number;
  };
  readonly 'xpath-filter-unknown': {
    readonly filter?: string;
  };
}
