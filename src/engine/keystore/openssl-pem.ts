/**
 * OpenSSL's own encryption of PEM: `Proc-Type: 4,ENCRYPTED`, `DEK-Info`, key from EVP_BytesToKey with MD5 and one
 * round.
 */
import { md5 } from '@noble/hashes/legacy.js';
import { decodeHex } from '../bytes/hex.ts';
import { joinOctets } from '../bytes/octets.ts';
import { encodeUtf8 } from '../bytes/utf8.ts';
import { decryptCbc, type OpenResult } from './password-encryption.ts';

const CIPHERS: Readonly<Record<string, Parameters<typeof decryptCbc>[0]>> = {
  'AES-128-CBC': { name: 'AES', key: 16, block: 16 },
  'AES-192-CBC': { name: 'AES', key: 24, block: 16 },
  'AES-256-CBC': { name: 'AES', key: 32, block: 16 },
  'DES-CBC': { name: 'DES', key: 8, block: 8 },
  'DES-EDE3-CBC': { name: '3DES', key: 24, block: 8 },
  'RC2-CBC': { name: 'RC2', key: 16, block: 8, bits: 128 },
  'RC2-64-CBC': { name: 'RC2', key: 8, block: 8, bits: 64 },
  'RC2-40-CBC': { name: 'RC2', key: 5, block: 8, bits: 40 },
};

/** Opens a block by its DEK-Info header, `CIPHER,IVHEX`. */
export async function openOpensslPem(dekInfo: string, ciphertext: Uint8Array, password: string): Promise<OpenResult> {
  const [name = '', ivHex = ''] = dekInfo.split(',').map((part) => part.trim());
  const cipher = CIPHERS[name.toUpperCase()];
  const iv = decodeHex(ivHex);
  if (cipher === undefined) return { ok: false, code: 'key-cipher-unknown', what: name };
  if (iv === null || iv.length !== cipher.block) return { ok: false, code: 'key-file-damaged', what: 'DEK-Info' };
  const secret = encodeUtf8(password);
  const salt = iv.subarray(0, 8);
  let block: Uint8Array = new Uint8Array();
  const blocks: Uint8Array[] = [];
  for (let made = 0; made < cipher.key; made += block.length) {
    block = md5(joinOctets([block, secret, salt]));
    blocks.push(block);
  }
  return decryptCbc(cipher, joinOctets(blocks).subarray(0, cipher.key), iv, ciphertext);
}
