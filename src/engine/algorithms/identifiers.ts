/**
 * Algorithm URIs that code asks for by name; every other is a row of the table only (XML Signature 1.1 §6, XML
 * Encryption 1.1 §5, SMS §8.3, SwA Profile §5, RFC 9231 §2).
 */
import { DS, EC, FILTER2, MORE01, MORE07, SMS, SWA_PROFILE, XENC } from '../xml/namespaces.ts';

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

/** MACs that are a default of key derivation (XML Encryption 1.1 §5.4.2, RFC 9231 §2.6.5). */
export const HMAC_SHA1 = `${DS}hmac-sha1`;
/** RFC 9231 §2.2.2. */
export const HMAC_SHA256 = `${MORE01}hmac-sha256`;

/** Canonical XML 1.0: inclusive, the default where no other is named. */
export const C14N_10 = 'http://www.w3.org/TR/2001/REC-xml-c14n-20010315';
/** The same with comments. */
export const C14N_10_COMMENTS = `${C14N_10}#WithComments`;
/** Canonical XML 1.1: xml:id is not inherited, xml:base is joined. */
export const C14N_11 = 'http://www.w3.org/2006/12/xml-c14n11';
/** The same with comments. */
export const C14N_11_COMMENTS = `${C14N_11}#WithComments`;
/** Exclusive XML Canonicalization 1.0: what is not used visibly is left out. */
export const EXCLUSIVE_C14N = EC;
/** The same with comments. */
export const EXCLUSIVE_C14N_COMMENTS = `${EC}WithComments`;

/** Takes the signature itself out of the nodes (XML Signature §6.6.4). */
export const ENVELOPED_SIGNATURE = `${DS}enveloped-signature`;
/** Decodes the text of the nodes (XML Signature §6.6.2). */
export const BASE64_TRANSFORM = `${DS}base64`;
/** Keeps the nodes for which an expression is true (XML Signature §6.6.3). */
export const XPATH_TRANSFORM = 'http://www.w3.org/TR/1999/REC-xpath-19991116';
/** Intersects, subtracts and unites subtrees (XPath Filter 2.0 §3). */
export const XPATH_FILTER2 = FILTER2;
/** A stylesheet (XML Signature §6.6.5): always refused. */
export const XSLT_TRANSFORM = 'http://www.w3.org/TR/1999/REC-xslt-19991116';
/** Puts the token in the place of its reference (SMS 1.1 §8.3). */
export const STR_TRANSFORM = `${SMS}#STR-Transform`;

/** Signature transforms of a MIME part: its content, or its canonical header too (SwA Profile 1.1 §5.3). */
export const ATTACHMENT_CONTENT = `${SWA_PROFILE}#Attachment-Content-Signature-Transform`;
/** Header and content (SwA Profile 1.1 §5.3.2). */
export const ATTACHMENT_COMPLETE = `${SWA_PROFILE}#Attachment-Complete-Signature-Transform`;
/** Takes an encrypted part's octets as they are (SwA Profile 1.1 §5.5.2). */
export const ATTACHMENT_CIPHERTEXT = `${SWA_PROFILE}#Attachment-Ciphertext-Transform`;
/** EncryptedData/@Type: the plaintext is the content, or a MIME header, a blank line and the content (§5.5). */
export const ATTACHMENT_CONTENT_ONLY = `${SWA_PROFILE}#Attachment-Content-Only`;
/** Header, blank line and content (SwA Profile 1.1 §5.5). */
export const ATTACHMENT_WITH_HEADER = `${SWA_PROFILE}#Attachment-Complete`;

/** What the Russian suites' identifiers begin with (RFC 9215); not a namespace of elements. */
export const GOST_URN = 'urn:ietf:params:xml:ns:cpxmlsec:algorithms:';
