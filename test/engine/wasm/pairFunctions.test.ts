// Functions of two numbers by kernels: against the reference engine, which follows PyTorch, at every pair of ends and over a sweep.
import { strict as assert } from 'node:assert';
import { referenceEngine } from '../../../src/engine/reference/referenceEngine.ts';
import { Recording, tensor } from '../recording.ts';
import { Draw, onOneThreadAndOnThree } from './agreement.ts';

const ends = [0, -0, 1e-40, 0.5, -0.5, 1, -1, 2, -2, 3, -3, 0.1, 7.25, 1e30, -1e30, 3.4e38, Infinity, -Infinity, NaN];
/** Bounds as a share of the result; 0: to the bit. */
const bounds = { pow: 3e-7, remainder: 0, fmod: 0, floor_divide: 0, atan2: 3e-7, hypot: 3e-7, logaddexp: 2e-7 };

onOneThreadAndOnThree('functions of two numbers by kernels', (engine) => {
  for (const [op, bound] of Object.entries(bounds) as [keyof typeof bounds, number][]) {
    it(`${op} is its definition's within ${bound}, at zeros, infinities and NaN as well`, () => {
      const draw = new Draw(5);
      const pairs = [
        ...ends.flatMap((x) => ends.map((y) => [x, y])),
        ...Array.from({ length: 40_000 }, (_, n) => [draw.number() * 10 ** (n % 5), draw.number() * 10 ** ((n >> 3) % 3)]),
      ];
      const recording = new Recording();
      const [x, y] = [0, 1].map((side) => recording.input(tensor('float32', [pairs.length], pairs.map((pair) => pair[side]))));
      const result = recording.one(op, [x, y]);
      const [found, expected] = [engine(), referenceEngine].map((each) => recording.run([result], each)[0].data);
      expected.forEach((wanted: number, n: number) => {
        if (Object.is(found[n], wanted) || found[n] === wanted) return;
        // Where the definition leaves the range of float32, the last rounding may too.
        const error = Math.abs(found[n] - wanted);
        assert.ok(error <= bound * Math.abs(wanted) + (bound === 0 ? 0 : 3e-45), `${op}(${Math.fround(pairs[n][0])}, ${Math.fround(pairs[n][1])}) = ${found[n]}, expected ${wanted}`);
      });
    });
  }
});
