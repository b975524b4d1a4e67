/** wsse:UsernameToken as it stands: name, password, nonce, created, salt and iterations (UTP 1.1 §3, §4). */
import type { BspRule } from '../bsp/rules.ts';
import { trimXml } from '../xml/characters.ts';
import { base64Octets } from '../bytes/base64.ts';
import { BASE64_BINARY, USERNAME_PROFILE, WSSE, WSSE11, WSU } from '../xml/namespaces.ts';
import { findingOf, type FindingDraft } from '../trace/recorder.ts';
import type { FindingCode, FindingData } from '../trace/finding-data.ts';
import type { Severity } from '../trace/run-log.ts';
import type { Data } from '../trace/trace.ts';
import { NO_NODE, type NodeIndex, type XmlDocument } from '../xml/document.ts';
import { attributeValue, childElementsNamed, firstChildElement, nodeRange, textContent } from '../xml/navigate.ts';

/** Types of a Password (UTP §3.1). */
const PASSWORD_TEXT = `${USERNAME_PROFILE}#PasswordText`;
const PASSWORD_DIGEST = `${USERNAME_PROFILE}#PasswordDigest`;

/** Iterations where wsse11:Iteration is absent (UTP 1.1 §4). */
export const DEFAULT_ITERATIONS = 1000;

/** The element as it was read. */
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

/** Where its children stand; null for those that it has not. */
interface Children {
  readonly username: NodeIndex | null;
  readonly password: NodeIndex | null;
  readonly nonce: NodeIndex | null;
  readonly created: NodeIndex | null;
  readonly salt: NodeIndex | null;
  readonly iteration: NodeIndex | null;
}

/** Reads one token, keeping what is wrong with it. */
class Reading {
  readonly document: XmlDocument;
  readonly node: NodeIndex;
  readonly problems: FindingDraft[] = [];
  readonly children: Children;

  constructor(document: XmlDocument, node: NodeIndex) {
    this.document = document;
    this.node = node;
    this.children = {
      username: child(document, node, null, 'Username'),
      password: child(document, node, null, 'Password'),
      nonce: child(document, node, null, 'Nonce'),
      created: child(document, node, WSU, 'Created') ?? child(document, node, null, 'Created'),
      salt: child(document, node, WSSE11, 'Salt') ?? child(document, node, WSSE, 'Salt'),
      iteration: child(document, node, WSSE11, 'Iteration') ?? child(document, node, WSSE, 'Iteration'),
    };
  }

  problem<Code extends FindingCode>(
    code: Code,
    at: NodeIndex | null,
    severity: Severity,
    data: FindingData[Code],
  ): void {
    this.problems.push(findingOf(code, severity, data, { ranges: [nodeRange(this.document, at ?? this.node)] }));
  }

  text(at: NodeIndex | null): string | null {
    return at === null ? null : textContent(this.document, at);
  }

  username(): string | null {
    for (const element of ['Username', 'Password', 'Nonce', 'Created']) {
      const count = childElementsNamed(this.document, this.node, null, element).length;
      if (count > 1) this.problem('usernametoken-repeated-element', this.node, 'error', { element, count });
    }
    const username = this.text(this.children.username);
    if (username === null) this.problem('usernametoken-without-username', this.node, 'error', {});
    return username;
  }

  password(): Pick<UsernameToken, 'password' | 'passwordType' | 'kind'> {
    const at = this.children.password;
    const password = this.text(at);
    const passwordType = at === null ? null : attributeValue(this.document, at, '', 'Type');
    if (at !== null && passwordType !== PASSWORD_TEXT && passwordType !== PASSWORD_DIGEST) {
      const reason = passwordType === null ? 'missing' : 'unknown';
      this.problem('pwd-type-missing-or-wrong', at, 'warning', { reason, type: passwordType });
    }
    return { password, passwordType, kind: kindOf(password, passwordType) };
  }

  nonce(): Pick<UsernameToken, 'nonceText' | 'nonce'> {
    const at = this.children.nonce;
    if (at === null) return { nonceText: null, nonce: null };
    const nonceText = trimXml(textContent(this.document, at));
    const nonce = base64Octets(nonceText);
    const encodingType = attributeValue(this.document, at, '', 'EncodingType');
    if (encodingType === null) {
      this.problem('nonce-encodingtype-missing', at, 'warning', { rule: 'R4220' satisfies BspRule });
    } else if (encodingType !== BASE64_BINARY) {
      this.problem('R4221' satisfies BspRule, at, 'warning', { encodingType });
    }
    if (nonce === null) this.problem('nonce-not-base64', at, 'warning', {});
    return { nonceText, nonce };
  }

  /** Nonce and Created go with a digest, and with nothing else. */
  judgeKind(kind: UsernameToken['kind'], nonce: Uint8Array | null): void {
    const { nonce: nonceNode, created, password } = this.children;
    if (kind === 'text' && (nonceNode !== null || created !== null)) {
      const data = { nonce: nonceNode !== null, created: created !== null };
      this.problem('pwdtext-with-nonce', nonceNode ?? created, 'note', data);
    }
    if (kind === 'digest' && (nonce === null || created === null)) {
      const data = { nonce: nonceNode !== null, created: created !== null };
      this.problem('usernametoken-digest-without-nonce', password, 'warning', data);
    }
  }

  /** What a key is derived with (UTP 1.1 §4). */
  derivation(): Pick<UsernameToken, 'salt' | 'iterations'> {
    const { salt: saltNode, iteration } = this.children;
    const salt = saltNode === null ? null : base64Octets(textContent(this.document, saltNode));
    if (saltNode !== null && (salt === null || salt.length === 0)) {
      this.problem('salt-malformed', saltNode, 'error', {});
    }
    if (iteration === null) return { salt, iterations: saltNode === null ? null : DEFAULT_ITERATIONS };
    const digits = trimXml(textContent(this.document, iteration));
    if (!/^\d{1,9}$/.test(digits) || Number(digits) === 0) {
      this.problem('iteration-malformed', iteration, 'error', { text: digits.slice(0, 20) });
      return { salt, iterations: DEFAULT_ITERATIONS };
    }
    const iterations = Number(digits);
    if (iterations < 1000) this.problem('R4218' satisfies BspRule, iteration, 'warning', { iterations });
    return { salt, iterations };
  }
}

/** Reads a wsse:UsernameToken; what is wrong with it stands among its problems. */
export function readUsernameToken(document: XmlDocument, node: NodeIndex): UsernameToken {
  const reading = new Reading(document, node);
  const { children, problems } = reading;
  const username = reading.username();
  const { password, passwordType, kind } = reading.password();
  const { nonceText, nonce } = reading.nonce();
  const created = children.created === null ? null : trimXml(textContent(document, children.created));
  reading.judgeKind(kind, nonce);
  return {
    node,
    username,
    usernameNode: children.username,
    password,
    passwordNode: children.password,
    passwordType,
    kind,
    nonceText,
    nonceNode: children.nonce,
    nonce,
    created,
    createdNode: children.created,
    ...reading.derivation(),
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
