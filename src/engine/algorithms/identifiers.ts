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
export const HMAC_SHA256 = `${MORE01}hmac-sha256`;

export const C14N_10 = 'http://www.w3.org/TR/2001/REC-xml-c14n-20010315';
export const C14N_10_COMMENTS = `${C14N_10}#WithComments`;
export const C14N_11 = 'http://www.w3.org/2006/12/xml-c14n11';
export const C14N_11_COMMENTS = `${C14N_11}#WithComments`;
export const EXCLUSIVE_C14N = EC;
export const EXCLUSIVE_C14N_COMMENTS = `${EC}WithComments`;

export const ENVELOPED_SIGNATURE = `${DS}enveloped-signature`;
export const BASE64_TRANSFORM = `${DS}base64`;
export const XPATH_TRANSFORM = 'http://www.w3.org/TR/1999/REC-xpath-19991116';
export const XPATH_FILTER2 = FILTER2;
export const XSLT_TRANSFORM = 'http://www.w3.org/TR/1999/REC-xslt-19991116';
export const STR_TRANSFORM = `${SMS}#STR-Transform`;

/** Signature transforms of a MIME part: its content, or its canonical header too (SwA Profile 1.1 §5.3). */
export const ATTACHMENT_CONTENT = `${SWA_PROFILE}#Attachment-Content-Signature-Transform`;
export const ATTACHMENT_COMPLETE = `${SWA_PROFILE}#Attachment-Complete-Signature-Transform`;
/** Takes an encrypted part's octets as they are (SwA Profile 1.1 §5.5.2). */
export const ATTACHMENT_CIPHERTEXT = `${SWA_PROFILE}#Attachment-Ciphertext-Transform`;
/** EncryptedData/@Type: the plaintext is the content, or a MIME header, a blank line and the content (§5.5). */
export const ATTACHMENT_CONTENT_ONLY = `${SWA_PROFILE}#Attachment-Content-Only`;
export const ATTACHMENT_WITH_HEADER = `${SWA_PROFILE}#Attachment-Complete`;
