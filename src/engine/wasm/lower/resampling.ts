// Interpolation, axis by axis.
import { typeOf, type ValueId } from '../../../graph/graph.ts';
import type { Interpolation } from '../../../graph/opAttributes.ts';
import { elementCount, type Shape } from '../../../graph/tensorType.ts';
import { tapsAlong } from '../../interpolationTaps.ts';
import { lanesAlong } from '../../layout.ts';
import { Place } from '../buffers.ts';
import type { Lowering } from '../lowering.ts';
import { isFloats } from '../storage.ts';
import { Float } from '../task.ts';
import type { LoweringRules } from './rule.ts';

function resample(input: ValueId, output: ValueId, lowering: Lowering, inputShape: Shape, attributes: Interpolation, isBack: boolean): boolean {
  const { dtype, shape } = typeOf(lowering.graph, input);
  if (!isFloats(dtype) || elementCount(shape) * elementCount(typeOf(lowering.graph, output).shape) === 0) return false;
  const { outputSize, scales } = attributes;
  const sizes = [...shape];
  let from = lowering.readContiguous(input);
  outputSize.forEach((outputs, n) => {
    const axis = 2 + n;
    const inputs = inputShape[axis];
    const { count, places, weights } = tapsAlong(inputs, outputs, scales[n], attributes);
    const { outer, inner } = lanesAlong(sizes, axis);
    sizes[axis] = isBack ? inputs : outputs;
    const to = n === outputSize.length - 1 ? lowering.write(output) : new Place(lowering.buffers.of(dtype, sizes));
    lowering.command('resampleAxis', 2 * outer * inner * outputs * count, {
      from, to, places: [...places], weights: [...weights].map((weight) => new Float(weight)), outer, inputs, outputs, inner, count, isBack: Number(isBack),
    });
    from = to;
  });
  return true;
}

export const resamplingRules = {
  interpolate: ({ inputs: [x], outputs: [y], attributes }, lowering) => resample(x, y, lowering, typeOf(lowering.graph, x).shape, attributes, false),
  interpolate_backward: ({ inputs: [gradient], outputs: [dx], attributes }, lowering) => resample(gradient, dx, lowering, attributes.inputShape, attributes, true),
} satisfies LoweringRules;
