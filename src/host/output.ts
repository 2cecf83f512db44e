// The output channel: how the runtime fares, and what the files print.
import * as vscode from 'vscode';
import type { InspectResult } from '../protocol/runtimeApi.ts';
import { titleOf } from './documents.ts';

export class Output {
  readonly #channel = vscode.window.createOutputChannel('Activation Lens', { log: true });
  /** Document → what it printed last, so that the same words are not repeated with every keystroke. */
  readonly #printed = new Map<string, string>();

  readonly line = (line: string): void => this.#channel.info(line.trimEnd());

  readonly printed = (document: vscode.TextDocument, result: InspectResult): void => {
    const key = document.uri.toString();
    if (this.#printed.get(key) === result.output) return;
    this.#printed.set(key, result.output);
    this.#channel.info(`${titleOf(document.uri)} printed:\n${result.output.trimEnd()}`);
  };

  show(): void {
    this.#channel.show(true);
  }

  dispose(): void {
    this.#channel.dispose();
  }
}
