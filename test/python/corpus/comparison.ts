// A report against what PyTorch says of the same construction.
import type { LayerReport, ModelReport, ParameterReport } from '../../../src/protocol/report.ts';
import type { Fact, Measured } from './constructions.ts';

/** What differs, a sentence each; empty lists are agreement. */
export interface Differences {
  readonly structure: string[];
  readonly forward: string[];
  readonly backward: string[];
}

const forwardTolerance = 1e-4;
/** Of the distance between PyTorch's own runs in float32 and float64. */
const roundings = 2;
/** Of the largest gradient: what cancels to nothing, as a bias before a batch norm, is rounding alone. */
const cancelled = 1e-5;

/** `gradientTolerance`: relative, of the norms of gradients. */
export function differences(model: ModelReport, fact: Fact, gradientTolerance: number): Differences {
  return { structure: structure(model, fact), forward: forward(model, fact), backward: backward(model, fact, gradientTolerance) };
}

function structure(model: ModelReport, fact: Fact): string[] {
  const found: string[] = [];
  if (model.parameterCount !== fact.parameterCount) found.push(`${model.parameterCount} parameters instead of ${fact.parameterCount}`);
  const [ours, theirs] = [leaves(model).map(keyOf), fact.layers.map(([path, type, shape]) => key(path, type, shape))];
  const [missing, extra] = [without(theirs, ours), without(ours, theirs)];
  // Modules that are made while the model is called have no path in PyTorch.
  const unnamed = missing.filter((layer) => layer.startsWith(`${noPath} `)).map(withoutPath);
  const known = missing.filter((layer) => !layer.startsWith(`${noPath} `));
  found.push(...known.map((layer) => `no ${layer}`), ...without(extra.map(withoutPath), unnamed).map((layer) => `PyTorch has no … ${layer}`));
  found.push(...without(unnamed, extra.map(withoutPath)).map((layer) => `no … ${layer}`));
  return found;
}

function forward(model: ModelReport, fact: Fact): string[] {
  if (model.loss === null) return ['no loss'];
  const found: string[] = [];
  if (!isNear(model.loss.value, fact.loss, forwardTolerance, 1e-8)) found.push(`loss ${model.loss.value} instead of ${fact.loss[0]}`);
  const rows = new Map<string, LayerReport[]>();
  for (const row of leaves(model)) rows.set(keyOf(row), [...(rows.get(keyOf(row)) ?? []), row]);
  for (const [path, type, shape, mean, std, distance] of fact.layers) {
    const row = rows.get(key(path, type, shape))?.shift();
    if (row === undefined) continue;
    const scale = Math.max(std, 1e-6);
    if (row.output === null) found.push(`${path}: no figures`);
    else if (!isNear(row.output.std, [std, distance], forwardTolerance, scale) || !isNear(row.output.mean, [mean, distance], forwardTolerance, scale)) {
      found.push(`${path} ${type}: ${row.output.mean} ± ${row.output.std} instead of ${mean} ± ${std}`);
    }
  }
  return found;
}

function backward(model: ModelReport, fact: Fact, gradientTolerance: number): string[] {
  const found: string[] = [];
  const ours = new Map<string, ParameterReport>();
  for (const layer of model.layers) {
    for (const parameter of layer.parameters) ours.set([layer.path, parameter.name].filter(Boolean).join('.'), parameter);
  }
  const floor = cancelled * Math.max(...fact.parameters.map(([, , , gradient]) => gradient ?? 0), 0);
  for (const [name, shape, value, gradient, distance] of fact.parameters) {
    const parameter = ours.get(name);
    // A parameter of a module that is never called has no row.
    if (parameter === undefined) {
      if (gradient !== null && gradient > floor) found.push(`${name}: not shown`);
      continue;
    }
    if (parameter.shape.join() !== shape.join()) found.push(`${name}: (${parameter.shape.join(', ')}) instead of (${shape.join(', ')})`);
    if (parameter.value === null || !isNear(parameter.value.l2, [value, 0], 1e-6, 1e-9)) found.push(`${name}: value ${parameter.value?.l2} instead of ${value}`);
    if (gradient === null) {
      if (parameter.gradient !== null && parameter.gradient.l2 !== 0) found.push(`${name}: gradient ${parameter.gradient.l2} instead of none`);
    } else if (parameter.gradient === null) {
      found.push(`${name}: no gradient instead of ${gradient}`);
    } else if (Math.abs(parameter.gradient.l2 - gradient) > Math.max(gradientTolerance * gradient, floor) + roundings * distance) {
      found.push(`${name}: gradient ${parameter.gradient.l2} instead of ${gradient} (float32: ± ${distance})`);
    }
  }
  return found;
}

function isNear(ours: number, [value, distance]: Measured, tolerance: number, scale: number): boolean {
  // Numbers of a fact have six digits.
  return Object.is(ours, value) || Math.abs(ours - value) <= (tolerance + 5e-6) * Math.max(Math.abs(value), scale) + roundings * distance;
}

const noPath = '?';
const withoutPath = (layer: string): string => layer.slice(layer.indexOf(' ') + 1);
/** What PyTorch's hooks see: layers that were called, and that called none. */
export function leaves({ layers }: ModelReport): LayerReport[] {
  const called = layers.filter(({ missed }) => missed === undefined);
  const callers = new Set(called.filter(({ kind }) => kind !== 'function').map(({ parent }) => parent));
  return called.filter(({ kind, index }) => kind === 'module' || (kind === 'container' && !callers.has(index)));
}
const key = (path: string, type: string, shape: readonly number[]): string => `${path} ${type} (${shape.join(', ')})`;
const keyOf = (layer: LayerReport): string => key(layer.path, layer.type, layer.outputShape ?? []);

/** Elements of `list` that `other` does not have, counted. */
function without(list: readonly string[], other: readonly string[]): string[] {
  const rest = [...other];
  return list.filter((element) => {
    const at = rest.indexOf(element);
    if (at >= 0) rest.splice(at, 1);
    return at < 0;
  });
}
