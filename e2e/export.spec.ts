/**
 * Exports: the report is the command's JSON, the printable report stands alone, the trace holds no octets and no
 * secrets.
 */
import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { SAMPLES } from '../src/content/samples/entries.ts';
import { expect, SIGNED, test } from './workbench.ts';

const at = (path: string) => fileURLToPath(new URL(`../${path}`, import.meta.url));

/** The command's report over the same files. */
function commandReport(args: readonly string[]): Record<string, unknown> {
  try {
    return JSON.parse(
      execFileSync(process.execPath, [at('dist/cli/wss.mjs'), 'verify', '--json', ...args], {
        encoding: 'utf8',
        stdio: ['ignore', 'pipe', 'inherit'],
      }),
    ) as Record<string, unknown>;
  } catch (error) {
    // Status 1 is any headline but `valid`; the report is on stdout all the same.
    return JSON.parse((error as { stdout: string }).stdout) as Record<string, unknown>;
  }
}

const AXES = ['authentication', 'coverage', 'decryption', 'freshness', 'policy', 'signature', 'structure', 'trust'];

for (const sample of SAMPLES.filter(({ id }) =>
  ['signed', 'username-and-signature', 'wrapped', 'missing-certificate'].includes(id),
)) {
  test(`the report of "${sample.title}" is the command's`, async ({ workbench }) => {
    await workbench.open();
    await workbench.chooseSample(sample.title);
    await workbench.expectHeadline(sample.headline);
    const report = JSON.parse((await workbench.export('Report as JSON')).toString('utf8')) as Record<string, unknown>;
    expect(report['schema']).toBe(1);
    expect(Object.keys(report['axes'] as object).toSorted()).toEqual(AXES);
    for (const member of ['id', 'headline', 'signatures', 'encrypted', 'tokens', 'findings']) {
      expect(report).toHaveProperty(member);
    }
    const key = (name: string) => at(`src/content/samples/keys/${name}`);
    const command = commandReport([
      ...sample.keys.flatMap((name) => ['--key', key(name)]),
      ...sample.trust.flatMap((name) => ['--trust', key(name)]),
      ...sample.users.flatMap(({ name, password }) => ['--user', `${name}=${password}`]),
      '--at',
      sample.at,
      at(`src/content/samples/messages/${sample.message}`),
    ]);
    expect(report).toEqual(command);
  });
}

test('the printable report is one file that loads nothing and runs nothing, and hostile text in it stays text', async ({
  browser,
  workbench,
}) => {
  await workbench.open();
  const hostile = new TextDecoder()
    .decode(SIGNED.message.octets)
    .replace('<wsse:Security', '<x:y xmlns:x="&lt;script&gt;document.title=1&lt;/script&gt;"/><wsse:Security')
    .replace(/URI="#id-0ace/, 'URI="#&lt;img src=x onerror=document.title=1>');
  await workbench.drop([{ name: 'hostile.xml', octets: new TextEncoder().encode(hostile) }, SIGNED.trust]);
  await expect(workbench.verdict).toHaveAttribute('data-headline');
  const html = (await workbench.export('Printable report')).toString('utf8');
  expect(html).toMatch(/^<!doctype html>/);
  expect(html).not.toMatch(/<(script|img|link|iframe|object|embed|svg)\b/i);
  expect(html).not.toMatch(/<[^>]*\s(on\w+|src|href|background|action)=/i);
  expect(/<style>([^]*?)<\/style>/.exec(html)?.[1]).not.toMatch(/@import|url\(/i);
  const page = await browser.newPage();
  const requests: string[] = [];
  page.on('request', (request) => requests.push(request.url()));
  await page.setContent(html);
  await expect(page.getByRole('heading', { level: 1 })).toContainText('Invalid');
  await expect(page.getByRole('heading', { level: 2 })).toContainText(['Findings', 'Signature', 'What was done']);
  expect(requests).toEqual([]);
  await page.close();
});

test('the trace is whole and holds neither octets nor passwords', async ({ workbench }) => {
  await workbench.open();
  await workbench.chooseSample('UsernameToken with digest, and a signature');
  await workbench.expectHeadline('valid');
  const text = (await workbench.export('Trace as JSON')).toString('utf8');
  const trace = JSON.parse(text) as Record<string, unknown>;
  for (const member of [
    'schema',
    'engine',
    'options',
    'input',
    'spaces',
    'steps',
    'findings',
    'signatures',
    'tokens',
    'certificates',
    'paths',
    'coverage',
    'verdict',
  ]) {
    expect(trace).toHaveProperty(member);
  }
  expect(text).not.toContain('s3cret');
});
