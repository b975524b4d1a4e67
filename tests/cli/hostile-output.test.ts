/** Control and bidirectional characters of a message reach no terminal, no page and no JSON as they are. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { jsonText } from '../../src/content/visible-text.ts';
import { wss } from './command.ts';

const folder = mkdtempSync(join(tmpdir(), 'wss-hostile-'));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

const BIDI = '\u202Elive\u202C\u2066';
const C1 = '\u009b31m\u007f';
const ESCAPE = '\u001b]0;title\u0007';
/** Beside what a reader of text may get: line feed and tab. */
// oxlint-disable-next-line no-control-regex -- these are looked for
const HOSTILE = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]/;

const MESSAGE = `<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Header><wsse:Security xmlns:wsse="http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd" xmlns:wsu="http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-utility-1.0.xsd"><wsu:Timestamp wsu:Id="${BIDI}${C1}"><wsu:Created>${BIDI}</wsu:Created></wsu:Timestamp><wsse:UsernameToken wsu:Id="${BIDI}"><wsse:Username>${BIDI}${C1}</wsse:Username><wsse:Password Type="${BIDI}${C1}">x</wsse:Password></wsse:UsernameToken><ds:Signature xmlns:ds="http://www.w3.org/2000/09/xmldsig#"><ds:SignedInfo><ds:CanonicalizationMethod Algorithm="${BIDI}"/><ds:SignatureMethod Algorithm="x:${C1}"/><ds:Reference URI="#${BIDI}${C1}"><ds:DigestMethod Algorithm="http://www.w3.org/2001/04/xmlenc#sha256"/><ds:DigestValue>${C1}</ds:DigestValue></ds:Reference></ds:SignedInfo><ds:SignatureValue>AAAA</ds:SignatureValue><ds:KeyInfo><ds:KeyName>${BIDI}${C1}</ds:KeyName><ds:X509Data><ds:X509SubjectName>CN=${BIDI}${C1}</ds:X509SubjectName></ds:X509Data></ds:KeyInfo></ds:Signature></wsse:Security></s:Header><s:Body><s:Fault><faultcode>s:${C1}</faultcode><faultstring>${BIDI}${C1}</faultstring></s:Fault></s:Body></s:Envelope>`;
const FAULT = `<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body><s:Fault><faultcode>s:${C1}</faultcode><faultstring>${BIDI}${C1}</faultstring></s:Fault></s:Body></s:Envelope>`;

describe.each([
  ['in names, ids and algorithms', MESSAGE],
  ['in a fault', FAULT],
  ['that XML does not have', MESSAGE.replace('<s:Fault>', `<s:Fault>${ESCAPE}`)],
  ['instead of a message', `${ESCAPE}${BIDI}${C1}`],
])('characters %s', (_, input) => {
  it.each([[[]], [['-v']], [['--json']], [['--trace']], [['--second-opinion']]])('are written out: %j', (args) => {
    const { stdout, stderr } = wss(['verify', ...args, '-'], { input });
    expect(stdout).not.toBe('');
    expect(stdout + stderr).not.toMatch(HOSTILE);
  });

  it('are written out in the printable report', () => {
    const file = join(folder, 'report.html');
    wss(['verify', '--html', file, '-'], { input });
    expect(readFileSync(file, 'utf8')).not.toMatch(HOSTILE);
  });
});

it('in a name of a file or an argument are written out, too', () => {
  for (const args of [
    ['verify', `none${ESCAPE}${BIDI}`],
    ['verify', '--at', C1, 'x'],
    ['keys', `${C1}${BIDI}`],
    ['explain', ESCAPE],
    [BIDI],
  ]) {
    const { stderr, stdout, status } = wss(args);
    expect(status).toBe(2);
    expect(stderr).not.toBe('');
    expect(stdout + stderr).not.toMatch(HOSTILE);
  }
});

it('JSON reads back as it was', () => {
  const value = { [BIDI]: [C1, ESCAPE, '\u{e0041}', '\ud800', 'ä', '😀'] };
  const text = jsonText(value, 2);
  expect(text).not.toMatch(HOSTILE);
  expect(text).toContain('\\u202e');
  expect(JSON.parse(text)).toEqual(value);
  expect(text).toContain('😀');
});
