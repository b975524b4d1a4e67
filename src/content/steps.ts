/** Words for the steps of a trace: what each kind is, and one line that says what this one did. */
import { algorithmByUri } from '../engine/algorithms/algorithm-table.ts';
import type { Data, Step, StepKind, StepStatus } from '../engine/trace/trace.ts';

export interface StepWords {
  /** The kind's own name. */
  readonly name: string;
  /** One line about this step, from its data. */
  line(data: Data): string;
  /** A sentence on what such a step does, for those who learn. */
  readonly explain: string;
}

function text(value: Data[string] | undefined, otherwise = ''): string {
  if (value === undefined || value === null) return otherwise;
  return Array.isArray(value) ? value.join(', ') : String(value);
}

/** The name people use for an algorithm URI; the URI where it is not known. */
export function algorithmName(uri: Data[string] | undefined): string {
  const value = text(uri);
  return algorithmByUri(value)?.name ?? (value === '' ? 'no algorithm' : value);
}

function reference(uri: Data[string] | undefined): string {
  if (uri === undefined || uri === null) return 'without URI';
  return text(uri) === '' ? 'the whole document' : text(uri);
}

/** How a key was found, in words. */
const KEY_WAYS: Readonly<Record<string, string>> = {
  'bst-direct': 'direct reference to a BinarySecurityToken',
  embedded: 'a token embedded in the reference',
  ski: 'by its subject key identifier',
  thumbprint: 'by the thumbprint of its certificate',
  'issuer-serial': 'by issuer and serial number',
  'subject-name': 'by the subject of its certificate',
  'x509-certificate': 'the certificate in X509Data',
  'x509-keyid': 'a key identifier that holds the whole certificate',
  'x509-ski': 'by the subject key identifier in X509Data',
  'key-value': 'the public key in KeyValue',
  'key-name': 'by its name',
  'only-key': 'the only key given that fits',
  given: 'one of the keys given',
  'encrypted-key': 'the key in an EncryptedKey',
  'encrypted-key-sha1': 'by the SHA-1 of its EncryptedKey',
  'derived-key': 'derived by a DerivedKeyToken',
  derived: 'derived from another key',
  'username-token': 'derived from the password of a UsernameToken',
  'security-context': 'the secret of a security context',
  'saml-id': 'the key of a SAML assertion',
  kerberos: 'the session key of a Kerberos ticket',
  agreement: 'by key agreement',
  sibling: 'an EncryptedKey beside it',
  'reference-list': 'the EncryptedKey that lists it',
  'carried-key-name': 'an EncryptedKey by the name it carries',
};

/** `direct reference to a BinarySecurityToken, CN=…`; a way without words is told by its own name, with spaces. */
function keyFound(data: Data): string {
  const how = text(data['how'] ?? data['form']);
  if (how === '') {
    return text(data['taken']) === '0' || data['taken'] === undefined ? 'not found' : 'from the key information';
  }
  const subject = text(data['subject']);
  return `${KEY_WAYS[how] ?? how.replaceAll('-', ' ')}${subject === '' ? '' : `, ${subject}`}`;
}

function interval(data: Data): string {
  const [created, expires] = [text(data['created']), text(data['expires'])];
  return created === '' && expires === ''
    ? ''
    : expires === '' && data['expires'] === undefined
      ? created
      : `${created === '' ? 'no Created' : created} to ${expires === '' ? 'no Expires' : expires}`;
}

const octets = (value: Data[string] | undefined): string =>
  value === undefined || value === null ? '' : `, ${text(value)} octets`;

const plain = (name: string, explain: string): StepWords => ({ name, line: () => name, explain });

/** In which order sender or receiver worked (SMS §9.4). */
const ORDERS: Readonly<Record<string, string>> = {
  'sign-then-encrypt': 'the sender signed, then encrypted',
  'encrypt-then-sign': 'the sender encrypted, then signed',
  both: 'signed over plaintext and ciphertext',
  'decrypt-first': 'other than the header says: the signature is over the plaintext',
  'verify-first': 'other than the header says: the signature is over the ciphertext',
};

export const STEPS: Readonly<Record<StepKind, StepWords>> = {
  decode: {
    name: 'Decode',
    explain: 'Takes wrappings such as HTTP or MIME off, and finds out in which encoding the octets are.',
    line: (data) =>
      `Decode: ${text(data['encoding'], 'unknown encoding')}${data['bom'] === true ? ' with BOM' : ''}, ` +
      `${text(data['size'], '0')} ` +
      `octets${text(data['wrappings']) === '' ? '' : `, unwrapped from ${text(data['wrappings'])}`}`,
  },
  parse: {
    name: 'Parse',
    explain: 'Reads the octets as XML, strictly, keeping the place of everything.',
    line: (data) => `Parse: ${text(data['elements'], '0')} nodes, ${text(data['attributes'], '0')} attributes`,
  },
  'locate-headers': {
    name: 'Find the Security headers',
    explain: 'Looks for wsse:Security among the SOAP header blocks and picks the one addressed to this receiver.',
    line: (data) =>
      data['envelope'] === null
        ? 'No SOAP envelope: the whole document is judged'
        : `SOAP ${text(data['envelope'])}: ${text(data['headers'], '0')} Security ` +
          `header${data['headers'] === 1 ? '' : 's'}`,
  },
  header: {
    name: 'Security header',
    explain: 'Processes the children of one wsse:Security header in document order.',
    line: (data) =>
      data['confirmations'] === true
        ? 'Confirmations: what only judged signatures can say'
        : `Security header for ${text(data['actor'], 'the ultimate receiver')}`,
  },
  'index-ids': {
    name: 'Index the Ids',
    explain: 'Makes one table of every attribute that can be an Id, so that a reference can mean one element only.',
    line: (data) =>
      text(data['duplicates'], '0') === '0'
        ? 'Ids: each stands once'
        : `Ids: ${text(data['duplicates'])} stand more than once`,
  },
  'read-token': {
    name: 'Read a token',
    explain: 'Reads a security token without believing it yet.',
    line: (data) => `Token: ${text(data['token'], 'token')}${text(data['id']) === '' ? '' : ` ${text(data['id'])}`}`,
  },
  'check-time': {
    name: 'Check the time',
    explain: 'Compares Created and Expires with the judged time and the tolerance.',
    line: (data) => (interval(data) === '' ? 'Time' : `Time: ${interval(data)}`),
  },
  'check-password': {
    name: 'Check the password',
    explain: 'Compares the password, or recomputes its digest from nonce and creation time.',
    line: (data) => `Password of ${text(data['username'] ?? data['user'], 'the user')}`,
  },
  'derive-key': plain('Derive a key', 'Derives a key from a secret with P_SHA-1 or from a password.'),
  'resolve-key': {
    name: 'Find the key',
    explain:
      'Follows the key information to keys in the message and among those given, and says why each was taken or left.',
    line: (data) => `Key: ${keyFound(data)}`,
  },
  'build-path': {
    name: 'Build the certificate path',
    explain: 'Looks for a path from the signing certificate to an anchor you trust, and checks each certificate on it.',
    line: (data) => `Certificate path${text(data['subject']) === '' ? '' : ` of ${text(data['subject'])}`}`,
  },
  signature: {
    name: 'Signature',
    explain: 'Verifies one ds:Signature: its value over SignedInfo, and every reference in SignedInfo.',
    line: (data) =>
      `Signature${text(data['id']) === '' ? '' : ` ${text(data['id'])}`}${text(data['method']) === '' ? '' : `: ${algorithmName(data['method'])}`}`,
  },
  'signed-info': {
    name: 'Canonicalize SignedInfo',
    explain: 'Writes SignedInfo in canonical form: these octets are what the signature value is over.',
    line: (data) =>
      `SignedInfo: ${algorithmName(data['algorithm'])}, ${text(data['references'], '0')} ` +
      `reference${data['references'] === 1 ? '' : 's'}`,
  },
  'verify-value': {
    name: 'Verify the signature value',
    explain: 'Checks the signature value over the canonical SignedInfo with the key found.',
    line: (data) => `Signature value: ${algorithmName(data['algorithm'])}`,
  },
  reference: {
    name: 'Reference',
    explain: 'Finds what a reference points to, transforms it and compares its digest.',
    line: (data) => `Reference ${reference(data['uri'])}`,
  },
  dereference: {
    name: 'Dereference',
    explain: 'Finds the element or octets that the URI names.',
    line: (data) => `${reference(data['uri'])} is ${text(data['target'], 'not in the document')}`,
  },
  transform: {
    name: 'Transform',
    explain: 'Applies one transform to the output of the one before.',
    line: (data) => `Transform: ${algorithmName(data['algorithm'])}`,
  },
  canonicalize: {
    name: 'Canonicalize',
    explain: 'Writes the nodes as canonical octets, so that equal content gives equal octets.',
    line: (data) =>
      `${algorithmName(data['algorithm'])}${data['implicit'] === true ? ', as none is named' : ''}${text(data['prefixList']) === '' ? '' : `, prefixes ${text(data['prefixList'])}`}`,
  },
  digest: {
    name: 'Digest',
    explain: 'Hashes the octets and compares with DigestValue.',
    line: (data) => `Digest: ${algorithmName(data['algorithm'])}`,
  },
  manifest: {
    name: 'Manifest',
    explain: 'Judges the references of a ds:Manifest. Core validation leaves them to the application.',
    line: (data) => `Manifest with ${text(data['references'], '0')} references`,
  },
  'encrypted-key': {
    name: 'Encrypted key',
    explain: 'An xenc:EncryptedKey carries a session key encrypted for one recipient.',
    line: (data) =>
      `Encrypted key${text(data['id']) === '' ? '' : ` ${text(data['id'])}`}: ${algorithmName(data['method'])}`,
  },
  'encrypted-data': {
    name: 'Encrypted data',
    explain: 'An xenc:EncryptedData stands in the place of an element or its content.',
    line: (data) =>
      `Encrypted data${text(data['id']) === '' ? '' : ` ${text(data['id'])}`}: ${algorithmName(data['method'])}`,
  },
  'unwrap-key': {
    name: 'Unwrap the session key',
    explain: "Decrypts the session key with the recipient's key.",
    line: (data) => `Unwrap the session key: ${algorithmName(data['algorithm'])}${octets(data['keyOctets'])}`,
  },
  decrypt: {
    name: 'Decrypt',
    explain: 'Decrypts the cipher value and parses what comes out in its place.',
    line: (data) =>
      text(data['order']) === ''
        ? `Decrypt: ${algorithmName(data['algorithm'])}${octets(data['plaintextOctets'])}`
        : `Order: ${ORDERS[text(data['order'])] ?? text(data['order'])}`,
  },
  attachment: {
    name: 'Attachments',
    explain: 'Puts the octets of MIME parts in the places of the xop:Include elements that name them.',
    line: (data) =>
      text(data['expanded']) === ''
        ? 'Attachment'
        : `Attachments: ${text(data['expanded'])} of ${text(data['includes'])} put in place of xop:Include`,
  },
  'signature-confirmation': plain(
    'Signature confirmation',
    'Compares the signature values of the request with those that the response confirms.',
  ),
  'saml-assertion': {
    name: 'SAML assertion',
    explain: 'Judges an assertion: its own signature, its conditions, its subject.',
    line: (data) => `SAML ${text(data['version'])} assertion ${text(data['id'])}`.replaceAll('  ', ' ').trimEnd(),
  },
  'subject-confirmation': {
    name: 'Subject confirmation',
    explain: 'Checks that the sender is the subject that the assertion speaks of.',
    line: (data) => `Subject confirmation${text(data['method']) === '' ? '' : `: ${text(data['method'])}`}`,
  },
  coverage: {
    name: 'Coverage',
    explain: 'Compares what a receiver acts on with what lies inside verified octets.',
    line: (data) =>
      `Coverage: ${text(data['full'], '0')} of ${text(data['required'], '0')} elements that count are signed`,
  },
  policy: plain('Policy', 'Compares what is there with what a policy asks for.'),
  diagnosis: {
    name: 'Search the cause',
    explain:
      'Recomputes what failed under one hypothesis after another: other canonicalizations, edits undone, other ' +
      'keys. A whole digest or value that matches is proof.',
    line: (data) =>
      text(data['what']) === 'form'
        ? 'Form: something that other receivers trip over'
        : text(data['matches'], '0') === '0'
          ? 'Cause: not found'
          : 'Cause: found by recomputing',
  },
  verdict: {
    name: 'Verdict',
    explain: 'Joins the axes to one headline.',
    line: (data) => `Verdict: ${text(data['headline'])}`,
  },
};

/** What came out, for the kinds whose name alone does not say what passing or failing means. */
const OUTCOMES: Readonly<Partial<Record<StepKind, Readonly<Partial<Record<StepStatus, string>>>>>> = {
  'verify-value': {
    passed: 'matches',
    warned: 'matches',
    failed: 'does not match',
    unknown: 'not judged for want of a key',
    skipped: 'not judged',
  },
  digest: {
    passed: 'matches',
    warned: 'matches',
    failed: 'does not match',
    unknown: 'not judged',
    skipped: 'not judged',
  },
  'check-time': { passed: 'current', failed: 'not current' },
  'check-password': { passed: 'right', warned: 'right', failed: 'wrong', unknown: 'not given' },
  'build-path': {
    passed: 'leads to an anchor you trust',
    warned: 'leads to an anchor you trust',
    failed: 'leads to no anchor you trust, or does not hold',
    unknown: 'no anchors to lead to',
  },
  'subject-confirmation': { passed: 'holds', failed: 'does not hold', unknown: 'not judged' },
  decrypt: { failed: 'does not open', unknown: 'no key' },
  'unwrap-key': { failed: 'does not open', unknown: 'no key' },
};

/** The line for one step, with its outcome where the status is given. */
export function stepLine(step: Pick<Step, 'kind' | 'data'> & { readonly status?: StepStatus }): string {
  const outcome = step.status === undefined ? undefined : OUTCOMES[step.kind]?.[step.status];
  return `${STEPS[step.kind].line(step.data)}${outcome === undefined ? '' : ` · ${outcome}`}`;
}

export const STATUS_WORDS: Readonly<Record<StepStatus, string>> = {
  passed: 'passed',
  failed: 'failed',
  warned: 'passed with a warning',
  skipped: 'not reached',
  unsupported: 'not supported',
  unknown: 'could not be judged',
};
