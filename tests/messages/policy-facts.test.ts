/**
 * The facts of messages against the WS-SecurityPolicy under which live stacks made them: suite, parts, order, tokens
 * (WS-SecurityPolicy 1.3 §4 to §8).
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import type { MessageFacts } from '../../src/engine/message/facts.ts';
import { folder, sharedExists } from './corpora.mjs';
import { factsOf } from './facts-of.ts';

interface StackEntry {
  readonly id: string;
  readonly file: string;
  readonly at: string;
  readonly keys?: readonly string[];
  readonly secrets?: readonly string[];
  readonly trust?: readonly string[];
  readonly users?: readonly string[];
  readonly request?: string;
  readonly receiverActor?: string;
  /** WSDL with the policy, attached to the binding as a whole. */
  readonly policy?: string;
  readonly fault: object | null;
}

const DS = 'http://www.w3.org/2000/09/xmldsig#';
const XENC = 'http://www.w3.org/2001/04/xmlenc#';
const XENC11 = 'http://www.w3.org/2009/xmlenc11#';

/** Digest and cipher that a suite asks for (WS-SecurityPolicy 1.3 §6.1). */
function suiteOf(name: string): { readonly digest: string; readonly encryption: readonly string[] } {
  const bits = /\d+/.exec(name)?.[0] ?? '';
  return {
    digest: name.includes('Sha256') ? `${XENC}sha256` : `${DS}sha1`,
    encryption: name.startsWith('TripleDes')
      ? [`${XENC}tripledes-cbc`]
      : [`${XENC}aes${bits}-cbc`, `${XENC11}aes${bits}-gcm`],
  };
}

const BOOTSTRAP = /<(\w+):BootstrapPolicy\b[^>]*>(.*?)<\/\1:BootstrapPolicy>/gs;

/**
 * The policy of that message: of a secure conversation the first exchange, which agrees on the context, follows the
 * BootstrapPolicy, the others what stands around it.
 */
function policyOf({ id }: StackEntry, wsdl: string): string {
  const [bootstrap] = wsdl.matchAll(BOOTSTRAP);
  return bootstrap !== undefined && /-0-re/.test(id) ? (bootstrap[2] ?? '') : wsdl.replaceAll(BOOTSTRAP, '');
}

const asks = (policy: string, assertion: string): boolean => new RegExp(`<\\w+:${assertion}\\b`).test(policy);

/** What stands in an assertion. */
function within(policy: string, assertion: string): string {
  return new RegExp(`<(\\w+):${assertion}\\b[^>]*>(.*?)</\\1:${assertion}>`, 's').exec(policy)?.[2] ?? '';
}

/** What the policy asks for and the facts do not have. */
function breaks(policy: string, facts: MessageFacts): readonly string[] {
  const wrong: string[] = [];
  const held = (what: string, holds: boolean) => {
    if (!holds) wrong.push(what);
  };
  const { suite, signatures, headers, parts } = facts;
  const own = signatures.filter(({ place }) => place === 'security-header');
  const body = parts.find(({ role }) => role === 'Body');
  const binding = asks(policy, 'AsymmetricBinding') || asks(policy, 'SymmetricBinding');
  // Those of the standard: what a stack adds to it in a namespace of its own others do not know.
  const named = /<(\w+):AlgorithmSuite>\s*<\w+:Policy>\s*<\1:(\w+)/.exec(policy)?.[2];
  if (named !== undefined && /^(?:Basic|TripleDes)/.test(named)) {
    const { digest, encryption } = suiteOf(named);
    const used = own.flatMap(({ references }) => references.map((reference) => reference.digestMethod));
    held(
      `digest of ${named}: ${used.join(' ')}`,
      used.every((one) => one === digest),
    );
    held(
      `cipher of ${named}: ${suite.encryption.join(' ')}`,
      suite.encryption.every((one) => encryption.includes(one)),
    );
  }
  if (asks(policy, 'IncludeTimestamp')) {
    held(
      'a Timestamp',
      headers.some((header) => header.timestamp !== 'absent'),
    );
  }
  // Else descendants may be signed in its place (§6.6).
  const entire = binding && asks(policy, 'OnlySignEntireHeadersAndBody');
  if (entire && asks(within(policy, 'SignedParts'), 'Body')) held('Body signed', (body?.signedBy.length ?? 0) > 0);
  if (binding && asks(within(policy, 'EncryptedParts'), 'Body')) held('Body encrypted', body?.encrypted === 'content');
  const both = (body?.signedBy.length ?? 0) > 0 && body?.encrypted !== 'no';
  if (binding && both) {
    const order = asks(policy, 'EncryptBeforeSigning') ? 'encrypt-then-sign' : 'sign-then-encrypt';
    held(`order ${order}: ${facts.order}`, facts.order === order);
  }
  if (asks(policy, 'AsymmetricBinding')) {
    held(
      'a signature by a key pair',
      own.some(({ key }) => key.kind === 'asymmetric'),
    );
  }
  if (asks(policy, 'SymmetricBinding') && own.length > 0) {
    held(
      'a signature by a secret',
      own.some(({ key }) => key.kind === 'symmetric'),
    );
  }
  if (binding && asks(policy, 'EncryptSignature') && both) {
    held(
      'signature encrypted',
      own.some(({ encryptedBy }) => encryptedBy.length > 0),
    );
  }
  if (asks(policy, 'Strict')) {
    held(
      'strict layout',
      headers.every((header) => header.breaks.length === 0),
    );
  }
  return wrong;
}

function stackEntries(root: string): readonly StackEntry[] {
  const { entries } = JSON.parse(readFileSync(join(root, 'manifest.json'), 'utf8')) as {
    readonly entries: readonly StackEntry[];
  };
  return entries.filter(({ policy, fault }) => policy !== undefined && fault === null);
}

function jobOfEntry(entry: StackEntry, root: string): object {
  const inRoot = (name: string) => join(root, name);
  const keys = (entry.keys ?? []).map((key) => {
    const [file = '', password = null] = key.split(':');
    return { file: inRoot(file), password, keyPassword: null, name: null };
  });
  return {
    id: entry.id,
    file: inRoot(entry.file),
    keys,
    secrets: (entry.secrets ?? []).map((secret) => secret.replace('=file:', `=file:${root}`)),
    trust: (entry.trust ?? []).map(inRoot),
    users: entry.users ?? [],
    at: entry.at,
    ...(entry.request === undefined ? {} : { request: inRoot(entry.request) }),
    ...(entry.receiverActor === undefined ? {} : { receiverActor: entry.receiverActor }),
  };
}

it.skipIf(!sharedExists('stacks'))(
  'the facts are what the policies of the stacks ask for (skipped where ../shared/stacks is not there)',
  async () => {
    const root = folder('stacks');
    const wrong: string[] = [];
    let compared = 0;
    for (const entry of stackEntries(root)) {
      const facts = await factsOf(entry.id, jobOfEntry(entry, root));
      if (facts === null) continue;
      compared += 1;
      const policy = policyOf(entry, readFileSync(join(root, entry.policy ?? ''), 'utf8'));
      wrong.push(...breaks(policy, facts).map((text) => `${entry.id}: ${text}`));
    }
    expect(wrong).toEqual([]);
    expect(compared).toBeGreaterThan(200);
  },
  240_000,
);
