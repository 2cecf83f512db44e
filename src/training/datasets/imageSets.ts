// Images of glyphs, told apart, told pixel by pixel, or to be given back.
import type { Task, TaskInput } from '../dataset.ts';
import { RandomSource } from '../randomSource.ts';
import { classCount, isFloatInput, isOnePerSample, perSample, setLabel, type Generator, type WritableBatch } from './generator.ts';
import { drawGlyph, mostGlyphClasses } from './glyphs.ts';
import { blobCenters, blobs } from './points.ts';

/** Ink is spread around zero as the usual normalization of MNIST does. */
const normalizeInk = (ink: number) => (ink - 0.15) / 0.33;

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

export function fitGlyphs(task: Task): ReturnType<Generator['fit']> {
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
export function fitReconstruction(task: Task): ReturnType<Generator['fit']> {
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
