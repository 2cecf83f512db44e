// What the measurements ran on, as far as it decides them; nothing that names the machine.
import { existsSync, readFileSync } from 'node:fs';
import { cpus, totalmem, type } from 'node:os';
import { setTimeout as passed } from 'node:timers/promises';

const tellingFlags = ['sse4_2', 'avx2', 'fma', 'avx512f', 'avx512_vnni', 'amx_tile'];

export function machineLines(): string[] {
  const processors = cpus();
  const flags = processorFlags();
  return [
    `${processors[0]?.model.trim() ?? 'unknown processor'}, ${processors.length} logical cores, ${Math.round(totalmem() / 2 ** 30)} GiB, ${type()} ${process.arch}`,
    flags === null ? 'processor flags: not known here' : `of ${tellingFlags.join(', ')}: ${tellingFlags.filter((flag) => flags.has(flag)).join(', ') || 'none'}`,
    `Node ${process.versions.node}, V8 ${process.versions.v8}`,
  ];
}

/** Share of all processors' time that went to anything, 0..1, over so many milliseconds in which the bench itself does nothing. */
export async function busyShare(ms: number): Promise<number> {
  const before = processorTimes();
  await passed(ms);
  const after = processorTimes();
  return after.all === before.all ? 0 : 1 - (after.idle - before.idle) / (after.all - before.all);
}

function processorTimes(): { readonly all: number; readonly idle: number } {
  const times = cpus().map((processor) => processor.times);
  const sum = (numbers: readonly number[]) => numbers.reduce((total, number) => total + number, 0);
  return { all: sum(times.flatMap((time) => Object.values(time))), idle: sum(times.map(({ idle }) => idle)) };
}

/** Linux tells them. */
function processorFlags(): ReadonlySet<string> | null {
  if (!existsSync('/proc/cpuinfo')) return null;
  const line = /^flags\s*:(.*)$/m.exec(readFileSync('/proc/cpuinfo', 'utf8'))?.[1];
  return line === undefined ? null : new Set(line.trim().split(/\s+/));
}
