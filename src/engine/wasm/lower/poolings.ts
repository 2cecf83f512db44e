// Pooling and its backward passes: the windows of each axis as a table, and the stretch of a row in which they are alike.
import { typeOf, type Node } from '../../../graph/graph.ts';
import { elementCount, type Shape } from '../../../graph/tensorType.ts';
import { adaptiveSpans, averageSpans, maximumSpans, spatial, triple, type Span, type Triple } from '../../windows.ts';
import type { KernelName } from '../kernels.ts';
import type { Lowering } from '../lowering.ts';
import { isFloats } from '../storage.ts';
import type { Fields, Word } from '../task.ts';
import type { LoweringRules } from './rule.ts';

/** The longest stretch of neighbouring windows that are alike and evenly apart; fewer than four are none. */
function regularStretch(spans: readonly Span[]): { from: number; to: number; stride: number } {
  const isAlike = (a: Span, b: Span): boolean => a.end - a.start === b.end - b.start && a.divisor === b.divisor;
  let best = { from: 0, to: 0, stride: 1 };
  for (let from = 0; from < spans.length;) {
    const stride = (spans[from + 1]?.start ?? 0) - spans[from].start;
    let to = from + 1;
    while (to < spans.length && isAlike(spans[from], spans[to]) && spans[to].start - spans[to - 1].start === stride) to += 1;
    if (to - from >= 4 && to - from > best.to - best.from) best = { from, to, stride };
    from = to;
  }
  return best;
}

/** What assembly/pooling.ts reads behind the places. */
function windows(planes: number, size: Triple, output: Triple, spans: readonly Span[][], dilation: Triple, divisor: number): Fields {
  const [spansZ, spansY, spansX] = spans.map((axis): Word => axis.flatMap(({ start, end, divisor: each }) => [start, end, each]));
  const [depth, height, width] = size;
  const [outDepth, outHeight, outWidth] = output;
  const [dilationZ, dilationY, dilationX] = dilation;
  const { from: regularFrom, to: regularTo, stride } = regularStretch(spans[2]);
  return {
    spansZ, spansY, spansX, planes, depth, height, width, outDepth, outHeight, outWidth, dilationZ, dilationY, dilationX,
    regularFrom, regularTo, stride, divisor,
  };
}

const undilated: Triple = [1, 1, 1];
const trailing = (shape: Shape, rank: number): Triple => triple(shape.slice(shape.length - rank), 1);
const count = ([depth, height, width]: Triple): number => depth * height * width;

/** Whether kernels can: floats, and something to pool. */
function isOurs({ graph }: Lowering, { inputs, outputs }: Pick<Node, 'inputs' | 'outputs'>): boolean {
  return isFloats(typeOf(graph, inputs[0]).dtype) && [...inputs, ...outputs].every((value) => elementCount(typeOf(graph, value).shape) > 0);
}

/** One of the forward poolings. `work`: operations for an element of the input. */
function pool(
  node: Pick<Node, 'inputs' | 'outputs'>, lowering: Lowering, kernel: KernelName, rank: number, spansOf: (size: Triple, output: Triple) => Span[][],
  dilation = undilated, divisor = 0,
): boolean {
  if (!isOurs(lowering, node)) return false;
  const { planes, size } = spatial(typeOf(lowering.graph, node.inputs[0]).shape, rank);
  const output = trailing(typeOf(lowering.graph, node.outputs[0]).shape, rank);
  const spans = spansOf(size, output);
  const x = lowering.readContiguous(node.inputs[0]);
  const [y, indices = 0] = node.outputs.map((value): Word => lowering.write(value));
  const covered = spans.reduce((product, axis) => product * axis.reduce((sum, { start, end }) => sum + Math.max(0, end - start), 0), planes);
  lowering.command(kernel, 2 * covered, { x, y, indices, ...windows(planes, size, output, spans, dilation, divisor) });
  return true;
}

function averageBackward(
  node: Pick<Node, 'inputs' | 'outputs'>, lowering: Lowering, inputShape: Shape, rank: number, spansOf: (size: Triple, output: Triple) => Span[][], divisor = 0,
): boolean {
  if (!isOurs(lowering, node)) return false;
  const { planes, size } = spatial(inputShape, rank);
  const output = trailing(typeOf(lowering.graph, node.inputs[0]).shape, rank);
  const gradient = lowering.readContiguous(node.inputs[0]);
  lowering.command('averagePoolBackward', 4 * planes * count(size), {
    x: gradient, y: lowering.write(node.outputs[0]), indices: 0, ...windows(planes, size, output, spansOf(size, output), undilated, divisor),
  });
  return true;
}

export const poolingRules = {
  max_pool_with_indices: (node, lowering) => {
    const { attributes } = node;
    const spansOf = (size: Triple, output: Triple) => maximumSpans(size, output, attributes);
    return pool(node, lowering, 'maxPool', attributes.kernelSize.length, spansOf, triple(attributes.dilation, 1));
  },
  adaptive_max_pool_with_indices: (node, lowering) => pool(node, lowering, 'maxPool', node.attributes.outputSize.length, adaptiveSpans),
  max_pool_backward: (node, lowering) => {
    if (!isOurs(lowering, node)) return false;
    const { planes, count: elements } = spatial(node.attributes.inputShape, node.attributes.spatialRank);
    const outputs = elementCount(typeOf(lowering.graph, node.inputs[0]).shape) / planes;
    const [gradient, indices] = node.inputs.map((value) => lowering.readContiguous(value));
    lowering.command('maxPoolBackward', 4 * planes * elements, {
      gradient, indices, dx: lowering.write(node.outputs[0]), planes, outCount: outputs, count: elements,
    });
    return true;
  },
  avg_pool: (node, lowering) => {
    const { attributes } = node;
    const spansOf = (size: Triple, output: Triple) => averageSpans(size, output, attributes);
    return pool(node, lowering, 'averagePool', attributes.kernelSize.length, spansOf, undilated, attributes.divisorOverride ?? 0);
  },
  avg_pool_backward: (node, lowering) => {
    const { attributes } = node;
    const spansOf = (size: Triple, output: Triple) => averageSpans(size, output, attributes);
    return averageBackward(node, lowering, attributes.inputShape, attributes.kernelSize.length, spansOf, attributes.divisorOverride ?? 0);
  },
  adaptive_avg_pool: (node, lowering) => pool(node, lowering, 'averagePool', node.attributes.outputSize.length, adaptiveSpans),
  adaptive_avg_pool_backward: (node, lowering) => averageBackward(node, lowering, node.attributes.inputShape, node.attributes.spatialRank, adaptiveSpans),
} satisfies LoweringRules;
