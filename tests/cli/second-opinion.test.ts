/** `wss verify --second-opinion`: an independent verifier beside the trace; nothing of the report itself changes. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { wss } from './command.ts';

/** Signed by xmlsec1; see the room's own tests. */
const FOLDER = join(import.meta.dirname, '..', 'fixtures', 'second-opinion');
const LIVE = [
  '--at',
  '2026-11-22T06:54:00Z',
  '--trust',
  'keys/trust.pem',
  '--key',
  'keys/client-rsa2048.crt.pem',
  'messages/pc-42969ed03e.xml',
];
const made = (name: string) => ['--trust', join(FOLDER, 'public-key.pem'), join(FOLDER, `${name}.xml`)];
const json = (args: readonly string[]) => JSON.parse(wss(['verify', '--json', ...args]).stdout);

describe('in the JSON report', () => {
  it('is a member of its own that is there when it is asked for; all others stay as they are', () => {
    const plain = json(LIVE);
    const { secondOpinion, ...rest } = json(['--second-opinion', ...LIVE]);
    expect(plain).not.toHaveProperty('secondOpinion');
    expect(rest).toEqual(plain);
    expect(secondOpinion).toMatchObject({
      library: 'xmldsigjs',
      status: 'given',
      signatures: [
        {
          value: 'pass',
          agrees: true,
          unexplained: false,
          explanations: [],
          path: plain.signatures[0].path,
          id: plain.signatures[0].id,
        },
      ],
    });
    expect(secondOpinion.signatures[0].references.map((reference: { uri: string }) => reference.uri)).toEqual(
      plain.signatures[0].references.map((reference: { uri: string }) => reference.uri),
    );
  });

  it.each([
    ['d6-prefix-list-in-signedinfo', 'pass', 'D6', { value: 'fail' }],
    ['d1-attribute-added', 'fail', 'D1', { value: 'pass', references: [{ digest: 'pass' }] }],
  ])('%s: it differs, and the defect behind it is named', (name, axis, code, theirs) => {
    const { axes, secondOpinion } = json(['--second-opinion', ...made(name)]);
    expect(axes.signature).toBe(axis);
    expect(secondOpinion.signatures).toMatchObject([{ agrees: false, unexplained: false, ...theirs }]);
    expect(
      secondOpinion.signatures[0].explanations.map((one: { code: string; message: string }) => one.code),
    ).toContain(code);
    expect(secondOpinion.signatures[0].explanations[0].message.length).toBeGreaterThan(20);
  });

  it('says why it has none', () => {
    const ask = (input: string) =>
      JSON.parse(wss(['verify', '--json', '--second-opinion', '-'], { input }).stdout).secondOpinion;
    expect(ask('<a/>')).toEqual({ library: 'xmldsigjs', status: 'declined', reason: 'no-signature' });
    expect(ask('<a><Signature xmlns="http://www.w3.org/2000/09/xmldsig#"></a>')).toMatchObject({
      status: 'declined',
      reason: 'malformed',
    });
  });
});

describe('in the text report', () => {
  it('stands after the trace', () => {
    const { stdout, status } = wss(['verify', '--second-opinion', ...LIVE]);
    expect(status).toBe(0);
    expect(stdout).toMatch(/Coverage: 2 of 2 [^\n]*\n +✓ Second opinion: xmldsigjs agrees\n/);
  });
  it('names the defect', () => {
    const { stdout } = wss(['verify', '--second-opinion', ...made('d6-prefix-list-in-signedinfo')], {
      env: { COLUMNS: '80' },
    });
    expect(stdout).toContain('Second opinion: xmldsigjs differs, for a known reason');
    expect(stdout).toMatch(/D6: It ignores InclusiveNamespaces/);
    expect(
      Math.max(
        ...stdout
          .split('\n')
          .slice(1)
          .map((line) => line.length),
      ),
    ).toBeLessThanOrEqual(80);
  });
});

it('is told of by the help, and leaves the trace alone', () => {
  expect(wss(['verify', '--help']).stdout).toContain('--second-opinion');
  expect(wss(['verify', '--trace', '--second-opinion', ...LIVE]).stdout).toBe(
    wss(['verify', '--trace', ...LIVE]).stdout,
  );
});

it('judges the document inside an HTTP dump', () => {
  const xml = readFileSync(join(FOLDER, 'plain.xml'), 'utf8');
  const { secondOpinion } = JSON.parse(
    wss(['verify', '--json', '--second-opinion', '--trust', join(FOLDER, 'public-key.pem'), '-'], {
      input: `POST / HTTP/1.1\r\nHost: x\r\n\r\n${xml}`,
    }).stdout,
  );
  expect(secondOpinion.signatures).toMatchObject([{ agrees: true }]);
});
