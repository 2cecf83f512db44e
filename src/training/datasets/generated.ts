// Data sets made up to fit a model's inputs and targets, as one table: name → whether it fits, and how a batch is filled.
// The first that fits is taken unless one is asked for by name, so that the rows go from the particular to what fits anything.
import { elementCount, type Shape } from '../../graph/tensorType.ts';
import { zeros, type Tensor } from '../../engine/tensor.ts';
import { RandomSource } from '../randomSource.ts';
import type { Batch, Dataset, Task, TaskInput } from '../dataset.ts';
import { MadeUpFunction } from './functions.ts';
import { drawGlyph, mostGlyphClasses } from './glyphs.ts';
import { blobCenters, blobs, spirals, twoMoons, type PointGenerator } from './points.ts';
import { drawTokenBag, drawTokenRun, drawWave } from './sequences.ts';

/** Fills one sample (`index`) of a batch. */
type FillSample = (batch: WritableBatch, index: number, random: RandomSource) => void;

interface WritableBatch {
  readonly inputs: readonly Tensor[];
  readonly targets: Tensor;
}

interface Generator {
  readonly name: string;
  /** Null: does not fit the task. */
  fit(task: Task): { readonly description: string; readonly fill: FillSample } | null;
}

/** Ink is spread around zero as the usual normalization of MNIST does. */
const normalizeInk = (ink: number) => (ink - 0.15) / 0.33;

export const generators: readonly Generator[] = [
  points('two moons', twoMoons, (task, features) => classCount(task) === 2 && features === 2),
  points('spirals', spirals, (task, features) => classCount(task) >= 3 && classCount(task) <= 6 && features === 2),
  { name: 'glyphs', fit: fitGlyphs },
  { name: 'token runs', fit: fitTokenRuns },
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

/** PyTorch's recurrent layers take time first unless told otherwise; what the targets count is the batch. */
function sampleAxis({ inputs: [first], targets, isSequential }: Task): number {
  const [rows] = targets.shape;
  return isSequential && first.shape.length === 3 && first.shape[0] !== rows && first.shape[1] === rows ? 1 : 0;
}

function classCount(task: Task): number {
  return task.kind === 'classes' ? task.classes : task.kind === 'labels' && perSample(task.targets.shape) === 1 ? 2 : 0;
}

/** One class or label per sample. */
function isOnePerSample(task: Task): boolean {
  return classCount(task) >= 2 && perSample(task.targets.shape) === 1 && task.inputs.length === 1;
}

function perSample(shape: Shape): number {
  return elementCount(shape.slice(1));
}

function isFloatInput(input: TaskInput): boolean {
  return input.vocabulary === null;
}

function setLabel({ targets }: WritableBatch, index: number, label: number): void {
  targets.data[index] = label;
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

interface ImageLayout {
  readonly height: number;
  readonly width: number;
  readonly channels: number;
  readonly channelsFirst: boolean;
}

/** How an input's samples are images: by its axes, or as pixels in a row (784 = 28 × 28). Below 8 pixels nothing can be drawn. */
function imageLayout({ shape }: TaskInput, task: Task): ImageLayout | null {
  const channelsFirst = task.channelAxis === 'first';
  if (shape.length === 4) {
    const [height, width] = channelsFirst ? shape.slice(2) : shape.slice(1, 3);
    return Math.min(height, width) < 8 ? null : { height, width, channels: channelsFirst ? shape[1] : shape[3], channelsFirst };
  }
  if (shape.length === 3 && !task.isSequential && Math.min(shape[1], shape[2]) >= 16) return { height: shape[1], width: shape[2], channels: 1, channelsFirst };
  if (shape.length !== 2) return null;
  for (const channels of [1, 3]) {
    const side = Math.sqrt(shape[1] / channels);
    // 64 is scikit-learn's digits; other small squares (100, 144) are likelier to be plain features.
    if (side === 8 || (Number.isInteger(side) && side >= 16)) return { height: side, width: side, channels, channelsFirst };
  }
  return null;
}

/** Ink → pixels of one sample, each channel with a strength of its own. */
function paint(data: Float32Array, offset: number, ink: Float32Array, layout: ImageLayout, random: RandomSource, value: (ink: number) => number, noise: number): void {
  const { channels, channelsFirst } = layout;
  for (let channel = 0; channel < channels; channel++) {
    const strength = channels === 1 ? 1 : random.uniform(0.5, 1);
    for (let pixel = 0; pixel < ink.length; pixel++) {
      data[offset + (channelsFirst ? channel * ink.length + pixel : pixel * channels + channel)] = value(ink[pixel] * strength) + noise * random.normal();
    }
  }
}

function fitGlyphs(task: Task): ReturnType<Generator['fit']> {
  const [input] = task.inputs;
  const layout = task.inputs.length === 1 && isFloatInput(input) ? imageLayout(input, task) : null;
  if (!layout) return null;
  const { height, width, channels } = layout;
  const size = perSample(input.shape);
  const images = `${height}×${width}${channels === 1 ? '' : `×${channels}`} images of digit-like glyphs`;
  const draw = (batch: WritableBatch, index: number, label: number, random: RandomSource) => {
    const ink = drawGlyph(label, height, width, random);
    paint(batch.inputs[0].data as Float32Array, index * size, ink, layout, random, normalizeInk, 0.1);
    return ink;
  };
  const classes = classCount(task);
  if (isOnePerSample(task) && classes <= mostGlyphClasses) {
    return {
      description: `glyphs: ${images} of ${classes} classes, drawn anew each step`,
      fill(batch, index, random) {
        const label = random.integer(classes);
        draw(batch, index, label, random);
        setLabel(batch, index, label);
      },
    };
  }
  if (task.kind === 'classes' && perSample(task.targets.shape) === height * width && task.targets.shape.length === 3) {
    const shown = Math.min(classes - 1, 10);
    return {
      description: `glyphs: ${images}; each pixel's class is its glyph's, paper is class 0`,
      fill(batch, index, random) {
        const label = random.integer(shown);
        const ink = draw(batch, index, label, random);
        ink.forEach((value, pixel) => (batch.targets.data[index * ink.length + pixel] = value > 0.5 ? 1 + label : 0));
      },
    };
  }
  return null;
}

/** The input again: autoencoders. */
function fitReconstruction(task: Task): ReturnType<Generator['fit']> {
  const [input] = task.inputs;
  if (task.inputs.length !== 1 || !isFloatInput(input) || task.kind === 'classes' || perSample(task.targets.shape) !== perSample(input.shape)) return null;
  const size = perSample(input.shape);
  const layout = imageLayout(input, task);
  if (size < 2 || (!layout && task.targets.shape.length !== input.shape.length)) return null;
  const isUnitRange = task.kind === 'labels';
  const kinds = 10;
  const centers = blobCenters(kinds, size, new RandomSource(task.seed, -1));
  return {
    description: `reconstruction: ${layout ? `${layout.height}×${layout.width} glyphs` : `points with ${size} features`}, to be given back as they are`,
    fill(batch, index, random) {
      const label = random.integer(kinds);
      const data = batch.inputs[0].data as Float32Array;
      const sample = data.subarray(index * size, (index + 1) * size);
      if (layout) paint(data, index * size, drawGlyph(label, layout.height, layout.width, random), layout, random, isUnitRange ? (ink) => ink : normalizeInk, 0);
      else blobs(sample, label, kinds, random, centers);
      if (isUnitRange && !layout) sample.forEach((value, feature) => (sample[feature] = 1 / (1 + Math.exp(-value))));
      batch.targets.data.set(sample, index * size);
    },
  };
}

function fitTokenRuns(task: Task): ReturnType<Generator['fit']> {
  const [input] = task.inputs;
  if (task.inputs.length !== 1 || input.vocabulary === null || input.shape.length !== 2 || task.kind !== 'classes') return null;
  const [, length] = input.shape;
  const vocabulary = input.vocabulary;
  const isEach = task.targets.shape.length === 2 && task.targets.shape[1] === length;
  const isLast = perSample(task.targets.shape) === 1 && task.classes === vocabulary && length >= 2;
  if (vocabulary < 2 || task.classes < Math.min(vocabulary, 64) || (!isEach && !isLast)) return null;
  return {
    description: `token runs: ${length} tokens of ${vocabulary} that go up by a fixed stride; the target is ${isEach ? 'each next token' : 'the next token'}`,
    fill(batch, index, random) {
      const run = drawTokenRun(length, vocabulary, random);
      batch.inputs[0].data.set(run.subarray(0, length), index * length);
      if (isEach) batch.targets.data.set(run.subarray(1), index * length);
      else setLabel(batch, index, run[length]);
    },
  };
}

function fitTokenClasses(task: Task): ReturnType<Generator['fit']> {
  const [input] = task.inputs;
  if (input.vocabulary === null || !isOnePerSample(task)) return null;
  const length = perSample(input.shape);
  const vocabulary = input.vocabulary;
  const classes = classCount(task);
  return {
    description: `token classes: ${length} tokens of ${vocabulary}; half of them come from the class's own part of the vocabulary`,
    fill(batch, index, random) {
      const label = random.integer(classes);
      batch.inputs[0].data.set(drawTokenBag(label, classes, length, vocabulary, random), index * length);
      setLabel(batch, index, label);
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
    description: `curves: inputs drawn from a normal distribution; the targets are a made-up smooth function of ${size === 1 ? 'it' : 'them'}`,
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
