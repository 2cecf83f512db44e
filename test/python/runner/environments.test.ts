// Environments of gym and Gymnasium: each file gets the interface that it was written for.
import { strict as assert } from 'node:assert';
import { RanFile } from './runFile.ts';

const agent = 'import torch\nnet = torch.nn.Linear(4, 2)\n';

describe('an environment', () => {
  it('gives what the file takes apart: four things and a bare observation, or five and two', async () => {
    const old = `import gym\n${agent}env = gym.wrappers.ClipAction(gym.make("CartPole-v1"))\nstate = env.reset()\nfor _ in range(12):\n    state, reward, done, _ = env.step(0)\n    if done:\n        state = env.reset()\nnet(torch.tensor(state).unsqueeze(0))\n`;
    const today = `import gymnasium as gym\n${agent}env = gym.make("CartPole-v1")\nstate, _ = env.reset()\nfor _ in range(12):\n    state, reward, ended, cut, _ = env.step(0)\nnet(torch.tensor(state).unsqueeze(0))\n`;
    const rest = `import gymnasium as gym\n${agent}env = gym.make("CartPole-v1")\nstate, _ = env.reset()\nstate, reward, done, *_ = env.step(0)\nnet(torch.tensor(state).unsqueeze(0))\n`;
    const indexed = `import gymnasium as gym\n${agent}env = gym.make("CartPole-v1")\nstate = env.reset()[0]  # the observation\nnet(torch.tensor(state).unsqueeze(0))\n`;
    for (const text of [old, today, rest, indexed]) {
      const ran = await RanFile.of(text);
      assert.deepEqual([ran.diagnostics.filter((line) => !line.includes('CartPole')), ran.trace().rows], [[], ['. Linear → (1, 2)']]);
    }
  });

  it('subclasses wrappers of environments that are written with their types', async () => {
    const ran = await RanFile.of('import gymnasium as gym, numpy as np\nclass Skip(gym.Wrapper[np.ndarray, int, np.ndarray, int]):\n    pass\nprint(Skip(gym.make("CartPole-v1")).observation_space.shape)\n');
    assert.deepEqual([ran.run.output, ran.diagnostics.filter((each) => !each.includes('is not here'))], ['(4,)\n', []]);
  });

  it('has environments\' spaces and wrappers by the modules that they lie in, and the names of a game\'s actions', async () => {
    const ran = await RanFile.of('import gym\nfrom gym.spaces.box import Box\nfrom gymnasium.spaces.discrete import Discrete\nfrom gym.wrappers.clip_action import ClipAction\nfrom gym.spaces import Box as Same\ngame = ClipAction(gym.make("BreakoutNoFrameskip-v4"))\nprint(Box is Same, Discrete(3).n, game.unwrapped.get_action_meanings(), hasattr(gym.make("CartPole-v1"), "get_action_meanings"))\n');
    assert.deepEqual([ran.run.output, ran.diagnostics.filter((each) => !each.includes('is not here'))], ["True 3 ['NOOP', 'FIRE', 'RIGHT', 'LEFT'] False\n", []]);
  });

  it('of Roboschool and PyBullet has their observations and actions', async () => {
    const ran = await RanFile.of('import gym\nfor name in ("RoboschoolWalker2d-v1", "AntBulletEnv-v0"):\n    env = gym.make(name)\n    print(env.observation_space.shape, env.action_space.shape)\n');
    assert.equal(ran.run.output, '(22,) (6,)\n(28,) (8,)\n');
  });
});
