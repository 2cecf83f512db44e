// Fourier transforms, an axis after the other; what lies between two of them is float64, as it is in the reference.
import { typeOf } from '../../../graph/graph.ts';
import { elementCount } from '../../../graph/tensorType.ts';
import { lanesAlong } from '../../layout.ts';
import { Place } from '../buffers.ts';
import { isFloats } from '../storage.ts';
import { Inline } from '../task.ts';
import type { LoweringRules } from './rule.ts';

/** Bytes of a complex number in float64. */
const complexBytes = 16;

export const fourierRules = {
  fft: ({ inputs, outputs, attributes: { dims, inverse, scale } }, lowering) => {
    const { dtype, shape } = typeOf(lowering.graph, inputs[0]);
    const count = elementCount(shape) / 2;
    if (!isFloats(dtype) || count === 0 || dims.length === 0) return false;
    let from = lowering.readContiguous(inputs[0]);
    const between = new Place(lowering.buffers.add(dims.length > 1 ? count * complexBytes : 0));
    const y = lowering.write(outputs[0]);
    dims.forEach((dim, n) => {
      const isLast = n === dims.length - 1;
      const to = isLast ? y : between;
      const { outer, size, inner } = lanesAlong(shape.slice(0, -1), dim);
      const length = lengthFor(size);
      const bytes = complexBytes * (1.5 * length + (length === size ? 0 : length + size));
      lowering.command('fourier', 10 * outer * inner * length * Math.ceil(Math.log2(length + 1)), {
        x: from, y: to, outer, size, inner, space: lowering.spacePerLane(bytes, outer * inner),
        scale: new Inline([...new Int32Array(Float64Array.of(isLast ? scale : 1).buffer)]), bytes, length,
        isInverse: Number(inverse), isFromWide: Number(n > 0), isToWide: Number(!isLast),
      });
      from = to;
    });
    return true;
  },
} satisfies LoweringRules;

/** The power of two that transforms of a size are of: itself, or one that holds a convolution of it. */
function lengthFor(size: number): number {
  const isPower = 2 ** Math.floor(Math.log2(size)) === size;
  return isPower ? size : 2 ** Math.ceil(Math.log2(2 * size - 1));
}
