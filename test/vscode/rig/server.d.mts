// Types of `server.mjs` for the tests.
import type { Browser } from 'playwright-core';

export interface Server {
  readonly url: string;
  readonly host: string;
  /** The user data folder. */
  readonly data: string;
  stop(): Promise<void>;
  log(): string;
}

export interface ServerOptions {
  readonly env?: Readonly<Record<string, string>>;
  readonly settings?: Readonly<Record<string, unknown>>;
  readonly vsix?: string;
  readonly isRestricted?: boolean;
}

export function startServer(options?: ServerOptions): Promise<Server>;
export function launchBrowser(): Promise<Browser>;
export function workbenchUrl(server: Server, folder: string, payload?: readonly (readonly [string, string])[]): string;
