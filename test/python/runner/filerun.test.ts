import { strict as assert } from 'node:assert';
import { itRuns, type RunCase } from './runCase.ts';
import { RanFile } from './runFile.ts';

const cases: readonly RunCase[] = [
  {
    title: 'reports a failing statement at the expression that failed and runs the rest',
    text: 'a = 1\nb = a + (a / 0)\nprint(a)\n',
    diagnostics: ['python 2:9-14 ZeroDivisionError: division by zero'],
    output: '1\n',
  },
  {
    title: 'says what a failed line took with it, without counting it as another error',
    text: 'x = 1 / 0\ny = x + 1\nprint(y)\n',
    diagnostics: [
      'python 1:4-9 ZeroDivisionError: division by zero',
      'skipped 2:4-5 `x` was not defined because line 1 failed',
      'skipped 3:6-7 `y` was not defined because line 1 failed',
    ],
    output: '',
  },
  {
    title: 'counts columns in UTF-16 units behind characters of several bytes',
    text: 'print("é€😀", 1 / 0)\n',
    diagnostics: ['python 1:14-19 ZeroDivisionError: division by zero'],
  },
  {
    title: 'points into the function that failed, not at its caller',
    text: 'def f(v):\n    return v["k"]\n\nf({})\n',
    diagnostics: ["python 2:11-17 KeyError: 'k'"],
  },
  {
    title: 'reports a syntax error once, where it is, and runs nothing',
    text: 'print("before")\ndef f(:\n    pass\n',
    diagnostics: ['syntax 2:6-7 invalid syntax'],
    output: '',
  },
  {
    title: 'lets a name that was never defined stay an error',
    text: 'print(gone)\n',
    diagnostics: ["python 1:6-10 NameError: name 'gone' is not defined"],
  },
  {
    title: 'runs the main block statement by statement',
    text: 'if __name__ == "__main__":\n    print(1)\n    1 / 0\n    print(2)\n',
    diagnostics: ['python 3:4-9 ZeroDivisionError: division by zero'],
    output: '1\n2\n',
  },
  {
    title: 'ends quietly where the file exits',
    text: 'import sys\nprint(1)\nsys.exit(0)\nprint(2)\n',
    diagnostics: [],
    output: '1\n',
  },
  {
    title: 'stops a loop that does not end, at the line where it runs',
    text: 'n = 0\nwhile True:\n    n += 1\nprint("never")\n',
    options: { timeLimitSeconds: 0.5 },
    diagnostics: [/^limit [23]:\d+-\d+ stopped after 0\.5 s: this loop did not end$/],
    output: '',
  },
  {
    title: 'reports endless recursion as a limit',
    text: 'def f(n):\n    return f(n + 1)\nf(0)\n',
    diagnostics: ['limit 2:11-19 maximum recursion depth exceeded'],
  },
  {
    title: 'cuts what is printed without end',
    text: 'for i in range(20000):\n    print("0123456789")\n',
    diagnostics: [],
  },
  {
    title: 'keeps the meaning of break, continue, else and return in loops',
    text: [
      'def first_even(items):', '    for item in items:', '        if item % 2:', '            continue', '        return item', '    else:',
      '        return None', 'print(first_even([1, 3, 4, 5]), first_even([1]))', 'n = 0', 'while True:', '    n += 1', '    if n == 3: break',
      'print(n)', 'def numbers():', '    for i in range(2):', '        yield i', 'print(list(numbers()))', '',
    ].join('\n'),
    diagnostics: [],
    output: '4 None\n3\n[0, 1]\n',
  },
  {
    title: 'runs what is awaited, in no time, and ends what nothing would ever wake',
    text: [
      'import asyncio, time', 'async def tick(n):', '    await asyncio.sleep(3600 * n)', '    return n', 'async def main():',
      '    return await asyncio.gather(tick(2), tick(1))', 'print(asyncio.run(main()))', 'asyncio.run(asyncio.wait_for(tick(1), 5))', 'async def never():', '    await asyncio.Event().wait()',
      'asyncio.run(never())', '',
    ].join('\n'),
    diagnostics: ['python 8:0-41 TimeoutError', 'python 11:0-20 RuntimeError: what is awaited never comes'],
    output: '[2, 1]\n',
  },
  {
    title: 'keeps a limit of recursion, and its own handler of the signal that ends what runs too long',
    text: 'import signal, sys\nsignal.signal(signal.SIGINT, signal.SIG_IGN)\nsys.setrecursionlimit(10 ** 9)\ndef f(n): return f(n + 1)\nf(0)\nprint(signal.getsignal(signal.SIGINT) is signal.SIG_IGN)\n',
    diagnostics: ['limit 4:17-25 maximum recursion depth exceeded'],
    output: 'False\n',
  },
  {
    title: 'tells an interrupt of the file\'s own from the time limit',
    text: 'raise KeyboardInterrupt\n',
    diagnostics: ['limit 1:0-23 KeyboardInterrupt'],
    output: '',
  },
  {
    title: 'shows the other models where one cannot be looked at',
    text: 'import torch.nn as nn\nclass Odd(nn.Module):\n    def named_modules(self, *args, **kwargs):\n        raise OSError("none")\nnet = nn.Linear(2, 3)\nodd = Odd()\n',
    diagnostics: ['python 4:8-29 OSError: none'],
  },
  {
    title: 'neither waits nor asks',
    text: 'import time\ntime.sleep(3600)\nname = input("name? ")\nprint(repr(name))\n',
    diagnostics: ['skipped 3:7-22 `input()` is answered with an empty line'],
    output: "''\n",
  },
  {
    title: 'reads a chain of as many operators as Python itself reads',
    text: `print(${'1 + '.repeat(1500)}1)\n`,
    diagnostics: [],
    output: '1501\n',
  },
  {
    title: 'says that a file with null bytes is no text of Python',
    text: 'import torch\n\0\u0001',
    diagnostics: ['syntax 2:0-1 this is not the text of a Python file: it has null bytes'],
  },
  {
    title: 'counts lines as Python does, which ends none at a form feed or a line separator',
    text: 'a = "\u000c\u2028\u0085"\n1 / 0\n',
    diagnostics: ['python 2:0-5 ZeroDivisionError: division by zero'],
  },
  {
    title: 'reports an error that cannot say what it is by its class, and a long one by its beginning',
    text: 'class Mute(Exception):\n    def __str__(self): return 1 / 0\nraise Mute()\nraise ValueError("x" * 10 ** 6)\n',
    diagnostics: ['python 3:0-12 Mute', `python 4:0-31 ValueError: ${'x'.repeat(2000)}…`],
  },
  {
    title: 'honours `from __future__`, dataclasses and string annotations',
    text: [
      'from __future__ import annotations', 'import dataclasses', '@dataclasses.dataclass', 'class Config:', '    size: int = 3', '    next: Config | None = None',
      'print(Config(4))', '',
    ].join('\n'),
    diagnostics: [],
    output: 'Config(size=4, next=None)\n',
  },
];

describe('a file that is run statement by statement', () => {
  cases.forEach(itRuns);

  it('leaves a loop that computes for longer than the file may run, and goes on behind it', async () => {
    const text = 'import torch\nw = torch.zeros(2)\nfor step in range(10 ** 9):\n    w -= 0.1 * (w.sum().item() - 1)\nprint(torch.nn.Linear(2, 3)(w).shape)\n';
    const ran = await RanFile.of(text, { timeLimitSeconds: 1 });
    assert.match(ran.diagnostics.join('\n'), /^skipped 3:0-26 the loop was left after \d+ turns: all of it takes longer than 1 s$/);
    assert.equal(ran.run.output, 'torch.Size([3])\n');
  });

  it('makes a model of other things where one that it might be made of exits', async () => {
    const net = 'class Net(torch.nn.Module):\n    def __init__(self, layers, model=None):\n        super().__init__()\n        self.fc = torch.nn.Linear(len(layers), 2)\n    def forward(self, x):\n        return self.fc(x)\n';
    const made = await RanFile.of(`import sys, torch\ndef small():\n    sys.exit("no data")\n    return Net([2, 2])\ndef large():\n    return Net([2, 2, 2])\n${net}`);
    assert.deepEqual([made.trace('Net').diagnostics, made.trace('Net').rows], [[], ['. Net → (32, 2)', '  fc Linear → (32, 2)']]);
    const part = 'class Part(torch.nn.Module):\n    def __init__(self):\n        super().__init__()\n        self.fc = torch.nn.Linear(3, 3)\n        sys.exit("no data")\n    def forward(self, x):\n        return self.fc(x)\n';
    const whole = 'class Whole(torch.nn.Module):\n    def __init__(self, model):\n        super().__init__()\n        self.model = model\n        self.fc = torch.nn.Linear(10, 2)\n    def forward(self, x):\n        return self.fc(self.model(x))\n';
    assert.deepEqual((await RanFile.of(`import sys, torch\n${part}${whole}`)).trace('Whole').diagnostics, []);
  });

  it('says where a model exits that is made or called', async () => {
    for (const [place, init, forward] of [['5:8-19', 'sys.exit(3)', 'pass'], ['7:8-19', 'self.fc = torch.nn.Linear(2, 2)', 'sys.exit(3)']]) {
      const ran = await RanFile.of(`import sys, torch\nclass Net(torch.nn.Module):\n    def __init__(self):\n        super().__init__()\n        ${init}\n    def forward(self, x):\n        ${forward}\n`);
      assert.deepEqual(ran.trace().diagnostics, [`python ${place} SystemExit: 3`]);
    }
  });
});
