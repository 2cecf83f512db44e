// Tests of the panel in Chromium: each opens a page of its own, in a browser that the tests of a file share.
import type { Browser, Locator } from 'playwright-core';
import { bundle, launchChromium, openPanel, type PanelPage } from './panelPage.ts';

let bundled: Promise<Map<string, string>> | undefined;

/** The page that the running test has opened. */
export class PanelTest {
  panel!: PanelPage;

  constructor(private readonly browser: () => Browser, private readonly files: () => Map<string, string>) {}

  async open(size?: { readonly width: number; readonly height: number }): Promise<void> {
    this.panel = await openPanel(this.browser(), this.files(), size);
  }

  row(text: string): Locator {
    return this.panel.page.locator('#panel-layers .rows .row', { hasText: text });
  }

  labels(): Promise<string[]> {
    return this.panel.page.locator('#panel-layers .rows .row .label').allTextContents();
  }

  selected(): Promise<string | null> {
    return this.panel.page.locator('#panel-layers .rows .row[aria-selected="true"]').getAttribute('data-key');
  }
}

export function describePanel(title: string, define: (on: PanelTest) => void): void {
  describe(`the panel in Chromium: ${title}`, function () {
    this.timeout(60_000);
    let browser: Browser;
    let files: Map<string, string>;
    const on = new PanelTest(() => browser, () => files);

    before(async () => {
      files = await (bundled ??= bundle());
      browser = await launchChromium();
    });
    after(() => browser?.close());
    // Closing fails the test on any page error, console warning or violation of the content security policy.
    afterEach(() => on.panel.close());

    define(on);
  });
}
