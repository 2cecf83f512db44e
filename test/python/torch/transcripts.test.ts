// The same Python text in the torch shim and in PyTorch: what the shim prints is compared with what PyTorch printed (committed).
import { strict as assert } from 'node:assert';
import { readFileSync } from 'node:fs';
import { runPython } from '../harness.ts';

const folder = new URL('../../golden/torch_transcripts/', import.meta.url);
const read = (name: string): string => readFileSync(new URL(name, folder), 'utf8');

/** Scripts whose output is the same to the letter, and scripts of which numbers may differ in their last printed digits. */
const exact = {
  op_errors: 'errors of sampling, order and matrices are worded', reprs: 'tensors print', creation: 'tensors are made and drawn', indexing: 'parts are read and written', errors: 'errors are worded',
  numpy_bridge: 'arrays become tensors and back', draws: 'layers draw their weights, bit for bit',
  signatures: 'parameters are named, ordered and left off',
  initial_weights: 'every class of torch.nn draws its weights, bit for bit, and prints',
  value_checks: 'numbers are refused', autograd_errors: 'gradients are refused',
  memory_layouts: 'results lie in memory, row by row or not',
  views: 'what is written through a view reaches its base, and the other way round', storage_and_size: 'memory is shared, taken over and resized',
  written_out: 'results are written to tensors that are given', integers: 'integers and booleans are computed with, in all pairs of types',
  dtypes_of_arguments: 'arguments have other dtypes', found_by_chance: 'functions meet by chance', no_tensors: 'arguments are no tensors',
  wrong_arguments: 'arguments are wrong', unusual_arguments: 'arguments change the numbers or are refused',
  random_numbers: 'numbers are drawn, bit for bit', surroundings: 'compilers, tracers and groups of processes are asked for',
};
const near = {
  matrix_distributions: 'distributions are of matrices, and constraints are satisfied by transforms',
  distributions_of_trials: 'numbers are counts, quotients or powers',
  own_operations: 'operations are the user\'s own',
  traced_graphs: 'graphs are traced, changed and run', replaced_patterns: 'nodes that a pattern describes are replaced', recomputed: 'checkpoints run again, and hooks outlive their tensors',
  own_functions: 'functions have a backward of the user\'s own',
  more_distributions: 'numbers are positive, counted, transformed or mixed', embeddings: 'rows are kept short, and bags have paddings and weights',
  autograd: 'gradients pass or do not, by hooks and by functions of the user\'s own',
  functions_of_functions: 'functions are derived by trees of tensors, forwards and backwards',
  keywords_and_names: 'arguments have other names, and smaller modules are there',
  arithmetic: 'operators and reductions compute', layers: 'layers draw their weights, compute and differentiate',
  corners: 'functions bend, break or are not defined', loss_corners: 'losses have certainties, no difference or no targets',
  losses: 'losses, functions and optimizers compute', modules: 'modules are walked, saved, hooked and fed',
  module_states: 'modules learn their sizes, are saved, loaded and hooked',
  distributions: 'distributions are drawn from and scored', optimizers: 'optimizers step and rates follow their schedules',
  parametrizations: 'weights are normalized or computed of others', orthogonal_weights: 'weights are kept orthogonal',
  packed_sequences: 'packed sequences pass through recurrent layers', resampling: 'spatial axes are sampled anew',
  few_elements: 'tensors have no axes or no elements', indices: 'indices are negative or too large', order: 'elements are ordered, found and counted', special_functions: 'special functions and bits are computed',
  bessel_functions: 'Bessel functions are computed',
  einops_functions: 'axes are named by einops', einops_layers: 'axes are named by einops\'s layers',
  timm_layers: 'layers are timm\'s', timm_models: 'transformers and the registry are timm\'s',
  complex_numbers: 'numbers are complex', matrices: 'matrices are decomposed', eliminations: 'matrices are eliminated, and a factorization that failed is told rather than raised',
  eigenvalues: 'matrices are general or complex', attention_and_alignments: 'attention and alignments are computed',
  torchvision_ops: 'boxes are compared and feature maps combined, by torchvision', torchvision_transforms: 'images are transformed, by torchvision',
  torchvision_surroundings: "torchvision's models are found by name, taken apart and subclassed",
};

const number = /-?\d+\.?\d*(?:e[+-]?\d+)?/g;

/** Lines of `actual` that differ from `expected` in their text, or in a number by more than 1e-3 relative and 2e-4 absolute. */
function differences(actual: string, expected: string): string[] {
  const [ours, theirs] = [actual.split('\n'), expected.split('\n')];
  const found = ours.length === theirs.length ? [] : [`${ours.length} lines instead of ${theirs.length}`];
  theirs.forEach((line, index) => {
    if (!isNear(ours[index] ?? '', line)) found.push(`line ${index + 1}:\n  ${ours[index]}\n  ${line} (PyTorch)`);
  });
  return found;
}

function isNear(ours: string, theirs: string): boolean {
  const shape = (line: string): string => line.replace(number, '#').split(/\s+/).join(' ');
  if (shape(ours) !== shape(theirs)) return false;
  const numbers = (line: string): number[] => (line.match(number) ?? []).map(Number);
  const expected = numbers(theirs);
  return numbers(ours).every((value, index) => {
    const other = expected[index]!;
    return Math.abs(value - other) <= 1e-3 * Math.max(Math.abs(value), Math.abs(other)) + 2.1e-4;
  });
}

describe('the torch shim', () => {
  for (const [name, claim] of Object.entries(exact)) {
    it(`prints what PyTorch prints, to the letter, where ${claim} (${name})`, async () => {
      const { stdout, errors } = await runPython(read(`${name}.py`));
      assert.equal(errors, '');
      assert.deepEqual(stdout.split('\n'), read(`${name}.txt`).split('\n'));
    });
  }
  for (const [name, claim] of Object.entries(near)) {
    it(`prints what PyTorch prints, numbers within 1e-3, where ${claim} (${name})`, async () => {
      const { stdout, errors } = await runPython(read(`${name}.py`));
      assert.equal(errors, '');
      assert.deepEqual(differences(stdout, read(`${name}.txt`)), []);
    });
  }
});
