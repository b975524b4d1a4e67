/**
 * `wss verify --second-opinion`: asks xmldsigjs about the same signatures with the same keys; a section beside report
 * and trace, never part of the verdict (docs/design.md, "Libraries").
 */
import { Crypto } from '@peculiar/webcrypto';
import { SECOND_OPINION_WORDS } from '../content/findings/crypto.ts';
import type { JudgeRequest, Run } from '../engine/message/request.ts';
import { askSecondOpinion, type SecondOpinionView } from '../second-opinion/opinions.ts';
import { clipped, visible, wrapped, type Paint } from './terminal.ts';

/** What xmldsigjs says of one signature. */
export interface OpinionOnSignature {
  /** The signature's step in the trace, and its Id and path as in `signatures`. */
  readonly step: string;
  readonly id: string | null;
  readonly path: string;
  /** `cannot`: the library stopped, and `why` is its own message. */
  readonly value: SecondOpinionView['value'];
  readonly references: readonly {
    readonly uri: string | null;
    readonly digest: SecondOpinionView['value'];
    readonly why: string | null;
  }[];
  readonly why: string | null;
  readonly agrees: boolean;
  /** Of a disagreement: the known defects and limits of the library whose construct stands in the message. */
  readonly explanations: readonly { readonly code: string; readonly message: string }[];
  /** A disagreement that nothing known explains. */
  readonly unexplained: boolean;
}

/** The member `secondOpinion` of the JSON report. */
export type OpinionSection =
  | { readonly library: 'xmldsigjs'; readonly status: 'given'; readonly signatures: readonly OpinionOnSignature[] }
  | {
      readonly library: 'xmldsigjs';
      readonly status: 'declined';
      readonly reason: 'too-large' | 'malformed' | 'no-signature';
    };

/** Asks xmldsigjs about the signatures of a judged message. */
export async function opinionOn(run: Run & { readonly request: JudgeRequest }): Promise<OpinionSection> {
  const { trace, request } = run;
  const opinions = await askSecondOpinion(trace, request.octets, request.keys, new Crypto());
  if (opinions.status === 'declined') return { library: 'xmldsigjs', status: 'declined', reason: opinions.reason };
  const named = new Map(trace.signatures.map((signature) => [signature.step, signature]));
  return {
    library: 'xmldsigjs',
    status: 'given',
    signatures: opinions.signatures.map(({ step, value, references, why, agrees, explanations, unexplained }) => ({
      step,
      id: named.get(step)?.id ?? null,
      path: named.get(step)?.path ?? '',
      value,
      references,
      why,
      agrees,
      explanations: explanations.map((code) => ({ code, message: SECOND_OPINION_WORDS[code] ?? code })),
      unexplained,
    })),
  };
}

const DECLINED: Readonly<Record<'too-large' | 'malformed' | 'no-signature', string>> = {
  'too-large': 'declines, the message is larger than 1 MB',
  malformed: 'declines, it cannot read the message',
  'no-signature': 'has nothing to say, nothing is signed',
};

/** One line where it agrees; the signatures beneath where it does not. */
export function opinionText(section: OpinionSection, colours: Paint, width: number): string {
  if (section.status === 'declined') {
    return `    ${colours.dim('·')} ${clipped(`Second opinion: xmldsigjs ${DECLINED[section.reason]}`, width - 6)}`;
  }
  const { signatures } = section;
  const differing = signatures.filter((signature) => !signature.agrees);
  if (differing.length === 0) {
    return (
      `    ${colours.green('✓')} Second opinion: xmldsigjs ` +
      `agrees${signatures.length > 1 ? ` on all ${signatures.length} signatures` : ''}`
    );
  }
  const unexplained = differing.some((signature) => signature.unexplained);
  const head =
    'Second opinion: xmldsigjs ' +
    `differs${signatures.length > 1 ? ` on ${differing.length} of ${signatures.length} signatures` : ''}${unexplained ? ', unexplained' : ', for a known reason'}`;
  return [
    `  ${colours.dim('▾')} ${unexplained ? colours.yellow('!') : colours.dim('·')} ${clipped(head, width - 6)}`,
    ...differing.flatMap((signature) => differingLines(signature, colours, width)),
  ].join('\n');
}

function differingLines(signature: OpinionOnSignature, colours: Paint, width: number): readonly string[] {
  const name = visible(signature.id ?? signature.path);
  const results = [
    `value ${WORDS[signature.value]}`,
    ...signature.references
      .filter((reference) => reference.digest !== 'pass')
      .map(
        (reference) =>
          'digest of ' +
          `${reference.uri === null || reference.uri === '' ? 'the document' : visible(reference.uri)} ` +
          WORDS[reference.digest],
      ),
  ];
  const own = signature.unexplained
    ? ([signature.why, ...signature.references.map((reference) => reference.why)].find((why) => why !== null) ?? null)
    : null;
  return [
    wrapped(`Signature ${name}: ${results.slice(0, 4).join(', ')}`, width, '      ', '        '),
    ...signature.explanations.map(({ code, message }) =>
      colours.dim(wrapped(`${code}: ${message}`, width, '        ', '          ')),
    ),
    ...(signature.unexplained
      ? [
          colours.dim(
            wrapped(
              own === null ? 'No known defect of the library explains it.' : `It stops with: ${visible(own)}`,
              width,
              '        ',
              '          ',
            ),
          ),
        ]
      : []),
  ];
}

const WORDS: Readonly<Record<SecondOpinionView['value'], string>> = {
  pass: 'matches',
  fail: 'does not match',
  cannot: 'not judged',
};
