/**
 * Namespace prefixes of algorithm URIs and the digest URIs that other tables build on (RFC 9231 §2, XML Encryption 1.1
 * §1.3).
 */

export const DS = 'http://www.w3.org/2000/09/xmldsig#';
export const DS11 = 'http://www.w3.org/2009/xmldsig11#';
export const MORE01 = 'http://www.w3.org/2001/04/xmldsig-more#';
export const MORE07 = 'http://www.w3.org/2007/05/xmldsig-more#';
export const MORE21 = 'http://www.w3.org/2021/04/xmldsig-more#';
export const XENC = 'http://www.w3.org/2001/04/xmlenc#';
export const XENC11 = 'http://www.w3.org/2009/xmlenc11#';
export const SMS10 = 'http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-soap-message-security-1.0#';
export const SWA11 = 'http://docs.oasis-open.org/wss/oasis-wss-SwAProfile-1.1#';
export const GOST_URN = 'urn:ietf:params:xml:ns:cpxmlsec:algorithms:';

/** Digest method URIs. The namespaces differ by algorithm, which is where many peers go wrong. */
export const Digest = {
  md5: `${MORE01}md5`,
  sha1: `${DS}sha1`,
  sha224: `${MORE01}sha224`,
  sha256: `${XENC}sha256`,
  sha384: `${MORE01}sha384`,
  sha512: `${XENC}sha512`,
  sha3_224: `${MORE07}sha3-224`,
  sha3_256: `${MORE07}sha3-256`,
  sha3_384: `${MORE07}sha3-384`,
  sha3_512: `${MORE07}sha3-512`,
  ripemd160: `${XENC}ripemd160`,
  whirlpool: `${MORE07}whirlpool`,
} as const;
