// A text test so cheap that it can run on every keystroke: does this file name a framework at all? It decides whether a file is run unasked.

const deepImport = /^[ \t]*(?:from|import)\b[^\n#]*\b(?:torch|keras|tf_keras|tensorflow)\b/m;
const numpyImport = /^[ \t]*(?:from|import)\b[^\n#]*\bnumpy\b/m;

/** Which kind of file this is: one that names a deep learning framework, one that names NumPy only, or neither. */
export function frameworkNamed(text: string): 'deep' | 'numpy' | null {
  if (deepImport.test(text)) return 'deep';
  return numpyImport.test(text) ? 'numpy' : null;
}
