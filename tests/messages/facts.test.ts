/**
 * The facts of messages against what their senders were told to do: the peer corpus keeps the orders that it gave to
 * live stacks, and the parts that those signed and encrypted.
 */
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { STR_TRANSFORM } from '../../src/engine/algorithms/identifiers.ts';
import type { ReferenceForm } from '../../src/engine/key-resolution/key-naming.ts';
import type { MessageFacts } from '../../src/engine/message/facts.ts';
import { peerCases, sharedExists, type CorpusCase } from './corpora.mjs';
import { factsOf } from './facts-of.ts';

interface Step {
  readonly do: string;
  readonly id?: string;
  readonly key?: string;
  readonly parts?: readonly (string | readonly [string, string])[];
  readonly sigAlg?: string;
  readonly c14n?: string;
  readonly digest?: string;
  readonly dataAlg?: string;
  readonly keyAlg?: string;
  readonly oaepDigest?: string;
  readonly mgf?: string;
}

interface PeerEntry {
  readonly fault: object | null;
  readonly config: { readonly steps: readonly Step[] };
  readonly expect: {
    readonly signed: readonly { readonly id: string | null; readonly name: string; readonly via?: 'STR' }[];
    readonly decrypted: readonly { readonly id: string | null; readonly type: string | null; readonly path: string }[];
  };
}

/** What a corpus's word for a key's reference looks like in the message. */
const FORMS: Readonly<Record<string, readonly [ReferenceForm, string | null]>> = {
  bst: ['direct', null],
  direct: ['direct', null],
  embedded: ['embedded', null],
  thumbprint: ['key-identifier', 'ThumbprintSHA1'],
  ski: ['key-identifier', 'X509SubjectKeyIdentifier'],
  'x509-keyid': ['key-identifier', 'X509v3'],
  eksha1: ['key-identifier', 'EncryptedKeySHA1'],
  'issuer-serial': ['issuer-serial', null],
  keyvalue: ['key-value', null],
  keyname: ['key-name', null],
  none: ['none', null],
};

const nameOf = ({ uri, local }: { readonly uri: string; readonly local: string }) => `{${uri}}${local}`;

/** The order told, where the Body was to be signed once and encrypted once. */
function toldOrder(steps: readonly Step[]): 'sign-then-encrypt' | 'encrypt-then-sign' | null {
  const body = (name: string) =>
    steps.flatMap((step, index) =>
      step.do === name && step.parts?.some((part) => (typeof part === 'string' ? part : part[0]) === 'Body') === true
        ? [index]
        : [],
    );
  const [signed, ...moreSigned] = body('sign');
  const [encrypted, ...moreEncrypted] = body('encrypt');
  if (signed === undefined || encrypted === undefined || moreSigned.length + moreEncrypted.length > 0) return null;
  return signed < encrypted ? 'sign-then-encrypt' : 'encrypt-then-sign';
}

/** What the facts and the orders given disagree on. */
function disagreements({ config, expect: expected }: PeerEntry, facts: MessageFacts): readonly string[] {
  const wrong: string[] = [];
  const same = (what: string, actual: unknown, wanted: unknown) => {
    if (JSON.stringify(actual) !== JSON.stringify(wanted)) {
      wrong.push(`${what}: ${JSON.stringify(actual)}, not ${JSON.stringify(wanted)}`);
    }
  };
  const within = (what: string, list: readonly (string | null)[], wanted: string | undefined) => {
    if (wanted !== undefined && !list.includes(wanted)) wrong.push(`${what}: ${list.join(' ')}, not ${wanted}`);
  };
  const { suite, signatures, encryptedKeys, encryptions } = facts;
  const order = toldOrder(config.steps);
  if (order !== null) same('order', facts.order, order);
  for (const step of config.steps) {
    if (step.do === 'sign') {
      within('signature method', suite.signature, step.sigAlg);
      within('canonicalization', suite.canonicalization, step.c14n);
      within('digest', suite.digest, step.digest);
    }
    if (step.do === 'encrypt') {
      within('data encryption', suite.encryption, step.dataAlg);
      within('key encryption', [...suite.keyTransport, ...suite.keyWrap], step.keyAlg);
      within(
        'OAEP digest',
        encryptedKeys.map((key) => key.digest),
        step.oaepDigest,
      );
      within(
        'mask',
        encryptedKeys.map((key) => key.maskGeneration),
        step.mgf,
      );
    }
    const form = step.id === undefined ? undefined : FORMS[step.id];
    const keys =
      step.do === 'sign' ? signatures.map(({ key }) => key) : encryptedKeys.map(({ recipient }) => recipient);
    if (form !== undefined && (step.do === 'sign' || (step.do === 'encrypt' && step.key?.startsWith('@') !== true))) {
      within(
        `${step.do} reference`,
        keys.map((key) => `${key.form} ${key.identifier}`),
        form.join(' ').replace(/ $/, ' null'),
      );
    }
    const bits = /rsa(\d+)$/.exec(step.key ?? '')?.[1];
    if (bits !== undefined) {
      within(
        `${step.do} key`,
        keys.map((key) => String(key.bits)),
        bits,
      );
    }
    if (step.do === 'dksign') {
      same(
        'derived',
        signatures.map(({ key }) => key.derived),
        ['explicit'],
      );
    }
    if (step.parts?.some((part) => part[0] === 'Signature') === true) {
      same(
        'signature encrypted',
        signatures.some(({ encryptedBy }) => encryptedBy.length > 0),
        true,
      );
    }
  }
  if (config.steps.some((step) => step.do === 'timestamp')) {
    same(
      'timestamp',
      facts.headers.some((header) => header.timestamp !== 'absent'),
      true,
    );
  }
  for (const { id, name, via } of expected.signed) {
    const held = signatures
      .flatMap(({ references }) => references)
      .filter(
        ({ digest, element }) =>
          digest === 'pass' && element !== null && (id === null || id === '' || element.id === id),
      );
    // A reference to a SecurityTokenReference signs the token, whose name is expected; its own is the reference's.
    const found =
      via === 'STR'
        ? held.some(({ transforms }) => transforms.includes(STR_TRANSFORM))
        : held.some(({ element }) => element !== null && nameOf(element) === name);
    same(`signed ${name}`, found, true);
    if (name.endsWith('}Body')) same('role of the Body', held[0]?.role, 'Body');
    if (name.endsWith('}Body')) {
      const body = facts.parts.find(({ role }) => role === 'Body');
      same('Body signed', (body?.signedBy.length ?? 0) > 0, true);
    }
  }
  for (const { id, type, path } of expected.decrypted) {
    const fact = encryptions.find((one) => one.id === id);
    if (type?.endsWith('#Content') === true) {
      same(`encrypted ${path}`, fact?.what, 'content');
      same('content of', fact?.element?.path.replace(/[\w-]+:/g, ''), path);
    } else if (type?.endsWith('#Element') === true) {
      same(`encrypted ${path}`, fact?.what, 'element');
    }
    same('opened', fact?.result, 'pass');
    if (path === '/Envelope/Body' && type?.endsWith('#Content') === true) {
      same('Body encrypted', facts.parts.find(({ role }) => role === 'Body')?.encrypted, 'content');
    }
  }
  return wrong;
}

/** What is wrong in the facts of all messages that are no faulty twin; and how many were compared. */
async function compare(cases: readonly CorpusCase[]): Promise<{ readonly wrong: string[]; readonly compared: number }> {
  const wrong: string[] = [];
  let compared = 0;
  for (const one of cases) {
    const entry = one.entry as unknown as PeerEntry;
    const facts = entry.fault === null ? await factsOf(one.id, one.job) : null;
    if (facts === null) continue;
    compared += 1;
    wrong.push(...disagreements(entry, facts).map((text) => `${one.id} ${text}`));
  }
  return { wrong, compared };
}

it('the facts of the fixtures are what the stacks were told', async () => {
  const { wrong, compared } = await compare(
    peerCases(fileURLToPath(new URL('../fixtures/messages/', import.meta.url))),
  );
  expect(wrong).toEqual([]);
  expect(compared).toBeGreaterThan(20);
}, 60_000);

it.skipIf(!sharedExists('peer-corpus'))(
  'the facts are what the stacks were told (skipped where ../shared/peer-corpus is not there)',
  async () => {
    const { wrong, compared } = await compare(peerCases());
    expect(wrong).toEqual([]);
    expect(compared).toBeGreaterThan(400);
  },
  240_000,
);
