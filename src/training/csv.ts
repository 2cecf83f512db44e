// Training data from a CSV file: one example a line, the last column (or one named so) the target. RFC 4180 quoting.
import { DataError, type Dataset, type Task } from './dataset.ts';
import { examplesDataset } from './userData.ts';

/** Header words that mark the target, wherever its column stands; the first of them that there is (`y` may be a coordinate). */
const targetNames: readonly string[] = ['target', 'label', 'class', 'species', 'output', 'y'];

/** Numbers are standardized per column; a target in words becomes class numbers in alphabetical order. Throws `DataError`. */
export function csvDataset(task: Task, name: string, bytes: Uint8Array): Dataset {
  const rows = parseCsv(new TextDecoder().decode(bytes));
  if (rows.length === 0) throw new DataError(`${name} is empty`);
  // A first line without a single number is a header.
  const header = rows[0].cells.some(isNumber) ? null : rows[0].cells;
  const body = header ? rows.slice(1) : rows;
  const width = rows[0].cells.length;
  if (width < 2) throw new DataError(`${name} has one column; there must be at least one feature and a target`);
  const uneven = body.find(({ cells }) => cells.length !== width);
  if (uneven) throw new DataError(`${name}, line ${uneven.line}: ${uneven.cells.length} columns, where the first line has ${width}`);

  const titles = header?.map((title) => title.trim().toLowerCase()) ?? [];
  const named = targetNames.find((word) => titles.includes(word));
  const target = named === undefined ? width - 1 : titles.indexOf(named);
  const columns = Array.from({ length: width }, (_, column) => column).filter((column) => column !== target);
  const features = new Float32Array(body.length * columns.length);
  body.forEach(({ line, cells }, index) => columns.forEach((column, feature) => {
    if (!isNumber(cells[column])) {
      throw new DataError(`${name}, line ${line}: "${cells[column]}" in column ${header ? `"${header[column]}"` : column + 1} is not a number`);
    }
    features[index * columns.length + feature] = Number(cells[column]);
  }));
  const isTokens = task.inputs[0].vocabulary !== null;
  if (!isTokens) standardize(features, columns.length);
  return examplesDataset(task, name, {
    count: body.length, features, targets: targetsOf(task, name, body.map(({ cells }) => cells[target])),
    preparation: isTokens ? '' : 'each feature standardized to mean 0, deviation 1',
  });
}

function targetsOf(task: Task, name: string, texts: readonly string[]): Float32Array {
  if (texts.every(isNumber)) {
    const numbers = Float32Array.from(texts, Number);
    if (task.kind !== 'classes') return numbers;
    // Classes counted from 1, or any few numbers (0, 5, 10), are taken in their order.
    const distinct = [...new Set(numbers)].sort((a, b) => a - b);
    const areIndices = distinct.every((value) => Number.isInteger(value) && value >= 0 && value < task.classes);
    return areIndices || distinct.length > task.classes ? numbers : numbers.map((value) => distinct.indexOf(value));
  }
  if (task.kind === 'values') throw new DataError(`${name}: the model gives numbers, and the target "${texts.find((text) => !isNumber(text))}" is none`);
  const names = [...new Set(texts)].sort();
  if (names.length > Math.max(2, task.classes)) {
    throw new DataError(`${name} has ${names.length} different targets (${names.slice(0, 5).join(', ')}, …), and the model tells ${task.classes} classes apart`);
  }
  return Float32Array.from(texts, (text) => names.indexOf(text));
}

function isNumber(text: string): boolean {
  return text.trim() !== '' && Number.isFinite(Number(text));
}

function standardize(features: Float32Array, width: number): void {
  const count = features.length / width;
  for (let column = 0; column < width; column++) {
    let sum = 0, squares = 0;
    for (let row = 0; row < count; row++) sum += features[row * width + column];
    const mean = sum / count;
    for (let row = 0; row < count; row++) squares += (features[row * width + column] - mean) ** 2;
    const deviation = Math.sqrt(squares / count) || 1;
    for (let row = 0; row < count; row++) features[row * width + column] = (features[row * width + column] - mean) / deviation;
  }
}

interface Row {
  /** The line of the file on which it begins, from 1. */
  readonly line: number;
  readonly cells: readonly string[];
}

/** Empty lines are passed over. Commas, or semicolons or tabs where the first line has no comma. */
function parseCsv(text: string): Row[] {
  const firstLine = text.slice(0, text.search(/[\r\n]|$/));
  const separator = firstLine.includes(',') ? ',' : firstLine.includes(';') ? ';' : firstLine.includes('\t') ? '\t' : ',';
  const rows: Row[] = [];
  let cells: string[] = [];
  let line = 1;
  let begin = 1;
  let cell = '';
  let isQuoted = false;
  const endRow = () => {
    cells.push(cell);
    if (cells.length > 1 || cells[0].trim() !== '') rows.push({ line: begin, cells });
    cells = [];
    cell = '';
    begin = line;
  };
  for (let index = text.charCodeAt(0) === 0xfeff ? 1 : 0; index < text.length; index++) {
    const character = text[index];
    const isLineEnd = character === '\n' || (character === '\r' && text[index + 1] !== '\n');
    if (isLineEnd) line++;
    if (isQuoted) {
      if (character !== '"') cell += character;
      else if (text[index + 1] === '"') cell += text[++index];
      else isQuoted = false;
    } else if (character === '"' && cell === '') isQuoted = true;
    else if (character === separator) {
      cells.push(cell);
      cell = '';
    } else if (isLineEnd) endRow();
    else if (character !== '\r') cell += character;
  }
  if (cell !== '' || cells.length > 0) endRow();
  return rows;
}
