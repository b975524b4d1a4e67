/** Cases of other projects that are about decryption: what a receiver is given, and the octets that must come out. */
import { createHash } from 'node:crypto';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { folder, jobOf } from './corpora.mjs';

const sha256 = (octets) => createHash('sha256').update(octets).digest('hex');

/**
 * Fingerprints of the octets that a plaintext file may stand for: itself, without its last line end, without an XML
 * declaration (the file is then the whole decrypted document), decoded from base64 (the NIST vectors).
 */
function fingerprints(file) {
  const octets = readFileSync(file);
  const text = octets.toString('latin1');
  const body = text.replace(/^<\?xml[^>]*\?>/, '').trim();
  return new Set(
    [octets, Buffer.from(text.trimEnd(), 'latin1'), Buffer.from(body, 'latin1'), Buffer.from(text, 'base64')].map(
      sha256,
    ),
  );
}

/** Every case with outcome `decrypts`, and the xmlenc ones that must be refused. */
export function decryptionCases(root = folder('corpus')) {
  const manifest = JSON.parse(readFileSync(join(root, 'manifest.json'), 'utf8'));
  return manifest
    .filter(
      (entry) => entry.expect.outcome === 'decrypts' || (entry.kind === 'xmlenc' && entry.expect.outcome === 'invalid'),
    )
    .map((entry) => {
      const plain = entry.related.find((one) => one.role === 'plaintext');
      const expected = plain === undefined ? null : fingerprints(join(root, plain.file));
      const doctype = readFileSync(join(root, entry.file), 'latin1').includes('<!DOCTYPE');
      return {
        id: entry.id,
        source: entry.source,
        kind: `${entry.kind}:${entry.expect.outcome}`,
        what: entry.expect.note ?? '',
        entry,
        encrypted: true,
        codes: [],
        job: jobOf(entry, root),
        right: (report) => decryptedRight(entry, report, expected, doctype),
        /** Asked where no part has the fingerprint: the file may be the whole document, with other line ends. */
        decodedRight: (command, report) =>
          plain !== undefined &&
          report.axes?.decryption === 'pass' &&
          sameDocument(decodedBy(command, entry, root), readFileSync(join(root, plain.file), 'utf8')),
        mustNotBeValid: entry.expect.outcome === 'invalid',
      };
    });
}

function decryptedRight(entry, report, expected, doctype) {
  if (report.headline === null) return false;
  if (report.headline === 'refused' && doctype) return true;
  if (entry.expect.outcome === 'invalid') return !report.headline.startsWith('valid');
  if (report.axes.decryption !== 'pass') return false;
  return expected === null || report.encrypted.some((part) => expected.has(part.plaintextSha256));
}

/** What `wss verify --decoded` writes. */
function decodedBy(command, entry, root) {
  const directory = mkdtempSync(join(tmpdir(), 'wss-decoded-'));
  try {
    const job = jobOf(entry, root);
    const keys = job.keys.flatMap((key) => [
      '--key',
      `${key.name ? `${key.name}=` : ''}${key.file}${key.password ? `:${key.password}` : ''}`,
    ]);
    const file = join(directory, 'decoded.xml');
    spawnSync(process.execPath, [
      command,
      'verify',
      '--json',
      '--decoded',
      file,
      ...keys,
      ...job.secrets.flatMap((secret) => ['--secret', secret]),
      job.file,
    ]);
    return readFileSync(file, 'utf8');
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

/** The files were written by a serialiser: line ends and empty-element tags are its own. */
function sameDocument(a, b) {
  const plain = (text) =>
    text
      .replace(/^<\?xml[^>]*\?>/, '')
      .replace(/\r\n?/g, '\n')
      .replace(/<([\w:.-]+)([^<>]*)><\/\1>/g, '<$1$2/>')
      .trim();
  return plain(a) === plain(b);
}
