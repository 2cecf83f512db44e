// The corpus: how models of public repositories are made, and what PyTorch says of each (make_facts.py).
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** One model of one file. */
export interface Construction {
  /** `owner/name`, empty for the project's own files. */
  readonly repository: string;
  readonly path: string;
  /** Python expression in the file's namespace. */
  readonly call: string;
  /** As `inspect --input` takes them. */
  readonly inputs: readonly string[];
}

/** A figure in float64, and how far PyTorch's float32 is from it at most, also when each weight is moved by a unit in its last place. */
export type Measured = readonly [value: number, distance: number];

export interface Fact {
  readonly parameterCount: number;
  readonly output: readonly number[];
  /** False where the model does not run in float64: its figures are float32's, their distances 0. */
  readonly float64: boolean;
  readonly loss: Measured;
  /** A row per call within which no other module is called. */
  readonly layers: readonly (readonly [path: string, type: string, shape: readonly number[], mean: number, std: number, distance: number])[];
  /** Norms of values and of gradients; null where no gradient arrives. */
  readonly parameters: readonly (readonly [name: string, shape: readonly number[], value: number, gradient: number | null, distance: number])[];
}

const folder = fileURLToPath(new URL('.', import.meta.url));

export function constructions(): Construction[] {
  const manifest = JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8')) as { constructions: [string, string, string, string][] };
  return manifest.constructions.map(([repository, path, call, inputs]) => ({ repository, path, call, inputs: inputs.split(' ') }));
}

export function nameOf({ path, call, inputs }: Construction): string {
  return [path, call, ...inputs].join(' ');
}

/** Undefined where PyTorch could not be asked. */
export function factOf(construction: Construction): Fact | undefined {
  return factsOf(construction.repository)[nameOf(construction)];
}

const loaded = new Map<string, Record<string, Fact>>();

function factsOf(repository: string): Record<string, Fact> {
  const known = loaded.get(repository);
  if (known !== undefined) return known;
  const file = join(folder, 'facts', `${repository.replace('/', '+') || 'own'}.json`);
  const facts = existsSync(file) ? parsed<Record<string, Fact>>(readFileSync(file, 'utf8')) : {};
  loaded.set(repository, facts);
  return facts;
}

/** JSON with words for numbers that are not finite. */
export function parsed<T>(text: string): T {
  return JSON.parse(text, (_name, value: unknown) => (value === 'NaN' || value === 'Infinity' || value === '-Infinity' ? Number(value) : value)) as T;
}

/** The repository's folder; undefined where its sources are not at hand. `sources` holds a folder `owner+name` each. */
export function rootOf({ repository }: Construction, sources: string | undefined): string | undefined {
  if (repository === '') return join(folder, 'own');
  const root = sources === undefined ? undefined : join(sources, repository.replace('/', '+'));
  return root !== undefined && existsSync(root) ? root : undefined;
}
