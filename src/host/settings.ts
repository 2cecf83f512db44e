// The settings of `activationLens.*`, read as one plain object.
import { totalmem } from 'node:os';
import * as vscode from 'vscode';
import { defaultMemoryLimitMiB } from '../protocol/memoryLimit.ts';

export const section = 'activationLens';

export interface Settings {
  /** When an open file is run: after each edit, after each save, or only when a command asks. */
  readonly run: 'onType' | 'onSave' | 'onDemand';
  readonly codeLens: boolean;
  readonly hover: boolean;
  readonly inlayHints: boolean;
  readonly seed: number;
  readonly mode: 'train' | 'eval';
  readonly timeLimitSeconds: number;
  readonly memoryLimitMiB: number;
  /** Looked at when the runtime starts. */
  readonly revectorize: boolean;
  readonly quickTrain: {
    readonly steps: number;
    /** `auto`, the name of a generated data set, or the path of a `.csv` or `.npz` file. */
    readonly data: string;
    readonly statisticsEvery: number;
  };
}

export function readSettings(scope?: vscode.Uri): Settings {
  const configuration = vscode.workspace.getConfiguration(section, scope);
  return {
    run: configuration.get('run', 'onType'),
    codeLens: configuration.get('codeLens', true),
    hover: configuration.get('hover', true),
    inlayHints: configuration.get('inlayHints', false),
    seed: configuration.get('seed', 0),
    mode: configuration.get('mode', 'train'),
    timeLimitSeconds: configuration.get('timeLimit', 10),
    memoryLimitMiB: configuration.get('memoryLimit', 0) || defaultMemoryLimitMiB(totalmem()),
    revectorize: configuration.get('revectorize', false),
    quickTrain: {
      steps: configuration.get('quickTrain.steps', 300),
      data: configuration.get('quickTrain.data', 'auto'),
      statisticsEvery: configuration.get('quickTrain.statisticsEvery', 10),
    },
  };
}
