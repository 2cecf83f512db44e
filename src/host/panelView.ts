// One webview panel: its page, its end of the connection, and the sending of snapshots. What is in a snapshot is the panel's business (`panel.ts`).
import { randomBytes } from 'node:crypto';
import * as vscode from 'vscode';
import { packNumbers, unpackNumbers } from '../protocol/numbers.ts';
import type { PanelHostContract, PanelSnapshot, PanelViewContract } from '../protocol/panelApi.ts';
import { Rpc } from '../protocol/rpc.ts';
import type { Message, RequestHandlers } from '../protocol/rpc.ts';
import { Disposable } from './disposable.ts';
import { panelHtml } from './panelHtml.ts';

export const panelType = 'activationLens.panel';

export class PanelView extends Disposable {
  readonly #rpc: Rpc<PanelHostContract, PanelViewContract>;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #sentAt = 0;

  constructor(
    readonly panel: vscode.WebviewPanel,
    extensionUri: vscode.Uri,
    requests: RequestHandlers<PanelHostContract>,
    private readonly snapshot: () => PanelSnapshot,
    onDidClose: () => void,
  ) {
    super();
    const { webview } = panel;
    // The webview's messages pass through JSON, which has no NaN and no infinity.
    this.#rpc = new Rpc((message) => void webview.postMessage(packNumbers(message)), requests, {});
    this.own(webview.onDidReceiveMessage((message: unknown) => this.#rpc.receive(unpackNumbers(message) as Message)));
    this.own(panel.onDidDispose(() => {
      onDidClose();
      this.dispose();
    }));
    this.own({ dispose: () => this.#rpc.close('the panel was closed') });
    this.own({ dispose: () => clearTimeout(this.#timer) });
    const dist = vscode.Uri.joinPath(extensionUri, 'dist');
    const resource = (name: string) => webview.asWebviewUri(vscode.Uri.joinPath(dist, name)).toString();
    panel.iconPath = { light: vscode.Uri.joinPath(extensionUri, 'media', 'panel-light.svg'), dark: vscode.Uri.joinPath(extensionUri, 'media', 'panel-dark.svg') };
    webview.options = { enableScripts: true, localResourceRoots: [dist] };
    webview.html = panelHtml({ scriptUri: resource('webview.js'), styleUri: resource('webview.css'), cspSource: webview.cspSource, nonce: randomBytes(16).toString('base64url') });
  }

  /** Sends the state as it will be then; calls within the interval become one. A hidden view gets nothing: it asks when it is shown again. */
  refresh(intervalMs: number): void {
    if (this.#timer !== undefined) return;
    const wait = Math.max(0, this.#sentAt + intervalMs - Date.now());
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      if (!this.panel.visible || this.isDisposed) return;
      this.#sentAt = Date.now();
      this.#rpc.emit('snapshot', this.snapshot());
    }, wait);
  }
}
