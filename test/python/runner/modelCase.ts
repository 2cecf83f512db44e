// A file, and what is to be found in it: its models, and the calls, inputs and parameters of the main one. One test each.
import { strict as assert } from 'node:assert';
import { RanFile, type RunOptions } from './runFile.ts';

export interface ModelCase {
  readonly title: string;
  readonly text: string;
  readonly options?: RunOptions;
  /** What did not run; nothing, unless it is said. */
  readonly diagnostics?: readonly string[];
  readonly models: string;
  readonly framework?: string;
  readonly rows: readonly string[];
  readonly inputs: string;
  readonly parameters?: string;
}

export function itFinds({ title, text, options, diagnostics = [], models, framework, rows, inputs, parameters }: ModelCase): void {
  it(title, async () => {
    const ran = await RanFile.of(text, options);
    assert.deepEqual(ran.diagnostics, diagnostics);
    assert.equal(ran.models, models);
    const traced = ran.trace(options?.model ?? null);
    assert.deepEqual(traced.diagnostics, []);
    if (framework !== undefined) assert.equal(traced.model.trace!.framework, framework);
    assert.deepEqual(traced.rows, rows);
    assert.equal(traced.inputs, inputs);
    if (parameters !== undefined) assert.equal(traced.parameters, parameters);
  });
}
