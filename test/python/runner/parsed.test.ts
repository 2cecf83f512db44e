import { strict as assert } from 'node:assert';
import { runPython } from '../harness.ts';

/** Edits a file at random, some lines at a time, and prints each text whose tree or code is not what reading all of it gives. */
const edits = String.raw`
import ast, random
from _lens.source import loops, parsed

PARTS = ["x = 1", "y = (1,", "  2)", "if x:", "    y = 2", "else:", "    y = 3", "@staticmethod", "def f(a):", "    for k in a:", "        print(k)", "    return a", "class C:",
         "    def g(self):", "        return 'é', lambda: self", "", "# words", "s = '''", "text", "'''", "a = 1; b = 2", "c = 1; d = [", "1]", "while x:", "    x = 0", "try:", "    pass",
         "except E:", "finally:", "x = 1 + \\", "    2", "if __name__ == '__main__':", "    for i in f([1]):", "        i", "\tz = 1", "from __future__ import annotations"]

def positions(code):
    return [code.co_firstlineno, *code.co_positions(), *[positions(inner) for inner in code.co_consts if isinstance(inner, type(code))]]

def read(text):
    try:
        return loops.watched(ast.parse(text, "f.py"), text)
    except (SyntaxError, RecursionError) as error:
        return str(error)

def written(tree):
    return tree if isinstance(tree, str) else ast.dump(tree, include_attributes=True)

def code_of(statement):
    try:
        return positions(parsed.code_of(statement, "f.py", 0))[2:]  # without those where a module begins
    except SyntaxError as error:
        return str(error)

draw = random.Random(0)
lines, kept, wrong, refused = ['x = 1', 'def f(a):', '    for k in a: k', '    return a', ''] * 10, 0, 0, 0
for step in range(600):
    at = draw.randrange(len(lines) + 1)
    before = list(lines)
    lines[at:at + draw.choice((0, 0, 1, 1, 3))] = draw.choices(PARTS, k=draw.choice((0, 1, 1, 2, 6)))
    text = draw.choice(("\n", "\n", "\r\n", "\r")).join(lines)
    expected = read(text.replace("\r\n", "\n").replace("\r", "\n"))
    if isinstance(expected, str):
        lines = before
        if draw.random() < 0.9:
            continue
    last = {id(node) for node in parsed._last.body} if parsed._last else set()
    try:
        found = parsed.parsed("f.py", text)[0]
    except SyntaxError as error:
        found = str(error)
        refused += 1
    if written(found) != written(expected):
        wrong += 1
        print("tree", repr(text))
    elif not isinstance(found, str):
        kept += sum(id(node) in last for node in found.body)
        if [code_of(node) for node in found.body] != [code_of(node) for node in expected.body]:
            wrong += 1
            print("code", repr(text))
print(wrong, kept, refused)
`;

describe('reading a file again', () => {
  it('gives the tree and the code of the whole text, whatever was edited', async () => {
    const { stdout, errors } = await runPython(edits);
    assert.equal(errors, '');
    const [wrong, kept, refused] = stdout.split(' ').map(Number);
    assert.equal(wrong, 0, stdout);
    assert.ok(kept! > 500 && refused! > 10, `${kept} statements were kept, ${refused} texts were not Python`);
  });

  it('makes tables of what the text says, each time anew', async () => {
    const { stdout, errors } = await runPython(String.raw`
import ast
from _lens.source import parsed, tables
rows = "".join(f" [{i}, -{i}.5, 'a{i}', None, True, (1,), {{'k': {i}}}],\n" for i in range(600))
text = f"A = [\n{rows}]\nB = dict(x=({rows}))\nC = {{\n{''.join(f' {i}: -{i},' + chr(10) for i in range(600))}}}\nD = [\n{' abs(-1),' * 2 + chr(10)}{rows}]\nE = {{\n{' 1,' + chr(10)}{''.join(f' {i},' + chr(10) for i in range(600))}}}\n"
expected, found = {}, {}
exec(text, expected)
for statement in parsed.parsed("t.py", text)[0].body:
    code = parsed.code_of(statement, "t.py", 0)
    exec(code, found)
    first = [found[name] for name in "ABCDE" if name in found][-1]
    exec(code, found)
    print(len(statement.lens_tables), first is not [found[name] for name in "ABCDE" if name in found][-1])
print(all(repr(expected[name]) == repr(found[name]) for name in "ABCDE"))
`);
    assert.equal(errors, '');
    assert.equal(stdout, '1 True\n1 True\n1 True\n0 True\n1 True\nTrue\n');
  });
});
