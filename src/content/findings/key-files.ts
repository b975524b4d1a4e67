/** Words for what is wrong with a key file: told where keys are given, never a finding of a message. */
import type { KeyFileFindings } from '../../engine/trace/finding-data/key-files.ts';
import { said, type FindingCatalogue } from './catalogue.ts';

const alias = (data: { readonly alias?: string | null }): string =>
  said(data.alias) === '' ? 'The file' : `“${said(data.alias)}”`;

/** By code, each with the data that its code carries. */
export const KEY_FILE_FINDINGS: FindingCatalogue<KeyFileFindings> = {
  'key-password-needed': {
    title: () => 'A password is needed',
    message: (data) =>
      `${alias(data)} is encrypted (${said(data.what, 'private key')}). Type the password that it was stored with. ` +
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
    title: () => 'The file is damaged',
    message: (data) =>
      `${alias(data)} cannot be read at ${said(data.what, 'some place')}. Where the content opens but its ` +
      'checksum does not fit, the file was changed after it was made. Export it again, and copy it as binary.',
  },
  'key-cipher-unknown': {
    title: () => 'The file is encrypted with a cipher that is not supported',
    message: (data) =>
      `${alias(data)} is encrypted with ${said(data.what, 'an unknown algorithm')}. Export the key ` +
      'again as PKCS#12 with AES.',
  },
  'key-format-unknown': {
    title: () => 'The format of the file is not known',
    message: (data) =>
      `${alias(data)} is not a PEM, DER, PKCS#8, PKCS#12, JKS, JCEKS, JWK, PKCS#7, PKIPath or xmlsec keys ` +
      `file (${said(data.what, 'unknown octets')}). Give a raw symmetric key as a secret.`,
  },
  'key-algorithm-unknown': {
    title: () => 'The key algorithm is not supported',
    message: (data) =>
      `${alias(data)} holds a key of algorithm ${said(data.what, 'unknown')}. The other entries of the file are used.`,
  },
  'key-limit': {
    title: () => 'Opening the file would take too much work',
    message: (data) =>
      `The file passes the bound ${said(data.bound, 'iterations')} of ${said(data.limit, 'this run')}. ` +
      'Its password derivation has very many rounds; export it with fewer.',
  },
};

interface KeyFileProblem {
  readonly code: keyof KeyFileFindings;
  readonly alias: string | null;
  readonly data: Omit<KeyFileFindings['key-limit'], 'alias'>;
}

/** The problem in a few words, to stand after a file's name and a colon: `the password is wrong`. */
export function keyFileProblem({ code, data }: Omit<KeyFileProblem, 'alias'>): string {
  const title = KEY_FILE_FINDINGS[code].title(data);
  return title.charAt(0).toLowerCase() + title.slice(1);
}

/** The problem in full, where there is room for it. */
export function keyFileWords({ code, alias: entry, data }: KeyFileProblem): {
  readonly title: string;
  readonly message: string;
} {
  const words = KEY_FILE_FINDINGS[code];
  const told = { ...data, alias: entry };
  return { title: words.title(told), message: words.message(told) };
}
