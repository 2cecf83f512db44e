// Which integers may stand as indices, and the error for one that may not, as PyTorch has it for each op: only where a tensor is indexed by
// tensors does a negative index count from the end.
import type { Op, OpAttributes } from '../graph/opAttributes.ts';
import { EngineError } from './engineError.ts';

export interface IndexBounds {
  readonly allowsNegative: boolean;
  /** For an index that is not within an axis `dim` of `size`. */
  error(index: number, dim: number, size: number): EngineError;
}

const outOfBounds = (index: number, dim: number, size: number): string => `index ${index} is out of bounds for dimension ${dim} with size ${size}`;
const elements: IndexBounds = { allowsNegative: false, error: (...at) => new EngineError('RuntimeError', outOfBounds(...at)) };
const rows: IndexBounds = { allowsNegative: false, error: () => new EngineError('IndexError', 'index out of range in self') };
const positions: IndexBounds = { allowsNegative: true, error: (...at) => new EngineError('IndexError', outOfBounds(...at)) };
const targets: IndexBounds = { allowsNegative: false, error: (index) => new EngineError('IndexError', `Target ${index} is out of bounds.`) };

const classes: IndexBounds = {
  allowsNegative: false, error: (index) => new EngineError('RuntimeError', `Class values must be ${index < 0 ? 'non-negative' : 'smaller than num_classes'}.`),
};

/** By op. */
export const indexBounds = {
  scatter_add: elements, scatter_reduce: elements, index_add: elements,
  index_select: rows, embedding: rows, embedding_backward: rows,
  index: positions, index_put: positions,
} satisfies { readonly [O in Op]?: IndexBounds };

/** Of an op that can say what its indices are. */
export function elementBounds({ indices }: OpAttributes['gather' | 'scatter']): IndexBounds {
  return indices === undefined ? elements : indices === 'targets' ? targets : classes;
}

/** The position that an index means along an axis `dim` of `size`. Throws `EngineError`. */
export function positionWithin({ allowsNegative, error }: IndexBounds, index: number, dim: number, size: number): number {
  const position = allowsNegative && index < 0 ? index + size : index;
  if (position >= 0 && position < size) return position;
  throw error(index, dim, size);
}
