// What a user says of a model in the panel, in place of what was assumed: how it is constructed, and what it is called with.

export interface ModelChoices {
  /** Name of an argument → its value, as Python text in the file's namespace. */
  readonly arguments: Readonly<Record<string, string>>;
  /** A specification for each input, in their order (`InspectOptions.inputs`); null: whatever the file says or is assumed. */
  readonly inputs: readonly string[] | null;
}

export const noChoices: ModelChoices = { arguments: {}, inputs: null };

export function hasChoices({ arguments: given, inputs }: ModelChoices): boolean {
  return inputs !== null || Object.keys(given).length > 0;
}

/** As a `# lens:` comment of the file would say it, without the `# lens:`. */
export function lensText({ arguments: given, inputs }: ModelChoices): string {
  const values = Object.entries(given).map(([name, value]) => `${name}=${value}`);
  return [values.length > 0 && `args=(${values.join(', ')})`, inputs !== null && `input=${inputs.join(', ')}`].filter((part) => part !== false).join(', ');
}
