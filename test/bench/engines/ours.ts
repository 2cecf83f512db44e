// Ours: the recorded graph of a workload through an engine's programs and optimizer, as quick-train and the report run it
// (`src/training/quickTrain.ts`, `src/analysis/figures.ts`).
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { buildKernels } from '../../../scripts/kernels.mjs';
import { Figures, measuresOf } from '../../../src/analysis/figures.ts';
import { planReport, type ReportPlan } from '../../../src/analysis/reportPlan.ts';
import type { Engine, Program, RunOptions } from '../../../src/engine/engine.ts';
import type { Tensor } from '../../../src/engine/tensor.ts';
import type { TensorStatistics } from '../../../src/engine/statistics.ts';
import { typeOf, type ValueId } from '../../../src/graph/graph.ts';
import { Optimizer, optimizerSettings } from '../../../src/training/optimizers.ts';
import { ParameterStore } from '../../../src/training/parameterStore.ts';
import { startEngine } from '../../../src/runtime/engine.ts';
import { recordNetwork, type Network } from '../networks.ts';
import { sampleOf } from '../samples.ts';
import type { BenchTensors } from '../tensorFile.ts';
import { isParameter, type Workload } from '../workloads.ts';
import type { Figures as SampledFigures } from './protocol.ts';
import { serve, type Prepared, type PreparedVariant } from './serve.ts';

const mostMemoryBytes = 4 * 2 ** 30;
const rateOfAll = 1e-3;

/** Of the bench's own, so that an older dist/ is not what is measured. */
const built = fileURLToPath(new URL('../../../.cache/benchEngine/', import.meta.url));
const threadEntry = fileURLToPath(new URL('../../../src/runtime/engineThread.ts', import.meta.url));

async function prepare(workload: Workload, tensors: BenchTensors, threads: number): Promise<Prepared> {
  await buildKernels(built);
  await build({ entryPoints: [threadEntry], bundle: true, platform: 'node', format: 'esm', outfile: join(built, 'engineThread.js') });
  const { engine, description, ready } = startEngine(built, { threads, revectorize: process.env.BENCH_REVECTORIZE === '1' });
  await ready();
  const network = recordNetwork(workload, tensors);
  const variants = {
    forward: () => [forwardPass(engine, network, tensors)],
    statistics: () => [statisticsPass(engine, network, tensors)],
    training: () => trainingSteps(engine, workload, network, tensors),
  }[workload.kind]();
  return { description, variants, close: () => {} };
}

/** The workload's tensors where the engine reads them in place. */
function givenTensors(engine: Engine, { build, values }: Network, tensors: BenchTensors): Map<ValueId, Tensor> {
  return new Map([...values].map(([name, value]) => [value, inEngine(engine, { ...typeOf(build.graph, value), data: tensors[name].data })]));
}
function inEngine(engine: Engine, tensor: Tensor): Tensor {
  const [own] = engine.allocate(tensor.dtype, [tensor.shape]).parts;
  own.data.set(tensor.data);
  return own;
}

function runOptions({ build }: Network, given: ReadonlyMap<ValueId, Tensor>): RunOptions {
  return { constants: build.options.constants, memoryLimitBytes: mostMemoryBytes, given };
}

function forwardPass(engine: Engine, network: Network, tensors: BenchTensors): PreparedVariant {
  const given = givenTensors(engine, network, tensors);
  const program = engine.prepare(network.build.graph, { outputs: [network.output], given: new Set(given.keys()) });
  const [output] = engine.allocate('float32', [typeOf(network.build.graph, network.output).shape]).parts;
  const options = { ...runOptions(network, given), into: new Map([[network.output, output]]) };
  return {
    name: 'forward', role: 'anchor', restart: () => {},
    step: () => void program.run(options),
    figures: () => [sampleOf(output.data)],
  };
}

/** The figures of a value that is there already. */
function statisticsPass(engine: Engine, network: Network, tensors: BenchTensors): PreparedVariant {
  const given = givenTensors(engine, network, tensors);
  const program = engine.prepare(network.build.graph, { outputs: [], given: new Set(given.keys()), measured: new Map([[network.output, { units: null }]]) });
  let found: TensorStatistics | undefined;
  const options: RunOptions = { ...runOptions(network, given), onMeasured: (_, { statistics }) => (found = statistics) };
  return {
    name: 'tap', role: 'anchor', restart: () => {},
    step: () => void program.run(options),
    figures: () => {
      const { min, max, mean, std, zeroFraction, histogram } = found!;
      return [[min, max, mean, std], [zeroFraction], histogram.counts];
    },
  };
}

/** One training step, and for W3 one whose layers' figures are taken as well. */
function trainingSteps(engine: Engine, workload: Workload, network: Network, tensors: BenchTensors): PreparedVariant[] {
  const { build, output } = network;
  const trace = build.trace([output]);
  const report = planReport(build.graph, trace, {
    ...build.options, memoryLimitBytes: mostMemoryBytes, choice: { kind: 'cross-entropy', output, form: 'logits', classAxis: 1, origin: 'option', others: [] },
  });
  if (report.diagnostics.length > 0) throw new Error(report.diagnostics[0].message);
  const training = new Training(engine, workload, network, tensors, report);
  const variant = (name: string, role: PreparedVariant['role'], withFigures: boolean): PreparedVariant => ({
    name, role, restart: () => training.restart(), step: () => training.step(withFigures), figures: () => [[training.loss]], gradients: () => training.gradients(),
  });
  return [variant('step', 'anchor', false), ...(workload.id === 'W3' ? [variant('with statistics', 'beside', true)] : [])];
}

class Training {
  loss = NaN;
  readonly #given: Map<ValueId, Tensor>;
  readonly #store: ParameterStore;
  readonly #initial: ReadonlyMap<ValueId, Tensor>;
  readonly #into: ReadonlyMap<ValueId, Tensor>;
  readonly #lean: Program;
  readonly #full: Program;
  #optimizer: Optimizer | undefined;

  constructor(
    private readonly engine: Engine, private readonly workload: Workload, private readonly network: Network, tensors: BenchTensors, private readonly report: ReportPlan,
  ) {
    const { graph } = network.build;
    this.#given = givenTensors(engine, network, tensors);
    const targets = report.loss!.targets!;
    this.#given.set(targets, inEngine(engine, { ...typeOf(graph, targets), data: tensors.y.data }));
    this.#initial = new Map([...network.values].flatMap(([name, value]) => (isParameter(name) ? [[value, { ...typeOf(graph, value), data: tensors[name].data }] as const] : [])));
    this.#store = new ParameterStore(engine, graph, this.#initial);
    for (const [value, tensor] of this.#store.parameters) this.#given.set(value, tensor);
    this.#into = new Map([...this.#store.gradients].map(([value, gradient]) => [report.gradients.get(value)!, gradient]));
    const request = { outputs: [report.loss!.value, network.output, ...this.#into.keys()], given: new Set(this.#given.keys()) };
    this.#lean = engine.prepare(graph, request);
    this.#full = engine.prepare(graph, { ...request, measured: measuresOf(report) });
    this.restart();
  }

  restart(): void {
    for (const [value, { data }] of this.#store.parameters) data.set(this.#initial.get(value)!.data);
    const name = this.workload.id === 'W7' ? 'adamw' : 'adam';
    this.#optimizer?.release();
    this.#optimizer = new Optimizer(this.engine, name, optimizerSettings(name, { learningRate: rateOfAll }));
  }

  gradients(): SampledFigures {
    return [...this.#store.gradients.values()].map(({ data }) => sampleOf(data));
  }

  step(withFigures: boolean): void {
    const options = { ...runOptions(this.network, this.#given), into: this.#into };
    const results = withFigures
      ? this.#full.run({ ...options, onMeasured: new Figures(this.report).onMeasured })
      : this.#lean.run(options);
    this.loss = results.get(this.report.loss!.value)!.data[0];
    this.#optimizer!.step(this.#store.groups);
  }
}

await serve(prepare);
