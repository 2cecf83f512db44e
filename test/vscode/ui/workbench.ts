// What the UI tests do with the workbench: open a file, the palette, the panel; take a picture.
import { mkdirSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Browser, FrameLocator, Locator, Page } from 'playwright-core';
import { launchBrowser, startServer, workbenchUrl } from '../rig/server.mjs';
import type { Server, ServerOptions } from '../rig/server.mjs';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const screens = path.join(root, 'out/screens');

export const workspaceFolder = process.env.ACTIVATION_LENS_WORKSPACE ?? path.join(root, 'test/vscode/workspace');

/** The packaged extension. */
function vsix(): string {
  const name = readdirSync(root).filter((file) => file.endsWith('.vsix')).sort().at(-1);
  if (!name) throw new Error('no .vsix: run `npm run package` first');
  return path.join(root, name);
}

/** The workbench with the packaged extension installed, in a browser. */
export class Workbench {
  private constructor(readonly server: Server, readonly browser: Browser, readonly page: Page, readonly errors: string[]) {}

  static async start({ folder = workspaceFolder, ...options }: ServerOptions & { readonly folder?: string } = {}, size = { width: 1440, height: 900 }): Promise<Workbench> {
    const server = await startServer({ vsix: vsix(), ...options });
    const browser = await launchBrowser();
    const page = await (await browser.newContext({ viewport: size })).newPage();
    page.setDefaultTimeout(30_000);
    const errors: string[] = [];
    page.on('pageerror', (error) => errors.push(error.message));
    page.on('console', (message) => {
      if (/Content Security Policy|Content-Security-Policy/.test(message.text()) && /webview\.(?:js|css)|active-frame/.test(message.text() + message.location().url)) errors.push(message.text());
    });
    await page.goto(workbenchUrl(server, folder));
    await page.locator('.monaco-workbench').waitFor({ timeout: 60_000 });
    return new Workbench(server, browser, page, errors);
  }

  async stop(): Promise<void> {
    await this.browser.close();
    await this.server.stop();
  }

  async open(file: string): Promise<void> {
    await this.page.locator('.explorer-folders-view').getByText(file, { exact: true }).dblclick({ timeout: 60_000 });
    await this.page.locator('.tab.active').getByText(file, { exact: true }).waitFor();
  }

  /** Runs a command as the palette names it. The palette lists what was known when it was opened, so it is opened again until ours is there. */
  async command(title: string): Promise<void> {
    await this.#openUntil(this.page.locator('.quick-input-list .monaco-list-row', { hasText: title }).first(), async () => {
      await this.page.keyboard.press('F1');
      await this.page.locator('.quick-input-widget input.input').first().fill(`>${title}`);
    });
    await this.page.keyboard.press('Enter');
  }

  /** Opens the list of fixes at the cursor until one is in it: an update of the editor closes it. */
  async fixes(title: string): Promise<void> {
    await this.#openUntil(this.page.locator('.action-widget .monaco-list-row', { hasText: title }), () => this.page.keyboard.press('Control+.'));
  }

  async #openUntil(entry: Locator, open: () => Promise<void>): Promise<void> {
    for (let attempt = 1; ; attempt++) {
      await open();
      try {
        await entry.waitFor({ timeout: 2000 });
        return;
      } catch (error) {
        if (attempt === 10) throw error;
        await this.page.keyboard.press('Escape');
      }
    }
  }

  lens(text: string): Locator {
    return this.page.locator('.codelens-decoration a', { hasText: text }).first();
  }

  /** Centre of a text in the editor in front, in page coordinates. */
  async placeOf(text: string): Promise<{ x: number; y: number }> {
    const line = this.page.locator('.editor-group-container.active .view-line, .view-line').filter({ hasText: spaced(text) }).first();
    await line.waitFor();
    // No named function in here: what tsx adds to keep names does not exist in the page.
    return line.evaluate((element, needle) => {
      const range = document.createRange();
      const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
      const at = (element.textContent ?? '').replaceAll('\u00a0', ' ').indexOf(needle);
      let offset = 0;
      while (walker.nextNode()) {
        const node = walker.currentNode as Text;
        const [start, end] = [at - offset, at + needle.length - offset];
        if (start >= 0 && start < node.length) range.setStart(node, start);
        if (end > 0 && end <= node.length) range.setEnd(node, end);
        offset += node.length;
      }
      const box = range.getBoundingClientRect();
      return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
    }, text);
  }

  /** Rests the pointer on a text of the editor and gives the hover that appears; tries again while the editor has no result yet. */
  async hover(text: string): Promise<Locator> {
    const hover = this.page.locator('.monaco-hover:not(.hidden)', { hasText: 'Show in panel' });
    for (let attempt = 1; ; attempt++) {
      const { x, y } = await this.placeOf(text);
      await this.page.mouse.move(x + 60, y + 320);
      await this.page.mouse.move(x, y, { steps: 4 });
      try {
        await hover.waitFor({ timeout: 3000 });
        return hover;
      } catch (error) {
        if (attempt === 6) throw error;
      }
    }
  }

  get panel(): FrameLocator {
    return this.page.frameLocator('iframe.webview.ready').frameLocator('iframe#active-frame');
  }

  /** The rows of the layers table that are drawn. */
  get rows(): Locator {
    return this.panel.locator('[role="row"][aria-level]');
  }

  /** Keeps a screenshot for people to look at. */
  async picture(name: string): Promise<void> {
    mkdirSync(screens, { recursive: true });
    await this.page.screenshot({ path: path.join(screens, `${name}.png`) });
  }
}

/** The editor draws spaces as no-break spaces. */
const spaced = (text: string) => new RegExp(text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&').replaceAll(' ', '[ \u00a0]'));
