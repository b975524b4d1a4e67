/** Canonicalization methods and transforms (XML Signature 1.1 §6.5 and §6.6, SMS §8.3, SwA Profile §5). */
import {
  C14N_10,
  C14N_10_COMMENTS,
  C14N_11,
  C14N_11_COMMENTS,
  EXCLUSIVE_C14N,
  EXCLUSIVE_C14N_COMMENTS,
  ENVELOPED_SIGNATURE,
  BASE64_TRANSFORM,
  XPATH_TRANSFORM,
  XPATH_FILTER2,
  STR_TRANSFORM,
  XSLT_TRANSFORM,
  ATTACHMENT_CONTENT,
  ATTACHMENT_COMPLETE,
  ATTACHMENT_CIPHERTEXT,
  ATTACHMENT_CONTENT_ONLY,
  ATTACHMENT_WITH_HEADER,
} from './identifiers.ts';
import { cite, no, ofKind, partial } from './algorithm-row.ts';
import { MORE01, XENC } from '../xml/namespaces.ts';

/** Those that we have first. */
export const CANONICALIZATION_ALGORITHMS = ofKind('canonicalization', [
  { uri: C14N_10, name: 'Canonical XML 1.0', citation: cite('C14N10', '1') },
  { uri: C14N_10_COMMENTS, name: 'Canonical XML 1.0 with comments', citation: cite('C14N10', '1') },
  { uri: C14N_11, name: 'Canonical XML 1.1', citation: cite('C14N11', '1') },
  { uri: C14N_11_COMMENTS, name: 'Canonical XML 1.1 with comments', citation: cite('C14N11', '1') },
  { uri: EXCLUSIVE_C14N, name: 'Exclusive XML Canonicalization 1.0', citation: cite('EXC-C14N', '4') },
  {
    uri: EXCLUSIVE_C14N_COMMENTS,
    name: 'Exclusive XML Canonicalization 1.0 with comments',
    citation: cite('EXC-C14N', '4'),
  },
  {
    uri: 'http://www.w3.org/2010/xml-c14n2',
    name: 'Canonical XML 2.0',
    strength: 'unknown',
    support: no('no-implementation'),
    citation: cite('C14N2', '1'),
  },
  {
    uri: `${MORE01}minimal`,
    name: 'Minimal Canonicalization',
    strength: 'unknown',
    support: no('no-implementation'),
    citation: cite('RFC9231', '2.4'),
  },
  {
    uri: 'http://santuario.apache.org/c14n/physical',
    name: 'Santuario physical serialisation',
    strength: 'unknown',
    support: no('private-to-one-stack'),
    citation: cite('XMLDSIG', '6.5'),
  },
]);

/** Transforms of a Reference, and what EncryptedData/@Type says that its plaintext is. */
export const TRANSFORM_ALGORITHMS = [
  ...ofKind('transform', [
    { uri: ENVELOPED_SIGNATURE, name: 'Enveloped signature', citation: cite('XMLDSIG', '6.6.4') },
    { uri: BASE64_TRANSFORM, name: 'Base64', citation: cite('XMLDSIG', '6.6.2') },
    { uri: XPATH_TRANSFORM, name: 'XPath filtering', citation: cite('XMLDSIG', '6.6.3') },
    { uri: XPATH_FILTER2, name: 'XPath Filter 2.0', citation: cite('XPATH-FILTER2', '2') },
    { uri: STR_TRANSFORM, name: 'STR-Transform', citation: cite('SMS', '8.3') },
    {
      uri: XSLT_TRANSFORM,
      name: 'XSLT',
      strength: 'refused',
      support: no('xslt-refused'),
      citation: cite('XMLDSIG', '6.6.5'),
    },
    {
      uri: `${MORE01}xptr`,
      name: 'XPointer',
      strength: 'unknown',
      support: no('no-implementation'),
      citation: cite('RFC9231', '2.5.1'),
    },
    {
      uri: 'http://www.w3.org/2002/07/decrypt#XML',
      name: 'Decryption transform (XML)',
      support: no('no-implementation'),
      citation: cite('XMLENC-DECRYPT', '3'),
    },
    {
      uri: 'http://www.w3.org/2002/07/decrypt#Binary',
      name: 'Decryption transform (binary)',
      support: no('no-implementation'),
      citation: cite('XMLENC-DECRYPT', '4'),
    },
    {
      uri: ATTACHMENT_CONTENT,
      name: 'Attachment content',
      support: partial('attachment-needed'),
      citation: cite('SWA', '5.3.1'),
    },
    {
      uri: ATTACHMENT_COMPLETE,
      name: 'Attachment with its MIME headers',
      support: partial('attachment-needed'),
      citation: cite('SWA', '5.3.2'),
    },
    {
      uri: ATTACHMENT_CIPHERTEXT,
      name: 'Attachment ciphertext',
      support: partial('attachment-needed'),
      citation: cite('SWA', '5.5.1'),
    },
    {
      uri: 'urn:mpeg:mpeg21:2003:01-REL-R-NS:licenseTransform',
      name: 'MPEG-21 license',
      strength: 'unknown',
      support: no('private-to-one-stack'),
      citation: cite('XMLDSIG', '6.6'),
    },
    {
      uri: 'http://schemas.openxmlformats.org/package/2006/RelationshipTransform',
      name: 'Open Packaging relationships',
      strength: 'unknown',
      support: no('private-to-one-stack'),
      citation: cite('XMLDSIG', '6.6'),
    },
  ]),
  ...ofKind('encryption-type', [
    {
      uri: ATTACHMENT_CONTENT_ONLY,
      name: 'Encrypted attachment, content only',
      support: partial('attachment-needed'),
      citation: cite('SWA', '5.5'),
    },
    {
      uri: ATTACHMENT_WITH_HEADER,
      name: 'Encrypted attachment with its MIME headers',
      support: partial('attachment-needed'),
      citation: cite('SWA', '5.5'),
    },
    { uri: `${XENC}Element`, name: 'Encrypted element', citation: cite('XMLENC', '3.1') },
    { uri: `${XENC}Content`, name: 'Encrypted content', citation: cite('XMLENC', '3.1') },
  ]),
];
