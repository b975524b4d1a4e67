/** EncryptedPrivateKeyInfo (RFC 5958 §3), also as PKCS#12's shrouded key bag. */
import { type DerElement, derOctetString } from '../bytes/der.ts';
import { foundProblem, type FoundProblem, type ReadContext } from './key-file-types.ts';
import { beginsAsSequence } from './key-file-forms.ts';
import { openWithPassword } from './password-encryption.ts';
import { readPkcs8 } from './private-key.ts';
import type { PrivateKey } from '../crypto/keys.ts';

/** Opens with the passwords given, the key's own first. */
export async function openEncryptedPkcs8(
  element: DerElement,
  alias: string | null,
  context: ReadContext,
): Promise<{ readonly key: PrivateKey } | { readonly problem: FoundProblem }> {
  const [algorithm, octets] = element.children;
  const ciphertext = derOctetString(octets);
  if (ciphertext === null) return { problem: foundProblem('key-file-damaged', alias, 'encryptedData') };
  const { key, store } = context.passwords;
  const passwords = [...new Set([key, store].filter((password) => password !== null))];
  if (passwords.length === 0) return { problem: foundProblem('key-password-needed', alias, 'private key') };
  let problem = foundProblem('key-password-wrong', alias, 'padding');
  for (const password of passwords) {
    const opened = await openWithPassword(algorithm, ciphertext, password, context);
    if (!opened.ok) {
      if (opened.code !== 'key-password-wrong') return { problem: foundProblem(opened.code, alias, opened.what) };
      continue;
    }
    const read = readPkcs8(opened.octets);
    if (read.ok) return { key: read.key };
    problem = foundProblem(
      read.code === 'key-file-damaged' && !beginsAsSequence(opened.octets) ? 'key-password-wrong' : read.code,
      alias,
      read.what,
    );
  }
  return { problem };
}
