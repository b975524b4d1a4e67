/** What one transform yields: a value for the next one, or the reason why the chain ends (XML Signature §4.4.3.2). */
import type { SourceRange } from '../bytes/source-range.ts';
import type { CanonicalizationProblem } from '../canonicalization/parse-canonicalization-method.ts';
import type { FindingCode, FindingData } from '../trace/finding-data.ts';
import type { NodeIndex } from '../xml/document.ts';
import type { TransformValue } from './transform-types.ts';

/** The output, and what it means for coverage. */
export interface TransformDone {
  readonly status: 'done';
  readonly value: TransformValue;
  /** Content of the input, other than the signature being processed, is not in the output. */
  readonly discards?: boolean;
  /** Nodes of the document under test whose content came in (STR-Transform). */
  readonly covers?: readonly NodeIndex[];
  /** The output stands for other content than the input: what was kept of the input no longer counts. */
  readonly replaces?: boolean;
  /** Findings that stop nothing. */
  readonly notes?: readonly {
    readonly code: FindingCode;
    readonly data: FindingData[FindingCode];
    readonly range: SourceRange;
  }[];
}

/** Why the chain ends here. */
export interface TransformStopped {
  readonly status: 'failed' | 'refused' | 'unsupported' | 'missing';
  readonly code: FindingCode;
  readonly data: FindingData[FindingCode];
  readonly ranges?: readonly SourceRange[];
}

/** What one transform comes to. */
export type TransformOutcome = TransformDone | TransformStopped;

/** The end of a chain, with the finding that says why. */
export function stopped<Code extends FindingCode>(
  status: TransformStopped['status'],
  code: Code,
  data: FindingData[Code],
  ranges: readonly SourceRange[] = [],
): TransformStopped {
  return { status, code, data, ranges };
}

/** A canonicalization that we do not have is unsupported; one with parameters that make no sense has failed. */
export function canonicalizationNotRun({ code, data, range }: CanonicalizationProblem): TransformStopped {
  const status =
    code === 'canonicalization-unknown' || code === 'canonicalization-unsupported' ? 'unsupported' : 'failed';
  return stopped(status, code, data, [range]);
}
