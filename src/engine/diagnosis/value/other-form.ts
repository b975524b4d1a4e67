/**
 * The value verifies once its text or octets are repaired (docs/faults.md: sigvalue-base64-damaged, ecdsa-der-not-rs,
 * …).
 */
import { withOtherKey } from './other-key.ts';
import { keyData, passes, signersCause, type ValueHypothesis } from './value-cause.ts';
import { valueForms } from './value-forms.ts';

/** Keys that are tried at most; the likely ones stand first. */
const MOST_KEYS = 6;

/** Each repaired form under the first few keys. */
export const OTHER_FORM: ValueHypothesis = {
  name: 'other-form',
  async prove(wrong) {
    const { signature, named, text, value, search } = wrong;
    for (const known of search.keys.slice(0, MOST_KEYS)) {
      for (const form of valueForms(text, value, known.key)) {
        if (!(await passes(wrong, named, known.key, form.octets))) continue;
        return withOtherKey(signersCause(form.code, form.how, keyData(known)), known, signature);
      }
    }
    return [];
  },
};
