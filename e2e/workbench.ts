/**
 * What every test of the page shares: a page that is watched for errors and policy violations, and the acts a user has.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test as base, type Locator, type Page } from '@playwright/test';
import type { Headline, Trace } from '../src/engine/trace/trace.ts';
import { asNew, keptPage, newPage } from './kept-page.ts';

export { expect };

export interface GivenFile {
  readonly name: string;
  readonly octets: Uint8Array;
}

/** A file of `e2e/fixtures`. */
export function fixture(name: string): GivenFile {
  return fileAt(fileURLToPath(new URL(`fixtures/${name}`, import.meta.url)));
}

/** A message of the samples, as a file of the user's. */
export function sampleMessage(name: string): GivenFile {
  return fileAt(fileURLToPath(new URL(`../src/content/samples/messages/${name}`, import.meta.url)));
}

export function sampleKey(name: string): GivenFile {
  return fileAt(fileURLToPath(new URL(`../src/content/samples/keys/${name}`, import.meta.url)));
}

export function fileAt(path: string): GivenFile {
  return { name: basename(path), octets: new Uint8Array(readFileSync(path)) };
}

export function textFile(name: string, text: string): GivenFile {
  return { name, octets: new TextEncoder().encode(text) };
}

/** A message that zeep signed: valid with `trust.pem` trusted at this time. */
export const SIGNED = {
  message: fixture('signed.xml'),
  trust: fixture('trust.pem'),
  at: '2026-11-22T06:53:26',
} as const;

export type PaneName = 'original' | 'secured' | 'decoded';

/** The page as its user has it. */
export class WorkbenchPage {
  readonly page: Page;
  readonly verdict: Locator;
  readonly trace: Locator;

  constructor(page: Page) {
    this.page = page;
    this.verdict = page.getByRole('region', { name: 'Verdict' });
    this.trace = page.getByRole('treegrid', { name: 'Trace' });
  }

  /** Opens the page and waits for the first sample's verdict. */
  async open(): Promise<void> {
    await this.page.goto('/');
    await this.expectHeadline('valid');
  }

  /** A verdict that speaks of the message on the screen. */
  async expectHeadline(headline: Headline, options: { readonly timeout?: number } = {}): Promise<void> {
    await expect(this.verdict).toHaveAttribute('data-headline', headline, options);
  }

  /** The verdict with its cause: the search for it follows the verdict. */
  async expectSettled(headline: Headline): Promise<void> {
    await this.expectHeadline(headline);
    await expect(this.verdict).toHaveAttribute('aria-busy', 'false');
  }

  async chooseSample(title: string): Promise<void> {
    await this.page.getByRole('button', { name: /^Sample: / }).click();
    await this.page.getByRole('menuitemradio', { name: title }).click();
  }

  /** Opens files through the browser's own chooser. */
  async openFiles(files: readonly GivenFile[]): Promise<void> {
    await this.page.getByRole('button', { name: /^Open/ }).click();
    const [chooser] = await Promise.all([
      this.page.waitForEvent('filechooser'),
      this.page.getByRole('menuitem', { name: 'Open files' }).click(),
    ]);
    await chooser.setFiles(
      files.map(({ name, octets }) => {
        // From the disk: what the page does with a large file is then all that the page does.
        const path = test.info().outputPath(name);
        writeFileSync(path, octets);
        return path;
      }),
    );
  }

  /** Drops files on the page, as a file manager does. */
  async drop(files: readonly GivenFile[]): Promise<void> {
    await this.page.evaluate(
      (given) => {
        const carried = new DataTransfer();
        for (const { name, base64 } of given) {
          carried.items.add(new File([Uint8Array.from(atob(base64), (character) => character.charCodeAt(0))], name));
        }
        const target = document.querySelector('main') ?? document.body;
        for (const type of ['dragenter', 'dragover', 'drop']) {
          target.dispatchEvent(new DragEvent(type, { dataTransfer: carried, bubbles: true, cancelable: true }));
        }
      },
      files.map(({ name, octets }) => ({ name, base64: Buffer.from(octets).toString('base64') })),
    );
  }

  /** Puts text on the clipboard and presses the keys for pasting, outside any field. */
  async paste(text: string): Promise<void> {
    await this.page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    await this.page.evaluate((copied) => navigator.clipboard.writeText(copied), text);
    await this.page.evaluate(() =>
      document.activeElement instanceof HTMLElement ? document.activeElement.blur() : undefined,
    );
    await this.page.keyboard.press('ControlOrMeta+V');
  }

  /** Judges as of a time, `2026-11-22T06:53:26`, UTC. */
  async setClock(time: string): Promise<void> {
    await this.page.getByRole('button', { name: /^Judged as of/ }).click();
    await this.page.getByLabel('Time, UTC').fill(time);
    await this.page.keyboard.press('Escape');
  }

  async trustFile(name: string): Promise<void> {
    await this.showKeys();
    const trusted = this.page.locator(`article[data-file="${name}"]`).getByRole('checkbox', { name: 'trusted' });
    // The mark follows what the worker says, not the click.
    await trusted.click();
    await expect(trusted).toBeChecked();
    await this.showWorkbench();
  }

  async showKeys(): Promise<void> {
    await this.page.getByRole('link', { name: /^Keys/ }).click();
  }

  async showWorkbench(): Promise<void> {
    await this.page.getByRole('link', { name: 'Workbench' }).click();
  }

  pane(name: PaneName): Locator {
    return this.page.locator(`section.pane[data-pane="${name}"]`);
  }

  /** A pane's Monaco editor, once it is there. */
  async editor(name: PaneName): Promise<Locator> {
    const editor = this.pane(name).locator('.monaco-editor').first();
    await expect(editor.locator('.view-line').first()).toBeVisible();
    return editor;
  }

  /** Selects the first occurrence of a text in the original's editor, with the editor's own search. */
  async selectText(text: string): Promise<void> {
    const editor = await this.editor('original');
    await this.pane('original').locator('.wss-editor').focus();
    await this.page.keyboard.press('Enter');
    await this.page.keyboard.press('ControlOrMeta+Home');
    await this.page.keyboard.press('ControlOrMeta+F');
    const find = editor.getByRole('textbox', { name: 'Find' });
    // The editor seeds the field with the word at the cursor and counts its matches: those must be gone first.
    await find.fill('');
    await expect(editor.locator('.find-widget .matchesCount')).not.toContainText(/\d+ of \d+/);
    await find.fill(text);
    await expect(editor.locator('.find-widget .matchesCount')).toContainText(/\d+ of \d+/);
    await find.press('Escape');
    await expect(editor.locator('.find-widget')).not.toHaveClass(/visible/);
    // The next key is meant for the text: the focus comes back to it a moment after the search has closed.
    await expect(editor).toHaveClass(/(^| )focused( |$)/);
  }

  step(kind: string): Locator {
    return this.trace.locator(`[role="row"][data-kind="${kind}"]`);
  }

  async evidenceTab(name: 'Octets' | 'Origin' | 'Explain'): Promise<void> {
    await this.page.getByRole('tablist', { name: 'Evidence' }).getByRole('tab', { name }).click();
  }

  async leftTab(name: 'Trace' | 'Findings' | 'Tokens' | 'Certificates'): Promise<void> {
    await this.page.getByRole('tablist', { name: 'Trace and findings' }).getByRole('tab', { name }).click();
  }

  async export(item: 'Report as JSON' | 'Printable report' | 'Trace as JSON'): Promise<Buffer> {
    await this.page.getByRole('button', { name: 'Export' }).click();
    const downloading = this.page.waitForEvent('download');
    await this.page.getByRole('menuitem', { name: item }).click();
    return readFileSync(await (await downloading).path());
  }

  async exportedTrace(): Promise<Trace> {
    return JSON.parse((await this.export('Trace as JSON')).toString('utf8')) as Trace;
  }
}

/** What a page must not do, unless a test says that it provokes it. */
export interface Watched {
  /** Console errors and warnings, uncaught errors, and violations of the policy. */
  readonly problems: string[];
  /** Patterns that the test itself provokes. */
  readonly expected: RegExp[];
}

interface Given {
  /** A page that no test has had, in a context of its own: for routes, init scripts and what a first visit shows. */
  readonly fresh: boolean;
  readonly watched: Watched;
  readonly workbench: WorkbenchPage;
}

export const test = base.extend<Given, { readonly kept: Page }>({
  fresh: [false, { option: true }],
  kept: [
    async ({ browser }, use) => {
      const page = await keptPage(browser);
      await use(page);
      await page.context().close();
    },
    { scope: 'worker' },
  ],
  page: async ({ browser, fresh, kept, viewport }, use) => {
    if (!fresh) {
      if (viewport === null) throw new Error('a page is given its size');
      await asNew(kept, viewport);
      await use(kept);
      return;
    }
    const page = await newPage(browser);
    await use(page);
    await page.context().close();
  },
  context: async ({ page }, use) => use(page.context()),
  watched: [
    async ({ page }, use) => {
      const watched: Watched = { problems: [], expected: [] };
      page.on('console', (message) => {
        if (message.type() === 'error' || message.type() === 'warning') {
          watched.problems.push(`${message.type()}: ${message.text()}`);
        }
      });
      page.on('pageerror', (error) => watched.problems.push(`uncaught: ${error.message}`));
      page.on('crash', () => watched.problems.push('the page crashed'));
      await use(watched);
      expect(watched.problems.filter((problem) => !watched.expected.some((pattern) => pattern.test(problem)))).toEqual(
        [],
      );
    },
    { auto: true },
  ],
  workbench: async ({ page }, use) => use(new WorkbenchPage(page)),
});
