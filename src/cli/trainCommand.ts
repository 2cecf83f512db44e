// `train FILE`: quick-train with a bar and a table at the end, or JSON lines.
import { existsSync, readFileSync } from 'node:fs';
import type { ModelReport } from '../protocol/report.ts';
import type { TrainingProgress, TrainRequest, TrainResult } from '../protocol/runtimeApi.ts';
import { formatAmount } from '../protocol/amounts.ts';
import { formatNumber } from '../protocol/figures.ts';
import { UsageError, type TrainArguments } from './arguments.ts';
import type { CommandOutput } from './commandOutput.ts';
import { fileRequest, withShownPaths } from './fileRequest.ts';
import { diagnosticLines } from './findingsText.ts';
import { jsonLine } from './jsonDocument.ts';
import { readNotebook, withCellPlaces, type Notebook } from './notebook.ts';
import { progressLine } from './progressBar.ts';
import { reportLines } from './reportText.ts';
import { readableFolders, withRuntime } from './runtimeProcess.ts';

const onlyRunId = 1;

/** Returns the exit status: 0 also where the run was stopped or its loss was not finite, which the last line says. */
export async function trainCommand(words: TrainArguments, output: CommandOutput): Promise<number> {
  const { request, notebook } = trainRequest(words);
  const placed = <T>(value: T): T => {
    const shown = withShownPaths(value, words.file);
    return notebook ? withCellPlaces(shown, words.file, notebook) : shown;
  };
  const losses: number[] = [];
  let last: ModelReport | null = null;
  const onProgress = (progress: TrainingProgress) => {
    losses.push(...progress.losses);
    last = progress.model ?? last;
    if (words.json) for (const line of progressLines(progress)) output.figures(line);
    output.progress(progressLine(progress, losses, output.style, process.stderr.columns ?? 80));
  };
  const result = placed<TrainResult>(await withRuntime(
    readableFolders(request.source.path, request.root), { ...output.listener, onProgress },
    async ({ rpc }) => {
      // The first Ctrl-C ends the run and shows what it came to; the second ends the command.
      process.once('SIGINT', () => rpc.call('stopTraining', { runId: onlyRunId }).catch(() => {}));
      return rpc.call('train', request);
    },
  ));
  output.clearProgress();
  for (const line of diagnosticLines(result.diagnostics, words.file)) output.message(line);
  if (result.message !== null) output.message(result.message);
  if (words.json) output.figures(jsonLine(doneLine(result)));
  else {
    if (last) output.figures(`${reportLines(placed<ModelReport>(last), { seed: words.seed, mode: words.mode, width: output.width, style: output.style, source: `batch of step ${result.step}` }).join('\n')}\n`);
    output.figures(outcomeLine(result, losses));
  }
  return 0;
}

function trainRequest(words: TrainArguments): { readonly request: TrainRequest; readonly notebook: Notebook | null } {
  const read = fileRequest(words);
  const { path, text } = read.source;
  const notebook = path.endsWith('.ipynb') ? readNotebook(words.file, text) : null;
  const request = notebook ? { ...read, source: { path, text: notebook.text } } : read;
  const { steps, every, batch, learningRate, optimizer, data } = words;
  const trained: TrainRequest = {
    ...request, runId: onlyRunId,
    options: { ...request.options, ...(batch !== undefined && { batch }) },
    train: {
      steps, every, ...(batch !== undefined && { batch }), ...(learningRate !== undefined && { learningRate }), ...(optimizer !== undefined && { optimizer }),
      ...(data !== undefined && { data, ...dataBytes(data) }),
    },
  };
  return { request: trained, notebook };
}

/** What looks like a path is read here: the runtime may not read it. */
function dataBytes(data: string): { readonly dataBytes?: Uint8Array } {
  const isPath = /[./\\]/.test(data);
  if (!isPath && !existsSync(data)) return {};
  try {
    return { dataBytes: new Uint8Array(readFileSync(data)) };
  } catch {
    throw new UsageError(`--data ${data}: there is no such file`);
  }
}

/** One line per step; the layers' figures are on the line of the step they were taken at. */
export function progressLines({ step, losses, accuracies, stepsPerSecond, model, updateToData }: TrainingProgress): string[] {
  return losses.map((loss, index) => jsonLine({
    step: step - losses.length + 1 + index, loss, ...(accuracies.length > 0 && { accuracy: accuracies[index] }), stepsPerSecond,
    ...(model && index === losses.length - 1 && {
      layers: model.layers.map(({ path, output, units, gradient }, row) => ({
        path, zeroFraction: output?.zeroFraction ?? null, inactive: units?.inactive ?? null, gradientNorm: gradient?.l2 ?? null, updateToData: updateToData[row] ?? null,
      })),
    }),
  }));
}

function doneLine({ reason, step, loss, accuracy, data, optimizer, learningRate, batch, message, diagnostics }: TrainResult): object {
  return { done: true, reason, step, loss, ...(accuracy !== null && { accuracy }), data, optimizer, learningRate, batch, message, diagnostics };
}

const endings: Readonly<Record<TrainResult['reason'], string>> = { steps: 'trained', stopped: 'stopped after', 'non-finite': 'the loss is not finite after' };

function outcomeLine({ reason, step, accuracy, data, optimizer, learningRate, batch, loss }: TrainResult, losses: readonly number[]): string {
  const course = losses.length > 0 ? `loss ${formatNumber(losses[0], 4)} → ${formatNumber(loss, 4)}` : '';
  return [
    `${endings[reason]} ${formatAmount(step, 'step')} of ${optimizer}, learning rate ${learningRate}, batch ${batch}`, course, accuracy === null ? '' : `accuracy ${(accuracy * 100).toFixed(1)} %`,
  ].filter(Boolean).join(' · ') + `\ndata: ${data}`;
}
