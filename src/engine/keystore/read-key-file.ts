/**
 * Reads any key file, told by its octets and not by its name: keys, secrets, certificates and CRLs as entries with
 * handles.
 */
import { decodeBase64 } from '../bytes/base64.ts';
import { readDer } from '../bytes/der.ts';
import { equalOctets } from '../bytes/octets.ts';
import { BudgetExceeded, type Budget } from '../bytes/budget.ts';
import type { PasswordDerivation } from '../crypto/password-derivation.ts';
import { chainFor } from './chain.ts';
import { readDerKeyFile } from './der-key-file.ts';
import { beginsAsSequence, isJavaKeystore } from './key-file-forms.ts';
import type { KeyEntry, KeyFileContents } from './key-entry.ts';
import {
  foundProblem,
  NOTHING,
  type FoundInFile,
  type FoundKey,
  type FoundProblem,
  type ReadContext,
} from './key-file-types.ts';
import { readPem, type PemBlock } from './pem.ts';

/** What opens a key file, and how its entries are called. */
export interface ReadKeyFileOptions {
  /** File name or `pasted`: only for messages. */
  readonly file: string;
  /** Opens the store, and the keys in it unless `keyPassword` is given. */
  readonly password?: string | null;
  readonly keyPassword?: string | null;
  /** The KeyName that every entry answers, instead of the file's own names. */
  readonly name?: string | null;
  readonly trusted?: boolean;
  /** Take the octets as a raw symmetric key. */
  readonly secret?: boolean;
  /** Number of the first handle: `k3` for 3. */
  readonly firstNumber?: number;
  /** Its `iterations` are spent. */
  readonly budget: Budget;
  /** Derives keys from passwords in the place of @noble/hashes, where it can. */
  readonly derive?: PasswordDerivation | null;
}

const isSpace = (octet: number | undefined): boolean =>
  octet === 0x20 || octet === 0x09 || octet === 0x0a || octet === 0x0d;

/** The first octet that is neither white space nor a UTF-8 BOM. */
function firstOctet(octets: Uint8Array): number {
  let at = octets[0] === 0xef && octets[1] === 0xbb && octets[2] === 0xbf ? 3 : 0;
  while (isSpace(octets[at])) at++;
  return octets[at] ?? 0;
}

const unknownFormat = (what: string): FoundInFile => ({
  format: 'unknown',
  keys: [],
  crls: [],
  problems: [foundProblem('key-format-unknown', null, what)],
});

async function readBlock(block: PemBlock, context: ReadContext): Promise<FoundInFile> {
  const fail = (problem: FoundProblem): FoundInFile => ({ format: 'PEM', keys: [], crls: [], problems: [problem] });
  let { octets } = block;
  if (octets === null) return fail(foundProblem('key-file-damaged', block.friendlyName, block.label));
  const dekInfo = block.headers.get('dek-info');
  if (dekInfo !== undefined) {
    const passwords = [
      ...new Set([context.passwords.key, context.passwords.store].filter((password) => password !== null)),
    ];
    if (passwords.length === 0) return fail(foundProblem('key-password-needed', block.friendlyName, block.label));
    const { openOpensslPem } = await import('./openssl-pem.ts');
    const ciphertext = octets;
    octets = null;
    for (const password of passwords) {
      const opened = await openOpensslPem(dekInfo, ciphertext, password);
      if (!opened.ok && opened.code !== 'key-password-wrong') {
        return fail(foundProblem(opened.code, block.friendlyName, opened.what));
      }
      if (!opened.ok) continue;
      if (readDer(opened.octets).ok || beginsAsSequence(opened.octets)) octets = opened.octets;
    }
    if (octets === null) return fail(foundProblem('key-password-wrong', block.friendlyName, block.label));
  }
  const read = readDer(octets, { ber: true, trailing: true });
  if (!read.ok) {
    return fail(foundProblem('key-file-damaged', block.friendlyName, `${block.label}: ${read.problem.code}`));
  }
  return readDerKeyFile(read.element, context);
}

/** Puts private keys together with the certificates that came beside them. */
function pairUp(found: readonly FoundKey[]): readonly FoundKey[] {
  const loose = found.flatMap((key) => (key.privateKey === null ? key.certificates : []));
  const used = new Set<string>();
  const paired = found.map((key) => {
    if (key.privateKey === null || key.certificates.length > 0) return key;
    const spki = key.privateKey.publicKey.spki;
    const own = loose.find((certificate) => equalOctets(certificate.publicKey.spki, spki));
    if (own === undefined) return key;
    const certificates = chainFor(own, loose);
    for (const certificate of certificates) used.add(certificate.id);
    return { ...key, certificates };
  });
  return paired.filter(
    (key) =>
      key.privateKey !== null ||
      key.certificates.length !== 1 ||
      !key.certificates.some((certificate) => used.has(certificate.id)),
  );
}

async function readPemFile(octets: Uint8Array, context: ReadContext): Promise<FoundInFile> {
  const keys: FoundKey[] = [];
  const crls: Uint8Array[] = [];
  const problems: FoundProblem[] = [];
  for (const block of readPem(octets)) {
    if (block.label.endsWith('PARAMETERS')) continue;
    const found = await readBlock(block, context);
    keys.push(...found.keys.map((key) => ({ ...key, alias: key.alias ?? block.friendlyName })));
    crls.push(...found.crls);
    problems.push(...found.problems);
  }
  return { format: 'PEM', keys: pairUp(keys), crls, problems };
}

async function readAny(octets: Uint8Array, context: ReadContext, depth: number): Promise<FoundInFile> {
  if (octets.length === 0) return unknownFormat('empty');
  if (isJavaKeystore(octets)) return (await import('./java-keystore.ts')).readJavaKeystore(octets, context);
  if (octets[0] === 0x30) {
    const read = readDer(octets, { ber: true, trailing: true });
    if (read.ok) return readDerKeyFile(read.element, context);
    if ((octets[1] ?? 0) >= 0x80) {
      return {
        format: 'DER',
        keys: [],
        crls: [],
        problems: [foundProblem('key-file-damaged', null, read.problem.code)],
      };
    }
  }
  const first = firstOctet(octets);
  if (first === 0x7b) {
    const found = (await import('./json-web-key.ts')).readJsonWebKeys(octets);
    return found ?? { format: 'JSON', keys: [], crls: [], problems: [foundProblem('key-file-damaged', null, 'JSON')] };
  }
  if (first === 0x3c) return (await import('./xml-keys.ts')).readXmlKeys(octets, context.budget);
  const pem = await readPemFile(octets, context);
  if (pem.keys.length + pem.crls.length + pem.problems.length > 0) return pem;
  // A certificate or key pasted as bare base64.
  const decoded = depth === 0 && octets.length > 40 ? decodeBase64(octets).octets : null;
  return decoded !== null && (decoded[0] === 0x30 || isJavaKeystore(decoded))
    ? readAny(decoded, context, depth + 1)
    : unknownFormat('octets');
}

/** Opens a key file with the passwords given: what is in it, before its entries get handles. */
export async function openKeyFile(octets: Uint8Array, options: ReadKeyFileOptions): Promise<FoundInFile> {
  const { budget, derive = null, password = null, keyPassword = null, secret = false } = options;
  try {
    return secret
      ? { format: 'raw secret', keys: [{ ...NOTHING, secret: octets.slice() }], crls: [], problems: [] }
      : await readAny(octets, { passwords: { store: password, key: keyPassword }, budget, derive }, 0);
  } catch (error) {
    if (!(error instanceof BudgetExceeded)) throw error;
    return {
      format: 'unknown',
      keys: [],
      crls: [],
      problems: [{ code: 'key-limit', alias: null, data: { bound: error.bound, limit: error.limit } }],
    };
  }
}

/** What was found as entries with handles. */
export function entriesOf(found: FoundInFile, options: ReadKeyFileOptions): KeyFileContents {
  const { file, name = null, trusted = false, firstNumber = 1 } = options;
  return {
    format: found.format,
    entries: found.keys.map((key, at): KeyEntry => ({
      id: `k${firstNumber + at}`,
      name: name ?? key.name ?? key.alias,
      file,
      alias: key.alias,
      publicKey: key.publicKey,
      privateKey: key.privateKey,
      secret: key.secret,
      certificates: key.certificates,
      trusted,
    })),
    crls: found.crls,
    problems: found.problems.map((problem) => ({ ...problem, file })),
  };
}

/**
 * Reads a key file. What could not be read is in `problems`; entries that could be read are there all the same.
 * Entries without any material (an alias whose key stays closed) are left out.
 */
export async function readKeyFile(octets: Uint8Array, options: ReadKeyFileOptions): Promise<KeyFileContents> {
  return entriesOf(await openKeyFile(octets, options), options);
}
