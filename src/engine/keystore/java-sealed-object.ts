/** Secret keys of JCEKS: a serialised SealedObject whose plaintext is a serialised SecretKeySpec or KeyRep. */
import { derInteger, derOctetString, readDer } from '../bytes/der.ts';
import { readJavaObject, type JavaObject } from './java-serialization.ts';
import { foundProblem, NOTHING, type FoundKey, type FoundProblem, type ReadContext } from './key-file-types.ts';
import type { OpenResult } from './password-encryption.ts';

/** Opens PBEWithMD5AndTripleDES. */
export type OpenJcePbe = (
  ciphertext: Uint8Array,
  salt: Uint8Array,
  iterations: number,
  password: string,
) => Promise<OpenResult>;

function octetField(object: JavaObject, name: string): Uint8Array | null {
  const value = object.fields.get(name);
  return value instanceof Uint8Array ? value : null;
}

/** Opens a sealed secret key with the passwords given, the key's own first. */
export async function secretFromSealedObject(
  sealed: JavaObject,
  alias: string,
  context: ReadContext,
  open: OpenJcePbe,
): Promise<FoundKey | FoundProblem> {
  const ciphertext = octetField(sealed, 'encryptedContent');
  const encoded = octetField(sealed, 'encodedParams');
  const algorithm = sealed.fields.get('sealAlg');
  if (ciphertext === null) return foundProblem('key-file-damaged', alias, sealed.className);
  if (algorithm !== 'PBEWithMD5AndTripleDES' || encoded === null) {
    return foundProblem('key-cipher-unknown', alias, String(algorithm));
  }
  const parameters = readDer(encoded, { ber: true });
  const salt = parameters.ok ? derOctetString(parameters.element.children[0]) : null;
  const iterations = Number((parameters.ok ? derInteger(parameters.element.children[1]) : null) ?? 0n);
  if (salt === null || iterations < 1) return foundProblem('key-file-damaged', alias, 'encodedParams');
  const passwords = [
    ...new Set([context.passwords.key, context.passwords.store].filter((password) => password !== null)),
  ];
  if (passwords.length === 0) return foundProblem('key-password-needed', alias, 'secret key');
  for (const password of passwords) {
    context.budget.spend('iterations', iterations);
    const opened = await open(ciphertext, salt, iterations, password);
    const key = opened.ok ? readJavaObject(opened.octets)?.object : undefined;
    const secret = key === undefined ? null : (octetField(key, 'key') ?? octetField(key, 'encoded'));
    if (secret !== null) return { ...NOTHING, alias, name: alias, secret: secret.slice() };
    if (key !== undefined) return foundProblem('key-algorithm-unknown', alias, key.className);
  }
  return foundProblem('key-password-wrong', alias, 'secret key');
}
