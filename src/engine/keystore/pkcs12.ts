/**
 * PKCS#12 (RFC 7292): keys, certificates, CRLs and secrets, under RC2-40 and 3DES of old or PBES2 and PBMAC1 of today.
 */
import { type DerElement, DerTag, derContent, derInteger, derOctetString, derOid, readDer } from '../bytes/der.ts';
import { encodeHex } from '../bytes/hex.ts';
import { equalOctets } from '../bytes/octets.ts';
import { utf16Text } from '../certificates/asn1-text.ts';
import type { Certificate } from '../certificates/certificate.ts';
import { readCertificate } from '../certificates/read-certificate.ts';
import type { PrivateKey } from '../crypto/keys.ts';
import { openEncryptedPkcs8 } from './encrypted-pkcs8.ts';
import { isEncryptedPkcs8 } from './key-file-forms.ts';
import {
  foundProblem,
  NOTHING,
  type FoundInFile,
  type FoundKey,
  type FoundProblem,
  type ReadContext,
} from './key-file-types.ts';
import { HASHES, hmacByDigestOid, openWithPassword, pbmac1Key } from './password-encryption.ts';
import { bmpPassword, pkcs12Derive } from './pkcs12-derivation.ts';
import { readPkcs8 } from './private-key.ts';
import { chainFor } from './chain.ts';

const DATA = '1.2.840.113549.1.7.1';
const ENCRYPTED_DATA = '1.2.840.113549.1.7.6';
const PBMAC1 = '1.2.840.113549.1.5.14';
const Bag = {
  key: '1.2.840.113549.1.12.10.1.1',
  shroudedKey: '1.2.840.113549.1.12.10.1.2',
  certificate: '1.2.840.113549.1.12.10.1.3',
  crl: '1.2.840.113549.1.12.10.1.4',
  secret: '1.2.840.113549.1.12.10.1.5',
  safeContents: '1.2.840.113549.1.12.10.1.6',
} as const;
const FRIENDLY_NAME = '1.2.840.113549.1.9.20';
const LOCAL_KEY_ID = '1.2.840.113549.1.9.21';
/** Java's mark of a trusted certificate entry. */
const TRUSTED_KEY_USAGE = '2.16.840.1.113894.746875.1.1';
const X509_CERTIFICATE = '1.2.840.113549.1.9.22.1';
const X509_CRL = '1.2.840.113549.1.9.23.1';

type MacResult = 'right' | 'wrong' | 'absent' | { readonly unknown: string };

/** Checks the MAC over the authenticated safe (RFC 7292 §4; PBMAC1: RFC 9579). */
async function checkMac(
  macData: DerElement | undefined,
  safe: Uint8Array,
  password: string,
  context: ReadContext,
): Promise<MacResult> {
  if (macData === undefined) return 'absent';
  const [digestInfo, saltElement, iterationsElement] = macData.children;
  const digestOid = derOid(digestInfo?.children[0]?.children[0]) ?? '';
  const expected = derOctetString(digestInfo?.children[1]);
  const salt = derOctetString(saltElement);
  if (expected === null || salt === null) return { unknown: 'macData' };
  if (digestOid === PBMAC1) {
    const derived = await pbmac1Key(digestInfo?.children[0]?.children[1], password, context);
    if ('what' in derived) return { unknown: derived.what };
    return equalOctets(derived.mac(safe), expected) ? 'right' : 'wrong';
  }
  const hash = HASHES[digestOid];
  if (hash === undefined) return { unknown: digestOid };
  const iterations = Number(derInteger(iterationsElement) ?? 1n);
  context.budget.spend('iterations', iterations);
  const secrets = password === '' ? [bmpPassword(''), new Uint8Array()] : [bmpPassword(password)];
  for (const secret of secrets) {
    const key = pkcs12Derive(hash, 3, secret, salt, iterations, hash.outputLen);
    const mac = hmacByDigestOid(digestOid, key, safe);
    if (mac !== null && equalOctets(mac, expected)) return 'right';
  }
  return 'wrong';
}

interface Attributes {
  readonly friendlyName: string | null;
  readonly localKeyId: string | null;
  readonly trustedEntry: boolean;
}

function readAttributes(set: DerElement | undefined): Attributes {
  let friendlyName: string | null = null;
  let localKeyId: string | null = null;
  let trustedEntry = false;
  for (const attribute of set?.children ?? []) {
    const value = attribute.children[1]?.children[0];
    if (value === undefined) continue;
    const oid = derOid(attribute.children[0]);
    if (oid === FRIENDLY_NAME) friendlyName = utf16Text(derContent(value));
    if (oid === LOCAL_KEY_ID) localKeyId = encodeHex(derContent(value));
    if (oid === TRUSTED_KEY_USAGE) trustedEntry = true;
  }
  return { friendlyName, localKeyId, trustedEntry };
}

/** What the bags hold, still apart. */
interface Contents {
  readonly keys: (Attributes & { readonly key: PrivateKey })[];
  readonly certificates: (Attributes & { readonly certificate: Certificate })[];
  readonly secrets: (Attributes & { readonly secret: Uint8Array })[];
  readonly crls: Uint8Array[];
  readonly problems: FoundProblem[];
}

function parse(octets: Uint8Array | null): DerElement | null {
  const read = octets === null ? null : readDer(octets, { ber: true, trailing: true });
  return read?.ok ? read.element : null;
}

async function readSecret(
  value: DerElement | undefined,
  alias: string | null,
  context: ReadContext,
): Promise<Uint8Array | FoundProblem> {
  // Java's: SecretBag { pkcs8ShroudedKeyBag, OCTET STRING of EncryptedPrivateKeyInfo } whose PrivateKeyInfo holds the
  // raw key.
  const encrypted = parse(derOctetString(value?.children[1]?.children[0]));
  const raw = derOctetString(value?.children[1]?.children[0]);
  if (encrypted === null || !isEncryptedPkcs8(encrypted)) {
    return raw === null ? foundProblem('key-file-damaged', alias, 'secretBag') : raw.slice();
  }
  const ciphertext = derOctetString(encrypted.children[1]) ?? new Uint8Array();
  for (const password of new Set([context.passwords.key, context.passwords.store])) {
    if (password === null) continue;
    const opened = await openWithPassword(encrypted.children[0], ciphertext, password, context);
    if (!opened.ok && opened.code !== 'key-password-wrong') return foundProblem(opened.code, alias, opened.what);
    const info = opened.ok ? parse(opened.octets) : null;
    const secret = derOctetString(info?.children[2]);
    if (secret !== null) return secret.slice();
  }
  return foundProblem('key-password-wrong', alias, 'secretBag');
}

/** What one bag gives: exactly one of these. */
type BagContent =
  | { readonly key: PrivateKey }
  | { readonly certificate: Certificate }
  | { readonly secret: Uint8Array }
  | { readonly crl: Uint8Array }
  | { readonly problem: FoundProblem }
  /** Bags inside the bag. */
  | { readonly inner: readonly DerElement[] };

function readKeyBag(value: DerElement | undefined, alias: string | null): BagContent {
  const read = value === undefined ? null : readPkcs8(value.source.subarray(value.start, value.end));
  return read?.ok
    ? { key: read.key }
    : { problem: foundProblem(read?.code ?? 'key-file-damaged', alias, read?.what ?? 'keyBag') };
}

function readCertificateBag(value: DerElement | undefined, alias: string | null): BagContent {
  const der = derOctetString(value?.children[1]?.children[0]);
  const isX509 = derOid(value?.children[0]) === X509_CERTIFICATE;
  const read = isX509 && der !== null ? readCertificate(der.slice()) : null;
  return read?.ok
    ? { certificate: read.certificate }
    : { problem: foundProblem('key-file-damaged', alias, `certBag: ${read?.problem.what ?? 'certValue'}`) };
}

async function readBag(bag: DerElement, alias: string | null, context: ReadContext): Promise<BagContent> {
  const value = bag.children[1]?.children[0];
  const type = derOid(bag.children[0]);
  switch (type) {
    case Bag.key:
      return readKeyBag(value, alias);
    case Bag.shroudedKey:
      return value === undefined || !isEncryptedPkcs8(value)
        ? { problem: foundProblem('key-file-damaged', alias, 'shroudedKeyBag') }
        : openEncryptedPkcs8(value, alias, context);
    case Bag.certificate:
      return readCertificateBag(value, alias);
    case Bag.crl: {
      const der = derOid(value?.children[0]) === X509_CRL ? derOctetString(value?.children[1]?.children[0]) : null;
      return der === null ? { inner: [] } : { crl: der.slice() };
    }
    case Bag.secret: {
      const secret = await readSecret(value, alias, context);
      return secret instanceof Uint8Array ? { secret } : { problem: secret };
    }
    case Bag.safeContents:
      return { inner: value?.children ?? [] };
    default:
      return { problem: foundProblem('key-format-unknown', alias, type ?? 'bag') };
  }
}

async function readBags(safeContents: DerElement, contents: Contents, context: ReadContext): Promise<void> {
  const pending: DerElement[] = safeContents.children.toReversed();
  for (let bag = pending.pop(); bag !== undefined; bag = pending.pop()) {
    const attributes = readAttributes(bag.children[2]);
    const read = await readBag(bag, attributes.friendlyName, context);
    if ('key' in read) contents.keys.push({ ...attributes, key: read.key });
    else if ('certificate' in read) contents.certificates.push({ ...attributes, certificate: read.certificate });
    else if ('secret' in read) contents.secrets.push({ ...attributes, secret: read.secret });
    else if ('crl' in read) contents.crls.push(read.crl);
    else if ('problem' in read) contents.problems.push(read.problem);
    else pending.push(...read.inner.toReversed());
  }
}

function assemble(contents: Contents): readonly FoundKey[] {
  const all = contents.certificates.map((entry) => entry.certificate);
  const used = new Set<string>();
  const keys: FoundKey[] = contents.keys.map((entry) => {
    const own =
      contents.certificates.find((candidate) =>
        equalOctets(candidate.certificate.publicKey.spki, entry.key.publicKey.spki),
      ) ??
      contents.certificates.find((candidate) => entry.localKeyId !== null && candidate.localKeyId === entry.localKeyId);
    const chain = own === undefined ? [] : chainFor(own.certificate, all);
    for (const certificate of chain) used.add(certificate.id);
    return {
      ...NOTHING,
      alias: entry.friendlyName ?? own?.friendlyName ?? null,
      privateKey: entry.key,
      publicKey: entry.key.publicKey,
      certificates: chain,
    };
  });
  for (const { friendlyName, trustedEntry, certificate } of contents.certificates) {
    // A certificate of a chain is an entry of its own only where Java marked it as one.
    if (used.has(certificate.id) && !trustedEntry) continue;
    keys.push({ ...NOTHING, alias: friendlyName, publicKey: certificate.publicKey, certificates: [certificate] });
  }
  for (const { friendlyName, secret } of contents.secrets) {
    keys.push({ ...NOTHING, alias: friendlyName, name: friendlyName, secret });
  }
  return keys;
}

async function readSafe(safe: DerElement, password: string, context: ReadContext): Promise<Contents> {
  const contents: Contents = { keys: [], certificates: [], secrets: [], crls: [], problems: [] };
  for (const info of safe.children) {
    const type = derOid(info.children[0]);
    if (type === DATA) {
      const bags = parse(derOctetString(info.children[1]?.children[0]));
      if (bags === null) contents.problems.push(foundProblem('key-file-damaged', null, 'safeContents'));
      else await readBags(bags, contents, context);
    } else if (type === ENCRYPTED_DATA) {
      const encrypted = info.children[1]?.children[0]?.children[1];
      const [, algorithm, content] = encrypted?.children ?? [];
      const ciphertext = implicitOctets(content);
      const opened = ciphertext === null ? null : await openWithPassword(algorithm, ciphertext, password, context);
      const bags = opened?.ok ? parse(opened.octets) : null;
      if (bags?.tag === DerTag.sequence) await readBags(bags, contents, context);
      else if (opened === null) contents.problems.push(foundProblem('key-file-damaged', null, 'encryptedData'));
      else {
        contents.problems.push(
          foundProblem(opened.ok ? 'key-password-wrong' : opened.code, null, opened.ok ? 'safeContents' : opened.what),
        );
      }
    } else contents.problems.push(foundProblem('key-cipher-unknown', null, type ?? 'contentInfo'));
  }
  return contents;
}

/** encryptedContent is [0] IMPLICIT OCTET STRING: primitive, or in pieces (BER). */
function implicitOctets(element: DerElement | undefined): Uint8Array | null {
  if (element?.tag === 0x80) return derContent(element);
  if (element?.tag !== 0xa0) return null;
  const pieces = element.children.map(derOctetString);
  const length = pieces.reduce((sum, piece) => sum + (piece?.length ?? 0), 0);
  const joined = new Uint8Array(length);
  let at = 0;
  for (const piece of pieces) {
    if (piece === null) return null;
    joined.set(piece, at);
    at += piece.length;
  }
  return joined;
}

const found = (
  keys: readonly FoundKey[],
  crls: readonly Uint8Array[],
  problems: readonly FoundProblem[],
): FoundInFile => ({ format: 'PKCS#12', keys, crls, problems });

const failed = (code: FoundProblem['code'], what: string): FoundInFile =>
  found([], [], [foundProblem(code, null, what)]);

/**
 * Reads a PFX. The MAC tells a wrong password from a damaged file: damaged is where the content opens and the MAC does
 * not fit.
 */
export async function readPkcs12(pfx: DerElement, context: ReadContext): Promise<FoundInFile> {
  const [, authSafe, macData] = pfx.children;
  if (authSafe !== undefined && derOid(authSafe.children[0]) !== DATA) return failed('key-format-unknown', 'authSafe');
  const safeOctets = derOctetString(authSafe?.children[1]?.children[0]);
  const safe = parse(safeOctets);
  if (safeOctets === null || safe === null) return failed('key-file-damaged', 'authSafe');
  const given = context.passwords.store;
  const password = given ?? '';
  const mac = await checkMac(macData, safeOctets, password, context);
  const opening = { ...context, passwords: { ...context.passwords, store: password } };
  const contents = await readSafe(safe, password, opening);
  const keys = assemble(contents);
  const closed = contents.problems.some((problem) => problem.code === 'key-password-wrong');
  const needed = given === null && (closed || (mac === 'wrong' && keys.length === 0));
  if (needed) return failed('key-password-needed', 'PKCS#12');
  if (mac !== 'wrong') {
    const unknown = typeof mac === 'object' ? [foundProblem('key-cipher-unknown', null, `mac ${mac.unknown}`)] : [];
    return found(keys, contents.crls, [...unknown, ...contents.problems]);
  }
  // Content in the clear opens under every password, so it takes something decrypted to call the file damaged.
  const decrypted = !closed && contents.keys.length + contents.certificates.length + contents.secrets.length > 0;
  return decrypted
    ? found(keys, contents.crls, [foundProblem('key-file-damaged', null, 'mac'), ...contents.problems])
    : found(keys, contents.crls, [foundProblem('key-password-wrong', null, 'mac')]);
}
