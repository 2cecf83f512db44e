// Why no gradient of a model's outputs reaches a parameter, as a sentence with its place in the file.
import type { Graph, Node, SiteId, ValueId } from '../graph/graph.ts';
import { nodeOf, typeOf } from '../graph/graph.ts';
import type { ModelTrace } from '../graph/modelTrace.ts';
import { isFloat } from '../graph/tensorType.ts';
import { passesOn } from './gradientReach.ts';

export interface GradientLack {
  readonly message: string;
  readonly site: SiteId | null;
}

const choices: ReadonlySet<string> = new Set(['argmax', 'argmin', 'sort', 'searchsorted', 'max_pool_with_indices']);
const draws: ReadonlySet<string> = new Set(['multinomial', 'bernoulli', 'uniform', 'normal', 'randint', 'poisson', 'gamma']);

/** Of a model with trainable parameters, of which a loss of the outputs reaches none; null: it gave no tensor. */
export function gradientLack(graph: Graph, { name, outputs, parameters }: ModelTrace): GradientLack | null {
  if (outputs.length === 0) return null;
  const said = (reason: string, site: SiteId | null): GradientLack => ({ message: `no gradient is shown: ${reason}`, site });
  const isTrainable = new Set(parameters.filter(({ trainable }) => trainable).map(({ value }) => value));
  const made = madeFrom(graph, outputs, isTrainable);
  if (!outputs.some((output) => made.has(output))) return said(`what \`${name}\` gives does not depend on a parameter that is trained`, null);
  const pending = new Set(outputs.filter((output) => made.has(output)));
  for (const value of pending) {
    if (!passesOn(graph, value) && !isTrainable.has(value)) {
      const node = nodeOf(graph, value);
      return said(endOf(graph, node, value), node.origin.site);
    }
    for (const input of nodeOf(graph, value).inputs) if (made.has(input)) pending.add(input);
  }
  return null;
}

/** Those values behind `outputs` that depend on one of `sources`. */
function madeFrom(graph: Graph, outputs: readonly ValueId[], sources: ReadonlySet<ValueId>): ReadonlySet<ValueId> {
  const behind = new Set(outputs);
  for (const value of behind) for (const input of nodeOf(graph, value).inputs) behind.add(input);
  const found = new Set<ValueId>();
  for (const value of [...behind].sort((a, b) => a - b)) {
    if (sources.has(value) || nodeOf(graph, value).inputs.some((input) => found.has(input))) found.add(value);
  }
  return found;
}

function endOf(graph: Graph, node: Node, value: ValueId): string {
  const drawn = drawnBehind(graph, value);
  if (drawn !== null) return 'its output is a sample that is drawn here, and no gradient passes through a draw';
  if (node.op === 'detach') {
    // What is computed without gradients is detached at its own place.
    const isOwnPlace = nodeOf(graph, node.inputs[0]).origin.site === node.origin.site;
    return isOwnPlace ? 'its output is computed here without gradients (under `no_grad`)' : 'its output is detached here';
  }
  if (choices.has(node.op)) return `its output is what \`${node.op === 'sort' ? 'argsort' : node.op}\` picks here, and no gradient passes through a choice`;
  const { dtype } = typeOf(graph, value);
  if (dtype === 'bool') return `its output is a comparison here (\`${node.op}\`), through which no gradient passes`;
  if (!isFloat(dtype)) return `its output is made of whole numbers here (${dtype}), which have no gradient`;
  return `no gradient passes through \`${node.op}\`, which is here on the way to its output`;
}

/** A draw within the few nodes that one expression of the file records for a sample. */
function drawnBehind(graph: Graph, value: ValueId): Node | null {
  const { origin: { site } } = nodeOf(graph, value);
  const pending = [value];
  for (const current of pending) {
    const node = nodeOf(graph, current);
    if (node.origin.site !== site) continue;
    if (draws.has(node.op)) return node;
    for (const input of node.inputs) if (!pending.includes(input)) pending.push(input);
    if (pending.length > 64) return null;
  }
  return null;
}
