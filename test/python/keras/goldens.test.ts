// The Keras shim against real Keras 3: test/golden/keras_cases.py run here, test/golden/keras.json made by it there.
import { strict as assert } from 'node:assert';
import { readFileSync } from 'node:fs';
import { runPython } from '../harness.ts';

interface Output { readonly shape: readonly number[]; readonly values: readonly number[] }
interface LayerCase {
  readonly expression: string;
  readonly outputs: readonly Output[];
  readonly parameters: number;
  readonly weights: readonly (readonly [string, readonly number[]])[];
  readonly after: readonly (readonly number[])[];
}
interface Digest { readonly shape: readonly number[]; readonly first: readonly number[]; readonly sum: number; readonly magnitude: number }
interface ModelCase {
  readonly outputs: readonly Digest[];
  readonly weights: readonly (readonly [string, Digest])[];
  readonly layers: readonly string[];
  readonly parameters: number;
}
interface Goldens { readonly layers: readonly LayerCase[]; readonly models: Record<string, ModelCase> }

const golden = new URL('../../golden/', import.meta.url);
const expected: Goldens = JSON.parse(readFileSync(new URL('keras.json', golden), 'utf8'));
const cases = readFileSync(new URL('keras_cases.py', golden), 'utf8');

function assertClose(actual: readonly number[], wanted: readonly number[], tolerance: number): void {
  assert.equal(actual.length, wanted.length);
  wanted.forEach((value, i) => {
    const difference = Math.abs(actual[i]! - value);
    assert.ok(difference <= tolerance * Math.max(1, Math.abs(value)), `element ${i} is ${actual[i]}, Keras has ${value}`);
  });
}

function assertDigest(actual: Digest, wanted: Digest, tolerance: number): void {
  assert.deepEqual(actual.shape, wanted.shape);
  assertClose(actual.first, wanted.first, tolerance);
  assertClose([actual.sum, actual.magnitude], [wanted.sum, wanted.magnitude], 1e-4);
}

describe('Keras layers and models compute what Keras 3 computes', () => {
  let actual: Goldens;

  before(async () => {
    const { stdout, errors } = await runPython(cases);
    assert.equal(errors, '');
    actual = JSON.parse(stdout);
  });

  expected.layers.forEach((wanted, index) => {
    it(`${wanted.expression} has Keras's weights and output (${index})`, () => {
      const found = actual.layers[index]!;
      assert.equal(found.expression, wanted.expression);
      assert.equal(found.parameters, wanted.parameters);
      assert.deepEqual(found.weights, wanted.weights);
      assert.equal(found.outputs.length, wanted.outputs.length);
      wanted.outputs.forEach((output, i) => {
        assert.deepEqual(found.outputs[i]!.shape, output.shape);
        assertClose(found.outputs[i]!.values, output.values, 1e-4);
      });
      wanted.after.forEach((values, i) => assertClose(found.after[i]!, values, 1e-4));
    });
  });

  for (const [name, wanted] of Object.entries(expected.models)) {
    it(`the model "${name}" draws Keras's weights after set_random_seed(0), and gives its output`, () => {
      const found = actual.models[name]!;
      assert.deepEqual(found.layers, wanted.layers);
      assert.equal(found.parameters, wanted.parameters);
      assert.deepEqual(found.weights.map(([weight]) => weight), wanted.weights.map(([weight]) => weight));
      wanted.weights.forEach(([, weight], i) => assertDigest(found.weights[i]![1], weight, 1e-6));
      wanted.outputs.forEach((output, i) => assertDigest(found.outputs[i]!, output, 1e-4));
    });
  }
});
