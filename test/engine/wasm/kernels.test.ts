// What the kernels and the host have to name alike, in the compiled module and in the sources.
import { strict as assert } from 'node:assert';
import { readFileSync } from 'node:fs';
import { Opcode } from '../../../src/engine/wasm/assembly/opcodes.ts';
import { Heap } from '../../../src/engine/wasm/heap.ts';
import { instantiate, kernelNames } from '../../../src/engine/wasm/kernels.ts';
import { kernelModule } from './engineUnderTest.ts';

describe('the compiled kernels', () => {
  it('are those that the host calls by name', () => {
    const exports = Object.entries(instantiate(kernelModule, new Heap(2 ** 21).memory));
    const functions = exports.filter(([, value]) => typeof value === 'function').map(([name]) => name);
    assert.deepEqual(functions.sort(), [...kernelNames, 'abort', 'barrier', 'enterThread'].sort());
  });

  it('have in the table of steps, at the number of each opcode, the function of its name', () => {
    const table = readFileSync(new URL('../../../src/engine/wasm/assembly/stepTable.ts', import.meta.url), 'utf8');
    const functions = [...table.matchAll(/\(call\) => (?:\w+\.)?(\w+)(?:<\w+\.(\w+)>)?\(call\)/g)].map(([, caller, step]) => step ?? caller);
    const otherwise: Readonly<Record<string, string>> = { choose: 'where', toIntegers: 'toInt' };
    const plain = (name: string): string => (otherwise[name] ?? name).replaceAll('_', '').toLowerCase();
    assert.deepEqual(functions.map(plain), Object.values(Opcode).filter((name) => typeof name === 'string').map(plain));
  });
});
