// Runs a test suite inside code-server's extension host, as VS Code's own command line would: the exit status is the suite's.
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { format } from 'node:util';
import { root } from './install.mjs';
import { launchBrowser, startServer, workbenchUrl } from './server.mjs';

const runLimitMs = 300_000;
const noise = /AgentHost|AccountPolicyGate|Creating a socket|open-vsx|ERR_NAME|Service Worker|builtin extensions cache|punycode|Ignoring fetching|rejected promise not handled.*Canceled|update#|ExtHostTelemetry|Web Worker|workbench\.|\[Extension Host\] (?:%c )?\(node:/i;

/** `results` is the file that the suite writes at its end. Returns 0 only if the suite says itself that all of it passed. */
export async function runInHost({ extension, tests, workspace, results }) {
  rmSync(results, { force: true });
  mkdirSync(path.dirname(results), { recursive: true });
  const server = await startServer({ env: { ACTIVATION_LENS_RESULTS: results } });
  const browser = await launchBrowser();
  let status = 99;
  try {
    const page = await (await browser.newContext({ viewport: { width: 1280, height: 800 } })).newPage();
    const ended = new Promise((resolve) => {
      void page.exposeFunction('codeAutomationExit', (code) => resolve(code));
      page.on('crash', () => resolve(98));
      setTimeout(() => resolve(97), runLimitMs).unref();
    });
    await page.exposeFunction('codeAutomationLog', (_level, words) => {
      const line = format(...words);
      if (!noise.test(line)) console.log(`  ${line.replace(/^%c?\[Extension Host\] %c/, '')}`);
    });
    const uri = (file) => `vscode-remote://${server.host}${file}`;
    await page.goto(workbenchUrl(server, workspace, [['extensionDevelopmentPath', uri(extension)], ['extensionTestsPath', uri(tests)], ['skipWelcome', 'true']]));
    status = await ended;
    if (status === 97) {
      console.log(`no end after ${runLimitMs / 1000} s`);
      await page.screenshot({ path: path.join(root, 'out/screens/timeout.png') });
    }
  } finally {
    await browser.close();
    await server.stop();
  }
  return trusted(status, results);
}

/** An extension host that dies is reported as status 0: only a complete results file makes that believable. */
function trusted(status, results) {
  let told;
  try {
    told = JSON.parse(readFileSync(results, 'utf8'));
  } catch {
    console.log('the suite wrote no results: the extension host ended before it did');
    return status || 96;
  }
  return status === 0 && !(told.complete && told.failures === 0 && told.passes > 0) ? 96 : status;
}
