/** The page's own figures: sizes by gzip, first verdict over first contentful paint, a keystroke to the new verdict. */
import { spawn } from 'node:child_process';
import { readFileSync, readdirSync, existsSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { buildIfNeeded } from '../scripts/build.mjs';
import { findChromium } from '../scripts/chromium.mjs';

const KB = 1000;
const PORT = 4188;

const size = (file) => gzipSync(readFileSync(file), { level: 9 }).length;

/** The files that a module imports statically, itself included. */
function closure(folder, entry) {
  const seen = new Set();
  const queue = [entry];
  for (let file = queue.pop(); file !== undefined; file = queue.pop()) {
    if (seen.has(file) || !existsSync(file)) continue;
    seen.add(file);
    const source = readFileSync(file, 'utf8');
    for (const match of source.matchAll(
      /(?:^|[;\n}])\s*(?:import|export)\s*(?:[\w*{][^'"()]*?from\s*)?["'](\.[^"']+\.js)["']/g,
    )) {
      queue.push(join(file, '..', match[1]));
    }
  }
  return [...seen];
}

function sizes(row) {
  const root = 'dist/page';
  const html = readFileSync(join(root, 'index.html'), 'utf8');
  const entries = [...html.matchAll(/(?:src|href)="\/?([^"]+\.(?:js|css))"/g)].map((match) => join(root, match[1]));
  // The entry starts the worker and brings the page in at once: both are the shell.
  entries.push(
    ...readdirSync(join(root, 'assets'))
      .filter((name) => /^main-.*\.(js|css)$/.test(name))
      .map((name) => join(root, 'assets', name)),
  );
  const shell = new Set(entries.flatMap((entry) => (entry.endsWith('.js') ? closure(root, entry) : [entry])));
  const page = [...shell].reduce((sum, file) => sum + size(file), size(join(root, 'index.html')));
  row('page: shell and first verdict, gzip', `${(page / KB).toFixed(0)} KB`, '<= 230 KB', page <= 230 * KB);
  const workers = readdirSync(join(root, 'worker'))
    .filter((name) => /^worker-.*\.js$/.test(name))
    .map((name) => join(root, 'worker', name));
  const worker = workers.flatMap((entry) => closure(root, entry)).reduce((sum, file) => sum + size(file), 0);
  row('worker, gzip', `${(worker / KB).toFixed(0)} KB`, '<= 300 KB', worker <= 300 * KB);
}

/** Adds the rows of the page. Needs a build; makes one where sources changed. */
export async function measurePage(row) {
  console.log('\nThe page');
  buildIfNeeded();
  sizes(row);
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
    const ratios = [];
    for (let round = 0; round < 5; round += 1) {
      const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
      await page.addInitScript(() => {
        new MutationObserver(() => {
          if (window.verdictAt === undefined && document.querySelector('[data-headline]')) {
            window.verdictAt = performance.now();
          }
        }).observe(document, { childList: true, subtree: true, attributes: true, attributeFilter: ['data-headline'] });
      });
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
  } finally {
    await browser.close();
    server.kill();
  }
}
