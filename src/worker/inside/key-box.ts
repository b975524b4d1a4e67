/**
 * The keys of the session, in the worker and nowhere else: files as they came, the passwords given for them, and what
 * they opened to.
 */
import { Budget } from '../../engine/bytes/budget.ts';
import { encodeHex } from '../../engine/bytes/hex.ts';
import type { Certificate } from '../../engine/certificates/certificate.ts';
import type { PasswordDerivation } from '../../engine/crypto/password-derivation.ts';
import type { KeyEntry, KeyFileContents } from '../../engine/keystore/key-entry.ts';
import { keyFacts } from '../../engine/keystore/key-facts.ts';
import { readKeyFile } from '../../engine/keystore/read-key-file.ts';
import type {
  CertificateSummary,
  KeyDescription,
  KeyFileInput,
  KeyRing,
  KeySet,
  UserDescription,
} from '../page/protocol.ts';

interface HeldFile {
  readonly input: KeyFileInput;
  readonly trusted: boolean;
  readonly password: string | null;
  /** For keys in it that have a password of their own. */
  readonly keyPassword: string | null;
  readonly contents: KeyFileContents;
}

function summary(certificate: Certificate): CertificateSummary {
  return {
    id: certificate.id,
    subject: certificate.subjectText,
    issuer: certificate.issuerText,
    serial: certificate.serial.toString(16),
    notBefore: certificate.notBefore,
    notAfter: certificate.notAfter,
    sha1: certificate.sha1,
    ski: certificate.ski === null ? null : encodeHex(certificate.ski),
  };
}

function description(entry: KeyEntry): KeyDescription {
  const kind = entry.privateKey
    ? 'key-pair'
    : entry.secret
      ? 'secret'
      : entry.certificates.length > 0
        ? 'certificate'
        : 'public-key';
  const key = entry.publicKey ?? entry.privateKey?.publicKey ?? entry.certificates[0]?.publicKey ?? null;
  return {
    id: entry.id,
    name: entry.name,
    alias: entry.alias,
    kind,
    key: entry.secret ? { kind: 'secret', bits: entry.secret.length * 8 } : key ? keyFacts(key) : null,
    certificates: entry.certificates.map(summary),
    trusted: entry.trusted,
  };
}

/** The keys of a session: the page hears what they are, and never gets them. */
export class KeyBox {
  readonly #derive: PasswordDerivation | null;
  readonly #files = new Map<string, HeldFile>();
  /** Passwords by set, then by name: a sample's alice is not the user's. */
  readonly #users = new Map<KeySet, Map<string, string>>();

  constructor(derive: PasswordDerivation | null = null) {
    this.#derive = derive;
  }

  async #read(
    input: KeyFileInput,
    trusted: boolean,
    password: string | null,
    keyPassword: string | null,
  ): Promise<void> {
    const contents = await readKeyFile(input.octets, {
      file: input.name,
      password,
      keyPassword,
      name: input.keyName ?? null,
      trusted,
      secret: input.secret ?? false,
      firstNumber: this.#next(input.id),
      budget: new Budget(),
      derive: this.#derive,
    });
    this.#files.set(input.id, { input, trusted, password, keyPassword, contents });
  }

  /** Handles stay unique: numbers go on after those of the other files. */
  #next(except: string): number {
    let next = 1;
    for (const [id, file] of this.#files) {
      if (id !== except) {
        for (const entry of file.contents.entries) next = Math.max(next, Number(entry.id.slice(1)) + 1);
      }
    }
    return next;
  }

  async add(input: KeyFileInput): Promise<void> {
    await this.#read(input, input.trusted, input.password ?? null, null);
  }

  /** A password for the file, or, with an alias, for a key in it. */
  async unlock(id: string, alias: string | null, password: string): Promise<void> {
    const file = this.#files.get(id);
    if (!file) return;
    if (alias !== null && file.password !== null) await this.#read(file.input, file.trusted, file.password, password);
    else await this.#read(file.input, file.trusted, password, null);
  }

  async setTrusted(id: string, trusted: boolean): Promise<void> {
    const file = this.#files.get(id);
    if (file) await this.#read(file.input, trusted, file.password, file.keyPassword);
  }

  /** Octets that are no key file may be a secret: who gave them says so. */
  async takeAsSecret(id: string, keyName: string | null): Promise<void> {
    const file = this.#files.get(id);
    if (file) {
      await this.#read(
        { ...file.input, secret: true, ...(keyName === null ? {} : { keyName }) },
        file.trusted,
        null,
        null,
      );
    }
  }

  remove(id: string): void {
    this.#files.get(id)?.input.octets.fill(0);
    this.#files.delete(id);
  }

  addUser({ set, name, password }: UserDescription & { readonly password: string }): void {
    const users = this.#users.get(set) ?? new Map<string, string>();
    this.#users.set(set, users.set(name, password));
  }

  removeUser({ set, name }: UserDescription): void {
    this.#users.get(set)?.delete(name);
  }

  removeSet(set: KeySet): void {
    for (const { input } of this.#files.values()) if (input.set === set) this.remove(input.id);
    this.#users.delete(set);
  }

  /** Overwrites what can be overwritten, and forgets the rest. */
  wipe(): void {
    for (const file of this.#files.values()) {
      file.input.octets.fill(0);
      for (const entry of file.contents.entries) {
        entry.secret?.fill(0);
        entry.privateKey?.pkcs8.fill(0);
      }
    }
    this.#files.clear();
    this.#users.clear();
  }

  #of(sets: readonly KeySet[]): readonly HeldFile[] {
    return [...this.#files.values()].filter(({ input }) => sets.includes(input.set));
  }

  entries(sets: readonly KeySet[]): readonly KeyEntry[] {
    return this.#of(sets).flatMap((file) => file.contents.entries);
  }

  crls(sets: readonly KeySet[]): readonly Uint8Array[] {
    return this.#of(sets).flatMap((file) => file.contents.crls);
  }

  /** Of two users of one name, that of the earlier set. */
  users(sets: readonly KeySet[]): readonly { readonly name: string; readonly password: string }[] {
    const users = new Map<string, string>();
    for (const set of sets) {
      for (const [name, password] of this.#users.get(set) ?? []) if (!users.has(name)) users.set(name, password);
    }
    return [...users].map(([name, password]) => ({ name, password }));
  }

  /** The public side. */
  ring(): KeyRing {
    return {
      files: [...this.#files.values()].map(({ input, trusted, contents }) => ({
        id: input.id,
        set: input.set,
        name: input.name,
        format: contents.format,
        size: input.octets.length,
        trusted,
        entries: contents.entries.map(description),
        crls: contents.crls.length,
        problems: contents.problems,
      })),
      users: [...this.#users].flatMap(([set, users]) => [...users.keys()].map((name) => ({ name, set }))),
    };
  }
}
