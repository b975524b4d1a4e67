/** The page's own figures: sizes by gzip, first verdict over first contentful paint, a keystroke to the new verdict. */
import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { createServer, request } from 'node:http';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { buildIfNeeded } from '../scripts/build.mjs';
import { findChromium } from '../scripts/chromium.mjs';
import { measureWork } from './page-work.mjs';

const KB = 1000;
const PORT = 4188;

const size = (file) => gzipSync(readFileSync(file), { level: 9 }).length;

/**
 * Stands before the server and notes what is asked for, and when: also what workers ask for, which a page can't tell.
 *
 * @returns {Promise<{ url: string, asked: { path: string, at: number }[], close: () => void }>}
 */
async function listenBefore(port) {
  const asked = [];
  const server = createServer((incoming, answer) => {
    asked.push({ path: new URL(incoming.url, 'http://localhost').pathname, at: Date.now() });
    const { method, url: path } = incoming;
    // The server answers under its own name only.
    const headers = { ...incoming.headers, host: `127.0.0.1:${port}` };
    const onward = request({ port, method, path, headers }, (response) => {
      answer.writeHead(response.statusCode, response.headers);
      response.pipe(answer);
    });
    onward.once('error', () => answer.destroy());
    incoming.pipe(onward);
  });
  await new Promise((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  return { url: `http://127.0.0.1:${server.address().port}/`, asked, close: () => server.close() };
}

/** Rows of what Chromium loads until the verdict of the first message stands in the page. */
async function measureLoaded(row, browser) {
  const { url, asked, close } = await listenBefore(PORT);
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  await page.addInitScript(noteVerdict);
  await page.goto(url);
  await page.waitForFunction(() => window.verdictAt !== undefined, undefined, { timeout: 60_000 });
  const verdict = await page.evaluate(() => performance.timeOrigin + window.verdictAt);
  await page.close();
  close();
  const before = asked.filter(({ at }) => at < verdict).map(({ path }) => (path === '/' ? '/index.html' : path));
  const sizes = [...new Set(before)]
    .map((path) => ({ path, file: join('dist/page', path) }))
    .filter(({ file }) => existsSync(file))
    .map(({ path, file }) => ({ path, octets: path.endsWith('.woff2') ? readFileSync(file).length : size(file) }));
  const sum = (chosen) => chosen.reduce((total, { octets }) => total + octets, 0);
  const code = sizes.filter(({ path }) => !path.endsWith('.woff2'));
  for (const { path, octets } of code.toSorted((one, other) => other.octets - one.octets).slice(0, 12)) {
    console.log(`    ${(octets / KB).toFixed(1).padStart(6)} KB ${path}`);
  }
  const total = sum(code);
  row(
    'page and worker before the first verdict, gzip',
    `${(total / KB).toFixed(0)} KB`,
    '<= 300 KB',
    total <= 300 * KB,
  );
  console.log(`    fonts: ${(sum(sizes) / KB - total / KB).toFixed(0)} KB`);
}

/** In the page: when the verdict came, by its own clock. */
function noteVerdict() {
  new MutationObserver(() => {
    if (window.verdictAt === undefined && document.querySelector('[data-headline]')) {
      window.verdictAt = performance.now();
    }
  }).observe(document, { childList: true, subtree: true, attributes: true, attributeFilter: ['data-headline'] });
}

/** Adds the rows of the page. Needs a build; makes one where sources changed. */
export async function measurePage(row) {
  console.log('\nThe page');
  buildIfNeeded();
  const executablePath = await findChromium();
  if (!executablePath) return;
  const server = spawn(process.execPath, ['dist/cli/wss.mjs', 'serve', '--port', String(PORT)], { stdio: 'ignore' });
  const { chromium } = await import('playwright');
  const browser = await chromium.launch({
    executablePath,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
  try {
    await new Promise((resolve) => {
      setTimeout(resolve, 800);
    });
    await measureLoaded(row, browser);
    const ratios = [];
    for (let round = 0; round < 5; round += 1) {
      const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
      await page.addInitScript(noteVerdict);
      await page.goto(`http://127.0.0.1:${PORT}/`);
      // The verdict may be in the page before the browser has told of its first paint.
      await page.waitForFunction(
        () => window.verdictAt !== undefined && performance.getEntriesByName('first-contentful-paint').length > 0,
        undefined,
        { timeout: 20_000 },
      );
      ratios.push(
        await page.evaluate(() => ({
          verdict: window.verdictAt,
          paint: performance.getEntriesByName('first-contentful-paint')[0].startTime,
        })),
      );
      await page.close();
    }
    const best = ratios.map(({ verdict, paint }) => verdict / paint).toSorted((a, b) => a - b)[ratios.length >> 1];
    row(
      'first verdict / first contentful paint, median of 5',
      `${best.toFixed(2)} ` +
        `(${ratios.map(({ verdict, paint }) => `${verdict.toFixed(0)}/${paint.toFixed(0)} ms`).join(', ')})`,
      '<= 1.5',
      best <= 1.5,
    );
    await measureWork(row, browser, `http://127.0.0.1:${PORT}/`);
  } finally {
    await browser.close();
    server.kill();
  }
}
