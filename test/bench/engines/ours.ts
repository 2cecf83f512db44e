// Ours: the recorded graph of a workload through planner, backend and optimizer, as quick-train and the report run it
// (`src/training/quickTrain.ts`, `src/analysis/figures.ts`). Which backend runs it is decided here and nowhere else.
import { planReport, type ReportPlan } from '../../../src/analysis/reportPlan.ts';
import { Figures } from '../../../src/analysis/figures.ts';
import type { Backend } from '../../../src/engine/backend.ts';
import { Plan, type RunOptions } from '../../../src/engine/plan.ts';
import { referenceBackend } from '../../../src/engine/reference/referenceBackend.ts';
import { statistics, type TensorStatistics } from '../../../src/engine/statistics.ts';
import type { Tensor } from '../../../src/engine/tensor.ts';
import { typeOf, type ValueId } from '../../../src/graph/graph.ts';
import { Optimizer, optimizerSettings, type FloatArray } from '../../../src/training/optimizers.ts';
import { recordNetwork, type Network } from '../networks.ts';
import { sampleOf } from '../samples.ts';
import type { BenchTensors } from '../tensorFile.ts';
import { isParameter, type Workload } from '../workloads.ts';
import { serve, type Prepared, type PreparedVariant } from './serve.ts';

const MEMORY_LIMIT_BYTES = 4 * 2 ** 30;
const LEARNING_RATE = 1e-3;

interface OpenBackend {
  readonly backend: Backend;
  readonly description: string;
  /** Ends its threads. */
  close(): void;
}

/** The backend for a number of threads. The reference kernels know only one. */
function openBackend(_threads: number): OpenBackend {
  return { backend: referenceBackend, description: 'reference kernels, 1 thread whatever is asked', close: () => {} };
}

function prepare(workload: Workload, tensors: BenchTensors, threads: number): Prepared {
  const { backend, description, close } = openBackend(threads);
  const network = recordNetwork(workload, tensors);
  const planFor = (outputs: readonly ValueId[], given: ReadonlySet<ValueId>, observed: Iterable<ValueId> = []) =>
    new Plan(network.build.graph, outputs, given, observed, backend);
  const variants = {
    forward: () => [forwardPass(network, tensors, planFor)],
    statistics: () => [statisticsPass(network, tensors, planFor)],
    training: () => trainingSteps(workload, network, tensors, planFor),
  }[workload.kind]();
  return { description, variants, close };
}

type PlanFor = (outputs: readonly ValueId[], given: ReadonlySet<ValueId>, observed?: Iterable<ValueId>) => Plan;

function givenTensors({ build, values }: Network, tensors: BenchTensors): Map<ValueId, Tensor> {
  return new Map([...values].map(([name, value]) => [value, { ...typeOf(build.graph, value), data: tensors[name].data }]));
}

function runOptions({ build }: Network, given: ReadonlyMap<ValueId, Tensor>, taps?: RunOptions['taps']): RunOptions {
  return { constants: build.options.constants, memoryLimitBytes: MEMORY_LIMIT_BYTES, given, ...(taps && { taps }) };
}

function forwardPass(network: Network, tensors: BenchTensors, planFor: PlanFor): PreparedVariant {
  const given = givenTensors(network, tensors);
  const plan = planFor([network.output], new Set(given.keys()));
  let output: Tensor | undefined;
  return {
    name: 'forward', role: 'anchor', restart: () => {},
    step: () => {
      output = plan.run(runOptions(network, given)).get(network.output);
    },
    figures: () => [sampleOf(output!.data)],
  };
}

/** A tap on a value that is there already. */
function statisticsPass(network: Network, tensors: BenchTensors, planFor: PlanFor): PreparedVariant {
  const given = givenTensors(network, tensors);
  const plan = planFor([], new Set(given.keys()), [network.output]);
  let found: TensorStatistics | undefined;
  const taps = new Map([[network.output, (tensor: Tensor) => void (found = statistics(tensor))]]);
  return {
    name: 'tap', role: 'anchor', restart: () => {},
    step: () => void plan.run(runOptions(network, given, taps)),
    figures: () => {
      const { min, max, mean, std, zeroFraction, histogram } = found!;
      return [[min, max, mean, std], [zeroFraction], histogram.counts];
    },
  };
}

/** One training step, and for W3 one whose layers' figures are taken as well. */
function trainingSteps(workload: Workload, network: Network, tensors: BenchTensors, planFor: PlanFor): PreparedVariant[] {
  const { build, output } = network;
  const trace = build.trace([output]);
  const report = planReport(build.graph, trace, {
    ...build.options, memoryLimitBytes: MEMORY_LIMIT_BYTES, choice: { kind: 'cross-entropy', output, form: 'logits', classAxis: 1, origin: 'option' },
  });
  if (report.diagnostics.length > 0) throw new Error(report.diagnostics[0].message);
  const training = new Training(workload, network, tensors, report, planFor);
  const variant = (name: string, role: PreparedVariant['role'], withFigures: boolean): PreparedVariant => ({
    name, role, restart: () => training.restart(), step: () => training.step(withFigures), figures: () => [[training.loss]],
  });
  return [variant('step', 'anchor', false), ...(workload.id === 'W3' ? [variant('with statistics', 'beside', true)] : [])];
}

class Training {
  loss = NaN;
  readonly #parameters: readonly ValueId[];
  readonly #gradients: readonly ValueId[];
  readonly #lean: Plan;
  readonly #full: Plan;
  #given = new Map<ValueId, Tensor>();
  #optimizer!: Optimizer;

  constructor(
    private readonly workload: Workload, private readonly network: Network, private readonly tensors: BenchTensors, private readonly report: ReportPlan,
    planFor: PlanFor,
  ) {
    this.#parameters = [...network.values].flatMap(([name, value]) => (isParameter(name) ? [value] : []));
    this.#gradients = this.#parameters.map((value) => report.gradients.get(value)!);
    this.restart();
    const given = new Set(this.#given.keys());
    const outputs = [report.loss!.value, network.output, ...this.#gradients];
    this.#lean = planFor(outputs, given);
    this.#full = planFor(outputs, given, report.watched);
  }

  restart(): void {
    const { tensors, network, workload, report } = this;
    this.#given = givenTensors(network, tensors);
    const { targets } = report.loss!;
    const { dtype, shape } = typeOf(network.build.graph, targets!);
    this.#given.set(targets!, { dtype, shape, data: tensors.y.data });
    const name = workload.id === 'W7' ? 'adamw' : 'adam';
    this.#optimizer = new Optimizer(name, optimizerSettings(name, { learningRate: LEARNING_RATE }));
  }

  step(withFigures: boolean): void {
    const { graph } = this.network.build;
    const taps = withFigures ? new Figures(this.report).taps() : undefined;
    const results = (withFigures ? this.#full : this.#lean).run(runOptions(this.network, this.#given, taps));
    this.loss = results.get(this.report.loss!.value)!.data[0];
    const before = this.#parameters.map((value) => this.#given.get(value)!.data as FloatArray);
    const after = this.#optimizer.step(before, this.#gradients.map((gradient) => results.get(gradient)!.data as FloatArray));
    this.#parameters.forEach((value, index) => this.#given.set(value, { ...typeOf(graph, value), data: after[index] }));
  }
}

await serve(prepare);
