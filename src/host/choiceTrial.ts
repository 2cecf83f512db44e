// Whether a model can be made and called as the user chose, from the report of a run. Pure.
import type { ModelChoices } from '../protocol/modelChoices.ts';
import type { Diagnostic } from '../protocol/report.ts';
import type { InspectResult } from '../protocol/runtimeApi.ts';

/** Why choices are not taken: the model cannot be made with them, or its call fails where it did not before. Null: they are. */
export function refusalOf({ report, listing }: Pick<InspectResult, 'report' | 'listing'>, name: string, choices: ModelChoices, shown: InspectResult | null): string | null {
  const model = report.models.find((one) => one.name === name);
  if (!model) return reasonOf(report.diagnostics, name) ?? `\`${name}\` could not be made so.`;
  if (Object.keys(choices.inputs).length > 0 && listing.find((one) => one.name === name)?.kind === 'file') {
    return 'Here the statements of the file are the model: its input is what they make it.';
  }
  const before = shown?.report.models.find((one) => one.name === name);
  if (model.output !== null || before?.output === null) return null;
  return model.layers.findLast(({ failure }) => failure !== null)?.failure ?? reasonOf(report.diagnostics, name) ?? `\`${name}\` could not be called so.`;
}

/** Models that the file has and that were not made as was chosen for them, with the reason. */
export function unfitChoices({ report, listing }: Pick<InspectResult, 'report' | 'listing'>, chosen: readonly string[]): Readonly<Record<string, string>> {
  const missing = chosen.filter((name) => listing.some((one) => one.name === name) && !report.models.some((model) => model.name === name));
  return Object.fromEntries(missing.map((name) => [name, reasonOf(report.diagnostics, name) ?? `\`${name}\` could not be made so.`]));
}

/** Of choices that do not fit, those that are the reason: without them the model is made. Else it is the file that is at fault, as it is at most keystrokes. */
export function madeOnlyWithout(unfit: Readonly<Record<string, string>>, { report }: Pick<InspectResult, 'report'>): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(unfit).filter(([name]) => report.models.some((model) => model.name === name)));
}

function reasonOf(diagnostics: readonly Diagnostic[], name: string): string | undefined {
  const errors = diagnostics.filter(({ severity }) => severity === 'error');
  return (errors.find(({ message }) => message.includes(`\`${name}\``)) ?? errors[0])?.message;
}
