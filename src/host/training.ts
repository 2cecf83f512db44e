// Quick-train: starts a run, shows its progress with Cancel, passes Pause and Resume on, and keeps what it told. One run at a time.
import * as path from 'node:path';
import * as vscode from 'vscode';
import { CancelledError, ConnectionClosedError } from '../protocol/rpc.ts';
import { formatTick } from '../protocol/figures.ts';
import type { TrainingState } from '../protocol/panelApi.ts';
import type { TrainOptions, TrainRequest, TrainResult } from '../protocol/runtimeApi.ts';
import { Disposable, Signal } from './disposable.ts';
import type { DocumentInspector } from './documentInspector.ts';
import { rootOf } from './documents.ts';
import type { RuntimeClient } from './runtimeClient.ts';
import { readSettings, section } from './settings.ts';
import { TrainingRun } from './trainingRun.ts';

/** How long a run may take to stop when asked, before its process is ended. */
const stopLimitMs = 5000;

/** A notification is read by people; a small model makes thousands of steps a second. */
const notificationIntervalMs = 100;

const dataFileName = /\.(?:csv|npz)$/i;

interface ActiveRun {
  readonly key: string;
  readonly run: TrainingRun;
  readonly abort: AbortController;
  readonly ended: Promise<void>;
}

export class Training extends Disposable {
  #nextRunId = 1;
  #active: ActiveRun | undefined;
  readonly #runs = new Map<string, TrainingRun>();
  readonly #changed = new Signal<string>();

  /** Tells the key of a document whose training state changed. */
  readonly onDidChange = this.#changed.on;

  constructor(
    private readonly runtime: RuntimeClient,
    private readonly inspector: DocumentInspector,
    private readonly log: (line: string) => void,
  ) {
    super();
    this.own(runtime.onTrainingProgress((progress) => {
      if (this.#active?.run.runId !== progress.runId) return;
      this.#active.run.advance(progress);
      this.#changed.fire(this.#active.key);
    }));
    this.own(vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => contentChanges.length > 0 && this.#outdate(document.uri.toString())));
    this.own(vscode.workspace.onDidChangeConfiguration((event) => {
      for (const key of this.#runs.keys()) if (event.affectsConfiguration(section, vscode.Uri.parse(key))) this.#outdate(key);
    }));
    this.own(vscode.workspace.onDidCloseTextDocument((document) => this.#runs.delete(document.uri.toString())));
  }

  stateOf(key: string): TrainingState {
    return this.#runs.get(key)?.state ?? { kind: 'none' };
  }

  /** Trains a model of the document (without a name: its main model) and resolves when the run has ended, however it did. */
  async start(document: vscode.TextDocument, model: string | undefined, dataFile?: vscode.Uri): Promise<void> {
    // Another start may have been as quick: from here to the claim of #active nothing waits.
    const key = document.uri.toString();
    do {
      if (this.#active?.key !== key) this.#active?.run.displace();
      await this.stop();
    } while (this.#active);
    const settings = readSettings(document.uri);
    const { steps, statisticsEvery } = settings.quickTrain;
    const runId = this.#nextRunId++;
    const run = new TrainingRun(runId, steps);
    const abort = new AbortController();
    this.#runs.set(key, run);
    let markEnded!: () => void;
    this.#active = { key, run, abort, ended: new Promise((resolve) => (markEnded = resolve)) };
    this.#tell(key);
    try {
      const data = await readData(document.uri, dataFile?.fsPath ?? settings.quickTrain.data, dataFile);
      const base = this.inspector.request(document, settings);
      const { model: _all, ...options } = base.options;
      const request: TrainRequest = { ...base, options: model === undefined ? options : { ...options, model }, runId, train: { steps, every: statisticsEvery, ...data } };
      const result = await this.#withProgress(run, request, abort.signal);
      run.end(result);
      this.log(outcomeLine(result));
    } catch (error) {
      const message = failureText(error);
      run.fail(message);
      this.log(`training failed: ${message}`);
    } finally {
      if (this.#active?.run === run) this.#active = undefined;
      markEnded();
      this.#tell(key);
    }
  }

  #outdate(key: string): void {
    const run = this.#runs.get(key);
    if (!run) return;
    run.outdate();
    this.#changed.fire(key);
  }

  async pause(isPaused: boolean): Promise<void> {
    const active = this.#active;
    if (!active) return;
    await this.runtime.control(isPaused ? 'pauseTraining' : 'resumeTraining', active.run.runId);
    active.run.pause(isPaused);
    this.#tell(active.key);
  }

  /** Ends the run in progress, if there is one: asks it, and ends the process if it does not answer. */
  async stop(): Promise<void> {
    const active = this.#active;
    if (!active) return;
    const timer = setTimeout(() => {
      active.abort.abort();
      void this.runtime.end('the training run did not stop when asked');
    }, stopLimitMs);
    try {
      await this.runtime.control('stopTraining', active.run.runId);
    } catch {
      // The process is gone, and so is the run: its own call tells that.
    }
    await active.ended;
    clearTimeout(timer);
  }

  #withProgress(run: TrainingRun, request: TrainRequest, signal: AbortSignal): Thenable<TrainResult> {
    const { steps } = request.train;
    const options = { location: vscode.ProgressLocation.Notification, title: 'Quick train', cancellable: true };
    return vscode.window.withProgress(options, async (progress, token) => {
      let shownStep = 0;
      let shownAt = 0;
      const show = this.onDidChange(() => {
        const { step, loss, accuracy, stepsPerSecond } = run.progress;
        const now = Date.now();
        if (step === shownStep || now - shownAt < notificationIntervalMs) return;
        shownAt = now;
        const right = accuracy === null ? '' : ` · accuracy ${Math.round(accuracy * 100)} %`;
        progress.report({ increment: ((step - shownStep) / steps) * 100, message: `step ${step} of ${steps} · loss ${formatTick(loss)}${right} · ${formatTick(stepsPerSecond)} steps/s` });
        shownStep = step;
      });
      const cancel = token.onCancellationRequested(() => void this.stop());
      try {
        return await this.runtime.train(request, signal);
      } finally {
        show.dispose();
        cancel.dispose();
      }
    });
  }

  #tell(key: string): void {
    void vscode.commands.executeCommand('setContext', 'activationLens.training', this.#active?.run.state.kind ?? 'none');
    this.#changed.fire(key);
  }
}

/** The data options of a run. A file is read here, by the editor: the runtime may not read outside the workspace. */
async function readData(document: vscode.Uri, setting: string, chosen?: vscode.Uri): Promise<Pick<TrainOptions, 'data' | 'dataBytes'>> {
  if (setting === 'auto') return {};
  if (!chosen && !dataFileName.test(setting)) return { data: setting };
  const uri = chosen ?? vscode.Uri.file(path.resolve(rootOf(document) ?? '/', setting));
  return { data: uri.fsPath, dataBytes: await readDataFile(uri) };
}

async function readDataFile(uri: vscode.Uri): Promise<Uint8Array> {
  try {
    return await vscode.workspace.fs.readFile(uri);
  } catch (error) {
    if (error instanceof vscode.FileSystemError && error.code === 'FileNotFound') throw new Error(`There is no data file ${uri.fsPath}.`, { cause: error });
    throw error;
  }
}

/** What the panel says of a run that gave no result. */
function failureText(error: unknown): string {
  if (error instanceof CancelledError) return 'The run was stopped.';
  if (error instanceof ConnectionClosedError) return `The run is lost, since its process ended (${error.message}). Quick train starts another.`;
  return error instanceof Error ? error.message : String(error);
}

function outcomeLine(result: TrainResult): string {
  const accuracy = result.accuracy === null ? '' : `, accuracy ${Math.round(result.accuracy * 100)} %`;
  const message = result.message === null ? '' : `: ${result.message}`;
  return `training ended (${result.reason}) after step ${result.step} on ${result.data}: loss ${formatTick(result.loss)}${accuracy}; ${result.optimizer}, learning rate ${result.learningRate}, batch ${result.batch}${message}`;
}
