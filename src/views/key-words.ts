/**
 * Words for what a key file could not give: a wrong password, damage and an unknown cipher are three different
 * messages.
 */
import type { KeyFileProblem } from '../engine/keystore/key-entry.ts';
import { findingWords } from '../state/finding-words.ts';

const TITLES: Readonly<Record<KeyFileProblem['code'], string>> = {
  'key-password-needed': 'A password is needed',
  'key-password-wrong': 'The password is wrong',
  'key-file-damaged': 'The file is damaged',
  'key-cipher-unknown': 'The file is encrypted with a cipher that is not had',
  'key-format-unknown': 'This is no key file that is known here',
  'key-algorithm-unknown': 'The key is of a kind that is not had',
  'key-limit': 'A bound was passed',
};

const MESSAGES: Readonly<Record<KeyFileProblem['code'], string>> = {
  'key-password-needed': 'Type the password it was stored with.',
  'key-password-wrong': 'The file is whole, but this password does not open it.',
  'key-file-damaged': 'Its structure breaks off or contradicts itself. Export it again, or copy it as binary.',
  'key-cipher-unknown': 'Export the key again with AES or Triple-DES.',
  'key-format-unknown':
    'Known are PEM, DER, PKCS#8, PKCS#12, JKS, JCEKS, JWK, PKCS#7, PKIPath and xmlsec’s key files. A shared ' +
    'secret can be pasted as such.',
  'key-algorithm-unknown': 'The other entries of the file are used.',
  'key-limit': 'The file asks for more work than is done for a key file.',
};

export function keyProblemWords(problem: KeyFileProblem): { readonly title: string; readonly message: string } {
  const { what } = problem.data;
  const about = typeof what === 'string' && what !== '' ? ` (${what})` : '';
  return {
    title: TITLES[problem.code] ?? findingWords(problem).title,
    message: `${MESSAGES[problem.code] ?? ''}${about}`,
  };
}
