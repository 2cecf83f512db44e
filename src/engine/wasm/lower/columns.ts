// im2col and col2im: the windows of an image are a view of it, whose elements are copied into columns, or added up from them.
import { typeOf } from '../../../graph/graph.ts';
import type { Windows } from '../../../graph/opAttributes.ts';
import { elementCount } from '../../../graph/tensorType.ts';
import { windowCounts } from '../../../graph/windowCounts.ts';
import { Place } from '../buffers.ts';
import type { Lowering } from '../lowering.ts';
import { isFloats } from '../storage.ts';
import { contiguousView, sliced, type View } from '../view.ts';
import { emitRegion, fill } from './regions.ts';
import type { LoweringRules } from './rule.ts';

/** The windows of an image without padding: … C (kernel position) (output position), two axes each. */
function windowsOf(image: View, attributes: Windows): View {
  const { kernelSize, stride, dilation } = attributes;
  const sizes = image.shape.slice(-2);
  const strides = image.strides.slice(-2);
  const counts = windowCounts(sizes, { ...attributes, padding: [0, 0] });
  return {
    ...image,
    shape: [...image.shape.slice(0, -2), ...kernelSize, ...counts],
    strides: [...image.strides.slice(0, -2), ...strides.map((step, axis) => step * dilation[axis]), ...strides.map((step, axis) => step * stride[axis])],
  };
}

const isPadded = ({ padding }: Windows): boolean => padding.some((size) => size > 0);

/** Room for an image with its padding, full of zeros. */
function zeros(lowering: Lowering, { dtype, shape }: Pick<View, 'dtype' | 'shape'>, { padding }: Windows): View {
  const padded = shape.map((size, axis) => size + 2 * (padding[axis - shape.length + 2] ?? 0));
  const view = contiguousView(lowering.buffers.of(dtype, padded), dtype, padded);
  fill(lowering, view, 0);
  return view;
}

function withoutPadding(padded: View, { padding }: Windows): View {
  const first = padded.shape.length - 2;
  return padding.reduce((view, size, axis) => sliced(view, first + axis, size, view.shape[first + axis] - size, 1), padded);
}

/** Beginnings of runs of kernel positions whose windows, wherever they stand, have no element in common, with their ends. */
function disjointRuns(kernel: number, stride: number, dilation: number): [start: number, end: number][] {
  const length = dilation === 1 ? stride : 1;
  return Array.from({ length: Math.ceil(kernel / length) }, (_, n) => [n * length, Math.min((n + 1) * length, kernel)]);
}

export const columnRules = {
  im2col: ({ inputs, outputs, attributes }, lowering) => {
    const x = lowering.read(inputs[0]);
    let image = x;
    if (isPadded(attributes)) {
      image = zeros(lowering, x, attributes);
      emitRegion(lowering, 'copyRegion', x, withoutPadding(image, attributes));
    }
    lowering.copyInto(windowsOf(image, attributes), lowering.write(outputs[0]));
    return true;
  },
  col2im: ({ inputs, outputs, attributes }, lowering) => {
    const { dtype, shape } = typeOf(lowering.graph, outputs[0]);
    if (!isFloats(dtype)) return false;
    const columns = lowering.readContiguous(inputs[0]);
    const y = lowering.newView(outputs[0]);
    if (elementCount(shape) === 0) return true;
    if (!isPadded(attributes)) fill(lowering, y, 0);
    const image = isPadded(attributes) ? zeros(lowering, y, attributes) : y;
    const windows = windowsOf(image, attributes);
    const from = { ...contiguousView(columns.buffer, dtype, windows.shape), offset: columns.offset / 4 };
    const [rows, across] = [0, 1].map((axis) => disjointRuns(attributes.kernelSize[axis], attributes.stride[axis], attributes.dilation[axis]));
    const first = windows.shape.length - 4;
    for (const [top, bottom] of rows) {
      for (const [left, right] of across) {
        const [source, target] = [from, windows].map((view) => sliced(sliced(view, first, top, bottom, 1), first + 1, left, right, 1));
        emitRegion(lowering, 'addRegion', source, target);
      }
    }
    if (image !== y) lowering.copyInto(withoutPadding(image, attributes), new Place(y.buffer));
    return true;
  },
} satisfies LoweringRules;
