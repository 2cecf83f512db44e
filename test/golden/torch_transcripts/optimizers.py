# Steps of every optimizer, and rates of every scheduler.
import copy

import torch
from torch import nn, optim
from torch.optim import lr_scheduler
from torch.optim.optimizer import Optimizer, required
from torch.optim.swa_utils import SWALR, AveragedModel, get_ema_multi_avg_fn, update_bn

X = torch.linspace(-1, 1, 12).reshape(4, 3)
Y = torch.tensor([[0.5, -1.0], [0.0, 1.0], [2.0, 0.3], [-0.7, 0.1]])


def model():
    torch.manual_seed(3)
    return nn.Sequential(nn.Linear(3, 4), nn.Tanh(), nn.Linear(4, 2))


def run(name, make, steps=3, parameters=lambda net: net.parameters(), digits=5):
    net = model()
    optimizer = make(parameters(net))

    def closure():
        optimizer.zero_grad()
        loss = ((net(X) - Y) ** 2).mean()
        loss.backward()
        return loss
    losses = [optimizer.step(closure).item() for _ in range(steps)]
    print(name, " ".join(f"{loss:.{digits}f}" for loss in losses), f"{sum(p.sum().item() for p in net.parameters()):.{digits}f}", sorted(optimizer.defaults))


run("SGD", lambda p: optim.SGD(p, 0.1))
run("SGD momentum", lambda p: optim.SGD(p, 0.1, 0.9, weight_decay=0.01, nesterov=True))
run("SGD dampening", lambda p: optim.SGD(p, 0.1, momentum=0.9, dampening=0.5, maximize=True))
run("Adam", lambda p: optim.Adam(p, 0.05))
run("Adam amsgrad", lambda p: optim.Adam(p, 0.05, (0.8, 0.9), 1e-6, 0.1, True))
run("AdamW", lambda p: optim.AdamW(p, 0.05, weight_decay=0.3))
run("Adamax", lambda p: optim.Adamax(p, 0.05))
run("Adamax decay", lambda p: optim.Adamax(p, 0.05, (0.5, 0.6), weight_decay=0.2))
run("NAdam", lambda p: optim.NAdam(p, 0.05))
run("NAdam decoupled", lambda p: optim.NAdam(p, 0.05, weight_decay=0.2, momentum_decay=0.01, decoupled_weight_decay=True))
run("RAdam", lambda p: optim.RAdam(p, 0.05), 7)
run("RAdam decay", lambda p: optim.RAdam(p, 0.05, (0.7, 0.8), weight_decay=0.2), 7)
run("Adadelta", lambda p: optim.Adadelta(p))
run("Adadelta decay", lambda p: optim.Adadelta(p, 0.5, 0.8, 1e-4, 0.1))
run("Adagrad", lambda p: optim.Adagrad(p, 0.1, 0.1, 0.05, 0.1))
run("RMSprop", lambda p: optim.RMSprop(p))
run("RMSprop centered", lambda p: optim.RMSprop(p, 0.01, 0.8, 1e-6, 0.05, 0.9, True))
run("Rprop", lambda p: optim.Rprop(p), 7)
run("ASGD", lambda p: optim.ASGD(p, 0.1, weight_decay=0.1))
run("ASGD averaging", lambda p: optim.ASGD(p, 0.1, t0=1))
run("Adafactor", lambda p: optim.Adafactor(p))
run("Adafactor decay", lambda p: optim.Adafactor(p, 0.05, -0.5, (1e-6, 1e-2), 2.0, 0.1))
run("LBFGS", lambda p: optim.LBFGS(p, 0.5, max_iter=3))
run("LBFGS history", lambda p: optim.LBFGS(p, max_iter=4, history_size=2), 2)
run("Muon", lambda p: optim.Muon(p, 0.05), parameters=lambda net: [p for p in net.parameters() if p.dim() == 2], digits=1)  # in bfloat16
run("groups", lambda p: optim.SGD([{"params": [p[0]], "lr": 0.5}, {"params": p[1:]}], lr=0.01, momentum=0.5), parameters=lambda net: list(net.parameters()))
run("named", lambda p: optim.Adam(p, 0.01), parameters=lambda net: net.named_parameters())

weights = nn.Parameter(torch.tensor([1.0, 2.0]))
for make in (lambda: optim.SGD([weights], -1), lambda: optim.SGD([weights], 0.1, nesterov=True), lambda: optim.Adam([weights], betas=(1.0, 0.9)), lambda: optim.Adam([]),
             lambda: optim.Adam(weights), lambda: optim.Rprop([weights], etas=(2, 3)), lambda: optim.LBFGS([{"params": [weights]}, {"params": [nn.Parameter(torch.ones(1))]}]),
             lambda: optim.SGD([{"params": [weights]}, {"params": [weights]}], 0.1), lambda: optim.SGD(["w"], 0.1), lambda: optim.SGD([weights * 2], 0.1),
             lambda: optim.Muon([weights]), lambda: optim.Adadelta([weights], rho=2), lambda: optim.AdamW([weights], weight_decay=-1)):
    try:
        print(make())
    except Exception as error:
        print(type(error).__name__, str(error)[:150])


class Own(Optimizer):
    def __init__(self, params, lr=required, beta=0.9):
        super().__init__(params, dict(lr=lr, beta=beta))

    @torch.no_grad()
    def step(self, closure=None):
        for group in self.param_groups:
            for p in group["params"]:
                if p.grad is None:
                    continue
                state = self.state[p]
                if len(state) == 0:
                    state["step"], state["average"] = 0, torch.zeros_like(p.data)
                state["step"] += 1
                state["average"].mul_(group["beta"]).add_(p.grad.data, alpha=1 - group["beta"])
                p.data.addcdiv_(state["average"], p.grad.data.abs().sqrt().add_(1e-3), value=-group["lr"])


own = Own([weights], 0.1)
for _ in range(2):
    own.zero_grad()
    (weights ** 3).sum().backward()
    own.step()
print(weights, own.state_dict())
print(own, required, optim.Adam([weights]))

other = optim.SGD([weights], 0.1, momentum=0.9)
calls = []
handles = [other.register_step_pre_hook(lambda *a: calls.append("before")), other.register_step_post_hook(lambda *a: calls.append("after"))]
weights.grad = torch.ones(2)
other.step()
handles[0].remove()
other.step()
saved = copy.deepcopy(other.state_dict())
fresh = optim.SGD([weights], 0.5)
fresh.load_state_dict(saved)
print(calls, saved, fresh.param_groups[0]["lr"], fresh.state[weights]["momentum_buffer"])
other.add_param_group({"params": [nn.Parameter(torch.zeros(1))], "lr": 7.0})
print(len(other.param_groups), other.param_groups[1]["lr"], other.param_groups[1]["momentum"])


def rates(make, steps=12, momentum=False, lr=0.05):
    net = model()
    optimizer = optim.SGD([{"params": net[0].parameters()}, {"params": net[2].parameters(), "lr": 0.2}], lr=lr, momentum=0.9)
    scheduler = make(optimizer)
    seen = []
    for _ in range(steps):
        seen.append([group["lr"] for group in optimizer.param_groups] + ([optimizer.param_groups[0]["momentum"]] if momentum else []))
        optimizer.step()
        scheduler.step()
    print(type(scheduler).__name__, [[f"{rate:.9g}" for rate in each] for each in seen], scheduler.last_epoch if hasattr(scheduler, "last_epoch") else None, [f"{x:.9g}" for x in scheduler.get_last_lr()])


rates(lambda o: lr_scheduler.LambdaLR(o, lambda epoch: 0.95 ** epoch))
rates(lambda o: lr_scheduler.LambdaLR(o, [lambda epoch: epoch // 3, lambda epoch: 0.5 ** epoch]))
rates(lambda o: lr_scheduler.MultiplicativeLR(o, lambda epoch: 0.9))
rates(lambda o: lr_scheduler.StepLR(o, 3))
rates(lambda o: lr_scheduler.MultiStepLR(o, [2, 5, 5, 8], 0.5))
rates(lambda o: lr_scheduler.ConstantLR(o))
rates(lambda o: lr_scheduler.LinearLR(o, 0.2, 0.9, 6))
rates(lambda o: lr_scheduler.ExponentialLR(o, 0.8))
rates(lambda o: lr_scheduler.PolynomialLR(o, 7, 2.0))
rates(lambda o: lr_scheduler.CosineAnnealingLR(o, 5, 0.01))
rates(lambda o: lr_scheduler.CosineAnnealingWarmRestarts(o, 3, 2, 0.001))
rates(lambda o: lr_scheduler.CyclicLR(o, 0.01, 0.1, 3), momentum=True)
rates(lambda o: lr_scheduler.CyclicLR(o, [0.01, 0.02], 0.1, 2, 3, "exp_range", 0.9, cycle_momentum=False))
rates(lambda o: lr_scheduler.CyclicLR(o, 0.01, 0.1, 2, mode="triangular2"), momentum=True)
rates(lambda o: lr_scheduler.OneCycleLR(o, 0.1, total_steps=12), momentum=True)
rates(lambda o: lr_scheduler.OneCycleLR(o, [0.1, 0.3], epochs=3, steps_per_epoch=5, anneal_strategy="linear", three_phase=True, pct_start=0.4), momentum=True)
rates(lambda o: lr_scheduler.SequentialLR(o, [lr_scheduler.LinearLR(o, 0.1, total_iters=4), lr_scheduler.CosineAnnealingLR(o, 8)], [4]))
rates(lambda o: lr_scheduler.SequentialLR(o, [lr_scheduler.ConstantLR(o, 0.1, 2), lr_scheduler.ExponentialLR(o, 0.9), lr_scheduler.StepLR(o, 2)], [3, 7]))
rates(lambda o: lr_scheduler.ChainedScheduler([lr_scheduler.ConstantLR(o, 0.1, 4), lr_scheduler.ExponentialLR(o, 0.9)]))
rates(lambda o: SWALR(o, 0.01, 4))
rates(lambda o: SWALR(o, [0.01, 0.5], 3, "linear"))

optimizer = optim.SGD([weights], 1.0)
plateau = lr_scheduler.ReduceLROnPlateau(optimizer, "min", 0.5, 1, cooldown=1, min_lr=0.2)
for loss in (3.0, 2.0, 2.0, 2.5, 2.5, 2.4, 2.4, 2.4, 2.4, torch.tensor(1.0), 1.0, 1.0, 1.0):
    plateau.step(loss)
    print(optimizer.param_groups[0]["lr"], plateau.num_bad_epochs, plateau.best, plateau.in_cooldown, end=" ")
print()
step = lr_scheduler.StepLR(optimizer, 2)
state = step.state_dict()
print(sorted(name for name in state if not name.startswith("_")), state["last_epoch"])
for make in (lambda: lr_scheduler.StepLR("sgd", 2), lambda: lr_scheduler.LambdaLR(optimizer, [abs, abs]), lambda: lr_scheduler.OneCycleLR(optimizer, 0.1), lambda: lr_scheduler.ReduceLROnPlateau(optimizer, "mean"),
             lambda: lr_scheduler.CyclicLR(optimizer, 0.1, 0.2, mode="x"), lambda: lr_scheduler.CosineAnnealingWarmRestarts(optimizer, 0), lambda: lr_scheduler.SequentialLR(optimizer, [], []),
             lambda: lr_scheduler.LinearLR(optimizer, 0.0), lambda: lr_scheduler.ExponentialLR(optim.SGD([weights], 0.1), 0.5, last_epoch=3)):
    try:
        print(make())
    except Exception as error:
        print(type(error).__name__, str(error)[:120])


class Warmup(lr_scheduler._LRScheduler):
    def __init__(self, optimizer, total, last_epoch=-1):
        self.total = total
        super().__init__(optimizer, last_epoch)

    def get_lr(self):
        return [base * self.last_epoch / self.total for base in self.base_lrs]


rates(lambda o: Warmup(o, 4), 5)

net = nn.Sequential(nn.Linear(3, 4), nn.BatchNorm1d(4))
torch.manual_seed(0)
for parameter in net.parameters():
    nn.init.normal_(parameter)
swa, ema = AveragedModel(net), AveragedModel(net, multi_avg_fn=get_ema_multi_avg_fn(0.9))
sgd = optim.SGD(net.parameters(), 0.1)
for _ in range(3):
    sgd.zero_grad()
    net(X).square().sum().backward()
    sgd.step()
    swa.update_parameters(net)
    ema.update_parameters(net)
update_bn([X, X * 2], swa)
print(swa.n_averaged, swa.module[0].weight, ema.module[0].bias, swa.module[1].running_mean, swa(X).shape)

# What schedulers keep
kept = torch.optim.SGD([torch.nn.Parameter(torch.ones(2))], 0.1)
for scheduler in (torch.optim.lr_scheduler.StepLR(kept, 2), torch.optim.lr_scheduler.CosineAnnealingLR(kept, 5)):
    print(sorted(scheduler.state_dict().items()))
