// Colours of the terminal, or none: where the output is not a terminal, and where NO_COLOR is set (no-color.org).

const codes = { bold: [1, 22], dim: [2, 22], red: [31, 39], green: [32, 39], yellow: [33, 39], blue: [34, 39], cyan: [36, 39] } as const;

export type Style = { readonly [K in keyof typeof codes]: (text: string) => string };

export function terminalStyle(isColoured: boolean): Style {
  return Object.fromEntries(Object.entries(codes).map(([name, [on, off]]) =>
    [name, (text: string) => (isColoured && text !== '' ? `\u001b[${on}m${text}\u001b[${off}m` : text)])) as Style;
}

export interface Terminal {
  readonly isTTY?: boolean;
  readonly columns?: number;
}

export function isColoured(stream: Terminal, environment: Readonly<Record<string, string | undefined>>): boolean {
  // NO_COLOR counts when it is set to anything, the empty text left out.
  return stream.isTTY === true && !environment['NO_COLOR'] && environment['TERM'] !== 'dumb';
}
