/**
 * Keys that are agreed on or derived from a named one: xenc:AgreementMethod and xenc11:DerivedKey (XML Encryption 1.1
 * §5.5 and §5.6).
 */
import { trimXml } from '../xml/characters.ts';
import { bareDhPublic } from '../crypto/key-value.ts';
import type { PublicKey } from '../crypto/keys.ts';
import { bitLength } from '../crypto/modular.ts';
import { dhKey } from '../crypto/spki.ts';
import { DS, XENC, XENC11 } from '../xml/namespaces.ts';
import { resolveKeyInfo } from '../key-resolution/resolve-key-info.ts';
import { answersTo } from '../key-resolution/secrets.ts';
import { hasPrivateKey, hasSecret, type KeyEntry, type PrivateEntry } from '../keystore/key-entry.ts';
import type { OpenStep } from '../trace/recorder.ts';
import { NO_NODE, type NodeIndex } from '../xml/document.ts';
import { attributeValue, childElements, firstChildElement, nodeRange, startOf, textContent } from '../xml/navigate.ts';
import type { DecryptionContext } from './decryption-context.ts';
import { readDerivationMethod, readLegacyDhDerivation, type DerivationMethod } from './key-derivation-method.ts';
import type { SecretCandidate, SecretSearch } from './secret-candidate.ts';

const NOTHING: SecretSearch = { secrets: [], encryptedKey: null, missing: null, unsupported: null, broken: false };

/** Derives a key of `length` octets from each base secret with the method that stands at `node`. */
async function deriveAll(
  method: DerivationMethod,
  node: NodeIndex,
  bases: readonly SecretCandidate[],
  length: number,
  context: DecryptionContext,
  step: OpenStep,
): Promise<SecretSearch> {
  const range = nodeRange(context.document, node);
  if (!method.ok) {
    step.finding({
      code: method.reason === 'unsupported' ? 'algorithm-unsupported' : 'key-derivation-malformed',
      severity: 'error',
      ranges: [range],
      data: { algorithm: method.what, kind: 'key-derivation', what: method.what, meant: null, reason: null, why: null },
    });
    return {
      ...NOTHING,
      unsupported: method.reason === 'unsupported' ? method.what : null,
      broken: method.reason === 'malformed',
    };
  }
  step.data(method.data);
  if (method.length !== null && length > 0 && method.length !== length) {
    step.finding({
      code: 'session-key-encoding-or-size',
      severity: 'warning',
      ranges: [range],
      data: { reason: 'key-length', stated: method.length, needed: length },
    });
  }
  const secrets: SecretCandidate[] = [];
  for (const base of bases) {
    if (method.derivation.method === 'pbkdf2') {
      context.budget.spend('iterations', method.derivation.iterations, startOf(context.document, node));
    }
    const outcome = await context.provider.derive(method.derivation, base.octets, method.length ?? length);
    if (outcome.result === 'plaintext') secrets.push({ ...base, octets: outcome.octets });
    else if (outcome.result === 'unsupported') {
      step.finding({
        code: 'algorithm-unsupported',
        severity: 'error',
        ranges: [range],
        data: { algorithm: outcome.what, kind: 'key-derivation', meant: null, reason: null, why: null },
      });
      return { ...NOTHING, unsupported: outcome.what };
    } else return { ...NOTHING, broken: true };
  }
  return { ...NOTHING, secrets };
}

/** The keys that agreement gives: the originator's public key with each private key that the recipient may have. */
export async function agreedSecrets(
  node: NodeIndex,
  length: number,
  context: DecryptionContext,
  parent: OpenStep,
): Promise<SecretSearch> {
  const { document } = context;
  const algorithm = attributeValue(document, node, '', 'Algorithm') ?? '';
  const step = parent.child('derive-key', {
    range: nodeRange(document, node),
    data: { algorithm },
    citation: { spec: 'XMLENC', section: '5.6' },
  });
  const info = (local: string) => firstChildElement(document, node, XENC, local);
  const originators = await originatorsUnder(info('OriginatorKeyInfo'), context, step);
  const recipients = await recipientsUnder(info('RecipientKeyInfo'), context, step);
  const entries = privateEntries(recipients, context);
  const { bases, unsupported } = agree(node, algorithm, originators, entries, context, step);
  step.data({ originators: originators.length, recipients: entries.length, agreed: bases.length });
  if (unsupported !== null) {
    step.finding({
      code: 'algorithm-unsupported',
      severity: 'error',
      data: { algorithm: unsupported, kind: 'key-agreement', meant: null, reason: null, why: null },
    });
    step.end('unsupported');
    return { ...NOTHING, unsupported };
  }
  const explicit = firstChildElement(document, node, XENC11, 'KeyDerivationMethod');
  const derivation = derivationOf(node, algorithm, explicit, context);
  if (bases.length === 0 || derivation === null) {
    const missing =
      originators.length === 0
        ? ({ code: 'originator-key-missing', data: {} } as const)
        : ({ code: 'private-key-not-found', data: { how: 'agreement', algorithm } } as const);
    if (bases.length === 0) step.finding({ ...missing, severity: 'warning' });
    else step.finding({ code: 'key-derivation-malformed', severity: 'error', data: { what: 'KeyDerivationMethod' } });
    step.end('unknown');
    return { ...NOTHING, missing, broken: bases.length > 0 };
  }
  const found = await deriveAll(derivation, explicit === NO_NODE ? node : explicit, bases, length, context, step);
  if (found.secrets[0] !== undefined) step.key(found.secrets[0].octets);
  step.end(found.unsupported !== null ? 'unsupported' : found.broken ? 'failed' : undefined);
  return found;
}

/**
 * How the shared secret becomes a key; null where the message does not say.
 * @param explicit xenc11:KeyDerivationMethod
 */
function derivationOf(
  node: NodeIndex,
  algorithm: string,
  explicit: NodeIndex,
  { document }: DecryptionContext,
): DerivationMethod | null {
  if (explicit !== NO_NODE) return readDerivationMethod(document, explicit);
  return algorithm === LEGACY_DH ? readLegacyDhDerivation(document, node) : null;
}

/** Agrees with every originator by every private key, telling what is wrong with either. */
function agree(
  node: NodeIndex,
  algorithm: string,
  originators: readonly Originator[],
  entries: readonly PrivateEntry[],
  context: DecryptionContext,
  step: OpenStep,
): { readonly bases: readonly SecretCandidate[]; readonly unsupported: string | null } {
  const { document, budget, provider } = context;
  const ranges = [nodeRange(document, node)];
  const bases: SecretCandidate[] = [];
  const unfit = new Map<string, KeyEntry>();
  let unsupported: string | null = null;
  for (const originator of originators) {
    for (const entry of entries) {
      const publicKey = publicKeyFor(originator, entry);
      if (publicKey === null) continue;
      budget.spend('iterations', agreementCost(entry.publicKey, publicKey), startOf(document, node));
      const outcome = provider.agree(algorithm, entry.privateKey, publicKey);
      if (outcome.result === 'plaintext') {
        const data = { entry: entry.id, file: entry.file };
        bases.push({ octets: outcome.octets, how: 'agreement', from: 'derived', data });
      } else if (outcome.result === 'unsupported') unsupported = outcome.what;
      else if (outcome.result === 'fail') {
        step.finding({ code: 'ENC-09', severity: 'error', data: { reason: outcome.reason }, ranges });
      } else if (!unfit.has(outcome.what)) unfit.set(outcome.what, entry);
    }
  }
  // A key of another kind is no surprise among those given; one of the right kind that does not go with the
  // originator's is.
  for (const [reason, { id, file }] of bases.length === 0 ? unfit : []) {
    if (reason === 'key-kind') continue;
    const data = { reason, entry: id, file };
    step.finding({ code: 'agreement-key-unusable', severity: 'warning', ranges, data });
  }
  return { bases, unsupported };
}

/** The derivation needs no element of its own there. */
const LEGACY_DH = `${XENC}dh`;

/** A public key, or the number that is one in the group which the recipient knows (§5.6.1). */
type Originator = PublicKey | bigint;

/** OriginatorKeyInfo and RecipientKeyInfo are of ds:KeyInfo's type under another name. */
async function originatorsUnder(
  holder: NodeIndex,
  context: DecryptionContext,
  step: OpenStep,
): Promise<readonly Originator[]> {
  if (holder === NO_NODE) return [];
  const found: Originator[] = [];
  for (const child of childElements(context.document, holder)) {
    const bare = bareDhPublic(context.document, child);
    if (bare !== null) found.push(bare);
    else {
      for (const { publicKey } of (await resolveKeyInfo(child, 'verify', context, step)).keys) {
        if (publicKey !== null) found.push(publicKey);
      }
    }
  }
  return found;
}

/** Handles of the entries that RecipientKeyInfo names. */
async function recipientsUnder(
  holder: NodeIndex,
  context: DecryptionContext,
  step: OpenStep,
): Promise<ReadonlySet<string | null>> {
  const named = new Set<string | null>();
  if (holder !== NO_NODE) {
    for (const child of childElements(context.document, holder)) {
      for (const { entry } of (await resolveKeyInfo(child, 'decrypt', context, step)).keys) named.add(entry);
    }
  }
  return named;
}

/** What a point multiplication is worth of the bound on iterations: some milliseconds. */
const POINT_COST = 4096;

/**
 * Whoever writes a message may name many originators: what agreeing with them costs is bounded like the iterations of a
 * key derivation.
 */
function agreementCost(own: PublicKey | null, other: PublicKey): number {
  if (own === null || own.kind !== other.kind) return 0;
  if (own.kind !== 'DH' || other.kind !== 'DH') return POINT_COST;
  if (own.p !== other.p) return 0;
  const bits = bitLength(own.p);
  const exponents = own.q === null && other.q === null ? bits : 3 * bitLength(own.q ?? other.q ?? 0n);
  // A power with an exponent as long as a prime of 8192 bits takes seconds.
  return Math.ceil(((bits / 64) ** 2 * exponents) / 64);
}

function publicKeyFor(originator: Originator, { publicKey }: KeyEntry): PublicKey | null {
  if (typeof originator !== 'bigint') return originator;
  return publicKey?.kind === 'DH' && originator > 0n ? dhKey(publicKey.p, publicKey.q, publicKey.g, originator) : null;
}

/** The entries of the recipient's keys; all private keys where the message names none of them. */
function privateEntries(named: ReadonlySet<string | null>, context: DecryptionContext): readonly PrivateEntry[] {
  const all = context.keys.filter(hasPrivateKey);
  const ours = all.filter((entry) => named.has(entry.id));
  return ours.length > 0 ? ours : all;
}

/** The keys that xenc11:DerivedKey gives from the secret that MasterKeyName names. */
export async function derivedSecrets(
  node: NodeIndex,
  length: number,
  context: DecryptionContext,
  parent: OpenStep,
): Promise<SecretSearch> {
  const { document } = context;
  const step = parent.child('derive-key', {
    range: nodeRange(document, node),
    citation: { spec: 'XMLENC', section: '5.5' },
  });
  const nameNode = firstChildElement(document, node, XENC11, 'MasterKeyName');
  const name = nameNode === NO_NODE ? null : trimXml(textContent(document, nameNode));
  const inner = firstChildElement(document, node, DS, 'KeyInfo');
  const bases: SecretCandidate[] = masterSecrets(name, context);
  if (bases.length === 0 && inner !== NO_NODE) {
    const keys = (await resolveKeyInfo(inner, 'mac', context, step)).keys;
    bases.push(
      ...keys.flatMap((key) =>
        key.secret === null ? [] : [{ octets: key.secret, how: 'derived', from: key.from, data: key.data }],
      ),
    );
  }
  step.data({ masterKeyName: name, bases: bases.length });
  const method = firstChildElement(document, node, XENC11, 'KeyDerivationMethod');
  if (bases.length === 0 || method === NO_NODE) {
    const missing = { code: 'secret-not-given', data: { names: name === null ? [] : [name] } } as const;
    if (bases.length === 0) step.finding({ ...missing, severity: 'warning' });
    else step.finding({ code: 'key-derivation-malformed', severity: 'error', data: { what: 'KeyDerivationMethod' } });
    step.end(bases.length === 0 ? 'unknown' : undefined);
    return { ...NOTHING, missing: bases.length === 0 ? missing : null, broken: bases.length > 0 };
  }
  const found = await deriveAll(readDerivationMethod(document, method), method, bases, length, context, step);
  if (found.secrets[0] !== undefined) step.key(found.secrets[0].octets);
  step.end(found.unsupported !== null ? 'unsupported' : undefined);
  return found;
}

/** The given secrets that answer to the name; where none does, those without a name; where all have one, all. */
function masterSecrets(name: string | null, { keys }: DecryptionContext): SecretCandidate[] {
  const given = keys.filter(hasSecret);
  const named = name === null ? [] : given.filter((entry) => answersTo(entry, name));
  const nameless = given.filter((entry) => entry.name === null);
  const entries = named.length > 0 ? named : nameless.length > 0 ? nameless : given;
  return entries.map(({ id, secret }) => ({
    octets: secret,
    how: 'derived',
    from: 'given',
    data: { entry: id, masterKeyName: name },
  }));
}
