// Each op of the vocabulary by kernels and by the reference, over the inputs of PyTorch's goldens (sizes of 0 and 1, broadcasting, every type, NaN, infinities
// and denormals among them), as these lie and as views that lie otherwise.
import { opCases } from '../goldens.ts';
import { laidOut } from '../layouts.ts';
import { Recording } from '../recording.ts';
import { assertAgrees, onOneThreadAndOnThree } from './agreement.ts';

const tolerance = 1e-5;
const cases = opCases().filter(({ inputs }) => inputs.length > 0);

onOneThreadAndOnThree('ops over inputs that lie otherwise, by WebAssembly kernels', (engine) => {
  for (const op of new Set(cases.map((each) => each.op))) {
    const ofOp = cases.filter((each) => each.op === op);
    it(`${op} equals the reference in ${ofOp.length} cases, within ${tolerance}`, () => {
      for (const [n, { attributes, inputs }] of ofOp.entries()) {
        for (let layout = 0; layout < 8; layout += 1) {
          const recording = new Recording();
          const values = inputs.map((input, at) => laidOut(recording, input, layout + at));
          assertAgrees(recording, recording.all(op, values, attributes), engine(), tolerance, `${op} case ${n} ${JSON.stringify(attributes)}, layout ${layout}`);
        }
      }
    });
  }
});
