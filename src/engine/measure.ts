// The figures that are taken of a value: statistics of its elements, and what its units did.
import { statistics, type TensorStatistics } from './statistics.ts';
import type { Tensor } from './tensor.ts';
import { unitActivity, type ChannelAxis, type UnitActivity } from './unitActivity.ts';

/** `single`: every element is a value of one unit. `saturation`: see `unitActivity`. */
export interface UnitMeasure {
  readonly axis: ChannelAxis | 'single';
  readonly saturation: readonly [number, number] | null;
}

/** `units`: null for none. */
export interface Measure {
  readonly units: UnitMeasure | null;
}

export interface Measured {
  readonly statistics: TensorStatistics;
  readonly units: UnitActivity | null;
}

/** The definition of all figures; other ways of taking them agree with it. */
export function measure(tensor: Tensor, { units }: Measure): Measured {
  return {
    statistics: statistics(tensor),
    units: units && (units.axis === 'single'
      ? unitActivity({ ...tensor, shape: [tensor.data.length, 1] }, 'last', units.saturation)
      : unitActivity(tensor, units.axis, units.saturation)),
  };
}
