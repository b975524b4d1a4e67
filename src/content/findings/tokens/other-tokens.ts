/** Words for BinarySecurityTokens, assertions, derived keys and SignatureConfirmation. */
import type { TokenFindings } from '../../../engine/trace/finding-data/tokens.ts';
import { fixedWords, said, type FindingCatalogue } from '../catalogue.ts';
import { duration } from '../duration.ts';

/** By code, each with the data that its code carries. */
export const OTHER_TOKEN_FINDINGS = {
  'bst-content-malformed': {
    title: (data) =>
      said(data.reason) === 'encoding-type-says-hex'
        ? 'The token says hexadecimal, its content is base64'
        : 'The BinarySecurityToken does not hold what it says',
    message: (data) => {
      const reason = said(data.reason);
      if (reason === 'encoding-type-says-hex') {
        return (
          'The content decodes as base64. A receiver that follows EncodingType reads other octets; the sender ' +
          'must write …#Base64Binary.'
        );
      }
      if (reason === 'not-base64') {
        return 'Its text is not base64. The sender wrote something else, or the token was damaged on the way.';
      }
      if (reason === 'pem-armour') {
        return 'The lines BEGIN and END CERTIFICATE were left in. The sender must send the base64 between them only.';
      }
      if (reason === 'empty') return 'It is empty.';
      if (reason === 'value-type-differs') {
        return (
          `ValueType says ${said(data.stated)}, the octets are ${said(data.actual)}. The sender must write ` +
          'the ValueType of what it sends.'
        );
      }
      if (reason === 'no-certificate') return 'Its octets are well-formed but hold no certificate.';
      return (
        'Its octets are not a certificate: ' +
        `${said(data.what, reason).replaceAll('-', ' ')}${data.offset === undefined ? '' : ` at octet ${said(data.offset)}`}. ` +
        'Usually the content was cut off or changed.'
      );
    },
    fixes: {
      WSS4J: '`useSingleCertificate=false` sends a PKIPath; both sides must expect it.',
      'Any sender': 'Take the DER of the certificate, base64, nothing else.',
    },
  },
  R3029: fixedWords(
    'The BinarySecurityToken has no EncodingType',
    'Basic Security Profile R3029 asks for it; …#Base64Binary is the only value.',
  ),
  R3030: {
    title: () => 'The BinarySecurityToken has an unknown EncodingType',
    message: (data) => `"${said(data.encodingType)}" is not …#Base64Binary (Basic Security Profile R3030).`,
  },
  R3031: fixedWords(
    'The BinarySecurityToken has no ValueType',
    'Basic Security Profile R3031 asks for it. Without it a receiver must guess what the octets are.',
  ),
  R3032: {
    title: () => 'A ValueType of no known profile',
    message: (data) =>
      `"${said(data.valueType)}" is not a type that a token profile defines. ` +
      (data.certificates > 0
        ? 'The octets hold a certificate, so it is read here as one; a receiver goes by the ValueType and refuses ' +
          'the token. The sender must write …x509-token-profile-1.0#X509v3.'
        : 'It is shown, not judged.'),
  },
  'saml-conditions-expired': {
    title: (data) =>
      said(data.reason) === 'over'
        ? `The assertion expired ${duration(data.lateSeconds)} ago`
        : `The assertion is not valid for another ${duration(data.earlySeconds)}`,
    message: (data) =>
      said(data.reason) === 'over'
        ? `NotOnOrAfter of its ${said(data.of)} is ${said(data.notOnOrAfter)}; it is judged as of ` +
          `${said(data.at)}. The client must ask its token service for a new one.`
        : `NotBefore of its ${said(data.of)} is ${said(data.notBefore)}; it is judged as of ` +
          `${said(data.at)}. The issuer's clock is ahead of the receiver's.`,
  },
  'saml-id-missing': {
    title: () => 'The assertion has no id',
    message: (data) => `The attribute ${said(data.attribute)} is missing, so that no signature can point to it.`,
  },
  'derived-key-malformed': {
    title: () => 'The derived key is described wrongly',
    message: (data) =>
      `${said(data.element)} is missing, is not a number, gives fewer than ten octets, or stands where another ` +
      'excludes it. No key can be derived.',
  },
  'derived-key-algorithm-unknown': {
    title: () => 'An unknown way of deriving a key',
    message: (data) => `"${said(data.algorithm)}" is not P_SHA-1, the only one that WS-SecureConversation defines.`,
  },
  'signature-confirmation-mismatch': {
    title: () => 'The answer does not confirm this request',
    message: (data) =>
      said(data.reason) === 'not-confirmed'
        ? `The request's signature value ${said(data.value)} is not confirmed by the response.`
        : said(data.reason) === 'value-missing'
          ? 'The confirmation has no Value, though the request was signed.'
          : `The value ${said(data.value)} is of no signature of the request: the response answers another ` +
            'message, or the request was changed on the way.',
  },
} satisfies Partial<FindingCatalogue<TokenFindings>>;
