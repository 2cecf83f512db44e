// What the measurements ran on, as far as it decides them; nothing that names the machine.
import { existsSync, readFileSync } from 'node:fs';
import { cpus, totalmem, type } from 'node:os';

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

/** Linux tells them. */
function processorFlags(): ReadonlySet<string> | null {
  if (!existsSync('/proc/cpuinfo')) return null;
  const line = /^flags\s*:(.*)$/m.exec(readFileSync('/proc/cpuinfo', 'utf8'))?.[1];
  return line === undefined ? null : new Set(line.trim().split(/\s+/));
}
