// The JavaScript side of the door: records ops into a graph, and hands out ids.
import { gradient } from '../graph/gradient.ts';
import { emptyGraph, noOrigin, typeOf, type CallId, type Graph, type Origin, type SiteId, type ValueId } from '../graph/graph.ts';
import type { Op, OpAttributes } from '../graph/opAttributes.ts';
import { record } from '../graph/record.ts';
import type { DType } from '../graph/tensorType.ts';
import { byteLength, representation, roundHalves, type Tensor } from '../engine/tensor.ts';
import type { RecorderDoor } from './doors.ts';
import { ComputedValues, type ComputingOptions } from './computedValues.ts';
import { Generators } from './generators.ts';
import { HeldTensors } from './heldTensors.ts';
import { widenHalves } from './halfPrecision.ts';
import { maximumFileBytes, type Workspace } from './workspace.ts';

/** More nodes than this are a loop that was not meant to be recorded. */
const maximumNodes = 1_000_000;
/** What a run may log, in characters: as much as is kept of what it prints. */
const mostLogged = 64 * 1024;

export interface RecorderOptions extends ComputingOptions {
  readonly workspace: Workspace;
  /** The bytes of the file of weights that was given. */
  readonly weights?: Uint8Array;
  /** The interpreter's linear memory, fetched anew each time since it moves when it grows. */
  heap(): Uint8Array;
  onStatement(line: number): void;
  log(level: string, text: string): void;
}

/** One run of a file: its graph, constants and generators. Its functions throw what the door answers with. */
export class Recorder implements RecorderDoor {
  readonly graph: Graph = emptyGraph();
  readonly #generators = new Generators();
  readonly #references = new Map<ValueId, number>();
  readonly #held: HeldTensors;
  readonly #computed: ComputedValues;
  #logRoom = mostLogged;

  /** `firstId`: ids below it belong to earlier runs of the same interpreter. */
  constructor(readonly firstId: number, private readonly options: RecorderOptions) {
    this.#held = new HeldTensors(this.graph, options.memoryLimitBytes);
    this.#computed = new ComputedValues(this.graph, this.#held, (value) => this.#references.has(value), options);
  }

  /** First id that the next run may use. */
  get nextId(): number {
    return this.firstId + this.graph.values.length;
  }

  readonly constantOf = (id: number): Tensor => this.#held.constant(id);

  /** The graph's value for an id that Python holds. */
  valueOf(id: number): ValueId {
    const value = id - this.firstId;
    if (value < 0) throw named('RuntimeError', 'this tensor belongs to an earlier run of the file');
    return value as ValueId;
  }

  record(op: string, inputs: string, attributes: string, site: number, call: number): string {
    if (this.graph.nodes.length >= maximumNodes) {
      throw named('LimitError', `more than ${maximumNodes.toLocaleString('en')} operations were recorded`);
    }
    const values = parseIds(inputs).map((id) => this.valueOf(id));
    return this.#handOut(record(this.graph, op as Op, values, this.#resolve(op, JSON.parse(attributes)), originOf(site, call)));
  }

  constant(dtype: string, shape: string, address: number, bytes: number, site: number, call: number): string {
    const type = { dtype: dtype as DType, shape: shape === '' ? [] : shape.split(',').map(Number) };
    if (byteLength(type.dtype, type.shape) !== bytes) throw named('ValueError', `${bytes} bytes do not make a ${dtype} tensor of shape (${shape})`);
    this.#held.reserve(bytes, `A ${dtype} tensor of shape (${shape})`);
    const copy = this.options.heap().slice(address, address + bytes);
    const data = new representation[type.dtype].storage(copy.buffer);
    roundHalves(data, type.dtype);
    return this.#handOut(record(this.graph, 'constant', [], { data: this.#held.addConstant({ ...type, data }), ...type }, originOf(site, call)));
  }

  read(id: number, address: number, bytes: number): string {
    const { data } = this.compute(this.valueOf(id));
    if (data.byteLength !== bytes) throw named('ValueError', `the value has ${data.byteLength} bytes, ${bytes} were asked for`);
    this.options.heap().set(new Uint8Array(data.buffer, data.byteOffset, data.byteLength), address);
    return '';
  }

  release(id: number): void {
    const value = (id - this.firstId) as ValueId;
    if (value < 0) return;
    const count = (this.#references.get(value) ?? 0) - 1;
    if (count > 0) {
      this.#references.set(value, count);
    } else {
      this.#references.delete(value);
      this.#held.forgetLater(value);
    }
  }

  gradient(output: number, inputs: string, seed: number, given = ''): string {
    const [wrt, ends] = [inputs, given].map((ids) => parseIds(ids).map((id) => this.valueOf(id)));
    const gradients = gradient(this.graph, this.valueOf(output), wrt, seed < 0 ? undefined : this.valueOf(seed), new Set(ends));
    return gradients.map((value) => (value === null ? '' : this.#handOut([value]))).join(';');
  }

  seed(generator: number, seed: number): string {
    this.#generators.seed(generator, seed);
    return '';
  }

  initialSeed(generator: number): string {
    return String(this.#generators.initialSeed(generator));
  }

  drawBits(generator: number): string {
    return String(this.#generators.drawBits(generator));
  }

  generatorState(generator: number): string {
    return this.#generators.stateOf(generator);
  }

  setGeneratorState(generator: number, state: string): string {
    if (!this.#generators.restore(generator, state)) throw named('RuntimeError', 'RNG state is not one that a generator of this run had');
    return '';
  }

  fileSize(path: string): string {
    return String(this.#sizeOf(path));
  }

  readFile(path: string, address: number, bytes: number): string {
    this.#sizeOf(path);
    const content = this.options.workspace.read(path);
    if (!content) throw notFound(path);
    this.options.heap().set(content.subarray(0, bytes), address);
    return '';
  }

  listFolder(path: string): string {
    const names = this.options.workspace.list(path);
    if (names === undefined) throw notFound(path);
    return names.map((name) => `${name}\n`).join('');
  }

  weightsSize(): string {
    return String(this.#weights().length);
  }

  readWeights(offset: number, address: number, bytes: number): string {
    const part = this.#weights().subarray(offset, offset + bytes);
    if (part.length !== bytes) throw named('ValueError', `the file of weights has no ${bytes} bytes at ${offset}`);
    this.options.heap().set(part, address);
    return '';
  }

  widenHalves(source: number, count: number, target: number): string {
    const { buffer, byteOffset } = this.options.heap();
    widenHalves(new Uint16Array(buffer, byteOffset + source, count), new Float32Array(buffer, byteOffset + target, count));
    return '';
  }

  statement(line: number): void {
    this.options.onStatement(line);
  }

  log(level: string, text: string): void {
    if (this.#logRoom <= 0) return;
    this.options.log(level, text.slice(0, this.#logRoom));
    this.#logRoom -= text.length + 1;
    if (this.#logRoom <= 0) this.options.log('info', '… more was logged than is kept');
  }

  /** Runs what a value depends on, from what is known already. Throws the engine's errors. */
  compute(value: ValueId): Tensor {
    return this.#computed.of(value);
  }

  #handOut(values: readonly ValueId[]): string {
    return values.map((value) => {
      this.#references.set(value, (this.#references.get(value) ?? 0) + 1);
      const { dtype, shape } = typeOf(this.graph, value);
      return `${this.firstId + value}:${dtype}:${shape.join(',')}`;
    }).join(';');
  }

  /**
   * Random ops come with `generator`, and are recorded with the place of their draws in that generator's sequence; `with_gradient`
   * comes with ids that Python holds.
   */
  #resolve(op: string, attributes: Record<string, unknown>): OpAttributes[Op] {
    if (op === 'with_gradient') {
      const { seed, results } = attributes as unknown as OpAttributes['with_gradient'];
      return { seed: this.valueOf(seed), results: results.map((id) => (id === null ? null : this.valueOf(id))) };
    }
    if (!('generator' in attributes)) return attributes as OpAttributes[Op];
    const { generator, ...rest } = attributes as { generator: number };
    return this.#generators.placed(generator, op as Op, rest);
  }

  #weights(): Uint8Array {
    const { weights } = this.options;
    if (!weights) throw named('FileNotFoundError', 'no file of weights was given');
    return weights;
  }

  #sizeOf(path: string): number {
    const size = this.options.workspace.size(path);
    if (size === undefined) throw notFound(path);
    if (size > maximumFileBytes) throw named('LimitError', `'${path}' has ${size} bytes; files up to ${maximumFileBytes} bytes are read`);
    return size;
  }
}

function originOf(site: number, call: number): Origin {
  return site < 0 && call < 0 ? noOrigin : { site: site as SiteId, call: call as CallId };
}

function parseIds(ids: string): number[] {
  return ids === '' ? [] : ids.split(',').map(Number);
}

function named(name: string, message: string): Error {
  return Object.assign(new Error(message), { name });
}

function notFound(path: string): Error {
  return named('FileNotFoundError', `[Errno 44] No such file or directory: '${path}'`);
}
