/** Signature, MAC and digest methods (XML Signature 1.1 §6.2 to §6.4, RFC 9231 §2.1 to §2.3). */
import type { Algorithm, Scheme, Strength, Support } from './algorithm.ts';
import { Digest } from './identifiers.ts';
import { DS, DS11, MORE01, MORE07, MORE21 } from '../xml/namespaces.ts';

/** The Russian suites' own (RFC 9215); not a namespace of elements. */
const GOST_URN = 'urn:ietf:params:xml:ns:cpxmlsec:algorithms:';

const YES: Support = { verdict: 'yes', why: null };
const no = (why: string): Support => ({ verdict: 'no', why });

function digestMethod(
  uri: string,
  name: string,
  bits: number,
  strength: Strength,
  section: string,
  support = YES,
  spec = 'RFC9231',
): Algorithm {
  return { uri, kind: 'digest', name, strength, support, citation: { spec, section }, digest: uri, scheme: null, bits };
}

export const DIGEST_ALGORITHMS: readonly Algorithm[] = [
  digestMethod(Digest.sha1, 'SHA-1', 160, 'weak', '6.2.1', YES, 'XMLDSIG'),
  digestMethod(Digest.sha224, 'SHA-224', 224, 'current', '2.1.2'),
  digestMethod(Digest.sha256, 'SHA-256', 256, 'current', '6.2.2', YES, 'XMLDSIG'),
  digestMethod(Digest.sha384, 'SHA-384', 384, 'current', '2.1.3'),
  digestMethod(Digest.sha512, 'SHA-512', 512, 'current', '6.2.4', YES, 'XMLDSIG'),
  digestMethod(Digest.sha3_224, 'SHA3-224', 224, 'current', '2.1.5'),
  digestMethod(Digest.sha3_256, 'SHA3-256', 256, 'current', '2.1.5'),
  digestMethod(Digest.sha3_384, 'SHA3-384', 384, 'current', '2.1.5'),
  digestMethod(Digest.sha3_512, 'SHA3-512', 512, 'current', '2.1.5'),
  digestMethod(Digest.md5, 'MD5', 128, 'weak', '2.1.1'),
  digestMethod(Digest.ripemd160, 'RIPEMD-160', 160, 'weak', '5.7.4', YES, 'XMLENC'),
  digestMethod(Digest.whirlpool, 'Whirlpool', 512, 'legacy', '2.1.4', no('no-implementation')),
  digestMethod(`${MORE01}gostr3411`, 'GOST R 34.11-94', 256, 'unknown', '2.1', no('gost-national')),
  digestMethod(
    `${GOST_URN}gostr34112012-256`,
    'GOST R 34.11-2012 (256 bit)',
    256,
    'unknown',
    '2.1',
    no('gost-national'),
  ),
  digestMethod(
    `${GOST_URN}gostr34112012-512`,
    'GOST R 34.11-2012 (512 bit)',
    512,
    'unknown',
    '2.1',
    no('gost-national'),
  ),
];

function signature(
  uri: string,
  name: string,
  scheme: Scheme,
  digest: string | null,
  strength: Strength,
  section: string,
  spec = 'RFC9231',
): Algorithm {
  return {
    uri,
    kind: 'signature',
    name,
    strength,
    support: YES,
    citation: { spec, section },
    digest,
    scheme,
    bits: null,
  };
}

/**
 * Contexts are part of what Ed25519ctx and the pre-hashed forms sign; RFC 9231 gives no element to carry one, so it is
 * taken as empty.
 */
function emptyContextOnly(algorithm: Algorithm): Algorithm {
  return { ...algorithm, support: { verdict: 'partial', why: 'empty-context-only' } };
}

function unsupportedSignature(uri: string, name: string, why: string, strength: Strength, section = '2.3'): Algorithm {
  return {
    uri,
    kind: 'signature',
    name,
    strength,
    support: no(why),
    citation: { spec: 'RFC9231', section },
    digest: null,
    scheme: null,
    bits: null,
  };
}

const RSA: readonly Algorithm[] = [
  signature(`${DS}rsa-sha1`, 'RSA-SHA1', 'rsa-pkcs1', Digest.sha1, 'weak', '6.4.2', 'XMLDSIG'),
  signature(`${MORE01}rsa-sha224`, 'RSA-SHA224', 'rsa-pkcs1', Digest.sha224, 'current', '6.4.2', 'XMLDSIG'),
  signature(`${MORE01}rsa-sha256`, 'RSA-SHA256', 'rsa-pkcs1', Digest.sha256, 'current', '6.4.2', 'XMLDSIG'),
  signature(`${MORE01}rsa-sha384`, 'RSA-SHA384', 'rsa-pkcs1', Digest.sha384, 'current', '6.4.2', 'XMLDSIG'),
  signature(`${MORE01}rsa-sha512`, 'RSA-SHA512', 'rsa-pkcs1', Digest.sha512, 'current', '6.4.2', 'XMLDSIG'),
  signature(`${MORE01}rsa-md5`, 'RSA-MD5', 'rsa-pkcs1', Digest.md5, 'weak', '2.3.1'),
  signature(`${MORE01}rsa-ripemd160`, 'RSA-RIPEMD160', 'rsa-pkcs1', Digest.ripemd160, 'weak', '2.3.5'),
];

const pssFixed = (name: string, digest: string, strength: Strength = 'current'): Algorithm =>
  signature(
    `${MORE07}${name}-rsa-MGF1`,
    `RSASSA-PSS with ${name.toUpperCase()} and MGF1`,
    'rsa-pss',
    digest,
    strength,
    '2.3.10',
  );

const PSS: readonly Algorithm[] = [
  signature(`${MORE07}rsa-pss`, 'RSASSA-PSS with parameters', 'rsa-pss-parameters', null, 'current', '2.3.9'),
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
  unsupportedSignature(
    `${MORE07}whirlpool-rsa-MGF1`,
    'RSASSA-PSS with WHIRLPOOL and MGF1',
    'no-implementation',
    'legacy',
    '2.3.10',
  ),
];

const EC: readonly Algorithm[] = [
  signature(`${MORE01}ecdsa-sha1`, 'ECDSA-SHA1', 'ecdsa', Digest.sha1, 'weak', '6.4.3', 'XMLDSIG'),
  signature(`${MORE01}ecdsa-sha224`, 'ECDSA-SHA224', 'ecdsa', Digest.sha224, 'current', '6.4.3', 'XMLDSIG'),
  signature(`${MORE01}ecdsa-sha256`, 'ECDSA-SHA256', 'ecdsa', Digest.sha256, 'current', '6.4.3', 'XMLDSIG'),
  signature(`${MORE01}ecdsa-sha384`, 'ECDSA-SHA384', 'ecdsa', Digest.sha384, 'current', '6.4.3', 'XMLDSIG'),
  signature(`${MORE01}ecdsa-sha512`, 'ECDSA-SHA512', 'ecdsa', Digest.sha512, 'current', '6.4.3', 'XMLDSIG'),
  signature(`${MORE07}ecdsa-ripemd160`, 'ECDSA-RIPEMD160', 'ecdsa', Digest.ripemd160, 'weak', '2.3.6'),
  signature(`${MORE21}ecdsa-sha3-224`, 'ECDSA-SHA3-224', 'ecdsa', Digest.sha3_224, 'current', '2.3.6'),
  signature(`${MORE21}ecdsa-sha3-256`, 'ECDSA-SHA3-256', 'ecdsa', Digest.sha3_256, 'current', '2.3.6'),
  signature(`${MORE21}ecdsa-sha3-384`, 'ECDSA-SHA3-384', 'ecdsa', Digest.sha3_384, 'current', '2.3.6'),
  signature(`${MORE21}ecdsa-sha3-512`, 'ECDSA-SHA3-512', 'ecdsa', Digest.sha3_512, 'current', '2.3.6'),
  unsupportedSignature(`${MORE07}ecdsa-whirlpool`, 'ECDSA-WHIRLPOOL', 'no-implementation', 'legacy', '2.3.6'),
  unsupportedSignature(
    'http://www.certicom.com/2000/11/xmlecdsig#ecdsa-sha1',
    'ECDSA-SHA1 (Certicom draft)',
    'not-in-xmldsig',
    'legacy',
    '2.3.6',
  ),
  signature(`${MORE21}eddsa-ed25519`, 'Ed25519', 'ed25519', null, 'current', '2.3.12'),
  emptyContextOnly(signature(`${MORE21}eddsa-ed25519ctx`, 'Ed25519ctx', 'ed25519ctx', null, 'current', '2.3.12')),
  emptyContextOnly(signature(`${MORE21}eddsa-ed25519ph`, 'Ed25519ph', 'ed25519ph', null, 'current', '2.3.12')),
  signature(`${MORE21}eddsa-ed448`, 'Ed448', 'ed448', null, 'current', '2.3.12'),
  emptyContextOnly(signature(`${MORE21}eddsa-ed448ph`, 'Ed448ph', 'ed448ph', null, 'current', '2.3.12')),
  signature(`${DS}dsa-sha1`, 'DSA-SHA1', 'dsa', Digest.sha1, 'weak', '6.4.1', 'XMLDSIG'),
  signature(`${DS11}dsa-sha256`, 'DSA-SHA256', 'dsa', Digest.sha256, 'legacy', '6.4.1', 'XMLDSIG'),
];

const XMLSEC_PQC = 'http://www.aleksey.com/xmlsec/2025/12/xmldsig-more#';
const NAMED_ONLY: readonly Algorithm[] = [
  unsupportedSignature(`${XMLSEC_PQC}ml-dsa-44`, 'ML-DSA-44 (xmlsec)', 'post-quantum-experimental', 'unknown'),
  unsupportedSignature(`${XMLSEC_PQC}ml-dsa-65`, 'ML-DSA-65 (xmlsec)', 'post-quantum-experimental', 'unknown'),
  unsupportedSignature(`${XMLSEC_PQC}ml-dsa-87`, 'ML-DSA-87 (xmlsec)', 'post-quantum-experimental', 'unknown'),
  unsupportedSignature(`${MORE01}gostr34102001-gostr3411`, 'GOST R 34.10-2001', 'gost-national', 'unknown'),
  unsupportedSignature(
    `${GOST_URN}gostr34102012-gostr34112012-256`,
    'GOST R 34.10-2012 (256 bit)',
    'gost-national',
    'unknown',
  ),
  unsupportedSignature(
    `${GOST_URN}gostr34102012-gostr34112012-512`,
    'GOST R 34.10-2012 (512 bit)',
    'gost-national',
    'unknown',
  ),
];

export const SIGNATURE_ALGORITHMS: readonly Algorithm[] = [...RSA, ...PSS, ...EC, ...NAMED_ONLY];

function mac(
  uri: string,
  name: string,
  digest: string,
  strength: Strength,
  section: string,
  spec = 'XMLDSIG',
): Algorithm {
  return {
    uri,
    kind: 'mac',
    name,
    strength,
    support: YES,
    citation: { spec, section },
    digest,
    scheme: 'hmac',
    bits: null,
  };
}

/** HMAC stays sound where its hash is no longer collision resistant: SHA-1 is legacy here, not weak (RFC 6194 §3.3). */
export const MAC_ALGORITHMS: readonly Algorithm[] = [
  mac(`${DS}hmac-sha1`, 'HMAC-SHA1', Digest.sha1, 'legacy', '6.3.1'),
  mac(`${MORE01}hmac-sha224`, 'HMAC-SHA224', Digest.sha224, 'current', '2.2.2', 'RFC9231'),
  mac(`${MORE01}hmac-sha256`, 'HMAC-SHA256', Digest.sha256, 'current', '6.3.2'),
  mac(`${MORE01}hmac-sha384`, 'HMAC-SHA384', Digest.sha384, 'current', '6.3.3'),
  mac(`${MORE01}hmac-sha512`, 'HMAC-SHA512', Digest.sha512, 'current', '6.3.4'),
  mac(`${MORE01}hmac-md5`, 'HMAC-MD5', Digest.md5, 'weak', '2.2.1', 'RFC9231'),
  mac(`${MORE01}hmac-ripemd160`, 'HMAC-RIPEMD160', Digest.ripemd160, 'weak', '2.2.3', 'RFC9231'),
  {
    uri: `${MORE21}poly1305`,
    kind: 'mac',
    name: 'Poly1305',
    strength: 'current',
    support: no('no-implementation'),
    citation: { spec: 'RFC9231', section: '2.2.4' },
    digest: null,
    scheme: null,
    bits: 256,
  },
  {
    uri: `${MORE21}siphash-2-4`,
    kind: 'mac',
    name: 'SipHash-2-4',
    strength: 'unknown',
    support: no('no-implementation'),
    citation: { spec: 'RFC9231', section: '2.2.5' },
    digest: null,
    scheme: null,
    bits: 128,
  },
];
