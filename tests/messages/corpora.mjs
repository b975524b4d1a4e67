/** The messages of ../shared as jobs for the engine, and what counts as right for each (the rules of both READMEs). */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export const SHARED = new URL('../../../shared/', import.meta.url);

/** Whether the shared folder stands beside the project. */
export function sharedExists(name) {
  return existsSync(new URL(`${name}/manifest.json`, SHARED));
}

/** A message's text, enough to look for names in. */
function textOf(file) {
  const octets = readFileSync(file);
  return octets.toString(octets[0] === 0xff && octets[1] === 0xfe ? 'utf16le' : octets[0] === 0xfe && octets[1] === 0xff ? 'utf16le' : 'latin1');
}

const ENCRYPTED = /<(?:[\w.-]+:)?Encrypted(?:Data|Key)[\s>]/;

function folder(name) {
  return new URL(`${name}/`, SHARED).pathname;
}

/** Messages of live stacks: `{ id, source, kind, job, encrypted, right(report), codes }`. */
export function peerCases(root = folder('peer-corpus')) {
  const manifest = JSON.parse(readFileSync(join(root, 'manifest.json'), 'utf8'));
  const key = (name) => join(root, 'keys', name);
  return manifest.entries.map((entry) => {
    const keys = new Set();
    const secrets = [];
    const certificate = (name) => keys.add(key(`${name}.crt.pem`));
    const privateKey = (name) => keys.add(key(`${name}.pkcs8.pem`));
    const secret = (name) => { if (existsSync(key(`${name}.bin`))) secrets.push(`${name}=file:${key(`${name}.bin`)}`); };
    for (const needed of entry.keys) {
      const [kind, name] = needed.includes(':') ? needed.split(':') : ['secret', needed];
      if (kind === 'cert') certificate(name);
      else if (kind === 'private') privateKey(name);
      else if (kind === 'secret') secret(name);
    }
    const { receiver } = entry;
    for (const name of [receiver.key, ...(receiver.privateKeys ?? [])].filter(Boolean)) privateKey(name);
    if (receiver.sym) secret(receiver.sym);
    if (receiver.defaultCert) certificate(receiver.defaultCert);
    if (receiver.ephemeral_key_hex ?? receiver.ephemeral) secrets.push(`hex:${receiver.ephemeral_key_hex ?? receiver.ephemeral}`);
    const file = join(root, entry.file);
    return {
      id: entry.id, source: entry.peer, kind: entry.fault === null ? 'message' : `twin:${entry.fault.verdict}`, what: entry.fault?.kind ?? '', entry,
      encrypted: ENCRYPTED.test(textOf(file)), codes: entry.fault?.codes ?? [],
      job: {
        id: entry.id, file, keys: [...keys], secrets, trust: [key('trust.pem')], crls: [key('ca.crl.pem')],
        users: ['alice=s3cret', 'bob=Zażółć-κλειδί', 'carol='], at: entry.generated_at,
      },
      right: (report) => peerRight(entry, report),
      mustNotBeValid: entry.fault !== null && entry.fault.verdict !== 'accept' && entry.fault.verdict !== 'any',
    };
  });
}

/** True, false, or null where nothing is expected. */
function peerRight(entry, report) {
  const { axes, headline } = report;
  if (headline === null) return false;
  const sound = axes.structure === 'pass' && axes.signature !== 'fail' && axes.decryption !== 'fail' && axes.authentication !== 'fail';
  if (entry.fault === null) {
    if (entry.expect.verifies === true) return axes.signature === 'pass' && sound;
    return entry.expect.verifies === false ? !sound : sound && !['malformed', 'refused', 'limit'].includes(headline);
  }
  switch (entry.fault.verdict) {
    // A key or user that the altered message no longer names stays unknown (cli.md): refused all the same, as not judged.
    case 'reject': return !sound || headline === 'refused' || headline === 'incomplete';
    case 'policy': return headline !== 'valid';
    case 'accept': return sound && (axes.signature === 'pass' || (axes.signature === 'absent' && entry.expect.verifies !== true));
    case 'malformed': return headline === 'malformed';
    default: return null;
  }
}

const KEY_TYPES = new Set(['pem-cert', 'pem-private', 'pem-public', 'der-cert', 'der-private', 'pkcs12', 'jks', 'jceks', 'xmlsec-keys-xml']);
const SIGNED_KINDS = new Set(['xmldsig', 'wss-message', 'saml', 'attack', 'mtom', 'malformed']);

/** Cases of other projects whose outcome is known, without those that are about decryption alone. */
export function projectCases(root = folder('corpus')) {
  const manifest = JSON.parse(readFileSync(join(root, 'manifest.json'), 'utf8'));
  return manifest.filter((entry) => SIGNED_KINDS.has(entry.kind) && (entry.expect.outcome === 'valid' || entry.expect.outcome === 'invalid')).map((entry) => {
    const file = join(root, entry.file);
    const keys = new Map();
    const secrets = [];
    for (const given of entry.keys) {
      const path = join(root, given.file);
      if (given.type === 'raw-secret') {
        const name = given.xmlsec_key_name ?? given.alias;
        secrets.push(`${name ? `${name}=` : ''}file:${path}`);
      } else if (KEY_TYPES.has(given.type)) {
        keys.set(`${path} ${given.password} ${given.xmlsec_key_name}`, { file: path, password: given.password, keyPassword: given.key_password ?? null, name: given.xmlsec_key_name ?? null });
      }
    }
    const attachments = Object.fromEntries(entry.related.filter((one) => one.role.startsWith('external reference ')).map((one) => [one.role.slice('external reference '.length), join(root, one.file)]));
    const text = textOf(file);
    return {
      id: entry.id, source: entry.source, kind: `${entry.kind}:${entry.expect.outcome}`, what: entry.expect.note ?? '', entry,
      encrypted: ENCRYPTED.test(text), codes: [],
      job: { id: entry.id, file, keys: [...keys.values()], secrets, attachments, at: '2026-11-22T12:00:00Z' },
      right: (report) => projectRight(entry, report, text),
      mustNotBeValid: entry.expect.outcome === 'invalid',
    };
  });
}

function projectRight(entry, report, text) {
  const { axes, headline } = report;
  if (headline === null) return false;
  if (headline === 'refused' && (text.includes('<!DOCTYPE') || text.includes('REC-xslt-19991116'))) return true;
  if (entry.expect.outcome === 'valid') return axes.signature === 'pass' && axes.decryption !== 'fail';
  return !headline.startsWith('valid');
}
