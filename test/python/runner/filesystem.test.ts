// Read as statements about what `os`, `glob`, `pathlib` and `shutil` say to a script of the files around it.
import assert from 'node:assert/strict';
import { itRuns } from './runCase.ts';
import { RanFile } from './runFile.ts';

const files = { 'config/net.txt': '12', 'data/names/Irish.txt': 'Murphy', 'data/names/Dutch.txt': 'Aalst', 'data/readme.md': 'names', 'shared/models/part.py': 'WIDTH = 4\n' };

/** What a script prints, which nothing is to be said of. */
async function printed(text: string, path = 'model.py'): Promise<string> {
  const ran = await RanFile.of(`import glob, os, shutil\nfrom pathlib import Path\n${text}\n`, { files, path });
  assert.deepEqual(ran.diagnostics, []);
  return ran.run.output;
}

describe('the files that a script sees', () => {
  itRuns({
    title: 'reads files of the workspace, and keeps what is written in memory',
    text: [
      'with open("data/words.txt") as f:', '    print(f.read().split())', 'print(open("data/words.txt", "rb").read(3))', 'with open("out.txt", "w") as f:', '    f.write("kept")',
      'print(open("out.txt").read())', 'open("nowhere.txt")', '',
    ].join('\n'),
    options: { files: { 'data/words.txt': 'one two' } },
    diagnostics: ["python 7:0-19 FileNotFoundError: [Errno 44] No such file or directory: 'nowhere.txt'"],
    output: "['one', 'two']\nb'one'\nkept\n",
  });

  it('is there when it asks for it, can be read and copied', async () => {
    const ran = await RanFile.of(`import os, shutil
from pathlib import Path
print(os.path.exists("config/net.txt"), os.path.isfile("config/net.txt"), os.path.getsize("config/net.txt"), os.path.exists("config/no.txt"))
print(Path("config/net.txt").read_text(), Path("config/net.txt").exists())
os.makedirs("runs", exist_ok=True)
shutil.copy("config/net.txt", "runs")
print(open("runs/net.txt").read())
import numpy as np
print(np.memmap("config/net.txt", dtype=np.uint8, mode="r"), np.fromfile("runs/net.txt", dtype=np.uint8))
`, { files });
    assert.deepEqual([ran.diagnostics, ran.run.output], [[], 'True True 2 False\n12 True\n12\n[49 50] [49 50]\n']);
  });

  it('are listed by every function that lists', async () => {
    assert.equal(await printed('print(os.listdir("data"), [(e.name, e.is_dir(), e.path) for e in os.scandir("data")], glob.glob("data/names/*.txt"), glob.glob("**/*.md", recursive=True))\n'
      + 'print([str(p) for p in sorted(Path("data").iterdir())], [p.stem for p in sorted(Path("data").glob("names/*.txt"))], [str(p) for p in Path("data").rglob("*.md")])\nprint(list(os.walk("data")))'),
    "['names', 'readme.md'] [('names', True, 'data/names'), ('readme.md', False, 'data/readme.md')] ['data/names/Dutch.txt', 'data/names/Irish.txt'] ['data/readme.md']\n"
      + "['data/names', 'data/readme.md'] ['Dutch', 'Irish'] ['data/readme.md']\n[('data', ['names'], ['readme.md']), ('data/names', [], ['Dutch.txt', 'Irish.txt'])]\n");
  });

  it('are known as folders or files, with their sizes', async () => {
    assert.equal(await printed('print(os.path.isdir("data"), os.path.isfile("data"), Path("data/names").is_dir(), Path("data/names/Irish.txt").stat().st_size, os.path.exists("dat"), os.access("data", os.R_OK), os.access("data", os.W_OK))'),
      'True False True 6 False True False\n');
  });

  it('lie beside the file or beside a folder around it, by their own or by whole names', async () => {
    assert.equal(await printed('here = os.path.dirname(os.path.abspath(__file__))\nprint(os.listdir("models"), os.listdir("data"), os.listdir(os.path.join(here, "models")), os.listdir(os.path.join(os.getcwd(), "data")), "models" in os.listdir())\n'
      + 'print(os.listdir("../shared"), Path("../data").resolve().is_dir())\nos.chdir(here)\nprint(os.listdir("models"), open("../data/readme.md").read())', 'shared/model.py'), "['part.py'] ['names', 'readme.md'] ['part.py'] ['names', 'readme.md'] True\n['model.py', 'models'] True\n['part.py'] names\n");
  });

  it('are those that it writes too, which lie in memory', async () => {
    assert.equal(await printed('open("data/new.txt", "w").write("a")\nos.mkdir("data/names/more")\nos.makedirs("data", exist_ok=True)\nprint(os.listdir("data"), sorted(os.listdir("data/names")))\n'
      + 'open("data/readme.md", "w").write("written")\nprint(os.path.getsize("data/readme.md"), open("data/readme.md").read(), os.listdir("data").count("readme.md"))'),
    "['new.txt', 'names', 'readme.md'] ['Dutch.txt', 'Irish.txt', 'more']\n7 written 1\n");
  });

  it('stay as they are where it removes them', async () => {
    assert.equal(await printed('os.remove("config/net.txt")\nshutil.rmtree("data")\nprint(open("config/net.txt").read(), os.listdir("data"))'), "12 ['names', 'readme.md']\n");
  });

  for (const [call, said] of Object.entries({
    'os.listdir("dat")': "FileNotFoundError: [Errno 44] No such file or directory: 'dat'", 'os.stat("data/no")': "FileNotFoundError: [Errno 44] No such file or directory: 'data/no'",
    'os.remove("data/no")': "FileNotFoundError: [Errno 44] No such file or directory: 'data/no'", 'open("no/new.txt", "w")': "FileNotFoundError: [Errno 44] No such file or directory: 'no/new.txt'",
    'os.listdir("/etc")': "FileNotFoundError: [Errno 44] No such file or directory: '/etc'",
  })) {
    it(`are not what ${call} asks for`, async () => {
      const ran = await RanFile.of(`import os\n${call}\n`, { files });
      assert.match(ran.diagnostics.join('\n'), new RegExp(said.replace(/[[\].()]/g, '\\$&')));
    });
  }
});
