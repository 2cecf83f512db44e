// Takes the figures of a plan's values as they pass by: statistics, unit counts and the loss. Nothing larger than a report
// is kept; the tensors themselves belong to the run.
import { activations } from '../graph/activation.ts';
import type { ValueId } from '../graph/graph.ts';
import type { RunOptions } from '../engine/engine.ts';
import type { Measure } from '../engine/measure.ts';
import type { Tensor } from '../engine/tensor.ts';
import type { UnitActivity } from '../engine/unitActivity.ts';
import type { Stats, UnitReport } from '../protocol/report.ts';
import type { ReportPlan } from './reportPlan.ts';
import { dormantRatio } from './thresholds.ts';

/** Firing shares that a report holds at most, so that it is of fixed size. */
const listedUnits = 1024;

export class Figures {
  readonly stats = new Map<ValueId, Stats>();
  readonly units = new Map<ValueId, UnitReport>();
  /** Null until the loss was computed, or where there is none. */
  loss: number | null = null;

  constructor(private readonly plan: ReportPlan) {}

  /** What a run has to measure. */
  get measures(): ReadonlyMap<ValueId, Measure> {
    return measuresOf(this.plan);
  }

  /** For a run of the plan's values; a second run replaces the figures of the first. */
  readonly onMeasured: NonNullable<RunOptions['onMeasured']> = (value, { statistics, units: activity }) => {
    this.stats.set(value, statistics);
    if (activity) this.units.set(value, unitReport(activity, this.plan.units.get(value)!.activation));
  };

  /** What else such a run has to look at. */
  get taps(): NonNullable<RunOptions['taps']> {
    const { loss } = this.plan;
    return new Map(loss ? [[loss.value, (tensor: Tensor) => (this.loss = tensor.data[0])]] : []);
  }
}

/** The watched values of a plan, with the units of those that have some. */
export function measuresOf({ watched, units }: ReportPlan): ReadonlyMap<ValueId, Measure> {
  return new Map([...watched].map((value) => {
    const counted = units.get(value);
    const saturation = activations[counted?.activation ?? '']?.saturation ?? null;
    return [value, { units: counted ? { axis: counted.axis, saturation } : null }];
  }));
}

/** `activation`: name of the function that gave the values; null: none, and then no unit can be inactive or saturated. */
function unitReport({ count, valuesPerUnit, firing, meanAbs, saturatedFraction }: UnitActivity, activation: string | null): UnitReport {
  const { reluLike = false } = activations[activation ?? ''] ?? {};
  const layerMean = meanAbs.reduce((sum, mean) => sum + mean, 0) / count;
  const isSeen = valuesPerUnit > 0;
  return {
    count,
    inactive: !reluLike ? null : isSeen ? countOf(firing, (share) => share === 0) : 0,
    dormant: isSeen ? countOf(meanAbs, (mean) => mean <= dormantRatio * layerMean) : 0,
    saturatedFraction,
    firing: Array.from(firing.subarray(0, listedUnits)),
  };
}

function countOf(values: ArrayLike<number>, test: (value: number) => boolean): number {
  let count = 0;
  for (let index = 0; index < values.length; index++) if (test(values[index])) count++;
  return count;
}
