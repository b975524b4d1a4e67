/** Keys that are agreed on or derived from a named one: xenc:AgreementMethod and xenc11:DerivedKey (XML Encryption 1.1 §5.5 and §5.6). */
import { DS, XENC, XENC11 } from '../envelope/namespaces.ts';
import { resolveKeyInfo } from '../key-resolution/resolve-key-info.ts';
import type { KeyCandidate } from '../key-resolution/key-resolution-types.ts';
import { answersTo } from '../key-resolution/secrets.ts';
import type { KeyEntry } from '../keystore/key-entry.ts';
import { trimXml } from '../tokens/date-time.ts';
import type { OpenStep } from '../trace/recorder.ts';
import { NO_NODE } from '../xml/document.ts';
import type { NodeIndex } from '../xml/document.ts';
import { attributeValue, childElements, firstChildElement, nodeRange, textContent } from '../xml/navigate.ts';
import type { DecryptionContext } from './decryption-context.ts';
import { readDerivationMethod } from './key-derivation-method.ts';
import type { SecretCandidate, SecretSearch } from './secret-candidate.ts';

const NOTHING: SecretSearch = { secrets: [], encryptedKey: null, missing: null, unsupported: null, broken: false };

/** Derives a key of `length` octets from each base secret with the KeyDerivationMethod at `node`. */
async function deriveAll(node: NodeIndex, bases: readonly SecretCandidate[], length: number, context: DecryptionContext, step: OpenStep): Promise<SecretSearch> {
  const method = readDerivationMethod(context.document, node);
  const range = nodeRange(context.document, node);
  if (!method.ok) {
    step.finding({ code: method.reason === 'unsupported' ? 'algorithm-unsupported' : 'key-derivation-malformed', severity: 'error', ranges: [range], data: { algorithm: method.what, kind: 'key-derivation', what: method.what, meant: null, reason: null, why: null } });
    return { ...NOTHING, unsupported: method.reason === 'unsupported' ? method.what : null, broken: method.reason === 'malformed' };
  }
  step.data(method.data);
  if (method.length !== null && length > 0 && method.length !== length) step.finding({ code: 'session-key-encoding-or-size', severity: 'warning', ranges: [range], data: { reason: 'key-length', stated: method.length, needed: length } });
  const secrets: SecretCandidate[] = [];
  for (const base of bases) {
    if (method.derivation.method === 'pbkdf2') context.budget.spend('iterations', method.derivation.iterations, context.document.start[node]!);
    const outcome = await context.provider.derive(method.derivation, base.octets, method.length ?? length);
    if (outcome.result === 'plaintext') secrets.push({ ...base, octets: outcome.octets });
    else if (outcome.result === 'unsupported') {
      step.finding({ code: 'algorithm-unsupported', severity: 'error', ranges: [range], data: { algorithm: outcome.what, kind: 'key-derivation', meant: null, reason: null, why: null } });
      return { ...NOTHING, unsupported: outcome.what };
    } else return { ...NOTHING, broken: true };
  }
  return { ...NOTHING, secrets };
}

/** The keys that agreement gives: the originator's public key with each private key that the recipient may have. */
export async function agreedSecrets(node: NodeIndex, length: number, context: DecryptionContext, parent: OpenStep): Promise<SecretSearch> {
  const { document } = context;
  const algorithm = attributeValue(document, node, '', 'Algorithm') ?? '';
  const step = parent.child('derive-key', { range: nodeRange(document, node), data: { algorithm }, citation: { spec: 'XMLENC', section: '5.6' } });
  const originators = await keysUnder(firstChildElement(document, node, XENC, 'OriginatorKeyInfo'), 'verify', context, step);
  const recipients = await keysUnder(firstChildElement(document, node, XENC, 'RecipientKeyInfo'), 'decrypt', context, step);
  const entries = privateEntries(recipients, context);
  const bases: SecretCandidate[] = [];
  let unsupported: string | null = null;
  for (const { publicKey } of originators) {
    if (publicKey === null) continue;
    for (const entry of entries) {
      const outcome = context.provider.agree(algorithm, entry.privateKey!, publicKey);
      if (outcome.result === 'plaintext') bases.push({ octets: outcome.octets, how: 'agreement', from: 'derived', data: { entry: entry.id, file: entry.file } });
      else if (outcome.result === 'unsupported') unsupported = outcome.what;
      else if (outcome.result === 'fail') step.finding({ code: 'ENC-09', severity: 'error', data: { reason: outcome.reason }, ranges: [nodeRange(document, node)] });
    }
  }
  step.data({ originators: originators.length, recipients: entries.length, agreed: bases.length });
  if (unsupported !== null) {
    step.finding({ code: 'algorithm-unsupported', severity: 'error', data: { algorithm: unsupported, kind: 'key-agreement', meant: null, reason: null, why: null } });
    step.end('unsupported');
    return { ...NOTHING, unsupported };
  }
  const derivation = firstChildElement(document, node, XENC11, 'KeyDerivationMethod');
  if (bases.length === 0 || derivation === NO_NODE) {
    const missing = originators.length === 0 ? { code: 'originator-key-missing', data: {} } : { code: 'private-key-not-found', data: { how: 'agreement', algorithm } };
    if (bases.length === 0) step.finding({ code: missing.code, severity: 'warning', data: missing.data });
    else step.finding({ code: 'key-derivation-malformed', severity: 'error', data: { what: 'KeyDerivationMethod' } });
    step.end('unknown');
    return { ...NOTHING, missing, broken: bases.length > 0 };
  }
  const found = await deriveAll(derivation, bases, length, context, step);
  step.end(found.unsupported !== null ? 'unsupported' : found.broken ? 'failed' : undefined);
  return found;
}

/** OriginatorKeyInfo and RecipientKeyInfo are of ds:KeyInfo's type under another name. */
async function keysUnder(holder: NodeIndex, purpose: 'verify' | 'decrypt', context: DecryptionContext, step: OpenStep): Promise<readonly KeyCandidate[]> {
  if (holder === NO_NODE) return [];
  const keys: KeyCandidate[] = [];
  for (const child of childElements(context.document, holder)) keys.push(...(await resolveKeyInfo(child, purpose, context, step)).keys);
  return keys;
}

/** The entries of the recipient's keys; all private keys where the message names none of them. */
function privateEntries(candidates: readonly KeyCandidate[], context: DecryptionContext): readonly KeyEntry[] {
  const named = candidates.flatMap((candidate) => context.keys.filter((entry) => entry.id === candidate.entry && entry.privateKey !== null));
  return named.length > 0 ? [...new Set(named)] : context.keys.filter((entry) => entry.privateKey !== null);
}

/** The keys that xenc11:DerivedKey gives from the secret that MasterKeyName names. */
export async function derivedSecrets(node: NodeIndex, length: number, context: DecryptionContext, parent: OpenStep): Promise<SecretSearch> {
  const { document } = context;
  const step = parent.child('derive-key', { range: nodeRange(document, node), citation: { spec: 'XMLENC', section: '5.5' } });
  const nameNode = firstChildElement(document, node, XENC11, 'MasterKeyName');
  const name = nameNode === NO_NODE ? null : trimXml(textContent(document, nameNode));
  const inner = firstChildElement(document, node, DS, 'KeyInfo');
  const given = context.keys.filter((entry) => entry.secret !== null);
  const named = name === null ? [] : given.filter((entry) => answersTo(entry, name));
  const entries = named.length > 0 ? named : given.filter((entry) => entry.name === null).length > 0 ? given.filter((entry) => entry.name === null) : given;
  const bases: SecretCandidate[] = entries.map((entry) => ({ octets: entry.secret!, how: 'derived', from: 'given', data: { entry: entry.id, masterKeyName: name } }));
  if (bases.length === 0 && inner !== NO_NODE) {
    const keys = (await resolveKeyInfo(inner, 'mac', context, step)).keys;
    bases.push(...keys.flatMap((key) => (key.secret === null ? [] : [{ octets: key.secret, how: 'derived', from: key.from, data: key.data }])));
  }
  step.data({ masterKeyName: name, bases: bases.length });
  const method = firstChildElement(document, node, XENC11, 'KeyDerivationMethod');
  if (bases.length === 0 || method === NO_NODE) {
    const missing = { code: 'secret-not-given', data: { names: name === null ? [] : [name] } };
    if (bases.length === 0) step.finding({ code: missing.code, severity: 'warning', data: missing.data });
    else step.finding({ code: 'key-derivation-malformed', severity: 'error', data: { what: 'KeyDerivationMethod' } });
    step.end(bases.length === 0 ? 'unknown' : undefined);
    return { ...NOTHING, missing: bases.length === 0 ? missing : null, broken: bases.length > 0 };
  }
  const found = await deriveAll(method, bases, length, context, step);
  step.end(found.unsupported !== null ? 'unsupported' : undefined);
  return found;
}
