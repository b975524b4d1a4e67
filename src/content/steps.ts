/** Words for the steps of a trace: what each kind is, and one line that says what this one did. */
import { algorithmByUri } from '../engine/algorithms/algorithm-table.ts';
import { indexTrace } from '../engine/trace/trace-index.ts';
import type {
  Data,
  ReferenceReport,
  SignatureReport,
  Step,
  StepData,
  StepKind,
  StepOf,
  Trace,
} from '../engine/trace/trace.ts';
import { commonName } from './names.ts';
import { stepOutcome } from './step-outcomes.ts';

/** One line about a step, for the page and for the command. */
export interface StepLine {
  /** What it is: `Reference`. */
  readonly title: string;
  /** Which one, in the message's own words: `#Body`; may be empty. */
  readonly code: string;
  /** What it is about or found: `soap:Body`; may be empty. */
  readonly detail: string;
}

/** What the report says about the step. */
interface StepFacts {
  readonly reference: ReferenceReport | null;
  readonly signature: SignatureReport | null;
  /** Names of the certificates on the path, the signer's first. */
  readonly path: readonly string[];
}

/** The words of one kind of step. */
export interface StepWords<Kind extends StepKind = StepKind> {
  /** The kind's own name. */
  readonly name: string;
  /** Given what a step of this kind may carry. */
  readonly line: (step: Pick<StepOf<Kind>, 'data' | 'status'>, facts: StepFacts) => StepLine;
  /** A sentence on what such a step does, for those who learn. */
  readonly explain: string;
}

const says = (title: string, detail = '', code = ''): StepLine => ({ title, code, detail });

function text(value: Data[string] | undefined, otherwise = ''): string {
  if (value === undefined || value === null) return otherwise;
  return Array.isArray(value) ? value.join(', ') : String(value);
}

/** The name people use for an algorithm URI; the URI where it is not known. */
export function algorithmName(uri: Data[string] | undefined): string {
  const value = text(uri);
  return algorithmByUri(value)?.name ?? (value === '' ? 'no algorithm' : value);
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

/** `direct reference to a BinarySecurityToken, Alice`; a way without words is told by its own name, with spaces. */
function keyFound({ data, status }: Pick<StepOf<'resolve-key'>, 'data' | 'status'>, subject: string | null): string {
  if (status === 'failed') return 'not found';
  if (status === 'skipped') return 'another recipient’s';
  const how = text(data.how);
  if (how === '') {
    return text(data.taken) === '0' || data.taken === undefined ? 'not found' : 'from the key information';
  }
  const name = subject ?? text(data.subject);
  return `${KEY_WAYS[how] ?? how.replaceAll('-', ' ')}${name === '' ? '' : `, ${commonName(name)}`}`;
}

function interval(data: StepData['check-time']): string {
  const [created, expires] = [text(data.created), text(data.expires)];
  return created === '' && expires === ''
    ? ''
    : expires === '' && data.expires === undefined
      ? created
      : `${created === '' ? 'no Created' : created} to ${expires === '' ? 'no Expires' : expires}`;
}

const octets = (value: Data[string] | undefined): string =>
  value === undefined || value === null ? '' : `, ${text(value)} octets`;

const plain = (name: string, explain: string): { name: string; explain: string; line: () => StepLine } => ({
  name,
  line: () => says(name),
  explain,
});

/** `1 reference`, `3 references`. */
const counted = (value: Data[string] | undefined, noun: string): string =>
  `${text(value, '0')} ${noun}${value === 1 ? '' : 's'}`;

/** In which order sender or receiver worked (SMS §9.4). */
const ORDERS: Readonly<Record<string, string>> = {
  'sign-then-encrypt': 'the sender signed, then encrypted',
  'encrypt-then-sign': 'the sender encrypted, then signed',
  both: 'signed over plaintext and ciphertext',
  'decrypt-first': 'other than the header says: the signature is over the plaintext',
  'verify-first': 'other than the header says: the signature is over the ciphertext',
};

const prefixes = (data: { readonly prefixList?: readonly string[] }): string =>
  text(data.prefixList) === '' ? '' : `, prefixes ${text(data.prefixList)}`;

const named = (uri: Data[string] | undefined): string => (text(uri) === '' ? '' : algorithmName(uri));

/** By kind. */
export const STEPS: { readonly [Kind in StepKind]: StepWords<Kind> } = {
  decode: {
    name: 'Decode',
    explain: 'Takes wrappings such as HTTP or MIME off, and finds out in which encoding the octets are.',
    line: ({ data }) =>
      says(
        'Decode',
        `${text(data.encoding, 'unknown encoding')}${data.bom === true ? ' with BOM' : ''}, ` +
          `${text(data.size, '0')} octets` +
          (text(data.wrappings) === '' ? '' : `, unwrapped from ${text(data.wrappings)}`),
      ),
  },
  parse: {
    name: 'Parse',
    explain: 'Reads the octets as XML, strictly, keeping the place of everything.',
    line: ({ data }) => says('Parse', `${text(data.elements, '0')} nodes, ${text(data.attributes, '0')} attributes`),
  },
  'locate-headers': {
    name: 'Find the Security headers',
    explain: 'Looks for wsse:Security among the SOAP header blocks and picks the one addressed to this receiver.',
    line: ({ data }) =>
      data.envelope === null
        ? says('No SOAP envelope', 'the whole document is judged')
        : says(`SOAP ${text(data.envelope)}`, counted(data.headers, 'Security header')),
  },
  header: {
    name: 'Security header',
    explain: 'Processes the children of one wsse:Security header in document order.',
    line: ({ data }) =>
      data.confirmations === true
        ? says('Confirmations', 'what only judged signatures can say')
        : says('Security header', `for ${text(data.actor, 'the ultimate receiver')}`),
  },
  'index-ids': {
    name: 'Index the Ids',
    explain: 'Makes one table of every attribute that can be an Id, so that a reference can mean one element only.',
    line: ({ data }) =>
      says(
        'Ids',
        text(data.duplicates, '0') === '0' ? 'each stands once' : `${text(data.duplicates)} stand more than once`,
      ),
  },
  'read-token': {
    name: 'Read a token',
    explain: 'Reads a security token without believing it yet.',
    line: ({ data }) => says('Token', `${text(data.token)} ${text(data.id)}`.trim()),
  },
  'check-time': {
    name: 'Check the time',
    explain: 'Compares Created and Expires with the judged time and the tolerance.',
    line: ({ data }) => says('Time', interval(data)),
  },
  'check-password': {
    name: 'Check the password',
    explain: 'Compares the password, or recomputes its digest from nonce and creation time.',
    line: ({ data }) => says(`Password of ${text(data.username, 'the user')}`),
  },
  'derive-key': plain('Derive a key', 'Derives a key from a secret with P_SHA-1 or from a password.'),
  'resolve-key': {
    name: 'Find the key',
    explain:
      'Follows the key information to keys in the message and among those given, and says why each was taken or left.',
    line: (step, { signature }) => says('Key', keyFound(step, signature?.key?.subject ?? null)),
  },
  'build-path': {
    name: 'Build the certificate path',
    explain: 'Looks for a path from the signing certificate to an anchor you trust, and checks each certificate on it.',
    line: ({ data }, { path }) =>
      says('Certificate path', path.length > 0 ? path.join(' ← ') : commonName(text(data.subject))),
  },
  signature: {
    name: 'Signature',
    explain: 'Verifies one ds:Signature: its value over SignedInfo, and every reference in SignedInfo.',
    line: ({ data }, { signature }) =>
      says('Signature', named(signature?.method ?? data.method), signature?.id ?? text(data.id)),
  },
  'signed-info': {
    name: 'Canonicalize SignedInfo',
    explain: 'Writes SignedInfo in canonical form: these octets are what the signature value is over.',
    line: ({ data }) =>
      says('SignedInfo', `${algorithmName(data.algorithm)}, ${counted(data.references, 'reference')}`),
  },
  'verify-value': {
    name: 'Verify the signature value',
    explain: 'Checks the signature value over the canonical SignedInfo with the key found.',
    line: ({ data }) => says('Signature value', algorithmName(data.algorithm)),
  },
  reference: {
    name: 'Reference',
    explain: 'Finds what a reference points to, transforms it and compares its digest.',
    line: ({ data }, { reference }) => {
      const uri = reference === null ? data.uri : reference.uri;
      const target = reference?.target?.path.split('/').at(-1) ?? '';
      if (uri === undefined || uri === null) return says('Reference', target === '' ? 'without URI' : target);
      return uri === '' ? says('Reference', 'the whole document', '""') : says('Reference', target, text(uri));
    },
  },
  dereference: {
    name: 'Dereference',
    explain: 'Finds the element or octets that the URI names.',
    line: ({ data }) =>
      says('Dereference', text(data.target) === '' ? 'nothing in the message has this Id' : text(data.target)),
  },
  transform: {
    name: 'Transform',
    explain: 'Applies one transform to the output of the one before.',
    line: ({ data }) => says('Transform', algorithmName(data.algorithm) + prefixes(data)),
  },
  canonicalize: {
    name: 'Canonicalize',
    explain: 'Writes the nodes as canonical octets, so that equal content gives equal octets.',
    line: ({ data }) =>
      says(
        'Canonicalize',
        `${algorithmName(data.algorithm)}${data.implicit === true ? ', as none is named' : ''}${prefixes(data)}`,
      ),
  },
  digest: {
    name: 'Digest',
    explain: 'Hashes the octets and compares with DigestValue.',
    line: ({ data }) => says('Digest', algorithmName(data.algorithm)),
  },
  manifest: {
    name: 'Manifest',
    explain: 'Judges the references of a ds:Manifest. Core validation leaves them to the application.',
    line: ({ data }) => says('Manifest', counted(data.references, 'reference')),
  },
  'encrypted-key': {
    name: 'Encrypted key',
    explain: 'An xenc:EncryptedKey carries a session key encrypted for one recipient.',
    line: ({ data }) => says('Encrypted key', algorithmName(data.method), text(data.id)),
  },
  'encrypted-data': {
    name: 'Encrypted data',
    explain: 'An xenc:EncryptedData stands in the place of an element or its content.',
    line: ({ data }) => says('Encrypted data', algorithmName(data.method), text(data.id)),
  },
  'unwrap-key': {
    name: 'Unwrap the session key',
    explain: "Decrypts the session key with the recipient's key.",
    line: ({ data }) => says('Unwrap the session key', algorithmName(data.algorithm) + octets(data.keyOctets)),
  },
  decrypt: {
    name: 'Decrypt',
    explain: 'Decrypts the cipher value and parses what comes out in its place.',
    line: ({ data }) =>
      text(data.order) === ''
        ? says('Decrypt', algorithmName(data.algorithm) + octets(data.plaintextOctets))
        : says('Order', ORDERS[text(data.order)] ?? text(data.order)),
  },
  attachment: {
    name: 'Attachments',
    explain: 'Puts the octets of MIME parts in the places of the xop:Include elements that name them.',
    line: ({ data }) =>
      text(data.expanded) === ''
        ? says('Attachment')
        : says('Attachments', `${text(data.expanded)} of ${text(data.includes)} put in place of xop:Include`),
  },
  'signature-confirmation': plain(
    'Signature confirmation',
    'Compares the signature values of the request with those that the response confirms.',
  ),
  xades: {
    name: 'XAdES',
    explain: 'Judges what the signature says of itself: its signed properties, and the certificate that they name.',
    line: ({ data }) =>
      data.counter === true
        ? says('Counter-signature')
        : says('XAdES', text(data.signingTime) === '' ? '' : `says that it was signed at ${text(data.signingTime)}`),
  },
  'saml-assertion': {
    name: 'SAML assertion',
    explain: 'Judges an assertion: its own signature, its conditions, its subject.',
    line: ({ data }) => says(`SAML ${text(data.version)} assertion`.replace('  ', ' '), '', text(data.id)),
  },
  'subject-confirmation': {
    name: 'Subject confirmation',
    explain: 'Checks that the sender is the subject that the assertion speaks of.',
    line: ({ data }) => says('Subject confirmation', text(data.method)),
  },
  coverage: {
    name: 'Coverage',
    explain: 'Compares what a receiver acts on with what lies inside verified octets.',
    line: ({ data }) =>
      says('Coverage', `${text(data.full, '0')} of ${text(data.required, '0')} elements that count are signed`),
  },
  policy: plain('Policy', 'Compares what is there with what a policy asks for.'),
  diagnosis: {
    name: 'Search the cause',
    explain:
      'Recomputes what failed under one hypothesis after another: other canonicalizations, edits undone, other ' +
      'keys. A whole digest or value that matches is proof.',
    line: ({ data }) =>
      text(data.what) === 'form'
        ? says('Form', 'something that other receivers refuse')
        : says('Cause', text(data.matches, '0') === '0' ? 'not found' : 'found by recomputing'),
  },
  verdict: {
    name: 'Verdict',
    explain: 'Joins the axes to one headline.',
    line: ({ data }) => says('Verdict', text(data.stopped)),
  },
};

/** The recorder has held the step's data to its kind, which the compiler can't see of a step of any kind. */
function wordsOf(kind: StepKind): StepWords {
  return STEPS[kind] as StepWords;
}

/** What a step did. */
export function stepLine(trace: Trace, step: Step): StepLine {
  const index = indexTrace(trace);
  const path = (index.pathOf(step.id)?.certificates ?? [])
    .map((entry) => commonName(index.certificate(entry.certificate)?.subject ?? ''))
    .filter((name) => name !== '');
  return wordsOf(step.kind).line(step, {
    reference: step.kind === 'reference' ? index.referenceOf(step.id) : null,
    signature: index.signatureOf(step.id),
    path,
  });
}

/** The line and its outcome as plain text: `Signature value: RSA-SHA256 · matches`. */
export function stepText(trace: Trace, step: Step): string {
  return [lineText(stepLine(trace, step)), stepOutcome(step)].filter((part) => part !== '').join(' · ');
}

/** The line as plain text: `Reference #Body: soap:Body`. */
export function lineText({ title, code, detail }: StepLine): string {
  return `${title}${code === '' ? '' : ` ${code}`}${detail === '' ? '' : `: ${detail}`}`;
}
