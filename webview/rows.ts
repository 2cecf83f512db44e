// The rows of the layers table: a model's calls as a tree, with each activation function merged into the row of the layer
// it follows (however it was written). Pure; says nothing of what a row looks like.
import type { LayerReport, ModelReport, Stats } from '../src/protocol/report.ts';

export interface Row {
  /** Names the row across runs of the file: the path, with `#2`, `#3` for further calls of the same path. */
  readonly key: string;
  readonly layer: LayerReport;
  /** Which call of this path it is, from 1. */
  readonly call: number;
  /** The call merged into this row: the `nn.ReLU` or `F.relu` that followed. */
  readonly activationLayer: LayerReport | null;
  /** The path below the container that the row stands in. */
  readonly label: string;
  /** Key of the row this one is folded into; null at the top. */
  readonly parent: string | null;
  readonly depth: number;
  readonly hasChildren: boolean;
}

const rowsOfModel = new WeakMap<ModelReport, readonly Row[]>();

/** All rows of a model in the order of the calls, containers before what they contain. */
export function rowsOf(model: ModelReport): readonly Row[] {
  let rows = rowsOfModel.get(model);
  if (!rows) rowsOfModel.set(model, (rows = makeRows(model.layers)));
  return rows;
}

/** The rows that no folded container hides. */
export function visibleRows(rows: readonly Row[], folded: ReadonlySet<string>): readonly Row[] {
  const hiding = new Set<string>();
  return rows.filter((row) => {
    const isHidden = row.parent !== null && hiding.has(row.parent);
    if (isHidden || (row.hasChildren && folded.has(row.key))) hiding.add(row.key);
    return !isHidden;
  });
}

/** The visible row that stands for a layer: its own, the one it is merged into, or the folded container around it. */
export function rowOfLayer(model: ModelReport, visible: readonly Row[], layerIndex: number): Row | null {
  const rows = rowsOf(model);
  const ofLayer = new Map<number, Row>();
  for (const row of rows) {
    ofLayer.set(row.layer.index, row);
    if (row.activationLayer) ofLayer.set(row.activationLayer.index, row);
  }
  let layer: LayerReport | undefined = model.layers[layerIndex];
  while (layer && !ofLayer.has(layer.index)) layer = layer.parent === null ? undefined : model.layers[layer.parent];
  const byKey = new Map(rows.map((row) => [row.key, row]));
  const shown = new Set(visible.map((row) => row.key));
  let row = layer && ofLayer.get(layer.index);
  while (row && !shown.has(row.key)) row = row.parent === null ? undefined : byKey.get(row.parent);
  return row ?? null;
}

/** What a row shows first: the values that go on to the next layer. */
export function shownStats(layer: LayerReport): Stats | null {
  return layer.activation ?? layer.output;
}

function makeRows(layers: readonly LayerReport[]): readonly Row[] {
  const mergedInto = new Map<number, LayerReport>();
  for (const layer of layers) {
    const follower = layer.activationLayer === null ? undefined : layers[layer.activationLayer];
    // A function that failed keeps a row of its own: that is where its message stands.
    if (follower && follower !== layer && follower.failure === null) mergedInto.set(follower.index, layer);
  }
  // A layer within a merged call is merged with it. Each layer's answer is kept, so that deep nesting stays linear.
  const answers = new Map<number, boolean>();
  const isMerged = (layer: LayerReport): boolean => {
    const walked: number[] = [];
    let answer = false;
    for (let at: LayerReport | undefined = layer; at; at = at.parent === null ? undefined : layers[at.parent]) {
      answer = answers.get(at.index) ?? mergedInto.has(at.index);
      walked.push(at.index);
      if (answer || answers.has(at.index)) break;
    }
    for (const index of walked) answers.set(index, answer);
    return answer;
  };
  const shown = layers.filter((layer) => !isMerged(layer));
  const parents = new Set(shown.map((layer) => layer.parent));
  const callsOfPath = new Map<string, number>();
  const keys = new Map<number, string>();
  const calls = new Map<number, number>();
  for (const layer of shown) {
    const call = (callsOfPath.get(layer.path) ?? 0) + 1;
    callsOfPath.set(layer.path, call);
    calls.set(layer.index, call);
    keys.set(layer.index, call === 1 ? layer.path : `${layer.path}#${call}`);
  }
  const children = new Map<number | null, LayerReport[]>();
  for (const layer of shown) {
    const siblings = children.get(layer.parent);
    if (siblings) siblings.push(layer);
    else children.set(layer.parent, [layer]);
  }
  const rows: Row[] = [];
  const pending = (children.get(null) ?? []).toReversed().map((layer) => ({ layer, depth: 0 }));
  while (pending.length > 0) {
    const { layer, depth } = pending.pop()!;
    const parent = layer.parent === null ? undefined : layers[layer.parent];
    rows.push({
      key: keys.get(layer.index)!,
      layer,
      call: calls.get(layer.index)!,
      activationLayer: layer.activationLayer !== null && mergedInto.get(layer.activationLayer) === layer ? layers[layer.activationLayer] : null,
      label: labelOf(layer, parent),
      parent: parent ? keys.get(parent.index)! : null,
      depth,
      hasChildren: parents.has(layer.index),
    });
    for (const child of (children.get(layer.index) ?? []).toReversed()) pending.push({ layer: child, depth: depth + 1 });
  }
  return rows;
}

function labelOf(layer: LayerReport, parent: LayerReport | undefined): string {
  const path = layer.path;
  if (path === '') return layer.type;
  if (!parent || parent.path === '') return path;
  const separator = path[parent.path.length];
  const isBelow = path.startsWith(parent.path) && (separator === '.' || separator === '/');
  return isBelow ? path.slice(parent.path.length + 1) : path;
}
