// Builds graphs and traces by hand, as the Python side would record them: a few lines per model, no interpreter.
import { emptyGraph, type CallId, type Graph, type SiteId, type ValueId } from '../../src/graph/graph.ts';
import type { CallRecord, ModelTrace, TraceParameter } from '../../src/graph/modelTrace.ts';
import type { Op, OpAttributes } from '../../src/graph/opAttributes.ts';
import { record } from '../../src/graph/record.ts';
import type { DType } from '../../src/graph/tensorType.ts';
import { referenceEngine } from '../../src/engine/reference/referenceEngine.ts';
import { representation, type Tensor } from '../../src/engine/tensor.ts';
import type { ReportOptions } from '../../src/analysis/reportPlan.ts';
import type { SourceRange } from '../../src/protocol/source.ts';

export class TraceBuilder {
  readonly graph: Graph = emptyGraph();
  readonly #constants: Tensor[] = [];
  readonly #calls: CallRecord[] = [];
  readonly #open: CallRecord[] = [];
  readonly #parameters: TraceParameter[] = [];
  readonly #buffers: ModelTrace['buffers'][number][] = [];
  readonly #inputs: ModelTrace['inputs'][number][] = [];
  #modules = 0;
  #draws = 0;

  constructor(private readonly facts: Partial<ModelTrace> = {}) {}

  /** Site n lies on line n of `model.py`. */
  readonly sites = (site: number | null): SourceRange | null =>
    (site === null || site < 0 ? null : { file: 'model.py', line: site, column: 4, endLine: site, endColumn: 20 });

  readonly options: ReportOptions = { engine: referenceEngine, seed: 0, memoryLimitBytes: 2 ** 28, constants: (id) => this.#constants[id], sites: this.sites };

  op<O extends Op>(name: O, inputs: readonly ValueId[], attributes: OpAttributes[O], site = -1): ValueId {
    return record(this.graph, name, inputs, attributes, { site: site as SiteId, call: (this.#open.at(-1)?.id ?? -1) as CallId })[0];
  }

  constant(shape: readonly number[], data: ArrayLike<number>, dtype: DType = 'float32'): ValueId {
    this.#constants.push({ dtype, shape, data: representation[dtype].storage.from(data) as Tensor['data'] });
    return this.op('constant', [], { data: this.#constants.length - 1, dtype, shape });
  }

  normal(shape: readonly number[], std = 1): ValueId {
    this.#draws += 10_000;
    return this.op('normal', [], { seed: 1, offset: this.#draws, carry: null, shape, mean: 0, std, dtype: 'float32' });
  }

  input(value: ValueId, name = 'x'): ValueId {
    this.#inputs.push({ name, value, range: null, origin: 'file' });
    return value;
  }

  parameter(path: string, name: string, value: ValueId, module: number | null = null, trainable = true): ValueId {
    this.#parameters.push({ path, module, name, value, trainable, site: null });
    return value;
  }

  buffer(path: string, name: string, before: ValueId, after: ValueId): void {
    this.#buffers.push({ path, name, before, after });
  }

  newModule(): number {
    return this.#modules++;
  }

  /** Runs `body` as a call. Its `definition` is site 100 + id, its call site 200 + id. */
  call(facts: Partial<CallRecord> & { readonly type: string }, inputs: readonly ValueId[], body: () => ValueId | null): ValueId {
    const parent = this.#open.at(-1) ?? null;
    const id = this.#calls.length as CallId;
    const kind = facts.kind ?? 'module';
    const call: CallRecord = {
      id, parent: parent?.id ?? null, kind, path: '', module: kind === 'module' ? this.newModule() : null, summary: '',
      builtin: true, definition: kind === 'module' ? ((100 + id) as SiteId) : null, call: (200 + id) as SiteId,
      inputs, outputs: [], failure: null, ...facts,
    };
    this.#calls.push(call);
    this.#open.push(call);
    const output = body();
    this.#open.pop();
    this.#calls[id] = { ...call, outputs: output === null ? [] : [output], failure: output === null ? facts.failure ?? 'failed' : null };
    return output ?? (-1 as ValueId);
  }

  /** A dense layer of its own parameters; `weight` of shape (out, in). */
  linear(path: string, x: ValueId, weight: ValueId, bias: ValueId | null = null, after: (y: ValueId) => ValueId = (y) => y): ValueId {
    const module = this.newModule();
    this.parameter(path, 'weight', weight, module);
    if (bias !== null) this.parameter(path, 'bias', bias, module);
    return this.call({ type: 'Linear', path, module }, [x], () => after(this.op('linear', bias === null ? [x, weight] : [x, weight, bias], {})));
  }

  relu(path: string, x: ValueId): ValueId {
    return this.call({ type: 'ReLU', path }, [x], () => this.op('relu', [x], {}));
  }

  trace(outputs: readonly ValueId[]): ModelTrace {
    return {
      name: 'Net', framework: 'torch', separator: '.', definition: 1 as SiteId, calls: this.#calls, parameters: this.#parameters, buffers: this.#buffers,
      inputs: this.#inputs, plainInputs: [], arguments: [], outputs, channelAxis: 'first', assumptions: [], dataDependent: false,
      training: {
        named: [], loss: null, spokenOf: 'classes', fromProbabilities: false, optimizer: null, settings: {}, notes: [], batchSize: null,
      },
      ...this.facts,
    };
  }
}
