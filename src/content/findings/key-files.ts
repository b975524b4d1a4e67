/** Words for what is wrong with a key file: told where keys are given, never a finding of a message. */
import type { KeyFileFindings } from '../../engine/trace/finding-data/key-files.ts';
import { said, type FindingCatalogue } from './catalogue.ts';

const alias = (data: { readonly alias?: string | null }): string =>
  said(data.alias) === '' ? 'The file' : `“${said(data.alias)}”`;

export const KEY_FILE_FINDINGS: FindingCatalogue<KeyFileFindings> = {
  'key-password-needed': {
    title: () => 'A password is needed',
    message: (data) =>
      `${alias(data)} is encrypted (${said(data.what, 'private key')}) and no password was given. ` +
      'Certificates that need none were read.',
  },
  'key-password-wrong': {
    title: () => 'The password is wrong',
    message: (data) =>
      `${alias(data)} does not open with the password given. A store and a key in it may have different ` +
      'passwords: give both.',
    fixes: { Java: 'keytool -list checks the store password; the key password is asked for by keytool -keypasswd.' },
  },
  'key-file-damaged': {
    title: () => 'The key file is damaged',
    message: (data) =>
      `${alias(data)} cannot be read at ${said(data.what, 'some place')}. Where the content opens but its ` +
      'checksum does not fit, the file was changed after it was made. Export it again, and transfer it as ' +
      'binary.',
  },
  'key-cipher-unknown': {
    title: () => 'The key file uses a cipher that is not had here',
    message: (data) =>
      `${alias(data)} is encrypted with ${said(data.what, 'an unknown algorithm')}. Convert it with openssl ` +
      'or keytool to PKCS#12 with AES.',
  },
  'key-format-unknown': {
    title: () => 'This is no key file that is known here',
    message: (data) =>
      `${alias(data)} is none of PEM, DER, PKCS#8, PKCS#12, JKS, JCEKS, JWK, PKCS#7, PKIPath or an xmlsec keys ` +
      `file (${said(data.what, 'unknown octets')}). A raw symmetric key must be given as a secret.`,
  },
  'key-algorithm-unknown': {
    title: () => 'The key is of an algorithm that is not had here',
    message: (data) => `${alias(data)} holds a key of algorithm ${said(data.what, 'unknown')}.`,
  },
  'key-limit': {
    title: () => 'Reading the key file would take too long',
    message: (data) =>
      `The file passes the bound ${said(data.bound, 'iterations')} of ${said(data.limit, 'this run')}. ` +
      'Its password derivation has very many rounds; export it with fewer.',
  },
};
