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
  return octets.toString(
    octets[0] === 0xff && octets[1] === 0xfe
      ? 'utf16le'
      : octets[0] === 0xfe && octets[1] === 0xff
        ? 'utf16le'
        : 'latin1',
  );
}

const ENCRYPTED = /<(?:[\w.-]+:)?Encrypted(?:Data|Key)[\s>]/;

export function folder(name) {
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
    // Who owns a private key knows its certificate.
    const privateKey = (name) => {
      keys.add(key(`${name}.pkcs8.pem`));
      if (existsSync(key(`${name}.crt.pem`))) certificate(name);
    };
    const secret = (name) => {
      if (existsSync(key(`${name}.bin`))) secrets.push(`${name}=file:${key(`${name}.bin`)}`);
    };
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
    if (receiver.ephemeral_key_hex ?? receiver.ephemeral) {
      secrets.push(`hex:${receiver.ephemeral_key_hex ?? receiver.ephemeral}`);
    }
    const file = join(root, entry.file);
    return {
      id: entry.id,
      source: entry.peer,
      kind: entry.fault === null ? 'message' : `twin:${entry.fault.verdict}`,
      what: entry.fault?.kind ?? '',
      entry,
      encrypted: ENCRYPTED.test(textOf(file)),
      codes: entry.fault?.codes ?? [],
      job: {
        id: entry.id,
        file,
        keys: [...keys],
        secrets,
        trust: [key('trust.pem')],
        crls: [key('ca.crl.pem')],
        users: ['alice=s3cret', 'bob=Zażółć-κλειδί', 'carol='],
        at: entry.generated_at,
      },
      right: (report) => peerRight(entry, report),
      mustNotBeValid: entry.fault !== null && entry.fault.verdict !== 'accept' && entry.fault.verdict !== 'any',
    };
  });
}

/** Messages of more live stacks, with their requests; a stack's own defects and twins count, breaches of policy do not. */
export function stackCases(root = folder('stacks')) {
  const manifest = JSON.parse(readFileSync(join(root, 'manifest.json'), 'utf8'));
  const within = (name) => join(root, name);
  // A key may stand behind the name that the message gives it.
  const keyWithin = (given) => given.replace(/^((?:[^=:/]+=)?)/, `$1${root}`);
  return manifest.entries.map((entry) => {
    const { fault, expect } = entry;
    return {
      id: entry.id,
      source: entry.stack,
      kind: fault === null ? 'message' : fault.kind === 'twin' ? `twin:${fault.verdict}` : fault.kind,
      what: fault?.how ?? '',
      entry,
      encrypted: expect.decrypts === true,
      codes: fault?.provable === false ? [] : (fault?.codes ?? []),
      job: {
        id: entry.id,
        file: within(entry.file),
        keys: entry.keys.map(keyWithin),
        secrets: (entry.secrets ?? []).map((secret) => secret.replace('file:', `file:${root}`)),
        trust: entry.trust.map(within),
        users: entry.users ?? [],
        at: entry.at,
        ...(entry.request ? { request: within(entry.request) } : {}),
        ...(entry.receiverActor ? { receiverActor: entry.receiverActor } : {}),
      },
      right: (report) => peerRight(entry, report),
      mustNotBeValid: fault !== null && fault.verdict === 'reject',
    };
  });
}

/** Every part that the stack encrypted came out with its own octets. */
function opened(entry, report) {
  const parts = entry.expect.plain ?? (entry.expect.decrypted ?? []).map((part) => part.sha256);
  return parts.every((sha256) => report.encrypted.some((one) => one.plaintextSha256 === sha256));
}

/** True, false, or null where nothing is expected. */
function peerRight(entry, report) {
  const { axes, headline } = report;
  if (headline === null) return false;
  const sound =
    axes.structure === 'pass' &&
    axes.signature !== 'fail' &&
    axes.decryption !== 'fail' &&
    axes.authentication !== 'fail';
  if (entry.fault === null) {
    if (entry.expect.decrypts === true && (axes.decryption !== 'pass' || !opened(entry, report))) return false;
    if (entry.expect.verifies === true) return axes.signature === 'pass' && sound;
    return entry.expect.verifies === false ? !sound : sound && !['malformed', 'refused', 'limit'].includes(headline);
  }
  switch (entry.fault.verdict) {
    // A key or user that the altered message no longer names stays unknown: refused all the same, as not judged.
    // With a given key to which nothing leads it verifies, which is said, and is never called valid.
    case 'reject': {
      const unnamed = headline !== 'valid' && report.signatures.some(({ key }) => key?.how === 'not-named');
      return !sound || headline === 'refused' || headline === 'incomplete' || unnamed;
    }
    case 'policy':
      return headline !== 'valid';
    case 'accept':
      return sound && (axes.signature === 'pass' || (axes.signature === 'absent' && entry.expect.verifies !== true));
    case 'malformed':
      return headline === 'malformed';
    default:
      return null;
  }
}

const KEY_TYPES = new Set([
  'pem-cert',
  'pem-private',
  'pem-public',
  'der-cert',
  'der-private',
  'pkcs12',
  'jks',
  'jceks',
  'xmlsec-keys-xml',
]);
const SIGNED_KINDS = new Set(['xmldsig', 'wss-message', 'saml', 'attack', 'mtom', 'malformed']);

/** What a receiver of the case is given. */
export function jobOf(entry, root) {
  const keys = new Map();
  const secrets = [];
  for (const given of entry.keys) {
    const path = join(root, given.file);
    if (given.type === 'raw-secret') {
      const name = given.xmlsec_key_name ?? given.alias;
      secrets.push(`${name ? `${name}=` : ''}file:${path}`);
    } else if (KEY_TYPES.has(given.type)) {
      keys.set(`${path} ${given.password} ${given.xmlsec_key_name}`, {
        file: path,
        password: given.password,
        keyPassword: given.key_password ?? null,
        name: given.xmlsec_key_name ?? null,
      });
    }
  }
  const attachments = Object.fromEntries(
    entry.related
      .filter((one) => one.role.startsWith('external reference '))
      .map((one) => [one.role.slice('external reference '.length), join(root, one.file)]),
  );
  return {
    id: entry.id,
    file: join(root, entry.file),
    keys: [...keys.values()],
    secrets,
    attachments,
    at: '2026-11-22T12:00:00Z',
  };
}

/** Cases of other projects whose outcome is known, without those that are about decryption alone. */
export function projectCases(root = folder('corpus')) {
  const manifest = JSON.parse(readFileSync(join(root, 'manifest.json'), 'utf8'));
  const elsewhere = externalOctets(manifest, root);
  return manifest
    .filter(
      (entry) =>
        SIGNED_KINDS.has(entry.kind) && (entry.expect.outcome === 'valid' || entry.expect.outcome === 'invalid'),
    )
    .map((entry) => {
      const job = jobOf(entry, root);
      const { attachments } = job;
      const text = textOf(job.file);
      for (const [uri, path] of elsewhere) {
        if (attachments[uri] === undefined && text.includes(`URI="${uri}"`)) attachments[uri] = path;
      }
      return {
        id: entry.id,
        source: entry.source,
        kind: `${entry.kind}:${entry.expect.outcome}`,
        what: entry.expect.note ?? '',
        entry,
        encrypted: ENCRYPTED.test(text),
        codes: [],
        job,
        right: (report) => projectRight(entry, report, text),
        mustNotBeValid: entry.expect.outcome === 'invalid',
      };
    });
}

/** Another project's copy of the same test set may carry the octets that this one's references name. */
function externalOctets(manifest, root) {
  const found = new Map();
  for (const entry of manifest) {
    for (const one of entry.related) {
      if (one.role.startsWith('external reference ')) {
        found.set(one.role.slice('external reference '.length), join(root, one.file));
      }
    }
  }
  return found;
}

const EXCLUSIVE = 'http://www.w3.org/2001/10/xml-exc-c14n#';

/** Canonicalization cases: arguments of `wss c14n` and the octets expected. */
export function canonicalCases(root = folder('corpus')) {
  const manifest = JSON.parse(readFileSync(join(root, 'manifest.json'), 'utf8'));
  return manifest
    .filter((entry) => entry.kind === 'c14n' && entry.expect.outcome === 'valid')
    .map((entry) => {
      const related = (role) => entry.related.find((one) => one.role === role)?.file;
      const expected = readFileSync(join(root, related('expected output')));
      const name = entry.id.split('#')[1];
      const args = [];
      if (/C14N 1\.1/.test(entry.expect.note)) args.push('--algorithm', 'http://www.w3.org/2006/12/xml-c14n11');
      else if (/exclusive|example2_4/.test(name)) args.push('--algorithm', EXCLUSIVE);
      const subset = related('XPath subset');
      // The subtree cases do not say which subtree: the expected octets begin with it.
      const apex = /^<(?:[\w.-]+:)?([\w.-]+)/.exec(expected.toString())?.[1];
      if (subset) args.push('--xpath-file', join(root, subset), '--ns', 'ietf=http://www.ietf.org');
      else if (/inExcl|default_ns/.test(entry.file)) {
        args.push('--xpath', `(//. | //@* | //namespace::*)[ancestor-or-self::*[local-name()='${apex}']]`);
      }
      const file = join(root, entry.file);
      return {
        id: entry.id,
        source: entry.source,
        kind: 'c14n:valid',
        args: [...args, file],
        expected,
        doctype: textOf(file).includes('<!DOCTYPE'),
      };
    });
}

/** Key stores: the KEY to open each with, and the aliases it must give. */
export function keystoreCases(root = folder('corpus')) {
  const manifest = JSON.parse(readFileSync(join(root, 'manifest.json'), 'utf8'));
  return manifest
    .filter((entry) => entry.kind === 'keystore' && entry.expect.outcome === 'valid')
    .map((entry) => {
      const password = entry.keys.find((key) => key.password !== null)?.password ?? '';
      const keyPasswords = new Set(entry.keys.map((key) => key.key_password ?? null));
      return {
        id: entry.id,
        source: entry.source,
        kind: 'keystore:valid',
        // Entries of one store may have passwords of their own: it is opened once with each.
        openings: [...keyPasswords].map(
          (keyPassword) => `${join(root, entry.file)}:${password}${keyPassword === null ? '' : `:${keyPassword}`}`,
        ),
        aliases: [
          ...new Set(
            entry.keys
              .map((key) => key.alias)
              .filter((alias) => alias !== null)
              .map((alias) => alias.toLowerCase()),
          ),
        ],
        keys: entry.keys
          .filter((key) => key.alias !== null && key.key_password !== undefined)
          .map((key) => key.alias.toLowerCase()),
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
