/** Causes of a value made with a private key that need no other SignedInfo, in the order in which they are tried. */
import { OTHER_FORM } from './other-form.ts';
import { OTHER_KEY } from './other-key.ts';
import { OTHER_SCHEME } from './other-scheme.ts';
import type { ValueHypothesis } from './value-cause.ts';

/** Cheap ones first. */
export const PUBLIC_KEY_CAUSES: readonly ValueHypothesis[] = [OTHER_KEY, OTHER_FORM, OTHER_SCHEME];
