/** wsse:UsernameToken as it stands: name, password, nonce, created, salt and iterations (UTP 1.1 §3, §4). */
import type { BspRule } from '../bsp/rules.ts';
import { trimXml } from '../xml/characters.ts';
import { base64Octets } from '../bytes/base64.ts';
import { BASE64_BINARY, USERNAME_PROFILE, WSSE, WSSE11, WSU } from '../xml/namespaces.ts';
import type { FindingDraft } from '../trace/recorder.ts';
import type { Data } from '../trace/trace.ts';
import { NO_NODE, type NodeIndex, type XmlDocument } from '../xml/document.ts';
import { attributeValue, childElementsNamed, firstChildElement, nodeRange, textContent } from '../xml/navigate.ts';

export const PASSWORD_TEXT = `${USERNAME_PROFILE}#PasswordText`;
export const PASSWORD_DIGEST = `${USERNAME_PROFILE}#PasswordDigest`;

/** Iterations where wsse11:Iteration is absent (UTP 1.1 §4). */
export const DEFAULT_ITERATIONS = 1000;

export interface UsernameToken {
  readonly node: NodeIndex;
  readonly username: string | null;
  readonly usernameNode: NodeIndex | null;
  readonly password: string | null;
  readonly passwordNode: NodeIndex | null;
  /** The Type as written; null where absent, which means PasswordText. */
  readonly passwordType: string | null;
  /** The type by the last part of its URI, whatever stands before it. */
  readonly kind: 'text' | 'digest' | 'other' | 'none';
  readonly nonceText: string | null;
  readonly nonceNode: NodeIndex | null;
  readonly nonce: Uint8Array | null;
  readonly created: string | null;
  readonly createdNode: NodeIndex | null;
  readonly salt: Uint8Array | null;
  /** Null where neither Salt nor Iteration stands. */
  readonly iterations: number | null;
  readonly problems: readonly FindingDraft[];
}

function kindOf(password: string | null, type: string | null): UsernameToken['kind'] {
  if (password === null) return 'none';
  if (type === null || type === '') return 'text';
  const last = type.slice(type.lastIndexOf('#') + 1).trim();
  if (last === 'PasswordText') return 'text';
  return last === 'PasswordDigest' ? 'digest' : 'other';
}

/** A child in the WSS 1.0 namespace, or in the header's own where that is a draft's. */
function child(document: XmlDocument, node: NodeIndex, uri: string | null, local: string): NodeIndex | null {
  const found = firstChildElement(document, node, uri, local);
  return found === NO_NODE ? null : found;
}

export function readUsernameToken(document: XmlDocument, node: NodeIndex): UsernameToken {
  const problems: FindingDraft[] = [];
  const problem = (code: string, at: NodeIndex | null, severity: FindingDraft['severity'], data: Data) => {
    problems.push({ code, severity, ranges: [nodeRange(document, at ?? node)], data });
  };
  const usernameNode = child(document, node, null, 'Username');
  const passwordNode = child(document, node, null, 'Password');
  const nonceNode = child(document, node, null, 'Nonce');
  const createdNode = child(document, node, WSU, 'Created') ?? child(document, node, null, 'Created');
  const saltNode = child(document, node, WSSE11, 'Salt') ?? child(document, node, WSSE, 'Salt');
  const iterationNode = child(document, node, WSSE11, 'Iteration') ?? child(document, node, WSSE, 'Iteration');
  const text = (at: NodeIndex | null) => (at === null ? null : textContent(document, at));
  for (const name of ['Username', 'Password', 'Nonce', 'Created']) {
    const count = childElementsNamed(document, node, null, name).length;
    if (count > 1) problem('usernametoken-repeated-element', node, 'error', { element: name, count });
  }
  const username = text(usernameNode);
  if (username === null) problem('usernametoken-without-username', node, 'error', {});
  const password = text(passwordNode);
  const passwordType = passwordNode === null ? null : attributeValue(document, passwordNode, '', 'Type');
  const kind = kindOf(password, passwordType);
  if (
    passwordNode !== null &&
    kind !== 'none' &&
    (passwordType === null || (passwordType !== PASSWORD_TEXT && passwordType !== PASSWORD_DIGEST))
  ) {
    problem('pwd-type-missing-or-wrong', passwordNode, 'warning', {
      reason: passwordType === null ? 'missing' : 'unknown',
      type: passwordType,
    });
  }
  const nonceText = nonceNode === null ? null : trimXml(textContent(document, nonceNode));
  const nonce = nonceText === null ? null : base64Octets(nonceText);
  if (nonceNode !== null) {
    const encoding = attributeValue(document, nonceNode, '', 'EncodingType');
    if (encoding === null)
      problem('nonce-encodingtype-missing', nonceNode, 'warning', { rule: 'R4220' satisfies BspRule });
    else if (encoding !== BASE64_BINARY)
      problem('R4221' satisfies BspRule, nonceNode, 'warning', { encodingType: encoding });
    if (nonce === null) problem('nonce-not-base64', nonceNode, 'warning', {});
  }
  const created = createdNode === null ? null : trimXml(textContent(document, createdNode));
  if (kind === 'text' && nonceNode !== null) {
    problem('pwdtext-with-nonce', nonceNode, 'note', { nonce: true, created: created !== null });
  } else if (kind === 'text' && created !== null) {
    problem('pwdtext-with-nonce', createdNode, 'note', { nonce: false, created: true });
  }
  if (kind === 'digest' && (nonce === null || created === null)) {
    problem('usernametoken-digest-without-nonce', passwordNode, 'warning', {
      nonce: nonceNode !== null,
      created: created !== null,
    });
  }
  const salt = saltNode === null ? null : base64Octets(textContent(document, saltNode));
  if (saltNode !== null && (salt === null || salt.length === 0)) problem('salt-malformed', saltNode, 'error', {});
  let iterations: number | null = saltNode === null && iterationNode === null ? null : DEFAULT_ITERATIONS;
  if (iterationNode !== null) {
    const digits = trimXml(textContent(document, iterationNode));
    if (/^\d{1,9}$/.test(digits) && Number(digits) > 0) {
      iterations = Number(digits);
      if (iterations < 1000) problem('R4218' satisfies BspRule, iterationNode, 'warning', { iterations });
    } else problem('iteration-malformed', iterationNode, 'error', { text: digits.slice(0, 20) });
  }
  return {
    node,
    username,
    usernameNode,
    password,
    passwordNode,
    passwordType,
    kind,
    nonceText,
    nonceNode,
    nonce,
    created,
    createdNode,
    salt,
    iterations,
    problems,
  };
}

/** What a report may say: never the password. */
export function usernameTokenData(token: UsernameToken): Data {
  return {
    username: token.username,
    passwordKind: token.kind,
    passwordType: token.passwordType,
    nonceOctets: token.nonce?.length ?? null,
    created: token.created,
    iterations: token.iterations,
    derivesKey: token.salt !== null,
  };
}
