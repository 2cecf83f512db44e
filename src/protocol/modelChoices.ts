// What a user says of a model in the panel, in place of what was assumed: how it is constructed, and what it is called with.

export interface ModelChoices {
  /** Name of an argument → its value, as Python text in the file's namespace. */
  readonly arguments: Readonly<Record<string, string>>;
  /** Name of an input → its specification, as `InspectOptions.inputs` has it, or a plain value (`None`, `True`); the others are what the file says or is assumed. */
  readonly inputs: Readonly<Record<string, string>>;
}

export const noChoices: ModelChoices = { arguments: {}, inputs: {} };

export function hasChoices(choices: ModelChoices): boolean {
  return Object.keys(choices.inputs).length > 0 || Object.keys(choices.arguments).length > 0;
}

/** As a `# lens:` comment of the file would say it, without the `# lens:`. */
export function lensText({ arguments: given, inputs }: ModelChoices): string {
  return [listed('args', given), listed('input', inputs)].filter((part) => part !== null).join(', ');
}

function listed(part: string, values: Readonly<Record<string, string>>): string | null {
  const all = Object.entries(values).map(([name, value]) => `${name}=${value}`);
  return all.length > 0 ? `${part}=(${all.join(', ')})` : null;
}
