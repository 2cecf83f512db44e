/** Path below the shim root → text. */
export function readShims(): Record<string, string>;
