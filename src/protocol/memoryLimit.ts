// How much memory tensors may take where nobody says: the host and the command ask for the same.

/** What the engine can address. */
export const mostMemoryMib = 4096;

/** Half of the machine's memory, at most 4 GiB; in MiB. */
export function defaultMemoryLimitMiB(machineBytes: number): number {
  return Math.min(mostMemoryMib, Math.floor(machineBytes / 2 ** 21));
}
