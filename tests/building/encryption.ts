/**
 * Encrypts with Node's own crypto, as XML Encryption says and in the ways that stacks get it wrong: independent of our
 * decryption.
 */
import {
  constants,
  createCipheriv,
  createECDH,
  createHash,
  createHmac,
  generateKeyPairSync,
  publicEncrypt,
  randomBytes,
  type CipherGCMTypes,
  type KeyObject,
} from 'node:crypto';

import { DS, SOAP, TYPE_CONTENT, WSSE, WSU, XENC, XENC11 } from './names.ts';

const pair = generateKeyPairSync('rsa', { modulusLength: 2048 });
const other = generateKeyPairSync('rsa', { modulusLength: 2048 });
export const RECIPIENT = pair.publicKey;
export const PRIVATE_PEM = pair.privateKey.export({ type: 'pkcs8', format: 'pem' }) as string;
export const OTHER_PRIVATE_PEM = other.privateKey.export({ type: 'pkcs8', format: 'pem' }) as string;
export const OTHER = other.publicKey;

/** A certificate's place is taken by the key value: enough to name one of two keys. */
export function keyValue(key: KeyObject): string {
  const { n, e } = key.export({ format: 'jwk' });
  const base64 = (text: string | undefined) => Buffer.from(text ?? '', 'base64url').toString('base64');
  return (
    '<ds:KeyInfo ' +
    `xmlns:ds="${DS}"><ds:KeyValue><ds:RSAKeyValue><ds:Modulus>${base64(n)}</ds:Modulus><ds:Exponent>${base64(e)}</ds:Exponent></ds:RSAKeyValue></ds:KeyValue></ds:KeyInfo>`
  );
}

/** IV ‖ ciphertext with XML Encryption's padding, whose filler is anything. */
export function cbc(key: Buffer, plain: string | Buffer, padding: 'xmlenc' | 'none' | 'zeros' = 'xmlenc'): Buffer {
  const iv = randomBytes(16);
  const cipher = createCipheriv(`aes-${key.length * 8}-cbc`, key, iv).setAutoPadding(false);
  const octets = Buffer.from(plain);
  const missing = 16 - (octets.length % 16);
  const filler =
    padding === 'xmlenc'
      ? Buffer.concat([randomBytes(missing - 1), Buffer.from([missing])])
      : padding === 'zeros'
        ? Buffer.alloc(missing % 16)
        : Buffer.alloc(0);
  return Buffer.concat([iv, cipher.update(Buffer.concat([octets, filler])), cipher.final()]);
}

export interface GcmParts {
  readonly iv: Buffer;
  readonly ciphertext: Buffer;
  readonly tag: Buffer;
}

export function gcmParts(key: Buffer, plain: string | Buffer, ivLength = 12): GcmParts {
  const iv = randomBytes(ivLength);
  const cipher = createCipheriv(`aes-${key.length * 8}-gcm` as CipherGCMTypes, key, iv);
  const ciphertext = Buffer.concat([cipher.update(Buffer.from(plain)), cipher.final()]);
  return { iv, ciphertext, tag: cipher.getAuthTag() };
}

export function gcm(key: Buffer, plain: string | Buffer): Buffer {
  const { iv, ciphertext, tag } = gcmParts(key, plain);
  return Buffer.concat([iv, ciphertext, tag]);
}

const cipherData = (octets: Buffer | string) =>
  `<xenc:CipherData><xenc:CipherValue>${typeof octets === 'string' ? octets : octets.toString('base64')}</xenc:CipherValue></xenc:CipherData>`;

export interface DataOptions {
  readonly id?: string;
  readonly type?: string | null;
  readonly algorithm?: string;
  readonly keyInfo?: string;
}

export function encryptedData(
  octets: Buffer | string,
  { id = 'ED-1', type = TYPE_CONTENT, algorithm = `${XENC11}aes128-gcm`, keyInfo = '' }: DataOptions = {},
): string {
  return (
    `<xenc:EncryptedData xmlns:xenc="${XENC}" ` +
    `Id="${id}"${type === null ? '' : ` Type="${type}"`}><xenc:EncryptionMethod ` +
    `Algorithm="${algorithm}"/>${keyInfo}${cipherData(octets)}</xenc:EncryptedData>`
  );
}

export interface KeyOptions {
  readonly id?: string;
  readonly algorithm?: string;
  readonly parameters?: string;
  readonly keyInfo?: string;
  readonly references?: readonly string[];
  readonly name?: string;
}

export function encryptedKey(
  octets: Buffer,
  {
    id = 'EK-1',
    algorithm = `${XENC}rsa-oaep-mgf1p`,
    parameters = '',
    keyInfo = keyValue(RECIPIENT),
    references = ['ED-1'],
    name,
  }: KeyOptions = {},
): string {
  return (
    `<xenc:EncryptedKey xmlns:xenc="${XENC}" Id="${id}"><xenc:EncryptionMethod ` +
    `Algorithm="${algorithm}">${parameters}</xenc:EncryptionMethod>${keyInfo}${cipherData(octets)}${references.length === 0 ? '' : referenceList(references)}${name === undefined ? '' : `<xenc:CarriedKeyName>${name}</xenc:CarriedKeyName>`}</xenc:EncryptedKey>`
  );
}

export function referenceList(references: readonly string[]): string {
  return (
    '<xenc:ReferenceList ' +
    `xmlns:xenc="${XENC}">${references.map((id) => `<xenc:DataReference URI="#${id}"/>`).join('')}</xenc:ReferenceList>`
  );
}

export function oaep(key: KeyObject, octets: Buffer, hash = 'sha1', label?: Buffer): Buffer {
  return publicEncrypt(
    {
      key,
      padding: constants.RSA_PKCS1_OAEP_PADDING,
      oaepHash: hash,
      ...(label === undefined ? {} : { oaepLabel: label }),
    },
    octets,
  );
}

export function rsa15(key: KeyObject, octets: Buffer): Buffer {
  return publicEncrypt({ key, padding: constants.RSA_PKCS1_PADDING }, octets);
}

/** AES key wrap (RFC 3394) of OpenSSL. */
export function wrap(kek: Buffer, key: Buffer): Buffer {
  const cipher = createCipheriv(`id-aes${kek.length * 8}-wrap`, kek, Buffer.alloc(8, 0xa6));
  return Buffer.concat([cipher.update(key), cipher.final()]);
}

export function securityTokenReference(id: string, valueType = ''): string {
  return (
    `<ds:KeyInfo xmlns:ds="${DS}"><wsse:SecurityTokenReference xmlns:wsse="${WSSE}"><wsse:Reference ` +
    `URI="#${id}"${valueType === '' ? '' : ` ValueType="${valueType}"`}/></wsse:SecurityTokenReference></ds:KeyInfo>`
  );
}

export function keyName(name: string): string {
  return `<ds:KeyInfo xmlns:ds="${DS}"><ds:KeyName>${name}</ds:KeyName></ds:KeyInfo>`;
}

export function envelope(header: string, body: string, blocks = ''): string {
  return (
    `<soap:Envelope xmlns:soap="${SOAP}" xmlns:app="urn:example:app"><soap:Header><wsse:Security ` +
    `xmlns:wsse="${WSSE}">${header}</wsse:Security>${blocks}</soap:Header><soap:Body xmlns:wsu="${WSU}" ` +
    `wsu:Id="Body">${body}</soap:Body></soap:Envelope>`
  );
}

export const ORDER = '<app:Order xmlns:app="urn:example:app"><app:Item>42</app:Item></app:Order>';

export { createECDH, createHash, createHmac, generateKeyPairSync, randomBytes };
