// A histogram made ready for drawing: exact zeros taken out of their bin (they are drawn apart, so that the spike at 0 does
// not flatten the rest), and a defined answer for data that has no spread or no finite value. Pure.
import { formatNumber } from '../../src/protocol/figures.ts';
import type { Stats } from '../../src/protocol/report.ts';
import { formatCount } from '../../src/protocol/amounts.ts';

export interface Bins {
  /** `constant`: every finite value is the same; `empty`: there is none. */
  readonly kind: 'spread' | 'constant' | 'empty';
  readonly min: number;
  readonly max: number;
  /** Width of a bin on the value axis; 0 unless `spread`. */
  readonly width: number;
  /** Values per bin, exact zeros left out where `zeroFraction` says so. */
  readonly counts: readonly number[];
  /** Share of exact zeros that were taken out; 0 where they were left in. */
  readonly zeroFraction: number;
  /** Most values per unit of the value axis in a bin. */
  readonly peakDensity: number;
  /** In words, where a drawing alone would mislead: constant, empty, or non-finite values left out. */
  readonly note: string | null;
}

/** Below this share zeros are left in their bin: they are values like others there. */
const spikeFraction = 0.01;

export function binsOf(stats: Stats): Bins {
  const { min, max, counts } = stats.histogram;
  const nonFinite = stats.nan + stats.posInf + stats.negInf;
  const note = nonFinite > 0 ? nonFiniteNote(stats) : null;
  if (stats.count - nonFinite <= 0 || !Number.isFinite(min) || !Number.isFinite(max)) {
    const empty = { kind: 'empty', min: 0, max: 0, width: 0, counts: [], zeroFraction: 0, peakDensity: 0 } as const;
    return { ...empty, note: stats.count === 0 ? 'no values' : stats.nan === stats.count ? 'every value is NaN' : `no finite values (${note})` };
  }
  if (min === max) {
    const same = `every ${nonFinite > 0 ? 'finite ' : ''}value is ${formatNumber(min)}`;
    const zeroFraction = min === 0 ? stats.zeroFraction : 0;
    return { kind: 'constant', min, max, width: 0, counts: [], zeroFraction, peakDensity: 0, note: note ? `${same}; ${note}` : same };
  }
  const width = (max - min) / counts.length;
  const zeroFraction = stats.zeroFraction >= spikeFraction ? stats.zeroFraction : 0;
  const shown = [...counts];
  if (zeroFraction > 0) {
    const bin = Math.min(counts.length - 1, Math.max(0, Math.floor((0 - min) / width)));
    shown[bin] = Math.max(0, shown[bin] - Math.round(stats.zeroFraction * stats.count));
  }
  return { kind: 'spread', min, max, width, counts: shown, zeroFraction, peakDensity: Math.max(...shown) / width, note };
}

function nonFiniteNote({ nan, posInf, negInf }: Stats): string {
  const parts = [nan > 0 && `${formatCount(nan)} NaN`, posInf > 0 && `${formatCount(posInf)} ∞`, negInf > 0 && `${formatCount(negInf)} −∞`];
  return `${parts.filter(Boolean).join(', ')} not drawn`;
}

/** The range of the value axis that shows all of these. A constant gets room on both sides. */
export function sharedRange(all: readonly Bins[]): { readonly min: number; readonly max: number } {
  let min = Infinity;
  let max = -Infinity;
  for (const bins of all) {
    if (bins.kind === 'empty') continue;
    min = Math.min(min, bins.min, bins.zeroFraction > 0 ? 0 : Infinity);
    max = Math.max(max, bins.max, bins.zeroFraction > 0 ? 0 : -Infinity);
  }
  if (min > max) return { min: -1, max: 1 };
  if (min === max) {
    const room = min === 0 ? 1 : Math.abs(min) / 2;
    return { min: min - room, max: max + room };
  }
  return { min, max };
}
