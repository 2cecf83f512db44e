// Rows of tokens: what comes next, what they are one by one, what they are together.
import type { Task } from '../dataset.ts';
import { classCount, isOnePerSample, perSample, setLabel, type Generator } from './generator.ts';
import { drawTokenBag, drawTokenRun } from './sequences.ts';

export function fitTokenRuns(task: Task): ReturnType<Generator['fit']> {
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

export function fitTokenClasses(task: Task): ReturnType<Generator['fit']> {
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

/** A class for each token, as the parts of speech are. */
export function fitTokenTags(task: Task): ReturnType<Generator['fit']> {
  const [input] = task.inputs;
  const { vocabulary, shape } = input;
  const [, length] = shape;
  const isEach = task.targets.shape.length === 2 && task.targets.shape[1] === length;
  if (task.inputs.length !== 1 || vocabulary === null || shape.length !== 2 || task.kind !== 'classes' || !isEach) return null;
  return {
    description: `token tags: ${length} tokens of ${vocabulary}, drawn anew each step; each has one of ${task.classes} classes of its own`,
    fill(batch, index, random) {
      for (let place = index * length; place < (index + 1) * length; place++) {
        const token = random.integer(vocabulary);
        batch.inputs[0].data[place] = token;
        batch.targets.data[place] = token % task.classes;
      }
    },
  };
}
