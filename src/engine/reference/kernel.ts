// The form of a reference kernel. A kernel writes every element of its outputs, reads inputs of any dtype, and computes in
// float64: storage rounds the result to float32.
import type { Op, OpAttributes } from '../../graph/opAttributes.ts';
import type { Tensor } from '../tensor.ts';

export type Kernel<O extends Op> = (inputs: readonly Tensor[], attributes: OpAttributes[O], outputs: readonly Tensor[]) => void;

/** A row for each op of a family. */
export type Kernels<O extends Op> = { readonly [K in O]: Kernel<K> };
