// Which row shows which parameter: the row of the module that owns it; where that module has no row (it was never called
// itself), the nearest one around it; in a model without modules, the function that reads it.
import type { Node, ValueId } from '../graph/graph.ts';
import { parameterSize, type CallRecord, type ModelTrace, type TraceParameter } from '../graph/modelTrace.ts';
import type { ForwardNodes } from './forwardNodes.ts';

export interface OwnedParameter {
  /** Name below the row's path, `weight` or `out_proj.weight`. */
  readonly name: string;
  readonly parameter: TraceParameter;
}

interface Place {
  readonly record: CallRecord | null;
  readonly node: Node | null;
  readonly output: ValueId | null;
}

export class ParameterOwners {
  readonly #owned = new Map<number, OwnedParameter[]>();
  readonly #values: ReadonlySet<ValueId>;
  readonly #rowsByPath = new Map<string, number[]>();
  readonly #byModule = new Map<number, TraceParameter[]>();
  /** Elements of the parameters at and below a path. */
  readonly #countByPath = new Map<string, number>();

  constructor(private readonly trace: ModelTrace, private readonly rows: readonly Place[], private readonly forward: ForwardNodes) {
    this.#values = new Set(trace.parameters.map((parameter) => parameter.value));
    const rowsByModule = new Map<number, number[]>();
    rows.forEach(({ record }, index) => {
      if (record?.kind !== 'module') return;
      push(this.#rowsByPath, record.path, index);
      if (record.module !== null) push(rowsByModule, record.module, index);
    });
    for (const parameter of trace.parameters) {
      if (parameter.module !== null) push(this.#byModule, parameter.module, parameter);
      for (const path of this.#pathsAround(parameter.path)) this.#countByPath.set(path, (this.#countByPath.get(path) ?? 0) + this.#sizeOf([parameter]));
      const own = parameter.module === null ? undefined : rowsByModule.get(parameter.module);
      if (own) {
        for (const row of own) push(this.#owned, row, { name: parameter.name, parameter });
        continue;
      }
      const around = this.#nearestPath(parameter.path);
      if (around !== undefined) {
        const below = around === '' ? parameter.path : parameter.path.slice(around.length + 1);
        const name = below === '' ? parameter.name : `${below}${this.trace.separator}${parameter.name}`;
        for (const row of this.#rowsByPath.get(around)!) push(this.#owned, row, { name, parameter });
        continue;
      }
      for (const row of this.#readers(parameter.value)) push(this.#owned, row, { name: parameter.name, parameter });
    }
  }

  isParameter(value: ValueId): boolean {
    return this.#values.has(value);
  }

  /** Parameters that a row shows. */
  of(row: number): readonly OwnedParameter[] {
    return this.#owned.get(row) ?? [];
  }

  /** Number of elements of the parameters at and below a row's path; for a function, of those that it shows. */
  countWithin(row: number): number {
    const { record } = this.rows[row];
    if (record?.kind !== 'module') return this.#sizeOf(this.of(row).map(({ parameter }) => parameter));
    // A module that is held in two places is listed under one of them.
    const elsewhere = (this.#byModule.get(record.module ?? -1) ?? []).filter(({ path }) => !this.#pathsAround(path).includes(record.path));
    return (this.#countByPath.get(record.path) ?? 0) + this.#sizeOf(elsewhere);
  }

  #sizeOf(parameters: readonly TraceParameter[]): number {
    return parameters.reduce((sum, parameter) => sum + parameterSize(this.forward.graph, parameter), 0);
  }

  /** A path and those around it, innermost first, the root's last: `a.b`, `a`, ``. */
  #pathsAround(path: string): string[] {
    const paths = [path];
    while (path !== '') paths.push(path = path.slice(0, Math.max(0, path.lastIndexOf(this.trace.separator))));
    return paths;
  }

  #nearestPath(path: string): string | undefined {
    return this.#pathsAround(path).find((around) => this.#rowsByPath.has(around));
  }

  /** Rows whose function reads a parameter, or whose output the reading operator takes (`matmul(x, w) + b`). */
  #readers(parameter: ValueId): number[] {
    const readers = this.forward.consumers(parameter);
    const neighbours = new Set(readers.flatMap((node) => [...node.outputs, ...node.inputs]));
    const first = (test: (row: Place) => boolean): number[] => {
      const index = this.rows.findIndex(test);
      return index < 0 ? [] : [index];
    };
    const reading = first(({ record, node }) => (record?.kind === 'function'
      ? record.inputs.includes(parameter) || readers.some((reader) => this.forward.isWithin(reader, record.id))
      : node !== null && readers.includes(node)));
    return reading.length > 0 ? reading : first(({ record, output }) => record?.kind !== 'module' && output !== null && neighbours.has(output));
  }
}

function push<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const list = map.get(key);
  if (list) list.push(value);
  else map.set(key, [value]);
}
