// Opens the real panel, bundled as it is shipped, in a real Chromium under the strict content security policy of the host.
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chromium, type Browser, type Page } from 'playwright-core';
import * as esbuild from 'esbuild';
import { packNumbers } from '../../src/protocol/numbers.ts';
import type { PanelSnapshot } from '../../src/protocol/panelApi.ts';
import type { FakeHost } from './fakeHost.ts';
import type { themes } from './themes.ts';

declare global {
  interface Window {
    fakeHost: FakeHost;
  }
}

const origin = 'http://panel.test';
const policy = `default-src 'none'; img-src ${origin} data:; font-src ${origin}; style-src ${origin}; script-src 'nonce-test'`;
const html = '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Activation Lens</title><link rel="stylesheet" href="/vscode.css"><link rel="stylesheet" href="/panel.css"></head>'
  + '<body><script nonce="test" src="/host.js"></script><script nonce="test" src="/panel.js"></script></body></html>';

/** The panel in a page, and what went wrong in it. */
export interface PanelPage {
  readonly page: Page;
  readonly errors: string[];
  show(snapshot: PanelSnapshot): Promise<void>;
  setTheme(name: keyof typeof themes): Promise<void>;
  /** Requests that the panel sent to the host, by method. */
  requests(method: string): Promise<unknown[]>;
  /** Two frames: a change asked for is drawn after them. */
  settle(): Promise<void>;
  close(): Promise<void>;
}

export async function launchChromium(): Promise<Browser> {
  const path = [process.env['CHROMIUM'], ...['chromium', 'chromium-browser', 'google-chrome'].map(which)].find((one) => one !== undefined && existsSync(one));
  if (path === undefined) throw new Error('No Chromium found: set CHROMIUM to its path, or run `apt-get install chromium`.');
  return chromium.launch({ executablePath: path, args: ['--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-dev-shm-usage'] });
}

function which(name: string): string | undefined {
  try {
    return execFileSync('which', [name], { encoding: 'utf8' }).trim();
  } catch {
    return undefined;
  }
}

export async function bundle(): Promise<Map<string, string>> {
  const build = async (entry: string, name: string) => {
    const { outputFiles } = await esbuild.build({ entryPoints: [entry], bundle: true, format: 'iife', target: 'chrome122', write: false, logLevel: 'error' });
    return [name, outputFiles[0]!.text] as const;
  };
  const root = new URL('../../', import.meta.url).pathname;
  return new Map(await Promise.all([
    build(`${root}test/webview/vscodeDefaults.css`, '/vscode.css'), build(`${root}webview/main.ts`, '/panel.js'), build(`${root}webview/style.css`, '/panel.css'), build(`${root}test/webview/fakeHost.ts`, '/host.js'),
  ]));
}

const contentTypes: Record<string, string> = { js: 'text/javascript', css: 'text/css' };

export async function openPanel(browser: Browser, files: Map<string, string>, size = { width: 1200, height: 800 }): Promise<PanelPage> {
  const context = await browser.newContext({ viewport: size, reducedMotion: 'reduce' });
  const page = await context.newPage();
  const errors: string[] = [];
  page.on('pageerror', (error) => errors.push(String(error)));
  // The tests read canvases back, of which Chromium warns.
  page.on('console', (message) => { if ((message.type() === 'error' || message.type() === 'warning') && !message.text().includes('willReadFrequently')) errors.push(message.text()); });
  await page.route(`${origin}/**`, async (route) => {
    const path = new URL(route.request().url()).pathname;
    const body = path === '/' ? html : files.get(path);
    if (body === undefined) await route.fulfill({ status: path === '/favicon.ico' ? 204 : 404, body: '' });
    else await route.fulfill({ body, headers: { 'content-type': contentTypes[path.split('.').at(-1)!] ?? 'text/html', 'content-security-policy': policy } });
  });
  await page.goto(`${origin}/`);
  const settle = () => page.evaluate(() => new Promise<void>((done) => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done, 30)))));
  // Reports go in as text: Playwright takes seconds over the objects of a large one.
  return {
    page, errors, settle,
    show: async (snapshot) => {
      await page.evaluate((text) => window.fakeHost.show(JSON.parse(text)), JSON.stringify(packNumbers(snapshot)));
      await settle();
    },
    setTheme: async (name) => {
      await page.evaluate((one) => window.fakeHost.setTheme(one), name);
      await settle();
    },
    requests: (method) => page.evaluate((name) => window.fakeHost.requests.filter((one) => one.method === name).map((one) => one.params), method),
    close: async () => {
      const violations = await page.evaluate(() => window.fakeHost.violations);
      await context.close();
      if (violations.length > 0 || errors.length > 0) throw new Error(`the page complained: ${[...errors, ...violations].join('; ')}`);
    },
  };
}
