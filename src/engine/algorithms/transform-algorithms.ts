/** Canonicalization methods and transforms (XML Signature 1.1 §6.5 and §6.6, SMS §8.3, SwA Profile §5). */
import type { Algorithm, AlgorithmKind, Strength, Support } from './algorithm.ts';
import { DS, MORE01, SMS, SWA_PROFILE } from '../xml/namespaces.ts';

const YES: Support = { verdict: 'yes', why: null };

function entry(
  kind: AlgorithmKind,
  uri: string,
  name: string,
  spec: string,
  section: string,
  support = YES,
  strength: Strength = 'current',
): Algorithm {
  return { uri, kind, name, strength, support, citation: { spec, section }, digest: null, scheme: null, bits: null };
}
const no = (why: string): Support => ({ verdict: 'no', why });

export const CANONICALIZATION_ALGORITHMS: readonly Algorithm[] = [
  entry('canonicalization', 'http://www.w3.org/TR/2001/REC-xml-c14n-20010315', 'Canonical XML 1.0', 'C14N10', '1'),
  entry(
    'canonicalization',
    'http://www.w3.org/TR/2001/REC-xml-c14n-20010315#WithComments',
    'Canonical XML 1.0 with comments',
    'C14N10',
    '1',
  ),
  entry('canonicalization', 'http://www.w3.org/2006/12/xml-c14n11', 'Canonical XML 1.1', 'C14N11', '1'),
  entry(
    'canonicalization',
    'http://www.w3.org/2006/12/xml-c14n11#WithComments',
    'Canonical XML 1.1 with comments',
    'C14N11',
    '1',
  ),
  entry(
    'canonicalization',
    'http://www.w3.org/2001/10/xml-exc-c14n#',
    'Exclusive XML Canonicalization 1.0',
    'EXC-C14N',
    '4',
  ),
  entry(
    'canonicalization',
    'http://www.w3.org/2001/10/xml-exc-c14n#WithComments',
    'Exclusive XML Canonicalization 1.0 with comments',
    'EXC-C14N',
    '4',
  ),
  entry(
    'canonicalization',
    'http://www.w3.org/2010/xml-c14n2',
    'Canonical XML 2.0',
    'C14N2',
    '1',
    no('no-implementation'),
    'unknown',
  ),
  entry(
    'canonicalization',
    `${MORE01}minimal`,
    'Minimal Canonicalization',
    'RFC9231',
    '2.4',
    no('no-implementation'),
    'unknown',
  ),
  entry(
    'canonicalization',
    'http://santuario.apache.org/c14n/physical',
    'Santuario physical serialisation',
    'XMLDSIG',
    '6.5',
    no('private-to-one-stack'),
    'unknown',
  ),
];

export const TRANSFORM_ALGORITHMS: readonly Algorithm[] = [
  entry('transform', `${DS}enveloped-signature`, 'Enveloped signature', 'XMLDSIG', '6.6.4'),
  entry('transform', `${DS}base64`, 'Base64', 'XMLDSIG', '6.6.2'),
  entry('transform', 'http://www.w3.org/TR/1999/REC-xpath-19991116', 'XPath filtering', 'XMLDSIG', '6.6.3'),
  entry('transform', 'http://www.w3.org/2002/06/xmldsig-filter2', 'XPath Filter 2.0', 'XPATH-FILTER2', '2'),
  entry('transform', `${SMS}#STR-Transform`, 'STR-Transform', 'SMS', '8.3'),
  entry(
    'transform',
    'http://www.w3.org/TR/1999/REC-xslt-19991116',
    'XSLT',
    'XMLDSIG',
    '6.6.5',
    no('xslt-refused'),
    'refused',
  ),
  entry('transform', `${MORE01}xptr`, 'XPointer', 'RFC9231', '2.5.1', no('no-implementation'), 'unknown'),
  entry(
    'transform',
    'http://www.w3.org/2002/07/decrypt#XML',
    'Decryption transform (XML)',
    'XMLENC-DECRYPT',
    '3',
    no('no-implementation'),
  ),
  entry(
    'transform',
    'http://www.w3.org/2002/07/decrypt#Binary',
    'Decryption transform (binary)',
    'XMLENC-DECRYPT',
    '4',
    no('no-implementation'),
  ),
  entry('transform', `${SWA_PROFILE}#Attachment-Content-Signature-Transform`, 'Attachment content', 'SWA', '5.3.1', {
    verdict: 'partial',
    why: 'attachment-needed',
  }),
  entry(
    'transform',
    `${SWA_PROFILE}#Attachment-Complete-Signature-Transform`,
    'Attachment with its MIME headers',
    'SWA',
    '5.3.2',
    { verdict: 'partial', why: 'attachment-needed' },
  ),
  entry('transform', `${SWA_PROFILE}#Attachment-Ciphertext-Transform`, 'Attachment ciphertext', 'SWA', '5.5.1', {
    verdict: 'partial',
    why: 'attachment-needed',
  }),
  entry(
    'transform',
    'urn:mpeg:mpeg21:2003:01-REL-R-NS:licenseTransform',
    'MPEG-21 license',
    'XMLDSIG',
    '6.6',
    no('private-to-one-stack'),
    'unknown',
  ),
  entry(
    'transform',
    'http://schemas.openxmlformats.org/package/2006/RelationshipTransform',
    'Open Packaging relationships',
    'XMLDSIG',
    '6.6',
    no('private-to-one-stack'),
    'unknown',
  ),
  entry(
    'encryption-type',
    `${SWA_PROFILE}#Attachment-Content-Only`,
    'Encrypted attachment, content only',
    'SWA',
    '5.5',
    {
      verdict: 'partial',
      why: 'attachment-needed',
    },
  ),
  entry(
    'encryption-type',
    `${SWA_PROFILE}#Attachment-Complete`,
    'Encrypted attachment with its MIME headers',
    'SWA',
    '5.5',
    {
      verdict: 'partial',
      why: 'attachment-needed',
    },
  ),
  entry('encryption-type', 'http://www.w3.org/2001/04/xmlenc#Element', 'Encrypted element', 'XMLENC', '3.1'),
  entry('encryption-type', 'http://www.w3.org/2001/04/xmlenc#Content', 'Encrypted content', 'XMLENC', '3.1'),
];
