/**
 * Where a cited clause can be read: names and addresses of the specifications. Nothing here is ever fetched by the
 * program.
 */
import type { SpecCitation } from '../engine/trace/trace.ts';

interface Specification {
  readonly name: string;
  readonly url: string;
  /** Turns a section into a fragment, where the document has stable ones. */
  fragment?(section: string): string;
}

const rfc = (number: number, name: string): Specification => ({
  name: `${name} (RFC ${number})`,
  url: `https://www.rfc-editor.org/rfc/rfc${number}`,
  fragment: (section) => `#section-${section}`,
});
const wss = (file: string, name: string): Specification => ({
  name,
  url: `https://docs.oasis-open.org/wss-m/wss/v1.1.1/os/${file}`,
});

const SPECIFICATIONS: Readonly<Record<string, Specification>> = {
  XML: { name: 'XML 1.0, fifth edition', url: 'https://www.w3.org/TR/xml/' },
  XMLNS: { name: 'Namespaces in XML 1.0', url: 'https://www.w3.org/TR/xml-names/' },
  XMLDSIG: { name: 'XML Signature 1.1', url: 'https://www.w3.org/TR/xmldsig-core1/' },
  C14N10: { name: 'Canonical XML 1.0', url: 'https://www.w3.org/TR/2001/REC-xml-c14n-20010315' },
  C14N11: { name: 'Canonical XML 1.1', url: 'https://www.w3.org/TR/xml-c14n11/' },
  C14N2: { name: 'Canonical XML 2.0', url: 'https://www.w3.org/TR/xml-c14n2/' },
  'EXC-C14N': { name: 'Exclusive XML Canonicalization 1.0', url: 'https://www.w3.org/TR/xml-exc-c14n/' },
  'XPATH-FILTER2': { name: 'XML-Signature XPath Filter 2.0', url: 'https://www.w3.org/TR/xmldsig-filter2/' },
  XPATH: { name: 'XPath 1.0', url: 'https://www.w3.org/TR/1999/REC-xpath-19991116/' },
  XMLENC: { name: 'XML Encryption 1.1', url: 'https://www.w3.org/TR/xmlenc-core1/' },
  'XMLENC-DECRYPT': { name: 'Decryption Transform for XML Signature', url: 'https://www.w3.org/TR/xmlenc-decrypt' },
  XPTR: { name: 'XPointer Framework', url: 'https://www.w3.org/TR/xptr-framework/' },
  XADES: {
    name: 'XAdES (ETSI TS 101 903)',
    url: 'https://www.etsi.org/deliver/etsi_ts/101900_101999/101903/01.04.02_60/ts_101903v010402p.pdf',
  },
  SMS: wss('wss-SOAPMessageSecurity-v1.1.1-os.html', 'WS-Security: SOAP Message Security 1.1.1'),
  UTP: wss('wss-UsernameTokenProfile-v1.1.1-os.html', 'WS-Security: Username Token Profile 1.1.1'),
  XTP: wss('wss-x509TokenProfile-v1.1.1-os.html', 'WS-Security: X.509 Certificate Token Profile 1.1.1'),
  STP: wss('wss-SAMLTokenProfile-v1.1.1-os.html', 'WS-Security: SAML Token Profile 1.1.1'),
  KTP: wss('wss-KerberosTokenProfile-v1.1.1-os.html', 'WS-Security: Kerberos Token Profile 1.1.1'),
  SWA: wss('wss-SwAProfile-v1.1.1-os.html', 'WS-Security: SOAP with Attachments Profile 1.1.1'),
  BSP: {
    name: 'WS-I Basic Security Profile 1.1',
    url: 'http://www.ws-i.org/Profiles/BasicSecurityProfile-1.1.html',
    fragment: (section) => `#${section}`,
  },
  WSSC: {
    name: 'WS-SecureConversation 1.4',
    url: 'https://docs.oasis-open.org/ws-sx/ws-secureconversation/v1.4/ws-secureconversation.html',
  },
  SAML11: { name: 'SAML 1.1 Core', url: 'https://docs.oasis-open.org/security/saml/v1.1/' },
  SAML2: { name: 'SAML 2.0 Core', url: 'https://docs.oasis-open.org/security/saml/v2.0/saml-core-2.0-os.pdf' },
  SOAP11: { name: 'SOAP 1.1', url: 'https://www.w3.org/TR/2000/NOTE-SOAP-20000508/' },
  SOAP12: { name: 'SOAP 1.2 Part 1', url: 'https://www.w3.org/TR/soap12-part1/' },
  WSA: { name: 'WS-Addressing 1.0 SOAP Binding', url: 'https://www.w3.org/TR/ws-addr-soap/' },
  RFC5280: rfc(5280, 'Internet X.509 Certificate and CRL Profile'),
  RFC4514: rfc(4514, 'String Representation of Distinguished Names'),
  RFC9231: rfc(9231, 'Additional XML Security URIs'),
  RFC8017: rfc(8017, 'PKCS #1'),
  RFC7517: rfc(7517, 'JSON Web Key'),
  RFC4648: rfc(4648, 'Base64'),
};

/** `XML Signature 1.1 §3.2.2`; the short name itself where the specification is not listed. */
export function citationText(citation: SpecCitation): string {
  const name = SPECIFICATIONS[citation.spec]?.name ?? citation.spec;
  return citation.section === '' ? name : `${name} §${citation.section}`;
}

/** The address of the clause, or null. */
export function citationUrl(citation: SpecCitation): string | null {
  const specification = SPECIFICATIONS[citation.spec];
  if (specification === undefined) return null;
  return specification.fragment === undefined
    ? specification.url
    : `${specification.url}${specification.fragment(citation.section)}`;
}
