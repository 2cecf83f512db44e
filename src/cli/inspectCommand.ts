// `inspect FILE`: the report of the file's model, as a table or as JSON.
import type { InspectReport, ModelReport } from '../protocol/report.ts';
import type { InspectResult, InspectStage, ModelListing } from '../protocol/runtimeApi.ts';
import type { InspectArguments } from './arguments.ts';
import type { CommandOutput } from './commandOutput.ts';
import { fileRequest, withShownPaths } from './fileRequest.ts';
import { diagnosticLines } from './findingsText.ts';
import { jsonDocument } from './jsonDocument.ts';
import { readNotebook, withCellPlaces } from './notebook.ts';
import { reportLines } from './reportText.ts';
import { stageText } from '../protocol/stageText.ts';
import { readableFolders, withRuntime } from './runtimeProcess.ts';

/** Between two lines of progress where there is no terminal. */
const stageIntervalMs = 5000;

/** Returns the exit status: 0, or 1 where there is no model or it failed. */
export async function inspectCommand(words: InspectArguments, output: CommandOutput): Promise<number> {
  const { report, listing } = await inspectFile(words, output);
  output.clearProgress();
  for (const line of diagnosticLines(report.diagnostics, words.file)) output.message(line);
  if (words.list) {
    output.figures(words.json ? jsonDocument(listing) : listingLines(listing, output).join('\n'));
    return listing.length > 0 ? 0 : 1;
  }
  const isFailed = hasFailed(report, words);
  if (isFailed && !report.diagnostics.some(({ severity }) => severity === 'error')) output.message(`${words.file}: ${whyFailed(report, listing, words)}`);
  if (words.json) output.figures(jsonDocument(report));
  else {
    const { style, width } = output;
    if (report.models.length > 0) output.figures(report.models.map((model) => reportLines(model, { seed: report.seed, mode: report.mode, width, style }).join('\n')).join('\n\n'));
  }
  return isFailed ? 1 : 0;
}

/** The runtime's answer, its places named as the user does. */
async function inspectFile(words: InspectArguments, output: CommandOutput): Promise<InspectResult> {
  const request = fileRequest(words);
  const { path, text } = request.source;
  const listener = { ...output.listener, onStage: stagesTold(words.file, output) };
  return withRuntime(readableFolders(path, request.root), listener, async ({ rpc }) => {
    if (!path.endsWith('.ipynb')) return withShownPaths(await rpc.call('inspect', request), words.file);
    const withoutCells = new Set<number>();
    for (;;) {
      const notebook = readNotebook(words.file, text, withoutCells);
      const result = await rpc.call('inspect', { ...request, source: { path, text: notebook.text } });
      const fault = result.report.diagnostics.find(({ kind, range }) => kind === 'syntax' && range?.file === path)?.range;
      const cell = fault ? notebook.locate(fault.line).cell : 0;
      if (!fault || withoutCells.has(cell)) {
        for (const number of notebook.leftOut) output.message(`${words.file}: cell ${number}: information: this cell is not Python and was left out`);
        return withCellPlaces(withShownPaths(result, words.file), words.file, notebook);
      }
      // One cell that is not Python must not take the others with it.
      withoutCells.add(cell);
    }
  });
}

/** What takes long is said: on a terminal in one line that is replaced, else in a line now and then. */
function stagesTold(file: string, output: CommandOutput): (stage: InspectStage) => void {
  let toldAt = performance.now();
  return (stage) => {
    const line = `${file}: ${stageText(stage)} …`;
    if (output.isLive) return output.progress(line);
    if (performance.now() - toldAt < stageIntervalMs) return;
    toldAt = performance.now();
    output.message(line);
  };
}

/** No model, or one that did not come to an output, or one whose run the memory was not enough for; where none was named, the one shown first decides. */
function hasFailed({ models, diagnostics }: InspectReport, words: InspectArguments): boolean {
  const asked = words.model === undefined ? models.slice(0, 1) : models;
  return asked.length === 0 || asked.some((model) => isWithoutOutput(model, words)) || diagnostics.some(({ kind, severity }) => kind === 'limit' && severity === 'error');
}

/** Figures that the time was not enough for are said to be lacking, and the structure is shown: that is no failure. */
function isWithoutOutput({ output, isOverdue }: ModelReport, { structure }: InspectArguments): boolean {
  return output === null || (!structure && output.mean === null && isOverdue !== true);
}

function whyFailed({ models }: InspectReport, listing: readonly ModelListing[], words: InspectArguments): string {
  const { model } = words;
  if (models.length > 0) return `${models.find((report) => isWithoutOutput(report, words))!.name} gave no output`;
  if (model !== undefined) return listing.some(({ name }) => name === model) ? `${model} could not be made and called` : `there is no model named ${model} in this file (--list names them)`;
  return listing.length > 0 ? 'no model of this file could be made and called (--list names them)' : 'there is no model in this file';
}

function listingLines(listing: readonly ModelListing[], { style }: CommandOutput): string[] {
  const width = Math.max(0, ...listing.map(({ name }) => name.length));
  return listing.map(({ name, kind, main }) => `${name.padEnd(width)}  ${style.dim(`${kind}${main ? ', main' : ''}`)}`);
}
