// Runs a file's text through the runner and writes what came of it as lines that a test can read.
import { referenceEngine } from '../../../src/engine/reference/referenceEngine.ts';
import { FileRun, type TracedModel } from '../../../src/python/fileRun.ts';
import type { ValueId } from '../../../src/graph/graph.ts';
import type { Diagnostic } from '../../../src/protocol/report.ts';
import type { InspectOptions } from '../../../src/protocol/runtimeApi.ts';
import { interpreter } from '../harness.ts';

export interface RunOptions extends Partial<InspectOptions> {
  /** Other files of the workspace: path below its root → text. */
  readonly files?: Readonly<Record<string, string>>;
  /** Of those files. */
  readonly encoding?: BufferEncoding;
  /** Where the file itself lies below the root. */
  readonly path?: string;
}

const root = '/workspace';
let firstId = 0;

export class RanFile {
  /** `log`: `level line` of what was written into it. */
  private constructor(readonly run: FileRun, readonly log: readonly string[]) {}

  /** Runs `text` as `/workspace/model.py`, or at another path. */
  static async of(text: string, { files = {}, path = 'model.py', encoding = 'utf8', ...options }: RunOptions = {}): Promise<RanFile> {
    const python = await interpreter();
    const bytesOf = (path: string) => {
      const file = files[path.slice(root.length + 1)];
      return file === undefined ? undefined : Buffer.from(file, encoding);
    };
    const log: string[] = [];
    const run = FileRun.run(python, firstId, {
      engine: referenceEngine,
      source: { path: `${root}/${path}`, text },
      root,
      workspace: { size: (path) => bytesOf(path)?.length, read: bytesOf, list: (folder) => namesIn(folder, [path, ...Object.keys(files)]) },
      options: { seed: 0, mode: 'train', timeLimitSeconds: 20, memoryLimitMiB: 512, ...options },
      isCancelled: () => false,
      onStatement: () => {},
      log: (level, line) => void log.push(`${level} ${line}`),
    });
    firstId = run.recorder.nextId;
    return new RanFile(run, log);
  }

  /** `kind line:column-endColumn message`, one a line; a hint follows in brackets. */
  get diagnostics(): string[] {
    return this.run.diagnostics.map(written);
  }

  /** `name (kind)`, main model first. */
  get models(): string {
    return this.run.listing.map(({ name, kind }) => `${name} (${kind})`).join(', ');
  }

  trace(name: string | null = null): Traced {
    const traced = this.run.trace(name);
    firstId = this.run.recorder.nextId;
    return new Traced(this.run, traced);
  }
}

/** What a folder holds of files that are below the root, or undefined where it is none. */
function namesIn(folder: string, paths: readonly string[]): string[] | undefined {
  if (folder !== root && !folder.startsWith(`${root}/`)) return undefined;
  const within = `${folder}/`.slice(root.length + 1);
  const names = [...new Set(paths.filter((path) => path.startsWith(within)).map((path) => /^[^/]+\/?/.exec(path.slice(within.length))![0]))];
  return names.length > 0 ? names : undefined;
}

export class Traced {
  constructor(private readonly run: FileRun, readonly model: TracedModel) {}

  get diagnostics(): string[] {
    return this.model.diagnostics.map(written);
  }

  /** `path Type → output shape` of each call, indented by depth; `✗ message` where it failed. */
  get rows(): string[] {
    const { calls } = this.model.trace!;
    const depths = new Map<number, number>();
    return calls.map(({ id, parent, path, type, outputs, failure, isCalled }) => {
      const depth = parent === null ? 0 : depths.get(parent)! + 1;
      depths.set(id, depth);
      const result = isCalled === false ? '–' : failure === null ? `→ ${this.shape(outputs[0]!)}` : `✗ ${failure}`;
      return `${'  '.repeat(depth)}${path || '.'} ${type} ${result}`;
    });
  }

  /** `line:column-endColumn` of each call. */
  get callSites(): string[] {
    return this.model.trace!.calls.map(({ call }) => {
      const range = this.run.sites(call);
      return range ? `${range.line}:${range.column}-${range.endColumn}` : '-';
    });
  }

  /** `name shape origin` */
  get inputs(): string {
    return this.model.trace!.inputs.map(({ name, value, origin }) => `${name} ${this.shape(value)} ${origin}`).join(', ');
  }

  /** `name=value (origin)`, what the model was made with. */
  get arguments(): string {
    return this.model.trace!.arguments.map(({ name, value, origin }) => `${name}=${value} (${origin})`).join(', ');
  }

  /** `path.name shape` */
  get parameters(): string {
    return this.model.trace!.parameters.map(({ path, name, value }) => `${path ? `${path}.` : ''}${name} ${this.shape(value)}`).join(', ');
  }

  get outputs(): string {
    return this.model.trace!.outputs.map((value) => this.shape(value)).join(', ');
  }

  get assumptions(): readonly string[] {
    return this.model.trace!.assumptions;
  }

  /** The numbers of a value. */
  numbers(value: ValueId): number[] {
    return [...this.run.recorder.compute(value).data];
  }

  shape(value: ValueId): string {
    const { dtype, shape } = this.run.recorder.graph.values[value]!.type;
    return `${dtype === 'float32' ? '' : dtype}(${shape.join(', ')})`;
  }
}

function written({ kind, message, range, hint }: Diagnostic): string {
  const place = range ? `${range.file === `${root}/model.py` ? '' : `${range.file.slice(root.length + 1)}:`}${range.line}:${range.column}-${range.endColumn} ` : '';
  return `${kind} ${place}${message}${hint ? ` [${hint}]` : ''}`;
}
