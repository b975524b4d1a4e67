/** Words for certificates and their paths to trust anchors. */
import type { CertificateFindings } from '../../engine/trace/finding-data/certificates.ts';
import { said, type FindingCatalogue } from './catalogue.ts';

const subject = (data: { readonly subject?: string | null }): string => said(data.subject, 'the certificate');

const isEarly = (data: CertificateFindings['cert-expired-or-not-yet']): boolean =>
  said(data.at) !== '' && said(data.at) < said(data.notBefore);

/** What was checked under `cert-usage-or-policy`, in words. */
const USAGE: Readonly<Record<string, (data: CertificateFindings['cert-usage-or-policy']) => string>> = {
  authority: (data) =>
    `${subject(data)} issued another certificate of the path but is not an authority: its basic constraints are ` +
    `${said(data.basicConstraints, 'absent')}. Its key must not issue certificates; the end certificate must ` +
    'come from a real authority.',
  'key-usage': (data) =>
    `${subject(data)} issued another certificate of the path, but its key usage is ` +
    `${said(data.keyUsage, 'empty')} and lacks keyCertSign. The authority must issue from a certificate that ` +
    'allows it.',
  'path-length': (data) =>
    `${subject(data)} stands below an authority whose path length leaves no room for another authority. The ` +
    'upper authority must be issued again with a larger path length, or the end certificate by an authority ' +
    'higher up.',
  policy: (data) =>
    `An authority above ${subject(data)} ` +
    `${said(data.reason) === 'any-policy-mapped' ? 'maps the policy “any”, which RFC 5280 forbids' : 'demands a certificate policy, and the path has none that holds from top to bottom'}. ` +
    `The certificate must be issued under one of the authority's policies.`,
  'critical-extensions': (data) =>
    `${subject(data)} has ` +
    `${said(data.repeated) === '' ? `critical extensions that are not processed here: ${said(data.unknown)}` : `an extension twice: ${said(data.repeated)}`}. ` +
    'RFC 5280 says to refuse such a certificate.',
};

/** By code, each with the data that its code carries. */
export const CERTIFICATE_FINDINGS: FindingCatalogue<CertificateFindings> = {
  'cert-expired-or-not-yet': {
    title: (data) => (isEarly(data) ? 'A certificate is not valid yet' : 'A certificate has expired'),
    message: (data) =>
      `${subject(data)} is valid from ${said(data.notBefore, 'an unknown time')} to ` +
      `${said(data.notAfter, 'an unknown time')}; the message is judged as of ` +
      `${said(data.at, 'another time')}. Its owner must renew it, or the time must be set to that of the ` +
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
      data.subject === null && data.key !== undefined
        ? 'No certificate leads from the signing key to one that you trust, and the key itself is not trusted. ' +
          'The signature shows only that whoever holds this key signed. Trust the key, or ask the sender for its ' +
          'certificate.'
        : `The path from ${subject(data)} ends at the issuer ${said(data.issuer, 'of its key')}, ` +
          `whose certificate is neither in the message nor among those you trust. Add it, or ` +
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
      `${said(data.date, 'an unknown time')}${said(data.reason, 'unspecified') === 'unspecified' ? '' : ` (${said(data.reason)})`}. ` +
      'Its owner must get a new one and a new key.',
  },
  'cert-revocation-unproven': {
    title: () => 'Whether a certificate is revoked is not known',
    message: (data) =>
      `No revocation list shows that ${subject(data)} is ` +
      `good${said(data.reason) === '' ? '' : ` (${said(data.reason)})`}. Supply a current list of its ` +
      'issuer.',
  },
  'cert-usage-or-policy': {
    title: (data) =>
      said(data.usage) === ''
        ? 'A certificate is used for what it does not allow'
        : 'The signing certificate does not allow signing',
    message: (data) =>
      USAGE[said(data.check)]?.(data) ??
      `The key usage of ${subject(data)} has neither digitalSignature nor nonRepudiation. Many receivers take ` +
        'it anyway, some do not. The sender should sign with a certificate made for signing.',
  },
  'cert-name-constraint': {
    title: () => 'A certificate has a name that its authority may not certify',
    message: (data) =>
      `A name of ${subject(data)} (${said(data.type, 'its subject')}) is ` +
      `${said(data.how) === 'excluded' ? 'excluded by' : said(data.how) === 'not-judged' ? 'of a kind that cannot be compared with' : 'outside'} ` +
      'the name constraints of an authority above it. The certificate must come from another authority.',
  },
  'cert-signature-wrong': {
    title: () => 'A certificate contradicts itself about its signature',
    message: (data) =>
      `${subject(data)} names one signature algorithm inside its signed part and another outside. Its issuer ` +
      'must issue it again.',
  },
};
