// Takes the figures of a plan's values as they pass by: statistics, unit counts and the loss. Nothing larger than a report
// is kept; the tensors themselves belong to the run.
import { activations } from '../graph/activation.ts';
import type { ValueId } from '../graph/graph.ts';
import type { Tensor } from '../engine/tensor.ts';
import { statistics } from '../engine/statistics.ts';
import { unitActivity } from '../engine/unitActivity.ts';
import type { Stats, UnitReport } from '../protocol/report.ts';
import type { CountedUnits, ReportPlan } from './reportPlan.ts';
import { DORMANT_RATIO } from './thresholds.ts';

/** Firing shares that a report holds at most, so that it is of fixed size. */
const LISTED_UNITS = 1024;

export class Figures {
  readonly stats = new Map<ValueId, Stats>();
  readonly units = new Map<ValueId, UnitReport>();
  /** Null until the loss was computed, or where there is none. */
  loss: number | null = null;

  constructor(private readonly plan: ReportPlan) {}

  /** For a run of the plan's values; a second run replaces the figures of the first. */
  taps(): ReadonlyMap<ValueId, (tensor: Tensor) => void> {
    const { watched, loss, units } = this.plan;
    const taps = new Map<ValueId, (tensor: Tensor) => void>();
    for (const value of watched) {
      const counted = units.get(value);
      taps.set(value, (tensor) => {
        this.stats.set(value, statistics(tensor));
        if (counted) this.units.set(value, unitReport(tensor, counted.axis, counted.activation));
      });
    }
    if (loss) taps.set(loss.value, (tensor) => (this.loss = tensor.data[0]));
    return taps;
  }
}

/** `activation`: name of the function that gave the values; null: none, and then no unit can be inactive or saturated. */
export function unitReport(tensor: Tensor, axis: CountedUnits['axis'], activation: string | null): UnitReport {
  const { reluLike = false, saturation = null } = activations[activation ?? ''] ?? {};
  const { count, valuesPerUnit, firing, meanAbs, saturatedFraction } = axis === 'single'
    ? unitActivity({ ...tensor, shape: [tensor.data.length, 1] }, 'last', saturation)
    : unitActivity(tensor, axis, saturation);
  const layerMean = meanAbs.reduce((sum, mean) => sum + mean, 0) / count;
  const isSeen = valuesPerUnit > 0;
  return {
    count,
    inactive: reluLike && isSeen ? countOf(firing, (share) => share === 0) : 0,
    dormant: isSeen ? countOf(meanAbs, (mean) => mean <= DORMANT_RATIO * layerMean) : 0,
    saturatedFraction,
    firing: Array.from(firing.subarray(0, LISTED_UNITS)),
  };
}

function countOf(values: ArrayLike<number>, test: (value: number) => boolean): number {
  let count = 0;
  for (let index = 0; index < values.length; index++) if (test(values[index])) count++;
  return count;
}
