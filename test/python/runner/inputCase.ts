// A PyTorch file, and what the main model of it is called with and gives. One test each.
import { strict as assert } from 'node:assert';
import { RanFile, type RunOptions } from './runFile.ts';

export const torch = 'import torch\nimport torch.nn as nn\nimport torch.nn.functional as F\n';

/** A class `Net` with these lines in `__init__` and `forward`. */
export function classOf(layers: string, forward: string, before = ''): string {
  const indented = (text: string) => text.split('; ').map((line) => `        ${line}\n`).join('');
  return `${torch}${before}class Net(nn.Module):\n    def __init__(self):\n        super().__init__()\n${indented(layers)}    def forward(self, x):\n${indented(forward)}`;
}

export interface InputCase {
  readonly title: string;
  readonly text: string;
  readonly options?: RunOptions;
  readonly inputs: string;
  readonly output: string;
  readonly assumption?: string;
}

export function itTakes({ title, text, options, inputs, output, assumption }: InputCase): void {
  it(title, async () => {
    const traced = (await RanFile.of(text, options)).trace();
    assert.deepEqual(traced.diagnostics, []);
    assert.equal(traced.inputs, inputs);
    assert.equal(traced.outputs, output);
    if (assumption !== undefined) assert.ok(traced.assumptions.includes(assumption), traced.assumptions.join('\n'));
  });
}
