// The engine of the reference kernels: one node after the other, in plain arrays.
import { elementCount } from '../../graph/tensorType.ts';
import type { Engine } from '../engine.ts';
import { Plan } from './plan.ts';
import { takeStep } from '../optimizerStep.ts';
import { partsOf, zeros } from '../tensor.ts';
import { referenceBackend } from './referenceBackend.ts';

export const referenceEngine: Engine = {
  name: 'reference',
  flopsPerSecond: 4e9,
  prepare: (graph, request) => new Plan(graph, request, referenceBackend),
  allocate: (dtype, shapes) => partsOf(zeros(dtype, [shapes.reduce((sum, shape) => sum + elementCount(shape), 0)]), shapes),
  free: () => {},
  update: takeStep,
};
