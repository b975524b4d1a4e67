import type { Report, FailedReport } from '../../src/engine/trace/report.ts';
import type { Job } from '../../src/cli/job.ts';

export interface CorpusCase {
  readonly id: string;
  readonly source: string;
  readonly kind: string;
  readonly what: string;
  readonly entry: { readonly expect: { readonly outcome?: string } };
  /** Holds EncryptedData or EncryptedKey. */
  readonly encrypted: boolean;
  /** Any of these names the true cause. */
  readonly codes: readonly string[];
  readonly job: Partial<Job> & { readonly id: string; readonly file: string };
  /** True, false, or null where nothing is expected. */
  right(report: Report | FailedReport): boolean | null;
  readonly mustNotBeValid: boolean;
}

export interface CanonicalCase {
  readonly id: string;
  readonly source: string;
  readonly kind: string;
  readonly args: readonly string[];
  readonly expected: Uint8Array;
  readonly doctype: boolean;
}
export interface KeystoreCase {
  readonly id: string;
  readonly source: string;
  readonly kind: string;
  readonly openings: readonly string[];
  readonly aliases: readonly string[];
  readonly keys: readonly string[];
}

export const SHARED: URL;
export function sharedExists(name: string): boolean;
export function peerCases(root?: string): readonly CorpusCase[];
export function projectCases(root?: string): readonly CorpusCase[];
export function stackCases(root?: string): readonly CorpusCase[];
export function canonicalCases(root?: string): readonly CanonicalCase[];
export function keystoreCases(root?: string): readonly KeystoreCase[];
export function folder(name: string): string;
export function jobOf(entry: object, root: string): CorpusCase['job'];
