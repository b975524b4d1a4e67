/** Words for certificates, paths to trust anchors, and key files. */
import type { Data } from '../../engine/trace/trace.ts';
import type { FindingCatalogue } from './catalogue.ts';

const text = (data: Data, name: string, otherwise = ''): string => {
  const value = data[name];
  if (value === undefined || value === null || value === '') return otherwise;
  return Array.isArray(value) ? value.join(', ') || otherwise : String(value);
};
const subject = (data: Data): string => text(data, 'subject', 'the certificate');
const alias = (data: Data): string => (text(data, 'alias') === '' ? 'The file' : `“${text(data, 'alias')}”`);

const isEarly = (data: Data): boolean => text(data, 'at') !== '' && text(data, 'at') < text(data, 'notBefore');

/** What was checked under `cert-usage-or-policy`, in words. */
const USAGE: Readonly<Record<string, (data: Data) => string>> = {
  authority: (data) =>
    `${subject(data)} issued another certificate of the path but is no authority: its basic constraints are ` +
    `${text(data, 'basicConstraints', 'absent')}. Its key must not issue certificates; the end certificate must ` +
    'come from a real authority.',
  'key-usage': (data) =>
    `${subject(data)} issued another certificate of the path, but its key usage is ` +
    `${text(data, 'keyUsage', 'empty')} and lacks keyCertSign. The authority must issue from a certificate that ` +
    'allows it.',
  'path-length': (data) =>
    `${subject(data)} stands below an authority whose path length leaves no room for another authority. The ` +
    'upper authority must be issued anew with a larger path length, or the end certificate by an authority ' +
    'higher up.',
  policy: (data) =>
    `An authority above ${subject(data)} ` +
    `${text(data, 'reason') === 'any-policy-mapped' ? 'maps the policy “any”, which RFC 5280 forbids' : 'demands a certificate policy, and the path has none that holds from top to bottom'}. ` +
    `The certificate must be issued under one of the authority's policies.`,
  'critical-extensions': (data) =>
    `${subject(data)} has ` +
    `${text(data, 'repeated') === '' ? `critical extensions that are not processed here: ${text(data, 'unknown')}` : `an extension twice: ${text(data, 'repeated')}`}. ` +
    'RFC 5280 says to refuse such a certificate.',
};

export const KEYS_FINDINGS: FindingCatalogue = {
  'cert-expired-or-not-yet': {
    title: (data) => (isEarly(data) ? 'A certificate is not valid yet' : 'A certificate has expired'),
    message: (data) =>
      `${subject(data)} is valid from ${text(data, 'notBefore', 'an unknown time')} to ` +
      `${text(data, 'notAfter', 'an unknown time')}; the message is judged as of ` +
      `${text(data, 'at', 'another time')}. Its owner must renew it, or the time must be set to that of the ` +
      'message.',
    explain:
      'The dates of the trusted certificate itself are checked too, as OpenSSL does and Java does not. A ' +
      'message from an archive is judged right with the clock set to the time it was made.',
    fixes: {
      owner: 'Renew the certificate and send the new one to the partners.',
      receiver: 'Check that the clock is right; for an old message, judge as of its own time.',
    },
  },
  'trust-anchor-missing': {
    title: () => 'The signer leads to no anchor that you trust',
    message: (data) =>
      data['subject'] === null && data['key'] !== undefined
        ? 'No certificate leads from the signing key to one that you trust, and the key itself is not trusted. ' +
          'The signature shows only that whoever holds this key signed. Trust the key, or ask the sender for its ' +
          'certificate.'
        : `The path from ${subject(data)} ends where the issuer ${text(data, 'issuer', 'of its key')} is wanted, ` +
          `and no certificate that you trust or that came along is that issuer. Add the issuer's certificate, or ` +
          'trust it; the sender can also send its whole chain.',
    fixes: {
      WSS4J: 'Add the issuer to the truststore that the receiver names.',
      '.NET': 'Put the issuer in Trusted Root, or the certificate itself in TrustedPeople with PeerTrust.',
      phase4: 'Use the truststore of the right network: test and production have different authorities.',
    },
  },
  'cert-revoked': {
    title: () => 'A certificate is revoked',
    message: (data) =>
      `A revocation list of its issuer names ${subject(data)} as revoked since ` +
      `${text(data, 'date', 'an unknown time')}${text(data, 'reason', 'unspecified') === 'unspecified' ? '' : ` (${text(data, 'reason')})`}. ` +
      'Its owner must get a new one and a new key.',
  },
  'cert-revocation-unproven': {
    title: () => 'Whether a certificate is revoked is not known',
    message: (data) =>
      `No revocation list shows that ${subject(data)} is ` +
      `good${text(data, 'reason') === '' ? '' : ` (${text(data, 'reason')})`}. Supply a current list of its ` +
      'issuer.',
  },
  'cert-usage-or-policy': {
    title: (data) =>
      text(data, 'usage') === ''
        ? 'A certificate is used for what it does not allow'
        : 'The signing certificate does not allow signing',
    message: (data) =>
      USAGE[text(data, 'check')]?.(data) ??
      `The key usage of ${subject(data)} has neither digitalSignature nor nonRepudiation. Many receivers take ` +
        'it all the same, some do not. The sender should sign with a certificate made for signing.',
  },
  'cert-name-constraint': {
    title: () => 'A certificate has a name that its authority may not certify',
    message: (data) =>
      `A name of ${subject(data)} (${text(data, 'type', 'its subject')}) is ` +
      `${text(data, 'how') === 'excluded' ? 'excluded by' : text(data, 'how') === 'not-judged' ? 'of a kind that cannot be compared with' : 'outside'} ` +
      'the name constraints of an authority above it. The certificate must come from another authority.',
  },
  'cert-signature-wrong': {
    title: () => 'A certificate contradicts itself about its signature',
    message: (data) =>
      `${subject(data)} names one signature algorithm inside its signed part and another outside. Its issuer ` +
      'must issue it anew.',
  },
  'key-password-needed': {
    title: () => 'A password is needed',
    message: (data) =>
      `${alias(data)} is encrypted (${text(data, 'what', 'private key')}) and no password was given. ` +
      'Certificates that need none were read.',
  },
  'key-password-wrong': {
    title: () => 'The password is wrong',
    message: (data) =>
      `${alias(data)} does not open with the password given. A store and a key in it may have different ` +
      'passwords: give both.',
    fixes: { Java: 'keytool -list checks the store password; the key password is asked for by keytool -keypasswd.' },
  },
  'key-file-damaged': {
    title: () => 'The key file is damaged',
    message: (data) =>
      `${alias(data)} cannot be read at ${text(data, 'what', 'some place')}. Where the content opens but its ` +
      'checksum does not fit, the file was changed after it was made. Export it again, and transfer it as ' +
      'binary.',
  },
  'key-cipher-unknown': {
    title: () => 'The key file uses a cipher that is not had here',
    message: (data) =>
      `${alias(data)} is encrypted with ${text(data, 'what', 'an unknown algorithm')}. Convert it with openssl ` +
      'or keytool to PKCS#12 with AES.',
  },
  'key-format-unknown': {
    title: () => 'This is no key file that is known here',
    message: (data) =>
      `${alias(data)} is none of PEM, DER, PKCS#8, PKCS#12, JKS, JCEKS, JWK, PKCS#7, PKIPath or an xmlsec keys ` +
      `file (${text(data, 'what', 'unknown octets')}). A raw symmetric key must be given as a secret.`,
  },
  'key-algorithm-unknown': {
    title: () => 'The key is of an algorithm that is not had here',
    message: (data) => `${alias(data)} holds a key of algorithm ${text(data, 'what', 'unknown')}.`,
  },
  'key-limit': {
    title: () => 'Reading the key file would take too long',
    message: (data) =>
      `The file passes the bound ${text(data, 'bound', 'iterations')} of ${text(data, 'limit', 'this run')}. ` +
      'Its password derivation has very many rounds; export it with fewer.',
  },
};
