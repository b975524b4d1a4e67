/**
 * What the page asks of the browser's threads: the longest task of the main thread for a long trace, the work of both
 * threads for an edit. All in processor time: what else the machine does does not count.
 */
import { Buffer } from 'node:buffer';
import { readFileSync } from 'node:fs';
import { longTrace } from '../e2e/long-trace.mjs';

const MB = 1_000_000;

/** Milliseconds after which nothing of what an act set going is still under way. */
const SETTLED = 3_000;

/** Categories of the browser's trace that hold every task of a thread, and the marks that the page made. */
const CATEGORIES = ['toplevel', 'blink.user_timing'];

/**
 * Records every task of the page's threads while `act` runs.
 *
 * @returns {Promise<{ main: { at: number, cpu: number }[], worker: { at: number, cpu: number }[], marks: Map<string, number> }>}
 *   tasks by thread; times in milliseconds, `at` by the browser's own clock; the first mark of each name
 */
async function recordTasks(page, act) {
  const session = await page.context().newCDPSession(page);
  const events = [];
  session.on('Tracing.dataCollected', ({ value }) => events.push(...value));
  await session.send('Tracing.start', {
    transferMode: 'ReportEvents',
    traceConfig: { includedCategories: CATEGORIES },
  });
  await act();
  const complete = new Promise((resolve) => {
    session.once('Tracing.tracingComplete', resolve);
  });
  await session.send('Tracing.end');
  await complete;
  const threads = (name) =>
    new Set(
      events
        .filter((event) => event.name === 'thread_name' && event.args.name.startsWith(name))
        .map(({ pid, tid }) => `${pid}:${tid}`),
    );
  const tasksOf = (wanted) =>
    events
      .filter(
        ({ name, ph, pid, tid }) =>
          /^(?:ThreadControllerImpl::)?RunTask$/.test(name) && ph === 'X' && wanted.has(`${pid}:${tid}`),
      )
      .map(({ ts, tdur = 0 }) => ({ at: ts / 1_000, cpu: tdur / 1_000 }));
  const marks = new Map();
  for (const { name, cat, ts } of events) {
    if (cat?.includes('blink.user_timing') && !marks.has(name)) marks.set(name, ts / 1_000);
  }
  await session.detach();
  return { main: tasksOf(threads('CrRendererMain')), worker: tasksOf(threads('DedicatedWorker')), marks };
}

const longest = (tasks) => tasks.reduce((most, { cpu }) => Math.max(most, cpu), 0);
const sum = (tasks) => tasks.reduce((total, { cpu }) => total + cpu, 0);

/** In the page: marks every verdict that is shown, under its headline. */
function markVerdicts() {
  const verdict = document.querySelector('section.verdict');
  new MutationObserver(() => {
    const { headline } = verdict.dataset;
    if (headline !== undefined) performance.mark(`verdict ${headline}`);
  }).observe(verdict, { attributes: true, attributeFilter: ['data-headline'] });
}

/** In the page: drops a file on it. */
function dropFile([name, text]) {
  const files = new DataTransfer();
  files.items.add(new File([text], name));
  document.body.dispatchEvent(new DragEvent('drop', { dataTransfer: files, bubbles: true, cancelable: true }));
}

/** Waits until the page shows a headline and looks for no cause any more. */
async function settle(page, headline) {
  await page.waitForFunction(
    (wanted) => {
      const verdict = document.querySelector('section.verdict');
      return verdict?.dataset.headline === wanted && verdict.ariaBusy === 'false';
    },
    headline,
    { timeout: 300_000 },
  );
  await page.waitForTimeout(SETTLED);
}

async function openPage(browser, url) {
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  await page.goto(url);
  await settle(page, 'valid');
  await page.evaluate(markVerdicts);
  return page;
}

/** Sixty signatures of fifty references: from the verdict to the last pane drawn. */
async function measureLongTrace(row, browser, url) {
  const page = await openPage(browser, url);
  const { main, marks } = await recordTasks(page, async () => {
    await page.evaluate(dropFile, ['long.xml', longTrace(60, 50)]);
    await settle(page, 'invalid');
  });
  const steps = Number(await page.locator('[role=treegrid]').getAttribute('aria-rowcount'));
  await page.close();
  const after = main.filter(({ at }) => at >= (marks.get('verdict invalid') ?? Infinity));
  const most = longest(after);
  row(
    `longest main-thread task of ${steps} steps, verdict to panes`,
    `${most.toFixed(0)} ms (all of them ${sum(after).toFixed(0)} ms)`,
    '<= 200 ms',
    steps > 10_000 && after.length > 0 && most <= 200,
  );
}

/** The sample that zeep signed, with a Body of 1 MB: one character typed into it. */
async function measureEdit(row, browser, url) {
  const page = await openPage(browser, url);
  await page.evaluate(dropFile, ['large.xml', largeMessage()]);
  await page.waitForSelector('[data-headline=invalid]', { timeout: 60_000 });
  await page.waitForTimeout(SETTLED);
  // Into the text, and there into the last line of the Body. The first key makes the editor show the text as it is.
  await page.locator('[data-pane=original] .wss-editor').focus();
  for (const key of ['Enter', 'ControlOrMeta+End', 'ArrowUp', 'End']) await page.keyboard.press(key);
  for (let at = 0; at < '</app:Line>'.length + 2; at += 1) await page.keyboard.press('ArrowLeft');
  await page.keyboard.press('y');
  await page.waitForTimeout(SETTLED);
  const edits = [];
  for (const key of ['x', 'Backspace', 'x']) {
    edits.push(
      await recordTasks(page, async () => {
        await page.keyboard.press(key);
        // The message is judged after a pause in typing.
        await page.waitForTimeout(SETTLED);
        await settle(page, 'invalid');
      }),
    );
  }
  await page.close();
  const middle = (values) => values.toSorted((one, other) => one - other)[values.length >> 1];
  const worker = middle(edits.map((edit) => sum(edit.worker)));
  const main = middle(edits.map((edit) => longest(edit.main)));
  const all = middle(edits.map((edit) => sum(edit.main)));
  row('edit at 1 MB, worker', `${worker.toFixed(0)} ms`, '<= 150 ms', worker > 0 && worker <= 150);
  row(
    'edit at 1 MB, longest main-thread task',
    `${main.toFixed(0)} ms (all of them ${all.toFixed(0)} ms)`,
    '<= 30 ms',
    main <= 30,
  );
}

function largeMessage() {
  const signed = readFileSync('e2e/fixtures/signed.xml', 'utf8');
  const line = '<app:Line xmlns:app="urn:example:app">0123456789 abcdefghijklmnopqrstuvwxyz</app:Line>\n';
  const body = signed.lastIndexOf('</soap:Body>');
  const lines = line.repeat(Math.ceil((MB - Buffer.byteLength(signed)) / line.length));
  return signed.slice(0, body) + lines + signed.slice(body);
}

/** Adds the rows of the page's work. @param url of a page that is served */
export async function measureWork(row, browser, url) {
  await measureLongTrace(row, browser, url);
  await measureEdit(row, browser, url);
}
