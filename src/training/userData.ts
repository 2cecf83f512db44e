// A user's own examples, as arrays, made to fit a model: samples are drawn in an order that the seed gives, epoch by epoch.
import { elementCount } from '../graph/tensorType.ts';
import { zeros } from '../engine/tensor.ts';
import { DataError, type Dataset, type Task } from './dataset.ts';
import { RandomSource } from './randomSource.ts';

export interface Examples {
  readonly count: number;
  /** `count × features`, row-major. */
  readonly features: Float32Array;
  /** `count × width`: class numbers, labels or values. */
  readonly targets: Float32Array;
  /** What was done to the columns, as a clause for the user. */
  readonly preparation: string;
}

/** Throws `DataError` in the user's terms where sizes or values do not fit the model. */
export function examplesDataset(task: Task, name: string, { count, features, targets, preparation }: Examples): Dataset {
  const [input] = task.inputs;
  if (task.inputs.length !== 1) throw new DataError(`${name}: the model takes ${task.inputs.length} inputs; a file can feed one`);
  const size = elementCount(input.shape.slice(1));
  const width = elementCount(task.targets.shape.slice(1));
  const batchSize = input.shape[0];
  if (count === 0) throw new DataError(`${name} has no examples`);
  if (features.length !== count * size) {
    throw new DataError(`${name} has ${features.length / count} features per example, and the model's input (${input.shape.slice(1).join(', ')}) takes ${size}`);
  }
  if (targets.length !== count * width) {
    throw new DataError(`${name} has ${targets.length / count} targets per example, and the model's output needs ${width}`);
  }
  checkTargets(task, name, targets);
  if (input.vocabulary !== null) checkTokens(name, features, input.vocabulary);
  const orderOf = orders(task.seed, count);
  return {
    name,
    description: `${name}: ${count.toLocaleString('en')} examples of ${size} ${size === 1 ? 'feature' : 'features'}${preparation === '' ? '' : `; ${preparation}`}`,
    batch(step) {
      const batch = { inputs: [zeros(input.dtype, input.shape)], targets: zeros(task.targets.dtype, task.targets.shape) };
      for (let row = 0; row < batchSize; row++) {
        const position = (step - 1) * batchSize + row;
        const example = orderOf(Math.floor(position / count))[position % count];
        batch.inputs[0].data.set(features.subarray(example * size, (example + 1) * size), row * size);
        batch.targets.data.set(targets.subarray(example * width, (example + 1) * width), row * width);
      }
      return batch;
    },
  };
}

/** The order of the examples in each epoch. The latest is remembered, since a batch asks for it row by row. */
function orders(seed: number, count: number): (epoch: number) => Int32Array {
  let latest: { readonly epoch: number; readonly order: Int32Array } = { epoch: -1, order: new Int32Array() };
  return (epoch) => {
    if (latest.epoch !== epoch) latest = { epoch, order: shuffled(new RandomSource(seed, -2 - epoch), count) };
    return latest.order;
  };
}

/** 0 … count − 1 in a random order (Fisher–Yates). */
function shuffled(random: RandomSource, count: number): Int32Array {
  const order = Int32Array.from({ length: count }, (_, index) => index);
  for (let index = count - 1; index > 0; index--) {
    const other = random.integer(index + 1);
    [order[index], order[other]] = [order[other], order[index]];
  }
  return order;
}

function checkTargets({ kind, classes }: Task, name: string, targets: Float32Array): void {
  if (kind === 'values') return;
  const limit = kind === 'classes' ? classes : 2;
  const wrong = targets.find((target) => !Number.isInteger(target) || target < 0 || target >= limit);
  if (wrong !== undefined) throw new DataError(`${name} has the target ${wrong}, and the model tells ${limit} classes apart: targets are whole numbers from 0 to ${limit - 1}`);
}

function checkTokens(name: string, features: Float32Array, vocabulary: number): void {
  const wrong = features.find((token) => !Number.isInteger(token) || token < 0 || token >= vocabulary);
  if (wrong !== undefined) throw new DataError(`${name} has the token ${wrong}, and the model's vocabulary goes from 0 to ${vocabulary - 1}`);
}
