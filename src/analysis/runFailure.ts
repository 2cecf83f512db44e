// What ended a run, as the user is told: at the line that asked for it, in the words of the file.
import { EngineError, MemoryLimitError } from '../engine/engineError.ts';
import type { Node } from '../graph/graph.ts';
import type { Diagnostic } from '../protocol/report.ts';
import { rowOfNode, type ReportOptions, type ReportPlan } from './reportPlan.ts';

/** `error`: anything but a cancellation. */
export function runFailure(plan: ReportPlan, error: unknown, { sites, mend }: Pick<ReportOptions, 'sites' | 'mend'>): Diagnostic {
  const id = error instanceof EngineError || error instanceof MemoryLimitError ? error.node : null;
  const node = id === null ? null : plan.graph.nodes[id];
  return {
    ...kindOf(error),
    message: messageOf(plan, node, error),
    range: (node && sites(node.origin.site)) ?? sites(plan.trace.definition),
    hint: error instanceof MemoryLimitError ? whatToDo(error, node && givenBy(plan, node)) : null,
    ...(error instanceof EngineError && node && mend?.(node)),
  };
}

function messageOf(plan: ReportPlan, node: Node | null, error: unknown): string {
  const given = node && givenBy(plan, node);
  if (given && error instanceof MemoryLimitError) return `${given.kind === 'input' ? 'The input ' : ''}\`${given.name}\` ${error.need}`;
  const message = error instanceof Error ? error.message : String(error);
  const row = node ? rowOfNode(plan, node) : undefined;
  const name = row && row.path !== '' ? row.path : null;
  // The op is none of the file's words: a batch normalization needs memory, not its `mul`.
  if (error instanceof MemoryLimitError) return `\`${name ?? plan.trace.name}\` ${error.need}`;
  return name === null ? message : `\`${name}\`: ${message}`;
}

/** What a node makes that is not the model's to compute, by its name in the file. */
interface Given {
  readonly kind: 'input' | 'parameter';
  readonly name: string;
}

function givenBy({ trace }: ReportPlan, { outputs }: Node): Given | null {
  const input = trace.inputs.find(({ value }) => outputs.includes(value));
  if (input) return { kind: 'input', name: input.name };
  const parameter = trace.parameters.find(({ value }) => outputs.includes(value));
  return parameter ? { kind: 'parameter', name: [parameter.path, parameter.name].filter(Boolean).join('.') } : null;
}

function kindOf(error: unknown): Pick<Diagnostic, 'kind' | 'severity'> {
  if (error instanceof MemoryLimitError) return { kind: 'limit', severity: 'error' };
  return error instanceof EngineError ? { kind: 'python', severity: 'error' } : { kind: 'internal', severity: 'warning' };
}

function whatToDo({ limitedBy }: MemoryLimitError, given: Given | null): string {
  const advice = given?.kind === 'parameter' ? 'These are the parameters themselves' : given ? 'A smaller input needs less' : 'A smaller batch needs less';
  return `${[advice, ...(limitedBy === 'setting' ? ['the limit is a setting'] : [])].join('; ')}.`;
}
