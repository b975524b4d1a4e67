/**
 * Namespace names and type URIs of SOAP, WS-Security and what travels in its header (SMS 1.1 Appendix, SOAP 1.1, SOAP
 * 1.2).
 */
import { NS } from '../xml/namespaces.ts';

export const SOAP11 = NS.soap11;
export const SOAP12 = NS.soap12;
export const WSA_2005 = NS.wsa;
export const WSA_2004 = NS.wsa04;
export const WSSE = NS.wsse;
export const WSSE11 = NS.wsse11;
export const WSU = NS.wsu;
export const DS = NS.ds;
export const DSIG11 = NS.ds11;
export const XENC = NS.xenc;
export const XENC11 = NS.xenc11;
export const SAML1 = NS.saml1;
export const SAML2 = NS.saml2;
export const SAML1P = NS.samlp1;
export const SAML2P = NS.samlp2;
export const WSC_2005 = NS.wsc05;
export const WSC_2005_12 = NS.wsc13;
export const XOP = NS.xop;

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
  [
    'http://www.docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd',
    'misspelt host of WS-Security 1.0',
  ],
]);
