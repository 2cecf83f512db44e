// An input as the form edits it, and as the request says it: `2x3x32x32`, `int:2x128:0..65`, or a plain value. Pure.
import type { InputReport } from '../src/protocol/report.ts';

/** The three texts of an input's row. */
export interface InputTexts {
  /** Sizes, or a plain value: `None`, `True`, `0.5`, `'mean'`. */
  readonly value: string;
  readonly dtype: string;
  /** `0..65`; of no meaning for floats. */
  readonly range: string;
}

export const inputDtypes = ['float32', 'int64'] as const;

const plainPattern = /^(?:None|True|False|-?\d+\.\d*|'[^']*'|"[^"]*")$/;

export function textsOf({ shape, dtype, range }: Pick<InputReport, 'shape' | 'dtype' | 'range'>): InputTexts {
  return { value: shape.join(', '), dtype, range: range ? `${range[0]}..${range[1]}` : '' };
}

/** Undoes `specOf`. */
export function textsOfSpec(spec: string): InputTexts {
  const [, isInteger, shape, range] = /^(int:)?(\d+(?:x\d+)*)(?::(-?\d+\.\.-?\d+))?$/.exec(spec) ?? [];
  if (shape === undefined) return { value: spec, dtype: 'float32', range: '' };
  return { value: shape.replaceAll('x', ', '), dtype: isInteger ? 'int64' : 'float32', range: range ?? '' };
}

/** What is wrong with a row in words, or its specification. Sizes may be written `2, 3`, `(2, 3)` or `2x3`. */
export function specOf({ value, dtype, range }: InputTexts): { readonly spec: string } | { readonly problem: string } {
  if (plainPattern.test(value.trim())) return { spec: value.trim() };
  const sizes = value.trim().replace(/^[([](.*?),?\s*[)\]]$/, '$1').split(/\s*[,x×]\s*|\s+/).map((size) => size.trim());
  if (sizes.some((size) => !/^\d+$/.test(size))) return { problem: 'A shape is sizes with commas between them, such as `32, 3, 64, 64`.' };
  const text = sizes.map(Number).join('x');
  if (dtype === 'float32') return { spec: text };
  if (dtype !== 'int64') return { problem: `An input of ${dtype} cannot be made here: choose float32 or int64.` };
  if (range.trim() === '') return { spec: `int:${text}` };
  const [, low, high] = /^\s*(-?\d+)\s*\.\.\s*(-?\d+)\s*$/.exec(range) ?? [];
  if (low === undefined || high === undefined) return { problem: 'A range is the least integer and the one above the largest, such as `0..1000`.' };
  if (Number(low) >= Number(high)) return { problem: `The upper bound is excluded: \`${low}..${high}\` has no integers.` };
  return { spec: `int:${text}:${low}..${high}` };
}
