/** Exports: the report is the command's JSON, the printable report stands alone, the trace holds no octets and no secrets. */
import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, sampleKey, sampleMessage, test } from './workbench.ts';

const at = (path: string) => fileURLToPath(new URL(`../${path}`, import.meta.url));

/** The command's report over the same files. */
function commandReport(args: readonly string[]): Record<string, unknown> {
  try {
    return JSON.parse(execFileSync(process.execPath, [at('dist/cli/wss.mjs'), 'verify', '--json', ...args], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] })) as Record<string, unknown>;
  } catch (error) {
    // Status 1 is any headline but `valid`; the report is on stdout all the same.
    return JSON.parse((error as { stdout: string }).stdout) as Record<string, unknown>;
  }
}

const AXES = ['authentication', 'coverage', 'decryption', 'freshness', 'policy', 'signature', 'structure', 'trust'];

for (const { title, message, keys, trust, users, time } of [
  { title: 'Signed Body and Timestamp', message: 'pc-e7d0141309.xml', keys: [], trust: ['trust.pem'], users: [], time: '2026-11-22T06:53:26Z' },
  { title: 'Re-indented after signing', message: 'pc-7bd10367a1.xml', keys: ['client-rsa2048.crt.pem'], trust: ['trust.pem'], users: [], time: '2026-11-22T06:53:26Z' },
]) {
  test(`the report of "${title}" is the command's`, async ({ workbench }) => {
    await workbench.open();
    await workbench.chooseSample(title);
    await expect(workbench.verdict).toHaveAttribute('data-headline');
    const report = JSON.parse((await workbench.export('Report as JSON')).toString('utf8')) as Record<string, unknown>;
    expect(report['schema']).toBe(1);
    expect(Object.keys(report['axes'] as object).toSorted()).toEqual(AXES);
    for (const member of ['id', 'headline', 'signatures', 'encrypted', 'tokens', 'findings']) expect(report).toHaveProperty(member);
    const key = (name: string) => at(`src/content/samples/keys/${name}`);
    const command = commandReport([
      ...keys.flatMap((name) => ['--key', key(name)]), ...trust.flatMap((name) => ['--trust', key(name)]), ...users.flatMap((user) => ['--user', user]),
      '--at', time, at(`src/content/samples/messages/${message}`),
    ]);
    expect(report).toEqual(command);
  });
}

test('the printable report is one file that loads nothing and runs nothing, and hostile text in it stays text', async ({ browser, workbench }) => {
  await workbench.open();
  const hostile = new TextDecoder().decode(sampleMessage('pc-e7d0141309.xml').octets).replace('<wsse:Security', '<x:y xmlns:x="&lt;script&gt;document.title=1&lt;/script&gt;"/><wsse:Security').replace(/URI="#id-0ace/, 'URI="#&lt;img src=x onerror=document.title=1>');
  await workbench.drop([{ name: 'hostile.xml', octets: new TextEncoder().encode(hostile) }, sampleKey('trust.pem')]);
  await expect(workbench.verdict).toHaveAttribute('data-headline');
  const html = (await workbench.export('Printable report')).toString('utf8');
  expect(html).toMatch(/^<!doctype html>/);
  expect(html).not.toMatch(/<script|<img|<link|\son\w+=|src=|@import|url\(/i);
  expect(html.match(/\bhref="[^"]*"/g) ?? []).toEqual([]);
  const page = await browser.newPage();
  const requests: string[] = [];
  page.on('request', (request) => requests.push(request.url()));
  await page.setContent(html);
  await expect(page.getByRole('heading', { level: 1 })).toContainText('Invalid');
  await expect(page.getByRole('heading', { level: 2 })).toHaveText(['Axes', 'Findings', 'Steps']);
  expect(requests).toEqual([]);
  await page.close();
});

test('the trace is whole and holds neither octets nor passwords', async ({ workbench }) => {
  await workbench.open();
  await workbench.chooseSample('UsernameToken with digest, and a signature');
  await workbench.expectHeadline('valid');
  const text = (await workbench.export('Trace as JSON')).toString('utf8');
  const trace = JSON.parse(text) as Record<string, unknown>;
  for (const member of ['schema', 'engine', 'options', 'input', 'spaces', 'steps', 'findings', 'signatures', 'tokens', 'certificates', 'paths', 'coverage', 'verdict']) expect(trace).toHaveProperty(member);
  expect(text).not.toContain('s3cret');
});
