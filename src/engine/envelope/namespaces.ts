/** Namespace names and type URIs of SOAP, WS-Security and what travels in its header (SMS 1.1 Appendix, SOAP 1.1, SOAP 1.2). */

export const SOAP11 = 'http://schemas.xmlsoap.org/soap/envelope/';
export const SOAP12 = 'http://www.w3.org/2003/05/soap-envelope';
export const WSA_2005 = 'http://www.w3.org/2005/08/addressing';
export const WSA_2004 = 'http://schemas.xmlsoap.org/ws/2004/08/addressing';

export const WSSE = 'http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd';
export const WSSE11 = 'http://docs.oasis-open.org/wss/oasis-wss-wssecurity-secext-1.1.xsd';
export const WSU = 'http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-utility-1.0.xsd';
export const DS = 'http://www.w3.org/2000/09/xmldsig#';
export const DSIG11 = 'http://www.w3.org/2009/xmldsig11#';
export const XENC = 'http://www.w3.org/2001/04/xmlenc#';
export const XENC11 = 'http://www.w3.org/2009/xmlenc11#';
export const SAML1 = 'urn:oasis:names:tc:SAML:1.0:assertion';
export const SAML2 = 'urn:oasis:names:tc:SAML:2.0:assertion';
export const SAML1P = 'urn:oasis:names:tc:SAML:1.0:protocol';
export const SAML2P = 'urn:oasis:names:tc:SAML:2.0:protocol';
export const WSC_2005 = 'http://schemas.xmlsoap.org/ws/2005/02/sc';
export const WSC_2005_12 = 'http://docs.oasis-open.org/ws-sx/ws-secureconversation/200512';
export const XOP = 'http://www.w3.org/2004/08/xop/include';

export const SMS = 'http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-soap-message-security-1.0';
export const SMS11 = 'http://docs.oasis-open.org/wss/oasis-wss-soap-message-security-1.1';
export const X509_PROFILE = 'http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-x509-token-profile-1.0';
export const USERNAME_PROFILE = 'http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-username-token-profile-1.0';
export const SAML_PROFILE_10 = 'http://docs.oasis-open.org/wss/oasis-wss-saml-token-profile-1.0';
export const SAML_PROFILE_11 = 'http://docs.oasis-open.org/wss/oasis-wss-saml-token-profile-1.1';
export const KERBEROS_PROFILE = 'http://docs.oasis-open.org/wss/oasis-wss-kerberos-token-profile-1.1';

export const BASE64_BINARY = `${SMS}#Base64Binary`;

/** The drafts of WS-Security that are still met, by the namespace of their `Security` element. */
export const WSSE_DRAFTS: ReadonlyMap<string, string> = new Map([
  ['http://schemas.xmlsoap.org/ws/2002/04/secext', 'WS-Security, April 2002'],
  ['http://schemas.xmlsoap.org/ws/2002/07/secext', 'WS-Security Addendum, July 2002'],
  ['http://schemas.xmlsoap.org/ws/2002/12/secext', 'WS-Security, December 2002'],
  ['http://schemas.xmlsoap.org/ws/2003/06/secext', 'WS-Security (OASIS draft), June 2003'],
  ['http://www.docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd', 'misspelt host of WS-Security 1.0'],
]);
