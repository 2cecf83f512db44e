// Data sets made up to fit a model's inputs and targets, as one table: name → whether it fits, and how a batch is filled.
// The first that fits is taken unless one is asked for by name, so that the rows go from the particular to what fits anything.
import { elementCount } from '../../graph/tensorType.ts';
import { zeros, type Tensor } from '../../engine/tensor.ts';
import { RandomSource } from '../randomSource.ts';
import type { Batch, Dataset, Task } from '../dataset.ts';
import { MadeUpFunction } from './functions.ts';
import { classCount, isFloatInput, isOnePerSample, perSample, sampleAxis, setLabel, type Generator } from './generator.ts';
import { fitGlyphs, fitReconstruction } from './imageSets.ts';
import { blobCenters, blobs, spirals, twoMoons, type PointGenerator } from './points.ts';
import { drawWave } from './sequences.ts';
import { fitTokenClasses, fitTokenRuns, fitTokenTags } from './tokenSets.ts';

export const generators: readonly Generator[] = [
  points('two moons', twoMoons, (task, features) => classCount(task) === 2 && features === 2),
  points('spirals', spirals, (task, features) => classCount(task) >= 3 && classCount(task) <= 6 && features === 2),
  { name: 'glyphs', fit: fitGlyphs },
  { name: 'token runs', fit: fitTokenRuns },
  { name: 'token tags', fit: fitTokenTags },
  { name: 'token classes', fit: fitTokenClasses },
  { name: 'waves', fit: fitWaves },
  { name: 'reconstruction', fit: fitReconstruction },
  points('blobs', blobs, (_task, features) => features >= 1),
  { name: 'curves', fit: fitCurves },
];

/** A data set of a generator; null: it does not fit. */
export function generate(generator: Generator, task: Task): Dataset | null {
  const fitted = generator.fit(task);
  if (!fitted) return null;
  const size = task.inputs[0].shape[sampleAxis(task)] ?? 1;
  return {
    name: generator.name, description: fitted.description,
    batch(step): Batch {
      const random = new RandomSource(task.seed, step);
      const batch = { inputs: task.inputs.map((input) => zeros(input.dtype, input.shape)), targets: zeros(task.targets.dtype, task.targets.shape) };
      for (let index = 0; index < size; index++) fitted.fill(batch, index, random);
      return batch;
    },
  };
}

function points(name: string, draw: PointGenerator, fits: (task: Task, features: number) => boolean): Generator {
  return {
    name,
    fit(task) {
      const [input] = task.inputs;
      const features = perSample(input.shape);
      if (!isOnePerSample(task) || !isFloatInput(input) || sampleAxis(task) !== 0 || !fits(task, features)) return null;
      const classes = classCount(task);
      const centers = blobCenters(classes, features, new RandomSource(task.seed, -1));
      return {
        description: `${name}: ${classes} classes of points with ${features} ${features === 1 ? 'feature' : 'features'}, drawn anew each step`,
        fill(batch, index, random) {
          const label = random.integer(classes);
          draw((batch.inputs[0].data as Float32Array).subarray(index * features, (index + 1) * features), label, classes, random, centers);
          setLabel(batch, index, label);
        },
      };
    },
  };
}

function fitWaves(task: Task): ReturnType<Generator['fit']> {
  const [input] = task.inputs;
  if (task.inputs.length !== 1 || !isFloatInput(input) || input.shape.length !== 3 || !task.isSequential) return null;
  const axis = sampleAxis(task);
  const count = input.shape[axis];
  // One-dimensional convolutions of PyTorch have their channels before time.
  const [length, features] = axis === 1 ? [input.shape[0], input.shape[2]] : input.shape.slice(1);
  const write = (data: Tensor['data'], index: number, wave: Float32Array) => {
    if (axis === 0) data.set(wave.subarray(0, length * features), index * length * features);
    else for (let time = 0; time < length; time++) data.set(wave.subarray(time * features, (time + 1) * features), (time * count + index) * features);
  };
  const classes = classCount(task);
  if (isOnePerSample(task)) {
    return {
      description: `waves: ${length} steps of ${features} ${features === 1 ? 'value' : 'values'}; the class is the frequency`,
      fill(batch, index, random) {
        const label = random.integer(classes);
        write(batch.inputs[0].data, index, drawWave(label, classes, length, features, random));
        setLabel(batch, index, label);
      },
    };
  }
  if (task.kind !== 'values') return null;
  const outputs = perSample(task.targets.shape);
  const isEach = task.targets.shape.length === 3 && task.targets.shape[1] === length;
  if (!isEach && outputs > features) return null;
  const perStep = isEach ? outputs / length : outputs;
  if (perStep > features) return null;
  return {
    description: `waves: ${length} steps of ${features} ${features === 1 ? 'value' : 'values'}; the target is the next ${isEach ? 'step of each' : 'step'}`,
    fill(batch, index, random) {
      const wave = drawWave(random.integer(8), 8, length + 1, features, random);
      write(batch.inputs[0].data, index, wave);
      for (let time = isEach ? 1 : length; time <= length; time++) {
        const at = index * outputs + (isEach ? (time - 1) * perStep : 0);
        batch.targets.data.set(wave.subarray(time * features, time * features + perStep), at);
      }
    },
  };
}

/** Fits anything: each input drawn, the targets a made-up function of the first one's values (or tokens, scaled to −1..1). */
function fitCurves(task: Task): ReturnType<Generator['fit']> {
  const [input] = task.inputs;
  const size = Math.floor(elementCount(input.shape) / Math.max(1, input.shape[sampleAxis(task)] ?? 1));
  const targets = perSample(task.targets.shape);
  const classes = task.kind === 'classes' ? task.classes : 1;
  const made = new MadeUpFunction(Math.max(1, size), targets * classes, task.seed);
  return {
    description: `curves: inputs drawn ${input.vocabulary === null ? 'from a normal distribution' : 'at random'}; the targets are a made-up smooth function of ${size === 1 ? 'it' : 'them'}`,
    fill(batch, index, random) {
      task.inputs.forEach(({ shape, vocabulary }, position) => {
        const { data } = batch.inputs[position];
        const count = shape.length === 0 ? 1 : perSample(shape);
        const [from, to] = shape.length > 0 && shape[0] > index ? [index * count, (index + 1) * count] : [0, index === 0 ? data.length : 0];
        for (let element = from; element < to; element++) data[element] = vocabulary === null ? random.normal() : random.integer(vocabulary);
      });
      const { data } = batch.inputs[0];
      const seen = input.vocabulary === null ? data.subarray(index * size, (index + 1) * size)
        : Float32Array.from({ length: size }, (_, element) => (2 * data[index * size + element]) / Math.max(1, input.vocabulary! - 1) - 1);
      if ((index + 1) * targets > batch.targets.data.length) return;
      const values = made.apply(seen);
      for (let target = 0; target < targets; target++) {
        const at = index * targets + target;
        if (task.kind === 'values') batch.targets.data[at] = values[target];
        else if (task.kind === 'labels') batch.targets.data[at] = values[target] > 0 ? 1 : 0;
        else batch.targets.data[at] = largest(values.subarray(target * classes, (target + 1) * classes));
      }
    },
  };
}

function largest(values: Float32Array): number {
  let best = 0;
  values.forEach((value, index) => value > values[best] && (best = index));
  return best;
}
