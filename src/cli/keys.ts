/**
 * `wss keys`: what is in key files: keys, certificates, lists, and what stayed closed (docs/command.md, "wss keys").
 */
import { basename } from 'node:path';
import { parseArgs } from 'node:util';
import { Budget } from '../engine/bytes/budget.ts';
import { encodeHex } from '../engine/bytes/hex.ts';
import type { Certificate } from '../engine/certificates/certificate.ts';
import type { PublicKey } from '../engine/crypto/keys.ts';
import { readRevocationList } from '../engine/certificates/crl.ts';
import type { KeyEntry, KeyFileContents } from '../engine/keystore/key-entry.ts';
import { readKeyFile } from '../engine/keystore/read-key-file.ts';
import { ENTRY_KINDS, KEY_LIST, keyWords } from '../content/key-words.ts';
import { keyFacts } from '../engine/keystore/key-facts.ts';
import { jsonText } from '../content/visible-text.ts';
import { askAt } from './ask-password.ts';
import { parseKeyText } from './key-specification.ts';
import { nodeDerivation } from './node-crypto.ts';
import { opened, problemText, readOctets } from './load-keys.ts';
import { paint, visible, wantsColour, type Paint } from './terminal.ts';
import { UsageError } from './usage-error.ts';

/** `wss keys`: lists what key files hold. Gives the exit code. @throws {UsageError} */
export async function keys(args: readonly string[]): Promise<number> {
  let json = false;
  let inFull = false;
  let positionals: string[];
  try {
    const options = { json: { type: 'boolean' }, text: { type: 'boolean' } } as const;
    const parsed = parseArgs({ args: [...args], options, allowPositionals: true });
    json = parsed.values.json === true;
    inFull = parsed.values.text === true;
    ({ positionals } = parsed);
  } catch (error) {
    throw new UsageError(`wss keys: ${error instanceof Error ? error.message : String(error)}`);
  }
  if (positionals.length === 0) throw new UsageError('wss keys: give at least one key file');
  if (json && inFull) throw new UsageError('wss keys: --json and --text exclude each other');
  const colours = paint(wantsColour(process.stdout, process.env));
  const listed: unknown[] = [];
  let closed = false;
  for (const text of positionals) {
    const sources = { base: process.cwd(), ask: askAt(process.stdin, process.stderr) };
    const { file, password, keyPassword } = await opened(parseKeyText(text, sources.base, false), sources);
    const octets = readOctets(file);
    const contents = await readKeyFile(octets, {
      file: basename(file),
      password,
      keyPassword,
      budget: new Budget(),
      derive: nodeDerivation,
    });
    const texts = inFull ? (await import('./certificate-texts.ts')).certificateTexts(octets, contents) : [];
    if (texts.length > 0) {
      process.stdout.write(texts.join(''));
      continue;
    }
    closed ||= contents.entries.length === 0 && contents.crls.length === 0;
    if (json) listed.push(jsonOf(file, contents));
    else process.stdout.write(textOf(file, contents, colours));
  }
  if (json) process.stdout.write(`${jsonText(listed, 2)}\n`);
  return closed ? 2 : 0;
}

/** Never anything of a private key or secret but that it is there. */
function jsonOf(file: string, contents: KeyFileContents) {
  return {
    file,
    format: contents.format,
    entries: contents.entries.map((entry) => ({
      id: entry.id,
      name: entry.name,
      alias: entry.alias,
      kind: kindOf(entry),
      key: keyOf(entry),
      certificates: entry.certificates.map((certificate) => ({
        subject: certificate.subjectText,
        issuer: certificate.issuerText,
        serial: certificate.serial.toString(),
        notBefore: dateOf(certificate.notBefore),
        notAfter: dateOf(certificate.notAfter),
        sha256: certificate.id,
        sha1: certificate.sha1,
        ski: certificate.ski === null ? null : encodeHex(certificate.ski),
        key: keyText(certificate.publicKey),
      })),
    })),
    crls: contents.crls.length,
    problems: contents.problems,
  };
}

function textOf(file: string, contents: KeyFileContents, colours: Paint): string {
  const lines = [`${colours.bold(visible(file))} ${colours.dim(contents.format)}`];
  for (const entry of contents.entries) {
    const name = entry.alias ?? entry.name;
    lines.push(
      `  ${colours.cyan(kindOf(entry))} ${keyOf(entry)}${name === null ? '' : ` ${colours.bold(visible(name))}`}`,
    );
    for (const certificate of entry.certificates) lines.push(...certificateLines(certificate, colours));
  }
  for (const der of contents.crls) {
    const read = readRevocationList(der);
    lines.push(
      `  ${colours.cyan(KEY_LIST.revocationList)} ${read.ok ? KEY_LIST.revoked(read.list.revoked.size) : read.what}`,
    );
  }
  for (const problem of contents.problems) lines.push(`  ${colours.red('✗')} ${visible(problemText(problem))}`);
  const count = contents.entries.length + contents.crls.length + contents.problems.length;
  if (count === 0) lines.push(`  ${KEY_LIST.nothing}`);
  return `${lines.join('\n')}\n`;
}

function certificateLines(certificate: Certificate, colours: Paint): string[] {
  const { notBefore, notAfter, ski } = certificate;
  const day = (time: number) => dateOf(time).slice(0, 10);
  const key = keyText(certificate.publicKey);
  return [
    `    ${visible(certificate.subjectText)}`,
    colours.dim(`      ${KEY_LIST.issuedBy(visible(certificate.issuerText))}`),
    colours.dim(`      ${KEY_LIST.facts(certificate.serial.toString(), day(notBefore), day(notAfter), key)}`),
    colours.dim(`      ${KEY_LIST.identifiers(certificate.sha1, ski === null ? null : encodeHex(ski))}`),
  ];
}

function kindOf(entry: KeyEntry): string {
  const certified = entry.certificates.length > 0;
  if (entry.privateKey !== null) return certified ? ENTRY_KINDS.withCertificate : ENTRY_KINDS.privateKey;
  if (entry.secret !== null) return ENTRY_KINDS.secret;
  return certified ? ENTRY_KINDS.certificate : ENTRY_KINDS.publicKey;
}

function keyOf(entry: KeyEntry): string {
  if (entry.secret !== null) return KEY_LIST.bits(entry.secret.length);
  return entry.publicKey === null ? '' : keyText(entry.publicKey);
}

function keyText(key: PublicKey): string {
  return keyWords(keyFacts(key));
}

function dateOf(time: number): string {
  return new Date(time).toISOString();
}
