/** Words for the causes that diagnosis finds: what was done to the message, how we know, who must change what. */
import type { CauseData, NamedCause } from '../../../engine/trace/finding-data/causes.ts';
import { said, type FindingCatalogue, type FindingWords } from '../catalogue.ts';
import { SIGNED_INFO, the, type Cause, type Deeds } from './cause-words.ts';
import { HOP_CAUSES } from './hop-causes.ts';
import { HOP_DEEDS } from './hop-deeds.ts';
import { OWN_CAUSES } from './own-causes.ts';
import { ownEvidence } from './own-evidence.ts';
import { SIGNED_INFO_CAUSES } from './signed-info-causes.ts';
import { SIGNED_INFO_DEEDS } from './signed-info-deeds.ts';
import { SIGNER_CAUSES } from './signer-causes.ts';
import { SIGNER_DEEDS } from './signer-deeds.ts';

const CAUSES: Readonly<Record<NamedCause, Cause>> = {
  ...HOP_CAUSES,
  ...SIGNER_CAUSES,
  ...SIGNED_INFO_CAUSES,
  ...OWN_CAUSES,
};

const DEEDS: Deeds = { ...HOP_DEEDS, ...SIGNER_DEEDS, ...SIGNED_INFO_DEEDS };

const ESCAPED = (data: CauseData): string => `With other escapes (${said(data.how).replaceAll('-', ' ')})`;

function evidence(data: CauseData): string {
  const deed = (DEEDS[said(data.how)] ?? ESCAPED)(data);
  const second =
    said(data.secondHow) === '' ? '' : `, and with a second change undone (${title(said(data.second), data)})`;
  if (data.alternativeTo !== undefined) {
    return (
      `${deed} it gives the same octets as the cause named first, so that the value alone cannot tell the two ` +
      'apart.'
    );
  }
  return said(data.what) === SIGNED_INFO
    ? `${deed}${second}, the signature value verifies.`
    : `${deed}${second}, the digest of ${the(data)} equals the signed one.`;
}

function title(code: string, data: CauseData): string {
  return Object.hasOwn(CAUSES, code) ? CAUSES[code as NamedCause].title(data) : code;
}

function causeWords(code: string, cause: Cause): FindingWords<CauseData> {
  const howKnown = Object.hasOwn(OWN_CAUSES, code) ? ownEvidence : evidence;
  return {
    title: cause.title,
    message: (data) => `${howKnown(data)} ${data.alternativeTo === undefined ? cause.blame : ''}`.trim(),
  };
}

/** The words of every cause: deed and evidence first, then the blame. */
export const CAUSE_WORDS = Object.fromEntries(
  Object.entries(CAUSES).map(([code, cause]) => [code, causeWords(code, cause)]),
) as unknown as FindingCatalogue<Record<NamedCause, CauseData>>;
