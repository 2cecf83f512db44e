// Which model is shown first where the file's main one does not run, for no fault of the file.
import type { TracedModel } from '../python/fileRun.ts';
import type { ModelListing } from '../protocol/runtimeApi.ts';

/** Each costs a search for arguments and for an input. */
const maximumTries = 12;

export interface StandIn {
  readonly name: string;
  readonly traced: TracedModel;
}

/**
 * The first of the file's other models that comes to an output; null where the main one does, or where none does.
 *
 * An error on a line of the file is what the user is at work on: its model stays the one that is shown.
 */
export function standInFor(main: TracedModel, listing: readonly ModelListing[], trace: (name: string) => TracedModel): StandIn | null {
  if (isRun(main) || main.diagnostics.some(({ severity, kind }) => severity === 'error' && kind !== 'unsupported')) return null;
  const others = listing.filter((model) => !model.main && model.kind !== 'file' && model.name !== main.trace?.name);
  for (const { name } of others.slice(0, maximumTries)) {
    const traced = trace(name);
    if (isRun(traced)) return { name, traced };
  }
  return null;
}

function isRun({ trace }: TracedModel): boolean {
  return trace !== null && trace.outputs.length > 0;
}
