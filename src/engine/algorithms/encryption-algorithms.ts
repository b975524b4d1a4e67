/** Block encryption, key transport, key wrap, agreement and derivation (XML Encryption 1.1 §5, RFC 9231 §2.6 and §2.7). */
import type { Algorithm, AlgorithmKind, CipherScheme, Strength, Support } from './algorithm.ts';
import { Digest, MORE01, MORE07, MORE21, XENC, XENC11 } from './namespaces.ts';

const YES: Support = { verdict: 'yes', why: null };
const no = (why: string): Support => ({ verdict: 'no', why });

function entry(
  kind: AlgorithmKind, uri: string, name: string, scheme: CipherScheme | null, bits: number | null, strength: Strength, section: string,
  support: Support = YES, digest: string | null = null, spec = 'XMLENC',
): Algorithm {
  return { uri, kind, name, strength, support, citation: { spec, section }, digest, scheme, bits };
}

/** CBC is malleable: whether that matters depends on a signature over the ciphertext, so it is `legacy` here and judged where that is known. */
const BLOCK: readonly Algorithm[] = [
  entry('block-encryption', `${XENC}tripledes-cbc`, 'Triple DES CBC', '3des-cbc', 192, 'weak', '5.2.1'),
  entry('block-encryption', `${XENC}aes128-cbc`, 'AES-128-CBC', 'aes-cbc', 128, 'legacy', '5.2.2'),
  entry('block-encryption', `${XENC}aes192-cbc`, 'AES-192-CBC', 'aes-cbc', 192, 'legacy', '5.2.2'),
  entry('block-encryption', `${XENC}aes256-cbc`, 'AES-256-CBC', 'aes-cbc', 256, 'legacy', '5.2.2'),
  entry('block-encryption', `${XENC11}aes128-gcm`, 'AES-128-GCM', 'aes-gcm', 128, 'current', '5.2.4'),
  entry('block-encryption', `${XENC11}aes192-gcm`, 'AES-192-GCM', 'aes-gcm', 192, 'current', '5.2.4'),
  entry('block-encryption', `${XENC11}aes256-gcm`, 'AES-256-GCM', 'aes-gcm', 256, 'current', '5.2.4'),
  entry('block-encryption', `${MORE01}camellia128-cbc`, 'Camellia-128-CBC', 'camellia-cbc', 128, 'legacy', '2.6.2', YES, null, 'RFC9231'),
  entry('block-encryption', `${MORE01}camellia192-cbc`, 'Camellia-192-CBC', 'camellia-cbc', 192, 'legacy', '2.6.2', YES, null, 'RFC9231'),
  entry('block-encryption', `${MORE01}camellia256-cbc`, 'Camellia-256-CBC', 'camellia-cbc', 256, 'legacy', '2.6.2', YES, null, 'RFC9231'),
  entry('block-encryption', `${MORE07}seed128-cbc`, 'SEED-128-CBC', 'seed-cbc', 128, 'legacy', '2.6.6', YES, null, 'RFC9231'),
  entry('block-encryption', `${MORE21}chacha20`, 'ChaCha20', 'chacha20', 256, 'legacy', '2.6.7', YES, null, 'RFC9231'),
  entry('block-encryption', `${MORE21}chacha20poly1305`, 'ChaCha20-Poly1305', 'chacha20-poly1305', 256, 'current', '2.6.8', YES, null, 'RFC9231'),
  entry('block-encryption', `${MORE01}arcfour`, 'ARCFOUR', null, null, 'weak', '2.6.1', no('no-implementation'), null, 'RFC9231'),
  entry('block-encryption', `${XENC}des-cbc`, 'DES CBC', 'des-cbc', 64, 'weak', '5.2', no('not-in-xmlenc')),
];

const TRANSPORT: readonly Algorithm[] = [
  entry('key-transport', `${XENC}rsa-1_5`, 'RSA PKCS#1 v1.5 key transport', 'rsa-1_5', null, 'weak', '5.5.1'),
  entry('key-transport', `${XENC}rsa-oaep-mgf1p`, 'RSA-OAEP with MGF1-SHA1', 'rsa-oaep-mgf1p', null, 'current', '5.5.2'),
  entry('key-transport', `${XENC11}rsa-oaep`, 'RSA-OAEP', 'rsa-oaep', null, 'current', '5.5.2'),
  entry('key-transport', `${MORE01}psec-kem`, 'PSEC-KEM', null, null, 'unknown', '2.6.4', no('no-implementation'), null, 'RFC9231'),
  entry('mask-generation', `${XENC11}mgf1sha1`, 'MGF1 with SHA-1', null, null, 'current', '5.5.2', YES, Digest.sha1),
  entry('mask-generation', `${XENC11}mgf1sha224`, 'MGF1 with SHA-224', null, null, 'current', '5.5.2', YES, Digest.sha224),
  entry('mask-generation', `${XENC11}mgf1sha256`, 'MGF1 with SHA-256', null, null, 'current', '5.5.2', YES, Digest.sha256),
  entry('mask-generation', `${XENC11}mgf1sha384`, 'MGF1 with SHA-384', null, null, 'current', '5.5.2', YES, Digest.sha384),
  entry('mask-generation', `${XENC11}mgf1sha512`, 'MGF1 with SHA-512', null, null, 'current', '5.5.2', YES, Digest.sha512),
  entry('mask-generation', `${MORE07}MGF1`, 'MGF1', null, null, 'current', '2.3.9', YES, null, 'RFC9231'),
];

const WRAP: readonly Algorithm[] = [
  entry('key-wrap', `${XENC}kw-tripledes`, 'Triple DES key wrap', '3des-kw', 192, 'weak', '5.7.1'),
  entry('key-wrap', `${XENC}kw-aes128`, 'AES-128 key wrap', 'aes-kw', 128, 'current', '5.7.2'),
  entry('key-wrap', `${XENC}kw-aes192`, 'AES-192 key wrap', 'aes-kw', 192, 'current', '5.7.2'),
  entry('key-wrap', `${XENC}kw-aes256`, 'AES-256 key wrap', 'aes-kw', 256, 'current', '5.7.2'),
  entry('key-wrap', `${XENC11}kw-aes-128-pad`, 'AES-128 key wrap with padding', 'aes-kwp', 128, 'current', '5.7.3'),
  entry('key-wrap', `${XENC11}kw-aes-192-pad`, 'AES-192 key wrap with padding', 'aes-kwp', 192, 'current', '5.7.3'),
  entry('key-wrap', `${XENC11}kw-aes-256-pad`, 'AES-256 key wrap with padding', 'aes-kwp', 256, 'current', '5.7.3'),
  entry('key-wrap', `${MORE01}kw-camellia128`, 'Camellia-128 key wrap', 'camellia-kw', 128, 'legacy', '2.6.3', YES, null, 'RFC9231'),
  entry('key-wrap', `${MORE01}kw-camellia192`, 'Camellia-192 key wrap', 'camellia-kw', 192, 'legacy', '2.6.3', YES, null, 'RFC9231'),
  entry('key-wrap', `${MORE01}kw-camellia256`, 'Camellia-256 key wrap', 'camellia-kw', 256, 'legacy', '2.6.3', YES, null, 'RFC9231'),
  entry('key-wrap', `${MORE07}kw-seed128`, 'SEED-128 key wrap', 'seed-kw', 128, 'legacy', '2.6.6', YES, null, 'RFC9231'),
  entry('key-wrap', 'http://schemas.xmlsoap.org/2005/02/trust/tlsnego#TLS_Wrap', 'TLS negotiation wrap', null, null, 'unknown', '8', no('negotiation'), null, 'WST'),
  entry('key-wrap', 'http://schemas.xmlsoap.org/2005/02/trust/spnego#GSS_Wrap', 'SPNEGO negotiation wrap', null, null, 'unknown', '8', no('negotiation'), null, 'WST'),
];

const AGREEMENT: readonly Algorithm[] = [
  entry('key-agreement', `${XENC11}ECDH-ES`, 'ECDH-ES', 'ecdh-es', null, 'current', '5.6.4'),
  entry('key-agreement', `${MORE21}x25519`, 'X25519', 'x25519', null, 'current', '2.6.9', YES, null, 'RFC9231'),
  entry('key-agreement', `${MORE21}x448`, 'X448', 'x448', null, 'current', '2.6.9', YES, null, 'RFC9231'),
  entry('key-agreement', `${XENC11}dh-es`, 'DH-ES with explicit KDF', 'dh-es', null, 'legacy', '5.6.2.1'),
  entry('key-agreement', `${XENC}dh`, 'Diffie-Hellman with legacy KDF', 'dh', null, 'legacy', '5.6.2.2'),
  entry('key-derivation', `${XENC11}ConcatKDF`, 'ConcatKDF', 'concat-kdf', null, 'current', '5.4.1'),
  entry('key-derivation', `${XENC11}pbkdf2`, 'PBKDF2', 'pbkdf2', null, 'current', '5.4.2'),
  entry('key-derivation', `${MORE21}hkdf`, 'HKDF', 'hkdf', null, 'current', '2.6.5', YES, null, 'RFC9231'),
  entry('key-derivation', 'http://schemas.xmlsoap.org/ws/2005/02/sc/dk/p_sha1', 'P_SHA-1 (2005/02)', 'p-sha1', null, 'legacy', '7', YES, Digest.sha1, 'WSSC'),
  entry('key-derivation', 'http://docs.oasis-open.org/ws-sx/ws-secureconversation/200512/dk/p_sha1', 'P_SHA-1', 'p-sha1', null, 'legacy', '7', YES, Digest.sha1, 'WSSC'),
  entry('key-derivation', 'http://docs.oasis-open.org/ws-sx/ws-trust/200512/CK/PSHA1', 'Computed key P_SHA-1', 'p-sha1', null, 'legacy', '4.4.4', YES, Digest.sha1, 'WST'),
];

export const ENCRYPTION_ALGORITHMS: readonly Algorithm[] = [...BLOCK, ...TRANSPORT, ...WRAP, ...AGREEMENT];
