/** What the words of causes are made of. */
import type { CauseData } from '../../../engine/trace/finding-data/causes.ts';
import { algorithmName } from '../../steps.ts';
import { said } from '../catalogue.ts';

/** A cause in words. */
export interface Cause {
  /** What happened, as a headline without full stop. */
  readonly title: (data: CauseData) => string;
  /** Who must change what. */
  readonly blame: string;
}

/** What the search did, as the first half of "…, the digest of the Body equals the signed one". */
export type Deeds = Readonly<Record<string, (data: CauseData) => string>>;

/** An algorithm by the name people use. */
export function named(algorithm: string | null | undefined, otherwise = 'another algorithm'): string {
  return said(algorithm) === '' ? otherwise : algorithmName(said(algorithm));
}

/** As `what` says it in the data. */
export const SIGNED_INFO = 'SignedInfo';

/** "the Body", "SignedInfo", "the document". */
export function the(data: CauseData): string {
  const what = said(data.what, 'document');
  return what === SIGNED_INFO ? SIGNED_INFO : `the ${what}`;
}

/** The same at the beginning of a sentence. */
export function The(data: CauseData): string {
  const what = the(data);
  return what.charAt(0).toUpperCase() + what.slice(1);
}

/** "the comment", "the 3 comments". */
export function runs(data: CauseData, one: string, many = `${one}s`): string {
  const count = said(data.count, '1');
  return count === '1' ? `the ${one}` : `the ${count} ${many}`;
}

/** Only where no fault of the signer gives the same octets. */
export const TRANSIT = 'The sender signed correctly; something between you and the sender changed it afterwards.';

/** Who may have changed what was signed rightly, the likelier first with the reason. @param why a clause */
export const OWN_SOFTWARE_OR_HOP = (why: string): string =>
  `It was changed after signing: by the sender’s own software, likelier because ${why}, or by something on the way.`;

/** The same where a hop is likelier. @param why a clause */
export const HOP_OR_OWN_SOFTWARE = (why: string): string =>
  `It was changed after signing: by something on the way, likelier because ${why}, or by the sender’s own software.`;

/** A change after signing. @param what the rest of "The Body … after it was signed" @param who who may have done it */
export const changed = (what: string, who: string, blame: string): Cause => ({
  title: (data) => `${The(data)} ${what} after it was signed`,
  blame: `${who} ${blame}`,
});

/** An error of the signer's. */
export const signer = (title: (data: CauseData) => string, blame: string): Cause => ({ title, blame });
