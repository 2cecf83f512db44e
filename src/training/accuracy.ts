// Share of right answers in a batch.
import type { LossChoice } from '../analysis/lossChoice.ts';
import type { Tensor } from '../engine/tensor.ts';

/** Null where the loss is no classification's. A class is right if its score is the largest, a label if its side of the middle is; what is NaN is neither. */
export function accuracyOf({ kind, form, classAxis }: LossChoice, { shape, data }: Tensor, targets: Tensor): number | null {
  if (kind === 'binary-cross-entropy') {
    const middle = form === 'probabilities' ? 0.5 : 0;
    let right = 0;
    for (let index = 0; index < data.length; index++) if (targets.data[index] > 0.5 ? data[index] > middle : data[index] <= middle) right++;
    return data.length === 0 ? null : right / data.length;
  }
  if (kind !== 'cross-entropy') return null;
  const classes = shape[classAxis];
  const inner = shape.slice(classAxis + 1).reduce((product, size) => product * size, 1);
  let right = 0;
  for (let position = 0; position < targets.data.length; position++) {
    const begin = Math.floor(position / inner) * classes * inner + (position % inner);
    let best = 0;
    let isNumber = true;
    for (let label = 0; label < classes; label++) {
      const score = data[begin + label * inner];
      if (score > data[begin + best * inner]) best = label;
      isNumber &&= !Number.isNaN(score);
    }
    if (isNumber && best === targets.data[position]) right++;
  }
  return targets.data.length === 0 ? null : right / targets.data.length;
}
