// Ops whose results are elements of what they are given, and so of its type already. Of one that is not listed the results are rounded, or otherwise
// settled, to no effect.
import type { Op } from '../graph/opAttributes.ts';

export const movingOps: ReadonlySet<Op> = new Set<Op>([
  'reshape', 'detach', 'with_gradient', 'expand', 'permute', 'slice', 'slice_scatter', 'cat', 'flip', 'tril', 'triu', 'gather', 'scatter', 'index_select', 'index', 'embedding',
]);
