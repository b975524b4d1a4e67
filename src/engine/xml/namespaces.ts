/**
 * The namespace names that secured messages are made of, and the URIs under which the OASIS profiles name their types
 * (SMS 1.1 Appendix, SOAP 1.1, SOAP 1.2, RFC 9231 §2). Algorithms have theirs in `algorithms/identifiers.ts`.
 */

/** The prefix `xml` (Namespaces in XML 1.0 §3). */
export const XML = 'http://www.w3.org/XML/1998/namespace';
/** Of namespace declarations themselves. */
export const XMLNS = 'http://www.w3.org/2000/xmlns/';
/** XML Schema's own types (XML Schema 2 §2.3). */
export const XSD = 'http://www.w3.org/2001/XMLSchema';
/** Of xsi:type, xsi:nil and xsi:schemaLocation (XML Schema 1 §2.6). */
export const XSI = 'http://www.w3.org/2001/XMLSchema-instance';
/** Of xop:Include (XOP 1.0 §2.1). */
export const XOP = 'http://www.w3.org/2004/08/xop/include';

/** SOAP 1.1 §3. */
export const SOAP11 = 'http://schemas.xmlsoap.org/soap/envelope/';
/** SOAP 1.2 Part 1 §5. */
export const SOAP12 = 'http://www.w3.org/2003/05/soap-envelope';
/** WS-Addressing 1.0, August 2005. */
export const WSA_2005 = 'http://www.w3.org/2005/08/addressing';
/** WS-Addressing, the member submission of August 2004. */
export const WSA_2004 = 'http://schemas.xmlsoap.org/ws/2004/08/addressing';

/** Of Security, tokens and references in WS-Security 1.0, which 1.1 still uses (SMS 1.1 §4). */
export const WSSE = 'http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd';
/** Of what WS-Security 1.1 added: SignatureConfirmation, EncryptedHeader, TokenType, Salt. */
export const WSSE11 = 'http://docs.oasis-open.org/wss/oasis-wss-wssecurity-secext-1.1.xsd';
/** Of wsu:Id and Timestamp (SMS 1.1 §4). */
export const WSU = 'http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-utility-1.0.xsd';
/** WS-SecureConversation of February 2005. */
export const WSC_2005 = 'http://schemas.xmlsoap.org/ws/2005/02/sc';
/** WS-SecureConversation 1.3 and 1.4. */
export const WSC_2005_12 = 'http://docs.oasis-open.org/ws-sx/ws-secureconversation/200512';

/** XML Signature; the base of its first algorithms too. */
export const DS = 'http://www.w3.org/2000/09/xmldsig#';
/** Of what XML Signature 1.1 added: ECKeyValue, DEREncodedKeyValue, KeyInfoReference. */
export const DS11 = 'http://www.w3.org/2009/xmldsig11#';
/** RFC 4051 (2001/04), RFC 6931 (2007/05) and RFC 9231 (2021/04), each with what it added to XML Signature. */
export const MORE01 = 'http://www.w3.org/2001/04/xmldsig-more#';
/** RFC 6931: RSASSA-PSS, SHA-3 and others. */
export const MORE07 = 'http://www.w3.org/2007/05/xmldsig-more#';
/** RFC 9231: EdDSA, HKDF and others. */
export const MORE21 = 'http://www.w3.org/2021/04/xmldsig-more#';
/** XML Encryption; the base of its first algorithms too. */
export const XENC = 'http://www.w3.org/2001/04/xmlenc#';
/** Of what XML Encryption 1.1 added: GCM, mask functions, ConcatKDF, PBKDF2. */
export const XENC11 = 'http://www.w3.org/2009/xmlenc11#';
/** What the namespaces of XAdES begin with, each with its version behind (ETSI TS 101 903 §5). */
export const XADES = 'http://uri.etsi.org/01903/';
/** Of InclusiveNamespaces (Exclusive XML Canonicalization §4). */
export const EC = 'http://www.w3.org/2001/10/xml-exc-c14n#';
/** Of the elements of XPath Filter 2.0. */
export const FILTER2 = 'http://www.w3.org/2002/06/xmldsig-filter2';

/** Assertions of SAML 1.0 and 1.1. */
export const SAML1 = 'urn:oasis:names:tc:SAML:1.0:assertion';
/** Requests and responses of SAML 1.0 and 1.1. */
export const SAML1P = 'urn:oasis:names:tc:SAML:1.0:protocol';
/** Assertions of SAML 2.0. */
export const SAML2 = 'urn:oasis:names:tc:SAML:2.0:assertion';
/** Requests and responses of SAML 2.0. */
export const SAML2P = 'urn:oasis:names:tc:SAML:2.0:protocol';

/** Bases of type URIs: a type is `#` and its name behind one of these. */
export const SMS = 'http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-soap-message-security-1.0';
/** Types that WS-Security 1.1 added: ThumbprintSHA1, EncryptedKey, EncryptedKeySHA1. */
export const SMS11 = 'http://docs.oasis-open.org/wss/oasis-wss-soap-message-security-1.1';
/** X509v3, X509PKIPathv1, PKCS7, X509SubjectKeyIdentifier (X.509 Token Profile 1.1 §3). */
export const X509_PROFILE = 'http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-x509-token-profile-1.0';
/** UsernameToken, PasswordText, PasswordDigest (UsernameToken Profile 1.1 §3.1). */
export const USERNAME_PROFILE = 'http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-username-token-profile-1.0';
/** SAMLAssertionID of SAML 1.1 (SAML Token Profile 1.1 §3.4). */
export const SAML_PROFILE_10 = 'http://docs.oasis-open.org/wss/oasis-wss-saml-token-profile-1.0';
/** SAMLID and the token types of SAML 1.1 and 2.0 (SAML Token Profile 1.1 §3.4). */
export const SAML_PROFILE_11 = 'http://docs.oasis-open.org/wss/oasis-wss-saml-token-profile-1.1';
/** Tickets of Kerberos v5 (Kerberos Token Profile 1.1 §3.2). */
export const KERBEROS_PROFILE = 'http://docs.oasis-open.org/wss/oasis-wss-kerberos-token-profile-1.1';
/** Transforms and types of attachments (SwA Profile 1.1 §5). */
export const SWA_PROFILE = 'http://docs.oasis-open.org/wss/oasis-wss-SwAProfile-1.1';

/** The one encoding of binary tokens (SMS §6.3). */
export const BASE64_BINARY = `${SMS}#Base64Binary`;

/** The drafts of WS-Security that are still met, by the namespace of their `Security` element. */
export const WSSE_DRAFTS: ReadonlyMap<string, string> = new Map([
  ['http://schemas.xmlsoap.org/ws/2002/04/secext', 'WS-Security, April 2002'],
  ['http://schemas.xmlsoap.org/ws/2002/07/secext', 'WS-Security Addendum, July 2002'],
  ['http://schemas.xmlsoap.org/ws/2002/12/secext', 'WS-Security, December 2002'],
  ['http://schemas.xmlsoap.org/ws/2003/06/secext', 'WS-Security (OASIS draft), June 2003'],
  [
    'http://www.docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd',
    'misspelt host of WS-Security 1.0',
  ],
]);
