/**
 * Java's own key stores, JKS and JCEKS: big-endian records, then SHA-1 over password, a fixed text and the records.
 * Formats as in OpenJDK's JavaKeyStore, KeyProtector and JceKeyStore.
 */
import { md5, sha1 } from '@noble/hashes/legacy.js';
import { type DerElement, derInteger, derOctetString, derOid, readDer } from '../bytes/der.ts';
import { equalOctets, joinOctets } from '../bytes/octets.ts';
import { decodeUtf8, encodeUtf8 } from '../bytes/utf8.ts';
import type { Certificate } from '../certificates/certificate.ts';
import { readCertificate } from '../certificates/read-certificate.ts';
import { bmpPassword } from './pkcs12-derivation.ts';
import { secretFromSealedObject } from './java-sealed-object.ts';
import { readJavaObject, type JavaObject } from './java-serialization.ts';
import {
  foundProblem,
  NOTHING,
  type FoundInFile,
  type FoundKey,
  type FoundProblem,
  type ReadContext,
} from './key-file-types.ts';
import { JCEKS_MAGIC } from './key-file-forms.ts';
import { decryptCbc } from './password-encryption.ts';
import { readPkcs8 } from './private-key.ts';
import { hashAgain } from './repeated-hash.ts';

/** sun.security.provider.KeyProtector, salt of 20 octets and check of 20 octets around the key. */
const JKS_PROTECTION = '1.3.6.1.4.1.42.2.17.1.1';
/** PBEWithMD5AndTripleDES, as com.sun.crypto.provider has it. */
const JCEKS_PROTECTION = '1.3.6.1.4.1.42.2.19.1';
const MAC_TEXT = 'Mighty Aphrodite';
const DIGEST_LENGTH = 20;

/** A password as KeyProtector and the store's digest take it: UTF-16, big-endian, without terminator. */
function utf16(password: string): Uint8Array {
  return bmpPassword(password).subarray(0, 2 * password.length);
}

/** Reads records; `failed` is set at the first that reaches past the end. */
class Records {
  readonly #octets: Uint8Array;
  readonly #view: DataView;
  readonly #end: number;
  at = 0;
  failed = false;

  constructor(octets: Uint8Array, end: number) {
    this.#octets = octets;
    this.#view = new DataView(octets.buffer, octets.byteOffset, octets.byteLength);
    this.#end = end;
  }

  take(length: number): Uint8Array {
    if (this.failed || length > this.#end - this.at) {
      this.failed = true;
      return new Uint8Array();
    }
    const taken = this.#octets.subarray(this.at, this.at + length);
    this.at += length;
    return taken;
  }

  int(): number {
    const start = this.at;
    return this.take(4).length === 4 ? this.#view.getUint32(start) : 0;
  }

  /** Modified UTF-8 with a length of two octets; aliases do not hold what it writes differently. */
  text(): string {
    const start = this.at;
    const length = this.take(2).length === 2 ? this.#view.getUint16(start) : 0;
    return decodeUtf8(this.take(length));
  }

  /** A serialised object: its length is not written, it ends where it ends. */
  object(): JavaObject | null {
    const read = this.failed ? null : readJavaObject(this.#octets.subarray(0, this.#end), this.at);
    if (read === null) this.failed = true;
    else this.at = read.end;
    return read?.object ?? null;
  }

  get left(): number {
    return this.#end - this.at;
  }
}

/**
 * JKS: XOR with a chain of SHA-1 over password and the digest before (OpenJDK KeyProtector). Null where the check
 * fails.
 */
function openJksKey(protectedKey: Uint8Array, password: string): Uint8Array | null {
  if (protectedKey.length < 2 * DIGEST_LENGTH) return null;
  const secret = utf16(password);
  let digest = protectedKey.subarray(0, DIGEST_LENGTH);
  const encrypted = protectedKey.subarray(DIGEST_LENGTH, protectedKey.length - DIGEST_LENGTH);
  const plain = new Uint8Array(encrypted.length);
  for (let at = 0; at < encrypted.length; at += DIGEST_LENGTH) {
    digest = sha1(joinOctets([secret, digest]));
    for (let k = 0; k < DIGEST_LENGTH && at + k < encrypted.length; k++) {
      plain[at + k] = (encrypted[at + k] ?? 0) ^ (digest[k] ?? 0);
    }
  }
  const check = sha1(joinOctets([secret, plain]));
  return equalOctets(check, protectedKey.subarray(protectedKey.length - DIGEST_LENGTH)) ? plain : null;
}

/**
 * PBEWithMD5AndTripleDES (OpenJDK PBES1Core): the halves of the salt are hashed apart; with equal halves the first is
 * turned around.
 */
export async function openJcePbe(
  ciphertext: Uint8Array,
  salt: Uint8Array,
  iterations: number,
  password: string,
): ReturnType<typeof decryptCbc> {
  if (salt.length !== 8) return { ok: false, code: 'key-file-damaged', what: 'salt' };
  const secret = encodeUtf8(password);
  const halves = [salt.slice(0, 4), salt.slice(4, 8)] as const;
  if (equalOctets(halves[0], halves[1])) {
    // As OpenJDK does it, with its slip kept: only the first and last octets change places as meant.
    for (let at = 0; at < 2; at++) {
      const kept = halves[0][at] ?? 0;
      halves[0][at] = halves[0][3 - at] ?? 0;
      halves[0][3 - 1] = kept;
    }
  }
  const derived: Uint8Array[] = [];
  const input = new Uint8Array(16 + secret.length);
  input.set(secret, 16);
  for (const half of halves) {
    input.set(md5(joinOctets([half, secret])));
    hashAgain(md5, input, iterations - 1);
    derived.push(input.slice(0, 16));
  }
  const material = joinOctets(derived);
  return decryptCbc(
    { name: '3DES', key: 24, block: 8 },
    material.subarray(0, 24),
    material.subarray(24, 32),
    ciphertext,
  );
}

/** The PKCS#8 octets under one password; null where it is not the one. */
async function openProtected(
  oid: string,
  parameters: DerElement | undefined,
  ciphertext: Uint8Array,
  password: string,
  context: ReadContext,
): Promise<Uint8Array | null | 'damaged'> {
  if (oid === JKS_PROTECTION) return openJksKey(ciphertext, password);
  const salt = derOctetString(parameters?.children[0]);
  const iterations = Number(derInteger(parameters?.children[1]) ?? 0n);
  if (salt === null || iterations < 1) return 'damaged';
  context.budget.spend('iterations', iterations);
  const opened = await openJcePbe(ciphertext, salt, iterations, password);
  return opened.ok ? opened.octets : null;
}

async function openPrivateKey(
  encrypted: Uint8Array,
  alias: string,
  certificates: readonly Certificate[],
  context: ReadContext,
): Promise<FoundKey | FoundProblem> {
  const root = readDer(encrypted, { ber: true });
  const [algorithm, data] = root.ok ? root.element.children : [];
  const oid = derOid(algorithm?.children[0]);
  const ciphertext = derOctetString(data);
  if (oid === null || ciphertext === null) return foundProblem('key-file-damaged', alias, 'EncryptedPrivateKeyInfo');
  if (oid !== JKS_PROTECTION && oid !== JCEKS_PROTECTION) return foundProblem('key-cipher-unknown', alias, oid);
  const { key, store } = context.passwords;
  const passwords = new Set([key, store].filter((password) => password !== null));
  if (passwords.size === 0) return foundProblem('key-password-needed', alias, 'private key');
  for (const password of passwords) {
    const plain = await openProtected(oid, algorithm?.children[1], ciphertext, password, context);
    if (plain === 'damaged') return foundProblem('key-file-damaged', alias, 'PBEParameter');
    const read = plain === null ? null : readPkcs8(plain);
    if (read?.ok) return { ...NOTHING, alias, privateKey: read.key, publicKey: read.key.publicKey, certificates };
    if (read?.code === 'key-algorithm-unknown') return foundProblem(read.code, alias, read.what);
    if (read !== null && oid === JKS_PROTECTION) return foundProblem('key-file-damaged', alias, read.what);
  }
  return foundProblem('key-password-wrong', alias, 'private key');
}

/** Whether the store's digest fits, or null without a password. */
function digestFits(octets: Uint8Array, password: string | null): boolean | null {
  if (password === null) return null;
  const body = octets.subarray(0, octets.length - DIGEST_LENGTH);
  return equalOctets(
    sha1(joinOctets([utf16(password), encodeUtf8(MAC_TEXT), body])),
    octets.subarray(octets.length - DIGEST_LENGTH),
  );
}

/** One store, as its records are read. */
class StoreReader {
  readonly #records: Records;
  readonly #context: ReadContext;
  readonly #format: 'JKS' | 'JCEKS';
  /** 1 has no types of certificates. */
  readonly #version: number;
  readonly keys: FoundKey[] = [];
  readonly problems: FoundProblem[] = [];

  constructor(records: Records, format: 'JKS' | 'JCEKS', version: number, context: ReadContext) {
    this.#records = records;
    this.#format = format;
    this.#version = version;
    this.#context = context;
  }

  #take(found: FoundKey | FoundProblem): void {
    if ('code' in found) this.problems.push(found);
    else this.keys.push(found);
  }

  #certificate(): Certificate | null {
    const type = this.#version === 2 ? this.#records.text() : 'X.509';
    const der = this.#records.take(this.#records.int());
    if (this.#records.failed) return null;
    const read = readCertificate(der.slice());
    if (read.ok) return read.certificate;
    const code = type === 'X.509' ? 'key-file-damaged' : 'key-format-unknown';
    this.problems.push(foundProblem(code, null, `${type} ${read.problem.what}`));
    return null;
  }

  async #privateKey(alias: string): Promise<void> {
    const encrypted = this.#records.take(this.#records.int());
    const certificates: Certificate[] = [];
    for (let left = this.#records.int(); left > 0 && !this.#records.failed; left--) {
      const read = this.#certificate();
      if (read !== null) certificates.push(read);
    }
    if (this.#records.failed) return;
    const found = await openPrivateKey(encrypted, alias, certificates, this.#context);
    this.#take(found);
    // The chain is of use even where its key stays closed.
    if ('code' in found && certificates[0] !== undefined) {
      this.keys.push({ ...NOTHING, alias, publicKey: certificates[0].publicKey, certificates });
    }
  }

  /** Reads the record that comes next: a private key, a certificate, or (JCEKS) a secret. */
  async entry(): Promise<void> {
    const tag = this.#records.int();
    const alias = this.#records.text();
    // When the entry was made.
    this.#records.take(8);
    if (tag === 1) await this.#privateKey(alias);
    else if (tag === 2) {
      const read = this.#certificate();
      if (read !== null) this.keys.push({ ...NOTHING, alias, publicKey: read.publicKey, certificates: [read] });
    } else if (tag === 3 && this.#format === 'JCEKS') {
      const sealed = this.#records.object();
      if (sealed !== null) this.#take(await secretFromSealedObject(sealed, alias, this.#context, openJcePbe));
    } else this.#records.failed = true;
  }
}

/**
 * Reads a store. Certificates are read whatever the password; the digest tells a wrong password from a damaged file
 * where a key opens.
 */
export async function readJavaKeystore(octets: Uint8Array, context: ReadContext): Promise<FoundInFile> {
  const records = new Records(octets, octets.length - DIGEST_LENGTH);
  const format = records.int() === JCEKS_MAGIC ? 'JCEKS' : 'JKS';
  const version = records.int();
  const count = records.int();
  if (version !== 1 && version !== 2) {
    return { format, keys: [], crls: [], problems: [foundProblem('key-format-unknown', null, `version ${version}`)] };
  }
  const store = new StoreReader(records, format, version, context);
  for (let read = 0; read < count && !records.failed; read++) await store.entry();
  const { keys, problems } = store;
  const cut = records.failed || records.left !== 0;
  if (cut) problems.push(foundProblem('key-file-damaged', null, 'records'));
  // Where the records are cut the digest is not where it is looked for: that says nothing of the password.
  if (!cut && digestFits(octets, context.passwords.store) === false) {
    const opened = context.passwords.key === null && keys.some((key) => key.privateKey !== null);
    problems.unshift(foundProblem(opened ? 'key-file-damaged' : 'key-password-wrong', null, 'digest'));
  }
  return { format, keys, crls: [], problems };
}
