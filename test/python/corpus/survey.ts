// How much of the corpus is PyTorch's: npx tsx test/python/corpus/survey.ts SOURCES [WORD]. Needs a build. A run over everything writes COVERAGE.md.
import { writeFileSync } from 'node:fs';
import type { Differences } from './comparison.ts';
import { constructions, factOf, nameOf, rootOf } from './constructions.ts';
import { inspected, obstacle } from './inspection.ts';

/** Each holds only where the ones before it do. */
const levels = ['structure', 'forward', 'backward'] as const;

interface Row {
  readonly repository: string;
  /** How many of the levels hold. */
  readonly reached: number;
}

/** A file opened as it is. */
interface Opened {
  readonly repository: string;
  readonly shows: boolean;
}

const [sources, word = ''] = process.argv.slice(2);
const rows: Row[] = [];
const files = new Map<string, Opened>();
for (const construction of constructions()) {
  const [fact, root, name] = [factOf(construction), rootOf(construction, sources), `${construction.repository} ${nameOf(construction)}`];
  if (fact === undefined || root === undefined || !name.includes(word)) continue;
  const inspection = await inspected(construction, root, fact, 1e-3);
  const reached = reachedBy(inspection);
  rows.push({ repository: construction.repository, reached });
  console.log(`${(levels[reached - 1] ?? 'nothing').padEnd(9)} ${inspection.milliseconds} ms  ${name}`);
  const missed = levels[reached];
  if (missed !== undefined) console.log(inspection[missed].slice(0, 6).map((line) => `    ${line.slice(0, 400)}`).join('\n'));

  const file = `${construction.repository} ${construction.path}`;
  if (files.has(file)) continue;
  const reason = await obstacle(construction.path, root);
  files.set(file, { repository: construction.repository, shows: reason === undefined });
  console.log(`${reason === undefined ? 'opens' : 'does not open'}  ${file}${reason === undefined ? '' : `\n    ${reason}`}`);
}
console.log(table());
if (word === '') writeFileSync(new URL('COVERAGE.md', import.meta.url), `# Coverage

Constructions of which all layers, shapes and parameter counts (structure), then also all figures within 1e-4 (forward), then also all gradients within 1e-3 (backward) are PyTorch's, or within twice the distance between PyTorch's own runs in float64 and in float32 with weights moved by a unit in the last place. Their calls and inputs are those of the manifest.
Files that, opened as they are and with nothing said of them, show a model with all its figures (opens).
Written by \`survey.ts\`.

${table()}
`);

function reachedBy(found: Differences): number {
  const missed = levels.findIndex((level) => found[level].length > 0);
  return missed < 0 ? levels.length : missed;
}

function table(): string {
  const repositories = [...new Set(rows.map(({ repository }) => repository))];
  const lines = [
    ...repositories.map((repository) => {
      const isOf = (one: Row | Opened) => one.repository === repository;
      return [repository || 'the project\'s own', ...counts(rows.filter(isOf)), ...opened([...files.values()].filter(isOf))];
    }),
    ['all', ...counts(rows), ...opened([...files.values()])],
  ];
  return ['| | constructions | structure | forward | backward | files | opens |', `| --- |${' ---: |'.repeat(6)}`, ...lines.map((line) => `| ${line.join(' | ')} |`)].join('\n');
}

function counts(some: readonly Row[]): number[] {
  return [some.length, ...levels.map((_level, index) => some.filter((row) => row.reached > index).length)];
}

function opened(some: readonly Opened[]): number[] {
  return [some.length, some.filter(({ shows }) => shows).length];
}
