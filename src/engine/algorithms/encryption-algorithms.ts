/**
 * Block encryption, key transport, key wrap, agreement and derivation (XML Encryption 1.1 §5, RFC 9231 §2.6 and §2.7).
 */
import type { Algorithm } from './algorithm.ts';
import { cite, no, ofKind } from './algorithm-row.ts';
import { Digest } from './identifiers.ts';
import { MORE01, MORE07, MORE21, XENC, XENC11 } from '../xml/namespaces.ts';

/**
 * CBC is malleable: whether that matters depends on a signature over the ciphertext, so it is `legacy` here and judged
 * where that is known.
 */
const BLOCK = ofKind('block-encryption', [
  {
    uri: `${XENC}tripledes-cbc`,
    name: 'Triple DES CBC',
    scheme: '3des-cbc',
    bits: 192,
    strength: 'weak',
    citation: cite('XMLENC', '5.2.1'),
  },
  {
    uri: `${XENC}aes128-cbc`,
    name: 'AES-128-CBC',
    scheme: 'aes-cbc',
    bits: 128,
    strength: 'legacy',
    citation: cite('XMLENC', '5.2.2'),
  },
  {
    uri: `${XENC}aes192-cbc`,
    name: 'AES-192-CBC',
    scheme: 'aes-cbc',
    bits: 192,
    strength: 'legacy',
    citation: cite('XMLENC', '5.2.2'),
  },
  {
    uri: `${XENC}aes256-cbc`,
    name: 'AES-256-CBC',
    scheme: 'aes-cbc',
    bits: 256,
    strength: 'legacy',
    citation: cite('XMLENC', '5.2.2'),
  },
  { uri: `${XENC11}aes128-gcm`, name: 'AES-128-GCM', scheme: 'aes-gcm', bits: 128, citation: cite('XMLENC', '5.2.4') },
  { uri: `${XENC11}aes192-gcm`, name: 'AES-192-GCM', scheme: 'aes-gcm', bits: 192, citation: cite('XMLENC', '5.2.4') },
  { uri: `${XENC11}aes256-gcm`, name: 'AES-256-GCM', scheme: 'aes-gcm', bits: 256, citation: cite('XMLENC', '5.2.4') },
  {
    uri: `${MORE01}camellia128-cbc`,
    name: 'Camellia-128-CBC',
    scheme: 'camellia-cbc',
    bits: 128,
    strength: 'legacy',
    citation: cite('RFC9231', '2.6.2'),
  },
  {
    uri: `${MORE01}camellia192-cbc`,
    name: 'Camellia-192-CBC',
    scheme: 'camellia-cbc',
    bits: 192,
    strength: 'legacy',
    citation: cite('RFC9231', '2.6.2'),
  },
  {
    uri: `${MORE01}camellia256-cbc`,
    name: 'Camellia-256-CBC',
    scheme: 'camellia-cbc',
    bits: 256,
    strength: 'legacy',
    citation: cite('RFC9231', '2.6.2'),
  },
  {
    uri: `${MORE07}seed128-cbc`,
    name: 'SEED-128-CBC',
    scheme: 'seed-cbc',
    bits: 128,
    strength: 'legacy',
    citation: cite('RFC9231', '2.6.6'),
  },
  {
    uri: `${MORE21}chacha20`,
    name: 'ChaCha20',
    scheme: 'chacha20',
    bits: 256,
    strength: 'legacy',
    citation: cite('RFC9231', '2.6.7'),
  },
  {
    uri: `${MORE21}chacha20poly1305`,
    name: 'ChaCha20-Poly1305',
    scheme: 'chacha20-poly1305',
    bits: 256,
    citation: cite('RFC9231', '2.6.8'),
  },
  {
    uri: `${MORE01}arcfour`,
    name: 'ARCFOUR',
    strength: 'weak',
    support: no('no-implementation'),
    citation: cite('RFC9231', '2.6.1'),
  },
  {
    uri: `${XENC}des-cbc`,
    name: 'DES CBC',
    scheme: 'des-cbc',
    bits: 64,
    strength: 'weak',
    support: no('not-in-xmlenc'),
    citation: cite('XMLENC', '5.2'),
  },
]);

const TRANSPORT = ofKind('key-transport', [
  {
    uri: `${XENC}rsa-1_5`,
    name: 'RSA PKCS#1 v1.5 key transport',
    scheme: 'rsa-1_5',
    strength: 'weak',
    citation: cite('XMLENC', '5.5.1'),
  },
  {
    uri: `${XENC}rsa-oaep-mgf1p`,
    name: 'RSA-OAEP with MGF1-SHA1',
    scheme: 'rsa-oaep-mgf1p',
    citation: cite('XMLENC', '5.5.2'),
  },
  { uri: `${XENC11}rsa-oaep`, name: 'RSA-OAEP', scheme: 'rsa-oaep', citation: cite('XMLENC', '5.5.2') },
  {
    uri: `${MORE01}psec-kem`,
    name: 'PSEC-KEM',
    strength: 'unknown',
    support: no('no-implementation'),
    citation: cite('RFC9231', '2.6.4'),
  },
]);

const MASK_GENERATION = ofKind('mask-generation', [
  { uri: `${XENC11}mgf1sha1`, name: 'MGF1 with SHA-1', digest: Digest.sha1, citation: cite('XMLENC', '5.5.2') },
  { uri: `${XENC11}mgf1sha224`, name: 'MGF1 with SHA-224', digest: Digest.sha224, citation: cite('XMLENC', '5.5.2') },
  { uri: `${XENC11}mgf1sha256`, name: 'MGF1 with SHA-256', digest: Digest.sha256, citation: cite('XMLENC', '5.5.2') },
  { uri: `${XENC11}mgf1sha384`, name: 'MGF1 with SHA-384', digest: Digest.sha384, citation: cite('XMLENC', '5.5.2') },
  { uri: `${XENC11}mgf1sha512`, name: 'MGF1 with SHA-512', digest: Digest.sha512, citation: cite('XMLENC', '5.5.2') },
  { uri: `${MORE07}MGF1`, name: 'MGF1', citation: cite('RFC9231', '2.3.9') },
]);

const WRAP = ofKind('key-wrap', [
  {
    uri: `${XENC}kw-tripledes`,
    name: 'Triple DES key wrap',
    scheme: '3des-kw',
    bits: 192,
    strength: 'weak',
    citation: cite('XMLENC', '5.7.1'),
  },
  { uri: `${XENC}kw-aes128`, name: 'AES-128 key wrap', scheme: 'aes-kw', bits: 128, citation: cite('XMLENC', '5.7.2') },
  { uri: `${XENC}kw-aes192`, name: 'AES-192 key wrap', scheme: 'aes-kw', bits: 192, citation: cite('XMLENC', '5.7.2') },
  { uri: `${XENC}kw-aes256`, name: 'AES-256 key wrap', scheme: 'aes-kw', bits: 256, citation: cite('XMLENC', '5.7.2') },
  {
    uri: `${XENC11}kw-aes-128-pad`,
    name: 'AES-128 key wrap with padding',
    scheme: 'aes-kwp',
    bits: 128,
    citation: cite('XMLENC', '5.7.3'),
  },
  {
    uri: `${XENC11}kw-aes-192-pad`,
    name: 'AES-192 key wrap with padding',
    scheme: 'aes-kwp',
    bits: 192,
    citation: cite('XMLENC', '5.7.3'),
  },
  {
    uri: `${XENC11}kw-aes-256-pad`,
    name: 'AES-256 key wrap with padding',
    scheme: 'aes-kwp',
    bits: 256,
    citation: cite('XMLENC', '5.7.3'),
  },
  {
    uri: `${MORE01}kw-camellia128`,
    name: 'Camellia-128 key wrap',
    scheme: 'camellia-kw',
    bits: 128,
    strength: 'legacy',
    citation: cite('RFC9231', '2.6.3'),
  },
  {
    uri: `${MORE01}kw-camellia192`,
    name: 'Camellia-192 key wrap',
    scheme: 'camellia-kw',
    bits: 192,
    strength: 'legacy',
    citation: cite('RFC9231', '2.6.3'),
  },
  {
    uri: `${MORE01}kw-camellia256`,
    name: 'Camellia-256 key wrap',
    scheme: 'camellia-kw',
    bits: 256,
    strength: 'legacy',
    citation: cite('RFC9231', '2.6.3'),
  },
  {
    uri: `${MORE07}kw-seed128`,
    name: 'SEED-128 key wrap',
    scheme: 'seed-kw',
    bits: 128,
    strength: 'legacy',
    citation: cite('RFC9231', '2.6.6'),
  },
  {
    uri: 'http://schemas.xmlsoap.org/2005/02/trust/tlsnego#TLS_Wrap',
    name: 'TLS negotiation wrap',
    strength: 'unknown',
    support: no('negotiation'),
    citation: cite('WST', '8'),
  },
  {
    uri: 'http://schemas.xmlsoap.org/2005/02/trust/spnego#GSS_Wrap',
    name: 'SPNEGO negotiation wrap',
    strength: 'unknown',
    support: no('negotiation'),
    citation: cite('WST', '8'),
  },
]);

const AGREEMENT = ofKind('key-agreement', [
  { uri: `${XENC11}ECDH-ES`, name: 'ECDH-ES', scheme: 'ecdh-es', citation: cite('XMLENC', '5.6.4') },
  { uri: `${MORE21}x25519`, name: 'X25519', scheme: 'x25519', citation: cite('RFC9231', '2.6.9') },
  { uri: `${MORE21}x448`, name: 'X448', scheme: 'x448', citation: cite('RFC9231', '2.6.9') },
  {
    uri: `${XENC11}dh-es`,
    name: 'DH-ES with explicit KDF',
    scheme: 'dh-es',
    strength: 'legacy',
    citation: cite('XMLENC', '5.6.2.1'),
  },
  {
    uri: `${XENC}dh`,
    name: 'Diffie-Hellman with legacy KDF',
    scheme: 'dh',
    strength: 'legacy',
    citation: cite('XMLENC', '5.6.2.2'),
  },
]);

const DERIVATION = ofKind('key-derivation', [
  { uri: `${XENC11}ConcatKDF`, name: 'ConcatKDF', scheme: 'concat-kdf', citation: cite('XMLENC', '5.4.1') },
  { uri: `${XENC11}pbkdf2`, name: 'PBKDF2', scheme: 'pbkdf2', citation: cite('XMLENC', '5.4.2') },
  { uri: `${MORE21}hkdf`, name: 'HKDF', scheme: 'hkdf', citation: cite('RFC9231', '2.6.5') },
  {
    uri: 'http://schemas.xmlsoap.org/ws/2005/02/sc/dk/p_sha1',
    name: 'P_SHA-1 (2005/02)',
    scheme: 'p-sha1',
    digest: Digest.sha1,
    strength: 'legacy',
    citation: cite('WSSC', '7'),
  },
  {
    uri: 'http://docs.oasis-open.org/ws-sx/ws-secureconversation/200512/dk/p_sha1',
    name: 'P_SHA-1',
    scheme: 'p-sha1',
    digest: Digest.sha1,
    strength: 'legacy',
    citation: cite('WSSC', '7'),
  },
  {
    uri: 'http://docs.oasis-open.org/ws-sx/ws-trust/200512/CK/PSHA1',
    name: 'Computed key P_SHA-1',
    scheme: 'p-sha1',
    digest: Digest.sha1,
    strength: 'legacy',
    citation: cite('WST', '4.4.4'),
  },
]);

/** In the order in which `wss algorithms` lists them. */
export const ENCRYPTION_ALGORITHMS: readonly Algorithm[] = [
  ...BLOCK,
  ...TRANSPORT,
  ...MASK_GENERATION,
  ...WRAP,
  ...AGREEMENT,
  ...DERIVATION,
];
