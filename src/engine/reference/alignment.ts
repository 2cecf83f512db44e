// Connectionist temporal classification (Graves et al. 2006): the likelihood of a target over all its alignments with the input's
// steps, by dynamic programming over the target with blanks between its labels.
import { EngineError } from '../engineError.ts';
import type { Tensor } from '../tensor.ts';
import type { Kernels } from './kernel.ts';

function logSum(...terms: number[]): number {
  const largest = Math.max(...terms);
  if (largest === -Infinity) return -Infinity;
  return largest + Math.log(terms.reduce((sum, term) => sum + Math.exp(term - largest), 0));
}

/** One sequence of the batch. */
interface Sequence {
  readonly batch: number;
  /** Steps that count. */
  readonly steps: number;
  /** Labels with blanks before, between and after them. */
  readonly states: readonly number[];
  /** log p of a label at a step. */
  readonly log: (step: number, label: number) => number;
  /** Whether a state may be entered from two before it: a label that differs from the last one. */
  readonly canSkip: (state: number) => boolean;
}

function sequences(logProbs: Tensor, targets: Tensor, inputLengths: Tensor, targetLengths: Tensor, blank: number): Sequence[] {
  const [steps, batches, classes] = logProbs.shape;
  const isPadded = targets.shape.length === 2;
  let start = 0;
  return Array.from({ length: batches }, (_, batch) => {
    const [inputLength, targetLength] = [inputLengths.data[batch], targetLengths.data[batch]];
    if (inputLength > steps) {
      throw new EngineError('RuntimeError', `Expected input_lengths to have value at most ${steps}, but got value ${inputLength} `
        + '(while checking arguments for ctc_loss_allocate_outputs)');
    }
    const from = isPadded ? batch * targets.shape[1] : start;
    start += targetLength;
    const labels = Array.from(targets.data.subarray(from, from + targetLength));
    const most = isPadded ? targets.shape[1] : targets.data.length - from;
    if (targetLength > most) {
      throw new EngineError('RuntimeError', `Expected tensor to have size at least ${targetLength} at dimension 1, but got size ${most} for `
        + 'argument #2 \'targets\' (while checking arguments for ctc_loss_allocate_outputs)');
    }
    const wrong = labels.find((label) => label < 0 || label >= classes);
    if (wrong !== undefined) throw new EngineError('IndexError', `index ${wrong} is out of bounds for dimension 2 with size ${classes}`);
    const states = [blank, ...labels.flatMap((label) => [label, blank])];
    return {
      batch, steps: inputLength, states, log: (step, label) => logProbs.data[(step * batches + batch) * classes + label],
      canSkip: (state) => state % 2 === 1 && state > 1 && states[state] !== states[state - 2],
    };
  });
}

export const alignmentKernels: Kernels<'ctc_loss' | 'ctc_loss_backward'> = {
  ctc_loss: ([logProbs, targets, inputLengths, targetLengths], { blank, zeroInfinity }, [loss, alpha]) => {
    const [, steps, width] = alpha.shape;
    alpha.data.fill(-Infinity);
    for (const { batch, steps: length, states, log, canSkip } of sequences(logProbs, targets, inputLengths, targetLengths, blank)) {
      const at = (step: number, state: number): number => (batch * steps + step) * width + state;
      for (let state = 0; state < Math.min(2, states.length) && length > 0; state += 1) alpha.data[at(0, state)] = log(0, states[state]);
      for (let step = 1; step < length; step += 1) {
        for (let state = 0; state < states.length; state += 1) {
          const before = (back: number): number => (state < back ? -Infinity : alpha.data[at(step - 1, state - back)]);
          alpha.data[at(step, state)] = logSum(before(0), before(1), canSkip(state) ? before(2) : -Infinity) + log(step, states[state]);
        }
      }
      const last = states.length - 1;
      const ends = [last, last - 1].map((state) => (state < 0 ? -Infinity : alpha.data[at(length - 1, state)]));
      // Without a step only the empty target is possible
      const likelihood = length > 0 ? logSum(...ends) : last === 0 ? 0 : -Infinity;
      loss.data[batch] = zeroInfinity && likelihood === -Infinity ? 0 : -likelihood;
    }
  },
  // The derivative with respect to what the log_softmax took: exp(log p) − Σ of the posterior of the states of a label.
  ctc_loss_backward: ([g, logProbs, targets, inputLengths, targetLengths, loss, alpha], { blank, zeroInfinity }, [dLogProbs]) => {
    const [, batches, classes] = logProbs.shape;
    const [, steps, width] = alpha.shape;
    dLogProbs.data.fill(0);
    for (const { batch, steps: length, states, log, canSkip } of sequences(logProbs, targets, inputLengths, targetLengths, blank)) {
      const last = states.length - 1;
      const forwardAt = (step: number, state: number): number => alpha.data[(batch * steps + step) * width + state];
      if (length === 0) continue;
      // With `zeroInfinity` the loss itself no longer says whether there was a way
      const isImpossible = forwardAt(length - 1, last) === -Infinity && (last === 0 || forwardAt(length - 1, last - 1) === -Infinity);
      if (zeroInfinity && isImpossible) continue;
      let beta = states.map((label, state) => (state >= last - 1 ? log(length - 1, label) : -Infinity));
      for (let step = length - 1; step >= 0; step -= 1) {
        if (step < length - 1) {
          const next = beta;
          const after = (state: number): number => next[state] ?? -Infinity;
          beta = states.map((label, state) =>
            logSum(after(state), after(state + 1), state + 2 <= last && canSkip(state + 2) ? after(state + 2) : -Infinity) + log(step, label));
        }
        const posterior = new Float64Array(classes).fill(-Infinity);
        states.forEach((label, state) => { posterior[label] = logSum(posterior[label], forwardAt(step, state) + beta[state]); });
        for (let label = 0; label < classes; label += 1) {
          const p = log(step, label);
          dLogProbs.data[(step * batches + batch) * classes + label] =
            (Math.exp(p) - Math.exp(posterior[label] + loss.data[batch] - p)) * g.data[batch];
        }
      }
    }
  },
};
