/// <reference path="./webAssembly.d.ts" />
// Whether a module of kernels computes what another one does: asked before trusting one that was compiled with a V8 feature that is still being tried.
// Results and gradients of a trial that goes through every kernel (`trial.ts`), the figures of what is given, two steps of each optimizer.
import { gradient } from '../../graph/gradient.ts';
import { typeOf, type ValueId } from '../../graph/graph.ts';
import { isFloat, type Shape } from '../../graph/tensorType.ts';
import { runGraph } from '../engine.ts';
import { EngineError, KernelFailure } from '../engineError.ts';
import type { Measure } from '../measure.ts';
import { stateArrays, type OptimizerSettings, type UpdateRuleName } from '../optimizerStep.ts';
import { numbers, Trial, trialResults } from './trial.ts';
import { WasmEngine } from './wasmEngine.ts';

/** Fused multiply-adds and their order may differ; wrong lanes differ by as much as the numbers themselves. */
const tolerance = 1e-4;
const mostMemoryBytes = 2 ** 28;

/** What a module makes of the trial, one array for each kind of number. */
function outcome(module: WebAssembly.Module): ArrayLike<number>[] {
  const engine = new WasmEngine({ module, threads: 1 });
  const trial = new Trial();
  const [rows, images] = [trial.input(37, 65), trial.input(2, 16, 24, 25)];
  const values = trialResults(trial, rows, images);
  const inputs = [...trial.inputs];
  // Of the sum of all results, each times numbers of its own: what several of them go through is differentiated once.
  const sums = values.filter((value) => isFloat(typeOf(trial.graph, value).dtype)).map((value) => {
    const { shape } = typeOf(trial.graph, value);
    return trial.op('sum', [trial.op('mul', [value, trial.input(...shape)], {})], { dim: [...shape.keys()], keepdim: false });
  });
  const gradients = gradient(trial.graph, sums.reduce((total, sum) => trial.op('add', [total, sum], {})), inputs).filter((each) => each !== null);
  // Of what is given: of what is computed an element on an edge could count with either neighbour.
  const measured = new Map<ValueId, Measure>([
    [rows, { units: { axis: 'last', saturation: [-0.9, 0.9] } }], [images, { units: { axis: 'first', saturation: null } }],
  ]);
  const figures: ArrayLike<number>[] = [];
  const found = runGraph(engine, trial.graph, [...values, ...gradients], {
    constants: (id) => trial.tensors[id], memoryLimitBytes: mostMemoryBytes,
    onMeasured(_, { statistics: { mean, std, min, max, l2, meanAbs, histogram }, units }) {
      figures.push([mean, std, min, max, l2, meanAbs], histogram.counts, units!.firing, units!.meanAbs, [units!.saturatedFraction]);
    },
  }, measured, 'fast');
  return [...[...found.values()].map(({ data }) => data), ...figures, ...Object.keys(stateArrays).map((rule) => updated(engine, rule as UpdateRuleName))];
}

const settings: OptimizerSettings = { learningRate: 0.1, momentum: 0.9, weightDecay: 0.01, nesterov: true, betas: [0.9, 0.999], alpha: 0.99, epsilon: 1e-8 };

/** Parameters and state after two steps of a rule. */
function updated(engine: WasmEngine, rule: UpdateRuleName): Float32Array {
  const { whole, parts } = engine.allocate('float32', new Array<Shape>(2 + stateArrays[rule]).fill([1003]));
  const [parameter, gradients, ...state] = parts.map(({ data }) => data as Float32Array);
  whole.data.fill(0);
  for (const [n, array] of [parameter, gradients].entries()) array.set(numbers([1003], n).data);
  for (const step of [1, 2]) engine.update({ rule, settings, step, parameter, gradient: gradients, state });
  return whole.data as Float32Array;
}

/** Runs the same on both modules. A kernel of the candidate that traps is one that does not agree. */
export function agree(candidate: WebAssembly.Module, trusted: WebAssembly.Module): boolean {
  let found: ArrayLike<number>[];
  try {
    found = outcome(candidate);
  } catch (error) {
    if (error instanceof KernelFailure || error instanceof EngineError) return false;
    throw error;
  }
  return outcome(trusted).every((wanted, part) => {
    const scale = Array.from(wanted).reduce((most, each) => Math.max(most, Math.abs(each)), 1e-30);
    return Array.from(wanted).every((each, n) => Math.abs(found[part][n] - each) <= tolerance * scale);
  });
}
