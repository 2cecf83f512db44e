import { strict as assert } from 'node:assert';
import { gradient } from '../../src/graph/gradient.ts';
import { assertClose, opCases } from './goldens.ts';
import { Recording, referenceOnUsedArrays } from './recording.ts';
import { singleThreaded } from './wasm/engineUnderTest.ts';

const forwardTolerance = 1e-5;
const gradientTolerance = 1e-4;

for (const engine of [referenceOnUsedArrays, singleThreaded]) describe(`ops against PyTorch 2.13, by the ${engine.name} engine`, () => {
  const cases = opCases();

  for (const op of new Set(cases.map((each) => each.op))) {
    const ofOp = cases.filter((each) => each.op === op);
    it(`${op}: ${ofOp.length} cases, outputs within ${forwardTolerance}`, () => {
      for (const [n, { attributes, inputs, outputs }] of ofOp.entries()) {
        const recording = new Recording();
        const before = inputs.map(({ data }) => data.slice());
        const values = recording.all(op, inputs.map((input) => recording.input(input)), attributes);
        const results = recording.run(values, engine);
        const what = `${op} ${JSON.stringify(attributes)} case ${n}`;
        assert.equal(results.length, outputs.length, what);
        results.forEach((result, output) => assertClose(result, outputs[output], forwardTolerance, `${what} output ${output}`));
        inputs.forEach(({ data }, input) => assert.deepEqual(data, before[input], `${what} changed its input ${input}`));
      }
    });

    const differentiable = ofOp.filter(({ seed }) => seed !== null);
    if (differentiable.length === 0) continue;
    it(`${op}: ${differentiable.length} cases, gradients within ${gradientTolerance}`, () => {
      for (const [n, { attributes, inputs, seed, gradients }] of differentiable.entries()) {
        const recording = new Recording();
        const values = inputs.map((input) => recording.input(input));
        const [output] = recording.all(op, values, attributes);
        const found = gradient(recording.graph, output, values, recording.input(seed!));
        gradients.forEach((expected, input) => {
          const what = `${op} ${JSON.stringify(attributes)} case ${n} gradient ${input}`;
          const value = found[input];
          if (expected === null) {
            assert.equal(value, null, what);
          } else if (value === null) {
            // No path, and a gradient of zeros, are the same to who trains.
            assert.ok(expected.data.every((element) => element === 0), `${what} is missing`);
          } else {
            assertClose(recording.run([value], engine)[0], expected, gradientTolerance, what);
          }
        });
      }
    });
  }
});
