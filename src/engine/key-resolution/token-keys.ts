/**
 * The keys that a token gives: certificates, confirmed keys of an assertion, session keys, derived keys (SMS 1.1 §6,
 * §7).
 */
import type { FindingData } from '../trace/finding-data.ts';
import { readBinarySecurityToken } from '../tokens/binary-security-token.ts';
import { isAssertion, readSamlAssertion } from '../tokens/saml-assertion.ts';
import { tokenKind } from '../tokens/read-tokens.ts';
import type { FindingDraft } from '../trace/recorder.ts';
import type { NodeIndex } from '../xml/document.ts';
import type { KeySearch } from './key-search.ts';
import { addKerberosKey } from './kerberos-key.ts';
import { addDerivedKey, addEncryptedKey, addSecurityContext, addUsernameKey } from './secrets.ts';

/** A token whose content is not what it says is left: a strict receiver refuses it. */
/** Problems of a token that holds no certificate to be read. */
const UNUSABLE: ReadonlySet<string> = new Set(['bst-content-malformed', 'captured-not-wire']);

function addBinarySecurityToken(search: KeySearch, node: NodeIndex): void {
  const { document, tokens, certificates } = search.context;
  const token = readBinarySecurityToken(document, node, certificates);
  if (token.format === 'Kerberos' || token.stated === 'Kerberos') {
    addKerberosKey(search, node, node, []);
    return;
  }
  const [end, ...chain] = token.certificates;
  const broken = token.problems.find((one) => UNUSABLE.has(one.code) && one.severity === 'error');
  const mtom = token.problems.find((one) => one.code === 'bst-mtom-optimised');
  if (end && !broken) {
    search.addFromMessage('bst-direct', end.publicKey, end, chain, 'in-message', {
      token: search.context.ids.idOf(node),
    });
    return;
  }
  if (broken?.code === 'captured-not-wire') {
    leaveMasked(search, node, broken);
    return;
  }
  // Tokens of our header are judged by the tokens' own step; others only here.
  const judged = tokens.some((one) => one.node === node);
  const data = (broken?.data ??
    mtom?.data ?? {
      reason: 'no-certificate',
      valueType: token.valueType,
    }) as FindingData['bst-content-malformed'];
  const code = mtom
    ? 'bst-mtom-optimised'
    : broken || token.stated !== 'other'
      ? 'bst-content-malformed'
      : 'token-type-unsupported';
  if (end) {
    search.add({
      from: 'message',
      how: 'bst-direct',
      certificate: end,
      chain,
      taken: false,
      reason: 'bst-content-malformed',
    });
  }
  search.miss(code, data);
  if (code === 'token-type-unsupported') search.unsupported ??= token.valueType ?? 'BinarySecurityToken';
  if (!judged) search.find(code, 'error', node, data, 'wsse:InvalidSecurityToken');
}

/** A token whose octets somebody took out of the copy; that of our header is told by the tokens' own step. */
function leaveMasked(search: KeySearch, node: NodeIndex, masked: FindingDraft): void {
  search.miss('captured-not-wire', { where: 'BinarySecurityToken' });
  if (!search.context.tokens.some((one) => one.node === node)) search.findings.push(masked);
}

/** The keys that a holder-of-key assertion confirms; without one, the assertion's signer is not the message's. */
function addAssertionKeys(search: KeySearch, node: NodeIndex): void {
  const { document } = search.context;
  if (!isAssertion(document, node)) {
    search.unsupported ??= 'EncryptedAssertion';
    search.miss('saml-assertion-encrypted', {});
    return;
  }
  const assertion = readSamlAssertion(document, node);
  const keyInfos = assertion.confirmations.flatMap((one) => one.keyInfos);
  if (keyInfos.length === 0) {
    search.miss('saml-without-key', { methods: assertion.confirmations.map((one) => one.method) });
    search.find(
      'saml-without-key',
      'error',
      node,
      { methods: assertion.confirmations.map((one) => one.method) },
      'wsse:InvalidSecurityToken',
    );
    return;
  }
  for (const { method, keyInfos: confirmed } of assertion.confirmations) {
    const before = search.candidates.length;
    for (const keyInfo of confirmed) search.visit(keyInfo);
    for (let i = before; i < search.candidates.length; i += 1) {
      const one = search.candidates[i];
      if (one) {
        search.candidates[i] = {
          ...one,
          data: { ...one.data, assertion: assertion.id },
          ...(method === 'holder-of-key' ? { confirmedBy: node } : {}),
        };
      }
    }
  }
}

/** Adds the keys of the token at `node`; false where the element is no token. */
export function addTokenKeys(search: KeySearch, node: NodeIndex): boolean {
  const kind = tokenKind(search.context.document, node);
  if (kind === null) return false;
  if (kind !== 'SecurityTokenReference') search.token ??= node;
  switch (kind) {
    case 'BinarySecurityToken':
      addBinarySecurityToken(search, node);
      break;
    case 'SAMLAssertion':
      addAssertionKeys(search, node);
      break;
    case 'UsernameToken':
      addUsernameKey(search, node);
      break;
    case 'DerivedKeyToken':
      addDerivedKey(search, node);
      break;
    case 'SecurityContextToken':
      addSecurityContext(search, node);
      break;
    case 'EncryptedKey':
      addEncryptedKey(search, node);
      break;
    default:
      return false;
  }
  return true;
}
