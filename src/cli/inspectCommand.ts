// `inspect FILE`: the report of the file's model, as a table or as JSON.
import type { InspectReport } from '../protocol/report.ts';
import type { InspectResult, ModelListing } from '../protocol/runtimeApi.ts';
import type { InspectArguments } from './arguments.ts';
import type { CommandOutput } from './commandOutput.ts';
import { fileRequest, withShownPaths } from './fileRequest.ts';
import { diagnosticLines } from './findingsText.ts';
import { jsonDocument } from './jsonDocument.ts';
import { reportLines } from './reportText.ts';
import { readableFolders, withRuntime } from './runtimeProcess.ts';

/** Returns the exit status: 0, or 1 where there is no model or it failed. */
export async function inspectCommand(words: InspectArguments, output: CommandOutput): Promise<number> {
  const request = fileRequest(words);
  const result = await withRuntime(readableFolders(request.source.path, request.root), output.listener, ({ rpc }) => rpc.call('inspect', request));
  const { report, listing } = withShownPaths<InspectResult>(result, words.file);
  for (const line of diagnosticLines(report.diagnostics, words.file)) output.message(line);
  if (words.list) {
    output.figures(words.json ? jsonDocument(listing) : listingLines(listing, output).join('\n'));
    return listing.length > 0 ? 0 : 1;
  }
  const isFailed = hasFailed(report);
  if (isFailed && !report.diagnostics.some(({ severity }) => severity === 'error')) output.message(`${words.file}: ${whyFailed(report, words)}`);
  if (words.json) output.figures(jsonDocument(report));
  else {
    const { style, width } = output;
    if (report.models.length > 0) output.figures(report.models.map((model) => reportLines(model, { seed: report.seed, mode: report.mode, width, style }).join('\n')).join('\n\n'));
  }
  return isFailed ? 1 : 0;
}

/** No model, or one that raised before it gave an output. */
function hasFailed({ models }: InspectReport): boolean {
  return models.length === 0 || models.some((model) => model.output === null);
}

function whyFailed({ models }: InspectReport, { model }: InspectArguments): string {
  if (models.length > 0) return `${models.find(({ output }) => output === null)!.name} gave no output`;
  return model === undefined ? 'there is no model in this file' : `there is no model named ${model} in this file (--list names them)`;
}

function listingLines(listing: readonly ModelListing[], { style }: CommandOutput): string[] {
  const width = Math.max(0, ...listing.map(({ name }) => name.length));
  return listing.map(({ name, kind, main }) => `${name.padEnd(width)}  ${style.dim(`${kind}${main ? ', main' : ''}`)}`);
}
