// Quick-train: runs a recorded model's forward pass, loss and gradients as one plan, step after step, with parameters,
// buffers and data given anew each time. No Python runs here. The layers' figures come from the same code as `inspect`'s.
import type { Graph, ValueId } from '../graph/graph.ts';
import { typeOf } from '../graph/graph.ts';
import type { ModelTrace, TraceParameter } from '../graph/modelTrace.ts';
import { findNonFinite } from '../analysis/nonFiniteSearch.ts';
import { Figures, measuresOf } from '../analysis/figures.ts';
import { buildReport } from '../analysis/modelReport.ts';
import { isReconstruction } from '../analysis/outputForm.ts';
import { planReport, type ReportOptions, type ReportPlan } from '../analysis/reportPlan.ts';
import { runFailure } from '../analysis/runFailure.ts';
import { chooseTrainingLoss } from '../analysis/trainingDefaults.ts';
import { EngineError, MemoryLimitError } from '../engine/engineError.ts';
import { runGraph, type Program, type RunOptions } from '../engine/engine.ts';
import { CancelledRun } from '../engine/engineError.ts';
import type { FloatArray } from '../engine/optimizerStep.ts';
import type { Tensor } from '../engine/tensor.ts';
import type { Diagnostic, ModelReport } from '../protocol/report.ts';
import type { TrainResult } from '../protocol/runtimeApi.ts';
import { accuracyOf } from './accuracy.ts';
import type { Batch, Dataset } from './dataset.ts';
import { fitDataset } from './fitDataset.ts';
import { chooseOptimizer } from './optimizerChoice.ts';
import { Optimizer } from './optimizers.ts';
import { ParameterStore } from './parameterStore.ts';
import { ProgressTeller, type ProgressListener } from './progressTeller.ts';
import { drawnBefore, drawsOf } from './stepDraws.ts';
import type { TrainingControl } from './trainingControl.ts';
import { trainingTask } from './trainingTask.ts';
import { updateToData } from './updateToData.ts';

/** The event loop gets its turn this often: pause, stop and the process's other requests. */
const yieldEveryMs = 50;

export interface TrainingSetup extends ProgressListener {
  readonly graph: Graph;
  readonly trace: ModelTrace;
  /** As for the model's report; `loss` is the one asked for. */
  readonly report: ReportOptions;
  readonly control: TrainingControl;
  /** Lets the event loop take its turn. */
  yieldTurn(): Promise<void>;
}

/** The model cannot be trained; the message is for the user as it stands. */
export class TrainingError extends Error {
  override readonly name = 'TrainingError';
}

/** Trains until the steps are done, the run is stopped, or the loss is not finite. Throws `TrainingError`, `DataError`, and the engine's errors. */
export async function quickTrain(setup: TrainingSetup): Promise<TrainResult> {
  const run = new TrainingRun(setup);
  try {
    return await run.toTheEnd();
  } finally {
    run.release();
  }
}

class TrainingRun {
  readonly #plan: ReportPlan;
  readonly #dataset: Dataset;
  readonly #optimizer: Optimizer;
  readonly #trained: readonly TraceParameter[];
  readonly #store: ParameterStore;
  readonly #lean: Program;
  readonly #full: Program;
  /** Gradients → where they are written. */
  readonly #into = new Map<ValueId, Tensor>();
  /** Parameters that have one gradient in common, as of `a + b`: where it is written, and where else it is wanted. */
  readonly #copies: [from: Tensor, to: Tensor][] = [];
  readonly #drawsPerStep: number;
  /** Values that the next step is given: parameters, buffers, inputs and targets. */
  readonly #given: Map<ValueId, Tensor>;
  readonly #diagnostics: Diagnostic[] = [];

  #step = 0;
  #loss = NaN;
  #accuracy: number | null = null;

  constructor(private readonly setup: TrainingSetup) {
    const { graph, trace, report, train } = setup;
    const choice = chooseTrainingLoss(graph, trace, report.loss);
    if (!choice) throw new TrainingError(trace.outputs.length === 0 ? 'The model failed on its input, so it cannot be trained.' : 'The model has no floating-point output to train.');
    this.#plan = planReport(graph, trace, { ...report, choice, structureOnly: false });
    this.#diagnostics.push(...this.#plan.diagnostics);
    const { loss, gradients } = this.#plan;
    // A parameter that two modules share is one value.
    const distinct = new Map(trace.parameters.filter(({ value, trainable }) => trainable && gradients.has(value)).map((parameter) => [parameter.value, parameter]));
    this.#trained = [...distinct.values()];
    if (!loss || this.#trained.length === 0) {
      throw new TrainingError(this.#plan.diagnostics[0]?.message ?? 'The model has no trainable parameters that its loss depends on.');
    }
    this.#dataset = fitDataset(trainingTask(this.#plan, choice, report.seed), train.data, train.dataBytes);

    const optimizer = chooseOptimizer(trace.training, train);
    this.#optimizer = new Optimizer(report.engine, optimizer.name, optimizer.settings);

    const notes = [...optimizer.notes];
    if (trace.dataDependent) notes.push('The model\'s Python read values of its tensors: training repeats the path that was taken for the first input.');
    for (const message of notes) this.#diagnostics.push({ kind: 'limit', severity: 'information', range: report.sites(trace.definition), hint: null, message });
    const initial = this.#initialValues(this.#plan);
    const given = new Set([...initial.keys(), ...trace.inputs.map(({ value }) => value), ...(loss.targets === null ? [] : [loss.targets])]);
    const outputs = [...new Set([loss.value, loss.choice.output, ...this.#trained.map(({ value }) => gradients.get(value)!), ...trace.buffers.map(({ after }) => after)])];
    this.#lean = report.engine.prepare(graph, { outputs, given });
    this.#full = report.engine.prepare(graph, { outputs, given, measured: measuresOf(this.#plan) });
    this.#drawsPerStep = drawsOf(this.#plan);
    // Last, so that nothing can fail before its memory is released with the run.
    this.#store = new ParameterStore(report.engine, graph, new Map(this.#trained.map(({ value }) => [value, initial.get(value)!])));
    this.#given = new Map([...initial, ...this.#store.parameters]);
    for (const [value, tensor] of this.#store.gradients) {
      const gradient = gradients.get(value)!;
      const target = this.#into.get(gradient);
      if (target === undefined) this.#into.set(gradient, tensor);
      else this.#copies.push([target, tensor]);
    }
  }

  async toTheEnd(): Promise<TrainResult> {
    const { train, control, now } = this.setup;
    let yielded = now();
    const teller = new ProgressTeller(this.setup);
    while (this.#step < train.steps) {
      while (control.isPaused) {
        await control.whilePaused();
        yielded = now();
        teller.restart();
      }
      if (control.isStopped) {
        teller.tellRest();
        return this.#result('stopped', null);
      }
      const began = now();
      const isReported = this.#step === 0 || (this.#step + 1) % train.every === 0 || this.#step + 1 === train.steps;
      const figures = isReported ? new Figures(this.#plan) : null;
      const advanced = this.#advanceUnlessCancelled(figures);
      if (!advanced) {
        teller.tellRest();
        return this.#result('stopped', null);
      }
      const { ratios, isFinite } = advanced;
      teller.add(this.#step, this.#loss, this.#accuracy, now() - began);
      const isLast = !isFinite || this.#step === train.steps;
      if (isReported || isLast || teller.isDue) teller.tell(figures && this.#report(figures), ratios);
      if (!isFinite) return this.#result('non-finite', this.#whereNonFinite());
      if (now() - yielded >= yieldEveryMs) {
        await this.setup.yieldTurn();
        yielded = now();
      }
    }
    return this.#result('steps', null);
  }

  /** Gives back the memory that the run has of the engine. */
  release(): void {
    this.#lean.release();
    this.#full.release();
    this.#optimizer.release();
    this.#store.release();
  }

  /** null: the run was cancelled in the middle of the step, which then does not count. */
  #advanceUnlessCancelled(figures: Figures | null): { readonly ratios: readonly (number | null)[]; readonly isFinite: boolean } | null {
    try {
      return this.#advance(figures);
    } catch (error) {
      if (!(error instanceof CancelledRun)) throw error;
      this.#step--;
      return null;
    }
  }

  /** One step. `figures`: takes the layers' figures along. */
  #advance(figures: Figures | null): { readonly ratios: readonly (number | null)[]; readonly isFinite: boolean } {
    const { graph, trace, loss } = this.#plan;
    this.#step++;
    const batch = this.#dataset.batch(this.#step);
    this.#giveBatch(batch);
    const program = figures ? this.#full : this.#lean;
    const results = this.#inWords(this.#plan, () => program.run({ ...this.#runOptions(), into: this.#into, ...(figures && { onMeasured: figures.onMeasured }) }));
    this.#loss = results.get(loss!.value)!.data[0];
    if (figures) figures.loss = this.#loss;
    const output = results.get(loss!.choice.output)!;
    // The values of a reconstruction are no labels, though a binary cross-entropy compares them.
    const isLabelled = loss!.choice.kind !== 'binary-cross-entropy' || !isReconstruction(graph, trace, output.shape);
    this.#accuracy = isLabelled ? accuracyOf(loss!.choice, output, batch.targets) : null;
    if (!Number.isFinite(this.#loss)) return { ratios: [], isFinite: false };

    for (const [from, to] of this.#copies) to.data.set(from.data);
    const before = figures && this.#store.copies();
    this.#optimizer.step(this.#store.groups);
    for (const { before: old, after: next } of trace.buffers) this.#given.set(old, { ...typeOf(graph, old), data: results.get(next)!.data });
    const changes = new Map([...(before ?? [])].map(([value, old]) => [value, { before: old, after: this.#store.parameters.get(value)!.data as FloatArray }]));
    return { ratios: figures ? this.#plan.rows.map((row) => updateToData(row, graph, changes)) : [], isFinite: true };
  }

  #giveBatch({ inputs, targets }: Batch): void {
    this.#plan.trace.inputs.forEach(({ value }, index) => this.#given.set(value, inputs[index]));
    if (this.#plan.loss!.targets !== null) this.#given.set(this.#plan.loss!.targets, targets);
  }

  #runOptions(): RunOptions {
    const { constants, memoryLimitBytes } = this.setup.report;
    return {
      constants, memoryLimitBytes, given: this.#given, drawShift: this.#drawsPerStep * (this.#step - 1),
      isCancelled: () => this.setup.report.isCancelled?.() ?? false,
    };
  }

  /** Parameters and buffers as the file made them, and other tensors that it drew before the model was called: these are not drawn anew. */
  #initialValues(plan: ReportPlan): Map<ValueId, Tensor> {
    const { graph, trace, report } = this.setup;
    const values = [...new Set([...trace.parameters.map(({ value }) => value), ...trace.buffers.map(({ before }) => before), ...drawnBefore(plan)])];
    return this.#inWords(plan, () => runGraph(report.engine, graph, values, { constants: report.constants, memoryLimitBytes: report.memoryLimitBytes }));
  }

  /** Runs `act`, what ends it said as the report says it. */
  #inWords<T>(plan: ReportPlan, act: () => T): T {
    try {
      return act();
    } catch (error) {
      if (!(error instanceof MemoryLimitError || error instanceof EngineError)) throw error;
      const { message, hint, range } = runFailure(plan, error, this.setup.report);
      throw new TrainingError([range === null ? message : `${message} (line ${range.line})`, ...(hint === null ? [] : [hint])].join('. '));
    }
  }

  #report(figures: Figures): ModelReport {
    return buildReport(this.#plan, figures, this.setup.report, { nonFinite: null, isUntrained: this.#step === 1, isComplete: true });
  }

  #whereNonFinite(): string {
    const { graph } = this.#plan;
    const first = findNonFinite(this.#plan, (taps) => void runGraph(this.setup.report.engine, graph, [], { ...this.#runOptions(), taps }), this.setup.report.sites);
    const layer = first?.layer == null ? undefined : this.#plan.rows[first.layer];
    const where = first ? ` It began at \`${first.op}\`${layer ? ` in \`${layer.path || layer.type}\`` : ''}${first.range ? `, line ${first.range.line}` : ''}.` : '';
    // Nothing was learned before the first step's loss.
    const advice = this.#step === 1 ? '' : ' A smaller learning rate may help.';
    return `The loss is ${this.#loss} at step ${this.#step}.${where}${advice}`;
  }

  #result(reason: TrainResult['reason'], message: string | null): TrainResult {
    const [input] = this.#plan.trace.inputs;
    return {
      reason, step: this.#step, loss: this.#loss, accuracy: this.#accuracy, data: this.#dataset.description,
      optimizer: this.#optimizer.name, learningRate: this.#optimizer.settings.learningRate,
      batch: typeOf(this.#plan.graph, input.value).shape[0] ?? 1, message, diagnostics: this.#diagnostics,
    };
  }
}
