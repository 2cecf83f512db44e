// The form of a lowering rule: writes the commands of one node, or says that it cannot (false), and then the node's reference kernel runs. A rule decides
// before it writes anything.
import type { NodeOf } from '../../../graph/graph.ts';
import type { Op } from '../../../graph/opAttributes.ts';
import type { Lowering } from '../lowering.ts';

export type LoweringRule<O extends Op> = (node: NodeOf<O>, lowering: Lowering) => boolean;
export type LoweringRules = { readonly [O in Op]?: LoweringRule<O> };
