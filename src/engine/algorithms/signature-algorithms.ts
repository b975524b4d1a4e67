/** Signature and MAC methods (XML Signature 1.1 §6.3 and §6.4, RFC 9231 §2.2 and §2.3). */
import type { Strength } from './algorithm.ts';
import { type AlgorithmRow, cite, no, ofKind, partial } from './algorithm-row.ts';
import { Digest, GOST_URN } from './identifiers.ts';
import { DS, DS11, MORE01, MORE07, MORE21 } from '../xml/namespaces.ts';

/**
 * Contexts are part of what Ed25519ctx and the pre-hashed forms sign; RFC 9231 gives no element to carry one, so it is
 * taken as empty.
 */
const emptyContextOnly = partial('empty-context-only');

const RSA: readonly AlgorithmRow[] = [
  {
    uri: `${DS}rsa-sha1`,
    name: 'RSA-SHA1',
    scheme: 'rsa-pkcs1',
    digest: Digest.sha1,
    strength: 'weak',
    citation: cite('XMLDSIG', '6.4.2'),
  },
  {
    uri: `${MORE01}rsa-sha224`,
    name: 'RSA-SHA224',
    scheme: 'rsa-pkcs1',
    digest: Digest.sha224,
    citation: cite('XMLDSIG', '6.4.2'),
  },
  {
    uri: `${MORE01}rsa-sha256`,
    name: 'RSA-SHA256',
    scheme: 'rsa-pkcs1',
    digest: Digest.sha256,
    citation: cite('XMLDSIG', '6.4.2'),
  },
  {
    uri: `${MORE01}rsa-sha384`,
    name: 'RSA-SHA384',
    scheme: 'rsa-pkcs1',
    digest: Digest.sha384,
    citation: cite('XMLDSIG', '6.4.2'),
  },
  {
    uri: `${MORE01}rsa-sha512`,
    name: 'RSA-SHA512',
    scheme: 'rsa-pkcs1',
    digest: Digest.sha512,
    citation: cite('XMLDSIG', '6.4.2'),
  },
  {
    uri: `${MORE01}rsa-md5`,
    name: 'RSA-MD5',
    scheme: 'rsa-pkcs1',
    digest: Digest.md5,
    strength: 'weak',
    citation: cite('RFC9231', '2.3.1'),
  },
  {
    uri: `${MORE01}rsa-ripemd160`,
    name: 'RSA-RIPEMD160',
    scheme: 'rsa-pkcs1',
    digest: Digest.ripemd160,
    strength: 'weak',
    citation: cite('RFC9231', '2.3.5'),
  },
];

const pssFixed = (name: string, digest: string, strength: Strength = 'current'): AlgorithmRow => ({
  uri: `${MORE07}${name}-rsa-MGF1`,
  name: `RSASSA-PSS with ${name.toUpperCase()} and MGF1`,
  scheme: 'rsa-pss',
  digest,
  strength,
  citation: cite('RFC9231', '2.3.10'),
});

const PSS: readonly AlgorithmRow[] = [
  {
    uri: `${MORE07}rsa-pss`,
    name: 'RSASSA-PSS with parameters',
    scheme: 'rsa-pss-parameters',
    citation: cite('RFC9231', '2.3.9'),
  },
  pssFixed('sha1', Digest.sha1, 'weak'),
  pssFixed('sha224', Digest.sha224),
  pssFixed('sha256', Digest.sha256),
  pssFixed('sha384', Digest.sha384),
  pssFixed('sha512', Digest.sha512),
  pssFixed('sha3-224', Digest.sha3_224),
  pssFixed('sha3-256', Digest.sha3_256),
  pssFixed('sha3-384', Digest.sha3_384),
  pssFixed('sha3-512', Digest.sha3_512),
  pssFixed('md5', Digest.md5, 'weak'),
  pssFixed('ripemd160', Digest.ripemd160, 'weak'),
  {
    uri: `${MORE07}whirlpool-rsa-MGF1`,
    name: 'RSASSA-PSS with WHIRLPOOL and MGF1',
    strength: 'legacy',
    support: no('no-implementation'),
    citation: cite('RFC9231', '2.3.10'),
  },
];

const EC: readonly AlgorithmRow[] = [
  {
    uri: `${MORE01}ecdsa-sha1`,
    name: 'ECDSA-SHA1',
    scheme: 'ecdsa',
    digest: Digest.sha1,
    strength: 'weak',
    citation: cite('XMLDSIG', '6.4.3'),
  },
  {
    uri: `${MORE01}ecdsa-sha224`,
    name: 'ECDSA-SHA224',
    scheme: 'ecdsa',
    digest: Digest.sha224,
    citation: cite('XMLDSIG', '6.4.3'),
  },
  {
    uri: `${MORE01}ecdsa-sha256`,
    name: 'ECDSA-SHA256',
    scheme: 'ecdsa',
    digest: Digest.sha256,
    citation: cite('XMLDSIG', '6.4.3'),
  },
  {
    uri: `${MORE01}ecdsa-sha384`,
    name: 'ECDSA-SHA384',
    scheme: 'ecdsa',
    digest: Digest.sha384,
    citation: cite('XMLDSIG', '6.4.3'),
  },
  {
    uri: `${MORE01}ecdsa-sha512`,
    name: 'ECDSA-SHA512',
    scheme: 'ecdsa',
    digest: Digest.sha512,
    citation: cite('XMLDSIG', '6.4.3'),
  },
  {
    uri: `${MORE07}ecdsa-ripemd160`,
    name: 'ECDSA-RIPEMD160',
    scheme: 'ecdsa',
    digest: Digest.ripemd160,
    strength: 'weak',
    citation: cite('RFC9231', '2.3.6'),
  },
  {
    uri: `${MORE21}ecdsa-sha3-224`,
    name: 'ECDSA-SHA3-224',
    scheme: 'ecdsa',
    digest: Digest.sha3_224,
    citation: cite('RFC9231', '2.3.6'),
  },
  {
    uri: `${MORE21}ecdsa-sha3-256`,
    name: 'ECDSA-SHA3-256',
    scheme: 'ecdsa',
    digest: Digest.sha3_256,
    citation: cite('RFC9231', '2.3.6'),
  },
  {
    uri: `${MORE21}ecdsa-sha3-384`,
    name: 'ECDSA-SHA3-384',
    scheme: 'ecdsa',
    digest: Digest.sha3_384,
    citation: cite('RFC9231', '2.3.6'),
  },
  {
    uri: `${MORE21}ecdsa-sha3-512`,
    name: 'ECDSA-SHA3-512',
    scheme: 'ecdsa',
    digest: Digest.sha3_512,
    citation: cite('RFC9231', '2.3.6'),
  },
  {
    uri: `${MORE07}ecdsa-whirlpool`,
    name: 'ECDSA-WHIRLPOOL',
    strength: 'legacy',
    support: no('no-implementation'),
    citation: cite('RFC9231', '2.3.6'),
  },
  {
    uri: 'http://www.certicom.com/2000/11/xmlecdsig#ecdsa-sha1',
    name: 'ECDSA-SHA1 (Certicom draft)',
    strength: 'legacy',
    support: no('not-in-xmldsig'),
    citation: cite('RFC9231', '2.3.6'),
  },
  { uri: `${MORE21}eddsa-ed25519`, name: 'Ed25519', scheme: 'ed25519', citation: cite('RFC9231', '2.3.12') },
  {
    uri: `${MORE21}eddsa-ed25519ctx`,
    name: 'Ed25519ctx',
    scheme: 'ed25519ctx',
    support: emptyContextOnly,
    citation: cite('RFC9231', '2.3.12'),
  },
  {
    uri: `${MORE21}eddsa-ed25519ph`,
    name: 'Ed25519ph',
    scheme: 'ed25519ph',
    support: emptyContextOnly,
    citation: cite('RFC9231', '2.3.12'),
  },
  { uri: `${MORE21}eddsa-ed448`, name: 'Ed448', scheme: 'ed448', citation: cite('RFC9231', '2.3.12') },
  {
    uri: `${MORE21}eddsa-ed448ph`,
    name: 'Ed448ph',
    scheme: 'ed448ph',
    support: emptyContextOnly,
    citation: cite('RFC9231', '2.3.12'),
  },
  {
    uri: `${DS}dsa-sha1`,
    name: 'DSA-SHA1',
    scheme: 'dsa',
    digest: Digest.sha1,
    strength: 'weak',
    citation: cite('XMLDSIG', '6.4.1'),
  },
  {
    uri: `${DS11}dsa-sha256`,
    name: 'DSA-SHA256',
    scheme: 'dsa',
    digest: Digest.sha256,
    strength: 'legacy',
    citation: cite('XMLDSIG', '6.4.1'),
  },
];

const XMLSEC_PQC = 'http://www.aleksey.com/xmlsec/2025/12/xmldsig-more#';
const NAMED_ONLY: readonly AlgorithmRow[] = [
  {
    uri: `${XMLSEC_PQC}ml-dsa-44`,
    name: 'ML-DSA-44 (xmlsec)',
    strength: 'unknown',
    support: no('post-quantum-experimental'),
    citation: cite('RFC9231', '2.3'),
  },
  {
    uri: `${XMLSEC_PQC}ml-dsa-65`,
    name: 'ML-DSA-65 (xmlsec)',
    strength: 'unknown',
    support: no('post-quantum-experimental'),
    citation: cite('RFC9231', '2.3'),
  },
  {
    uri: `${XMLSEC_PQC}ml-dsa-87`,
    name: 'ML-DSA-87 (xmlsec)',
    strength: 'unknown',
    support: no('post-quantum-experimental'),
    citation: cite('RFC9231', '2.3'),
  },
  {
    uri: `${MORE01}gostr34102001-gostr3411`,
    name: 'GOST R 34.10-2001',
    strength: 'unknown',
    support: no('gost-national'),
    citation: cite('RFC9231', '2.3'),
  },
  {
    uri: `${GOST_URN}gostr34102012-gostr34112012-256`,
    name: 'GOST R 34.10-2012 (256 bit)',
    strength: 'unknown',
    support: no('gost-national'),
    citation: cite('RFC9231', '2.3'),
  },
  {
    uri: `${GOST_URN}gostr34102012-gostr34112012-512`,
    name: 'GOST R 34.10-2012 (512 bit)',
    strength: 'unknown',
    support: no('gost-national'),
    citation: cite('RFC9231', '2.3'),
  },
];

/** Those that we have first. */
export const SIGNATURE_ALGORITHMS = ofKind('signature', [...RSA, ...PSS, ...EC, ...NAMED_ONLY]);

/** HMAC stays sound where its hash is no longer collision resistant: SHA-1 is legacy here, not weak (RFC 6194 §3.3). */
export const MAC_ALGORITHMS = ofKind('mac', [
  {
    uri: `${DS}hmac-sha1`,
    name: 'HMAC-SHA1',
    scheme: 'hmac',
    digest: Digest.sha1,
    strength: 'legacy',
    citation: cite('XMLDSIG', '6.3.1'),
  },
  {
    uri: `${MORE01}hmac-sha224`,
    name: 'HMAC-SHA224',
    scheme: 'hmac',
    digest: Digest.sha224,
    citation: cite('RFC9231', '2.2.2'),
  },
  {
    uri: `${MORE01}hmac-sha256`,
    name: 'HMAC-SHA256',
    scheme: 'hmac',
    digest: Digest.sha256,
    citation: cite('XMLDSIG', '6.3.2'),
  },
  {
    uri: `${MORE01}hmac-sha384`,
    name: 'HMAC-SHA384',
    scheme: 'hmac',
    digest: Digest.sha384,
    citation: cite('XMLDSIG', '6.3.3'),
  },
  {
    uri: `${MORE01}hmac-sha512`,
    name: 'HMAC-SHA512',
    scheme: 'hmac',
    digest: Digest.sha512,
    citation: cite('XMLDSIG', '6.3.4'),
  },
  {
    uri: `${MORE01}hmac-md5`,
    name: 'HMAC-MD5',
    scheme: 'hmac',
    digest: Digest.md5,
    strength: 'weak',
    citation: cite('RFC9231', '2.2.1'),
  },
  {
    uri: `${MORE01}hmac-ripemd160`,
    name: 'HMAC-RIPEMD160',
    scheme: 'hmac',
    digest: Digest.ripemd160,
    strength: 'weak',
    citation: cite('RFC9231', '2.2.3'),
  },
  {
    uri: `${MORE21}poly1305`,
    name: 'Poly1305',
    bits: 256,
    support: no('no-implementation'),
    citation: cite('RFC9231', '2.2.4'),
  },
  {
    uri: `${MORE21}siphash-2-4`,
    name: 'SipHash-2-4',
    bits: 128,
    strength: 'unknown',
    support: no('no-implementation'),
    citation: cite('RFC9231', '2.2.5'),
  },
]);
