/**
 * Resolves a ds:KeyInfo, a wsse:SecurityTokenReference, or their absence to keys to try (XML Signature 1.1 §4.5; SMS
 * 1.1 §7).
 */
import { trimXml } from '../xml/characters.ts';
import { base64Octets } from '../bytes/base64.ts';
import { readKeyValue } from '../crypto/key-value.ts';
import { DS, DS11, SAML1, SAML2, WSC_2005, WSC_2005_12, WSSE, XENC, XENC11 } from '../xml/namespaces.ts';
import { tokenKind } from '../tokens/read-tokens.ts';
import type { OpenStep } from '../trace/recorder.ts';
import { type NodeIndex, NO_NODE } from '../xml/document.ts';
import {
  attributeValue,
  childElements,
  firstChildElement,
  isElement,
  localName,
  namespaceUri,
  nodeRange,
  qualifiedName,
  textContent,
} from '../xml/navigate.ts';
import { addBinaryCertificate, searchCertificate } from './certificate-search.ts';
import { matchIdentifier, type CertificateIdentifier } from './certificate-identifier.ts';
import type { KeyEntry } from '../keystore/key-entry.ts';
import { KeySearch, type CandidateDraft, type KeyPurpose } from './key-search.ts';
import type { KeyCandidate, KeyResolution, KeyResolutionContext, ResolveKeyInfo } from './key-resolution-types.ts';
import { addSecretsNamed, answersTo } from './secrets.ts';
import { followReference, resolveSecurityTokenReference } from './security-token-reference.ts';
import { addTokenKeys } from './token-keys.ts';
import { addX509Data } from './x509-data.ts';

/** A given key as a candidate that the message does not name; taken where it can serve the purpose. */
function givenKey(entry: KeyEntry, purpose: KeyPurpose, how: string): CandidateDraft {
  const serves =
    purpose === 'mac'
      ? entry.secret !== null
      : purpose === 'decrypt'
        ? entry.privateKey !== null || entry.secret !== null
        : entry.publicKey !== null;
  return {
    from: 'given',
    how,
    entry,
    publicKey: purpose === 'mac' ? null : entry.publicKey,
    secret: purpose === 'verify' ? null : entry.secret,
    certificate: purpose === 'mac' ? null : (entry.certificates[0] ?? null),
    chain: entry.certificates.slice(1),
    taken: serves,
    reason: serves ? 'given' : 'wrong-kind',
  };
}

/** Every given key that can serve the purpose: what is tried where the message names none. */
function addGiven(search: KeySearch, how: string): number {
  const drafts = search.context.keys.map((entry) => givenKey(entry, search.purpose, how));
  for (const draft of drafts) search.add(draft);
  return drafts.filter((draft) => draft.taken).length;
}

/** The given keys that can serve a signature and that `search` has not taken. */
function unnamedKeys({ context, purpose, taken }: KeySearch): readonly KeyCandidate[] {
  if (purpose === 'decrypt') return [];
  const named = new Set(taken.map((one) => one.entry));
  const rest = new KeySearch(context, purpose, () => undefined);
  for (const entry of context.keys) if (!named.has(entry.id)) rest.add(givenKey(entry, purpose, 'not-named'));
  return rest.taken;
}

function resolveWithoutKeyInfo(search: KeySearch, node: NodeIndex | null, element: string): void {
  const taken = addGiven(search, 'only-key');
  const code = 'keyinfo-missing-or-empty' as const;
  if (taken === 0) search.miss(code, { element });
  // The given keys are tried, but a receiver has nothing to go by: what is there and says nothing is refused, what is
  // left out may be agreed.
  const draft = {
    code,
    severity: taken === 0 || node !== null ? ('error' as const) : ('note' as const),
    data: { element, tried: taken, empty: node === null || childElements(search.context.document, node).length === 0 },
    ...(taken === 0 ? { fault: 'wsse:InvalidSecurity' } : {}),
  };
  search.findings.push(node === null ? draft : { ...draft, ranges: [nodeRange(search.context.document, node)] });
}

function resolveKeyName(search: KeySearch, node: NodeIndex): void {
  const { document, keys, crypto } = search.context;
  const name = trimXml(textContent(document, node));
  if (search.purpose === 'mac') {
    addSecretsNamed(search, [name], 'key-name', node);
    return;
  }
  const serves = (entry: (typeof keys)[number]) =>
    search.purpose === 'decrypt' ? entry.privateKey !== null || entry.secret !== null : entry.publicKey !== null;
  const named = keys.filter((entry) => serves(entry) && answersTo(entry, name));
  if (named.length > 0) {
    for (const entry of keys) {
      if (!serves(entry)) continue;
      const taken = named.includes(entry);
      search.add({
        from: 'given',
        how: 'key-name',
        entry,
        publicKey: entry.publicKey,
        secret: search.purpose === 'decrypt' ? entry.secret : null,
        certificate: entry.certificates[0] ?? null,
        chain: entry.certificates.slice(1),
        taken,
        reason: taken ? 'matches' : 'name-differs',
        data: { name: entry.name },
      });
    }
    return;
  }
  // A KeyName is any text; senders often write the certificate's subject.
  const identifier: CertificateIdentifier = { form: 'subject-name', text: name };
  const bySubject =
    name.includes('=') &&
    keys.some(
      (entry) => entry.certificates[0] && search.purpose !== 'mac' && matchesSubject(identifier, entry, crypto),
    );
  if (bySubject) {
    searchCertificate(search, identifier, node, 'key-name');
    return;
  }
  search.find('key-name-unknown', 'note', node, { name });
  search.miss('key-name-unknown', { name });
}

function matchesSubject(
  identifier: CertificateIdentifier,
  entry: KeyResolutionContext['keys'][number],
  crypto: KeyResolutionContext['crypto'],
): boolean {
  const certificate = entry.certificates[0];
  return certificate !== undefined && matchIdentifier(identifier, certificate, crypto).matches;
}

function resolveKeyValue(search: KeySearch, node: NodeIndex): void {
  const result = readKeyValue(search.context.document, node);
  if (result.ok) {
    search.addFromMessage(
      result.form === 'DEREncodedKeyValue' ? 'der-key-value' : 'key-value',
      result.key,
      null,
      [],
      'in-message',
      { form: result.form },
    );
    return;
  }
  const data = { reason: result.problem.code, detail: result.problem.detail };
  search.find('key-value-malformed', 'error', result.problem.node, data, 'wsse:InvalidSecurityToken');
  search.miss('key-value-malformed', data);
}

const RAW_CERTIFICATE = `${DS}rawX509Certificate`;

/** ds:RetrievalMethod and dsig11:KeyInfoReference, within the document only. */
function resolveRetrieval(search: KeySearch, node: NodeIndex): void {
  const { context } = search;
  const uri = attributeValue(context.document, node, '', 'URI');
  const type = attributeValue(context.document, node, '', 'Type');
  const target = followReference(context, uri);
  if (childElements(context.document, node).some((child) => localName(context.document, child) === 'Transforms')) {
    search.find('retrieval-method-transforms', 'warning', node, {});
    search.unsupported ??= 'RetrievalMethod/Transforms';
    return;
  }
  const supplied = uri === null || target.status === 'found' ? undefined : context.external.get(uri);
  if (supplied && type === RAW_CERTIFICATE) {
    addBinaryCertificate(search, node, supplied, 'x509-certificate');
    return;
  }
  if (target.status === 'none') {
    const data = { reason: target.reason, uri, type, near: null, nearKind: target.nearKind };
    search.find(target.reason === 'external' ? 'retrieval-method-external' : 'id-not-found', 'error', node, data);
    search.miss('id-not-found', data);
    return;
  }
  if (type === RAW_CERTIFICATE || isElement(context.document, target.node, DS, 'X509Certificate')) {
    addBinaryCertificate(
      search,
      target.node,
      base64Octets(textContent(context.document, target.node)),
      'x509-certificate',
    );
  } else search.visit(target.node);
}

function resolveKeyInfoChildren(search: KeySearch, node: NodeIndex): void {
  const children = childElements(search.context.document, node);
  if (children.length === 0) {
    resolveWithoutKeyInfo(search, node, 'KeyInfo');
    return;
  }
  // Each child names the same key in another way (§4.5); all are listed, in document order.
  for (const child of children) search.visit(child);
  if (search.taken.length > 0) return;
  const named = children.some((child) => isElement(search.context.document, child, DS, 'KeyName'));
  const foreign = children.filter((child) => !KNOWN.has(namespaceUri(search.context.document, child)));
  // A name that nobody has, or something that is no key at all, does not say that the given keys are wrong.
  if (
    named &&
    children.every((child) => foreign.includes(child) || isElement(search.context.document, child, DS, 'KeyName'))
  ) {
    addGiven(search, 'only-key');
  } else if (foreign.length === children.length) resolveWithoutKeyInfo(search, node, 'KeyInfo');
}

/** Namespaces whose elements name a key. */
const KNOWN: ReadonlySet<string> = new Set([DS, DS11, XENC, XENC11, WSSE, SAML1, SAML2, WSC_2005, WSC_2005_12]);

const UNSUPPORTED: ReadonlySet<string> = new Set([`${DS} PGPData`, `${DS} SPKIData`, `${XENC} AgreementMethod`]);

/** Resolves one element, whatever it is, adding candidates to the search. */
function visit(search: KeySearch, node: NodeIndex): void {
  const { document } = search.context;
  const name = `${namespaceUri(document, node)} ${localName(document, node)}`;
  if (tokenKind(document, node) === 'SecurityTokenReference') {
    resolveSecurityTokenReference(search, node);
    return;
  }
  if (addTokenKeys(search, node)) return;
  switch (name) {
    case `${DS} KeyInfo`:
      resolveKeyInfoChildren(search, node);
      return;
    case `${DS} KeyName`:
      resolveKeyName(search, node);
      return;
    case `${DS} KeyValue`:
    case `${DS11} DEREncodedKeyValue`:
    // A RetrievalMethod may point to the value itself.
    case `${DS} RSAKeyValue`:
    case `${DS} DSAKeyValue`:
    case `${XENC} DHKeyValue`:
    case `${DS11} ECKeyValue`:
      resolveKeyValue(search, node);
      return;
    case `${DS} X509Data`:
      addX509Data(search, node);
      return;
    case `${DS} X509Certificate`:
      addBinaryCertificate(search, node, base64Octets(textContent(document, node)), 'x509-certificate');
      return;
    case `${DS} RetrievalMethod`:
    case `${DS11} KeyInfoReference`:
      resolveRetrieval(search, node);
      return;
    case `${DS} MgmtData`:
      return;
    default:
  }
  // An element that carries a KeyInfo of its own (EncryptedData, a SAML confirmation): its key is meant.
  const inner = firstChildElement(document, node, DS, 'KeyInfo');
  if (inner !== NO_NODE) {
    search.visit(inner);
    return;
  }
  if (UNSUPPORTED.has(name)) search.unsupported ??= localName(document, node);
  search.find('keyinfo-element-unknown', 'note', node, {
    element: qualifiedName(document, node),
    namespace: namespaceUri(document, node),
  });
}

/** The resolution without a step, for rooms that need a key in passing. */
export function searchKeys(keyInfo: NodeIndex | null, purpose: KeyPurpose, context: KeyResolutionContext): KeySearch {
  const search = new KeySearch(context, purpose, visit);
  if (keyInfo === null) resolveWithoutKeyInfo(search, null, 'none');
  else search.visit(keyInfo);
  // Key information that says nothing we know is no worse than none.
  if (keyInfo !== null && search.candidates.length === 0 && search.missing === null && search.unsupported === null) {
    resolveWithoutKeyInfo(search, keyInfo, localName(context.document, keyInfo));
  }
  return search;
}

/**
 * Finds the keys that a ds:KeyInfo (or a reference, or nothing) names, records the step `resolve-key` under `parent`
 * with every candidate, and returns the taken ones in the order to try.
 * @throws {BudgetExceeded} for nesting deeper than `keyInfoDepth` or derivations past `iterations`
 */
export const resolveKeyInfo: ResolveKeyInfo = async (keyInfo, purpose, context, parent): Promise<KeyResolution> => {
  const step = parent.child('resolve-key', {
    data: { purpose, element: keyInfo === null ? null : qualifiedName(context.document, keyInfo) },
    range: keyInfo === null ? null : nodeRange(context.document, keyInfo),
    citation: citationOf(keyInfo, context),
  });
  const search = searchKeys(keyInfo, purpose, context);
  const keys = search.taken;
  recordCandidates(step, search);
  for (const finding of search.findings) step.finding(finding);
  const first = keys[0];
  step.data({
    how: first?.how ?? null,
    subject: first?.certificate?.subjectText ?? null,
    candidates: search.candidates.length,
    taken: keys.length,
    missing: keys.length === 0 ? (search.missing?.code ?? null) : null,
    unsupported: search.unsupported,
  });
  step.end(
    keys.length > 0
      ? undefined
      : search.unsupported !== null
        ? 'unsupported'
        : search.findings.some((one) => one.severity === 'error')
          ? 'failed'
          : 'unknown',
  );
  return {
    candidates: search.candidates,
    keys,
    unnamed: unnamedKeys(search),
    token: search.token,
    missing: keys.length > 0 ? null : search.missing,
    unsupported: search.unsupported,
    step: step.id,
  };
};

function citationOf(keyInfo: NodeIndex | null, context: KeyResolutionContext): { spec: string; section: string } {
  return keyInfo !== null && localName(context.document, keyInfo) === 'SecurityTokenReference'
    ? { spec: 'SMS', section: '7' }
    : { spec: 'XMLDSIG', section: '4.5' };
}

/** One artifact a candidate; certificates by their id, secrets by their entry only. */
function recordCandidates(step: OpenStep, search: KeySearch): void {
  for (const one of search.candidates) {
    const label = `${one.taken ? 'taken' : 'left'}:${one.how}:${one.reason}`;
    const artifact = one.certificate
      ? ({ type: 'certificate', label, certificate: one.certificate.id } as const)
      : one.entry !== null
        ? ({ type: 'key', label, key: one.entry } as const)
        : ({ type: 'value', label, value: one.from } as const);
    if (one.taken) step.output(artifact);
    else step.input(artifact);
    if (one.from === 'derived') recordDerivation(step, one);
  }
}

/** A derivation of its own step: which kind, from what, how many octets; never the octets. */
function recordDerivation(step: OpenStep, candidate: KeyCandidate): void {
  const password = candidate.how === 'username-token';
  const derivation = step.child('derive-key', {
    data: { how: candidate.how, octets: candidate.secret?.length ?? null, ...candidate.data },
    citation: password ? { spec: 'UTP', section: '4' } : { spec: 'WSSC', section: '7' },
  });
  // A password that serves as a key is no derived key: not even its fingerprint is for a trace.
  if (candidate.secret !== null && candidate.reason === 'derived') derivation.key(candidate.secret);
  derivation.end(candidate.taken ? 'passed' : 'unknown');
}
