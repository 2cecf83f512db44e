// The reference kernels: plain loops that define what each op means. The kernels of `../wasm` must agree with them, and leave to them what they do not take.
import type { Node } from '../../graph/graph.ts';
import type { Op } from '../../graph/opAttributes.ts';
import { isFloat } from '../../graph/tensorType.ts';
import { movingOps } from '../movingOps.ts';
import { representation, roundHalves, type Tensor } from '../tensor.ts';
import { alignmentKernels } from './alignment.ts';
import { attentionKernels } from './attention.ts';
import type { Backend } from './backend.ts';
import { binaryKernels } from './binary.ts';
import { convolutionKernels } from './convolution.ts';
import { fourierKernels } from './fourier.ts';
import { indexingKernels } from './indexing.ts';
import type { Kernel, Kernels } from './kernel.ts';
import { leafKernels } from './leaves.ts';
import { decompositionKernels } from './matrices.ts';
import { matrixKernels } from './matrix.ts';
import { normalizationKernels } from './normalization.ts';
import { poolingKernels } from './pooling.ts';
import { reductionKernels } from './reductions.ts';
import { resamplingKernels } from './resampling.ts';
import { scanKernels } from './scans.ts';
import { shapeKernels } from './shaping.ts';
import { unaryKernels } from './unary.ts';

/** Every op but `constant`, whose storage is given to the plan. */
export const referenceKernels: Kernels<Exclude<Op, 'constant'>> = {
  ...leafKernels, ...unaryKernels, ...binaryKernels, ...reductionKernels, ...scanKernels, ...matrixKernels, ...convolutionKernels,
  ...poolingKernels, ...normalizationKernels, ...shapeKernels, ...indexingKernels, ...attentionKernels, ...alignmentKernels,
  ...resamplingKernels, ...decompositionKernels, ...fourierKernels,
};

export const referenceBackend: Backend = {
  name: 'reference',
  run(node: Node, inputs: readonly Tensor[], outputs: readonly Tensor[]): void {
    if (node.op === 'constant') throw new Error('A constant is given to a plan, not computed');
    const kernel = referenceKernels[node.op] as Kernel<Op>;
    if (movingOps.has(node.op)) return kernel(inputs, node.attributes, outputs);
    // What the storage of integers and bools does not settle as their type does is computed in float64; behind the first of several outputs are indices or floats.
    const [first, ...others] = outputs;
    const settle = isFloat(first.dtype) ? null : representation[first.dtype].settle;
    const exact = settle === null ? first : { ...first, data: new Float64Array(first.data.length) };
    kernel(inputs, node.attributes, [exact, ...others]);
    if (settle !== null) for (let i = 0; i < exact.data.length; i += 1) first.data[i] = settle(exact.data[i]);
    for (const { data, dtype } of outputs) roundHalves(data, dtype);
  },
};
