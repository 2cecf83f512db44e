// Chooses what a model is trained on: a generated data set by its name, the first one that fits, or the user's own file.
import type { DType } from '../graph/tensorType.ts';
import { csvDataset } from './csv.ts';
import { DataError, type Dataset, type Task } from './dataset.ts';
import { generate, generators } from './datasets/generated.ts';
import { npzDataset } from './npz.ts';

/** Names that `--data` takes beside paths. */
export const datasetNames: readonly string[] = generators.map(({ name }) => name.replaceAll(' ', '-'));

/** `name`: a generated set's name, or the path whose `bytes` are given; without it the first set that fits. Throws `DataError`. */
export function fitDataset(task: Task, name?: string, bytes?: Uint8Array): Dataset {
  if (name !== undefined && bytes !== undefined) {
    const extension = /\.[^./\\]+$/.exec(name.toLowerCase())?.[0];
    const read = extension === undefined ? undefined : readers[extension];
    if (!read) throw new DataError(`${name}: training data is read from ${Object.keys(readers).join(' and ')} files`);
    return read(task, name, bytes);
  }
  const candidates = name === undefined ? generators : generators.filter((generator) => generator.name === name.replaceAll('-', ' ').toLowerCase());
  if (candidates.length === 0) throw new DataError(`there is no data set "${name}"; there are ${datasetNames.join(', ')}, and your own .csv or .npz file`);
  for (const generator of candidates) {
    const dataset = generate(generator, task);
    if (dataset) return dataset;
  }
  throw new DataError(`the data set "${name}" does not fit this model: ${describeTask(task)}`);
}

const readers: Readonly<Record<string, (task: Task, name: string, bytes: Uint8Array) => Dataset>> = { '.csv': csvDataset, '.npz': npzDataset };

/** `input float32 (32, 784), 10 classes`, for messages. */
export function describeTask(task: Task): string {
  const type = ({ dtype, shape }: { dtype: DType; shape: readonly number[] }) => `${dtype} (${shape.join(', ')})`;
  const target = task.kind === 'classes' ? `${task.classes} classes` : task.kind === 'labels' ? `0/1 labels (${task.targets.shape.join(', ')})` : `values (${task.targets.shape.join(', ')})`;
  return `${task.inputs.map((input) => `input ${type(input)}`).join(', ')}, targets: ${target}`;
}
