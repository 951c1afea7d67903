"""PyTorch as a yardstick of matrix products and training steps, one thread, the models of test/bench/tensors/workloads.ts.

Answers each line on stdin, "WORKLOAD SECONDS [M K N]", by one JSON line: CPU seconds of a product, or of training on one
image. The models have the layers and the loss of ours; weights and data differ.
"""

import json
import os
import sys
import time

os.environ["OMP_NUM_THREADS"] = os.environ["OPENBLAS_NUM_THREADS"] = os.environ["MKL_NUM_THREADS"] = "1"
import torch
from torch import nn
from torch.nn import functional as f

torch.set_num_threads(1)
torch.manual_seed(0)
BATCH = 64


class Vae(nn.Module):
    def __init__(self, hidden=512, code=32):
        super().__init__()
        self.encoder = nn.Linear(1000, hidden)
        self.mean = nn.Linear(hidden, code)
        self.log_variance = nn.Linear(hidden, code)
        self.decoder = nn.Linear(code, hidden)
        self.out = nn.Linear(hidden, 784)
        self.term = 0

    def forward(self, x):
        h = torch.relu(self.encoder(x))
        mean, log_variance = self.mean(h), self.log_variance(h)
        z = mean + torch.exp(0.5 * log_variance) * torch.randn_like(mean)
        divergence = 0.5 * (mean**2 + log_variance.exp() - 1 - log_variance).sum(1).mean()
        self.term = divergence / 784
        return torch.sigmoid(self.out(torch.relu(self.decoder(z))))


class Unet(nn.Module):
    """Two levels, nearest up-sampling with a 3x3 convolution, residual output."""

    def __init__(self, c=16):
        super().__init__()

        def pair(inputs, outputs):
            return nn.Sequential(
                nn.Conv2d(inputs, outputs, 3, padding=1), nn.ReLU(), nn.Conv2d(outputs, outputs, 3, padding=1), nn.ReLU()
            )

        self.down1, self.down2, self.bottom = pair(1, c), pair(c, 2 * c), pair(2 * c, 4 * c)
        self.up2, self.up1 = nn.Conv2d(4 * c, 2 * c, 3, padding=1), nn.Conv2d(2 * c, c, 3, padding=1)
        self.join2, self.join1 = pair(4 * c, 2 * c), pair(2 * c, c)
        self.out = nn.Conv2d(c, 1, 1)

    def forward(self, x):
        first = self.down1(x)
        second = self.down2(f.max_pool2d(first, 2))
        h = self.bottom(f.max_pool2d(second, 2))
        h = self.join2(torch.cat([second, self.up2(f.interpolate(h, scale_factor=2))], 1))
        h = self.join1(torch.cat([first, self.up1(f.interpolate(h, scale_factor=2))], 1))
        return torch.clamp(x + self.out(h), 0, 1)


def mlp():
    layers = [nn.Linear(1000, 512), nn.ReLU(), nn.Linear(512, 512), nn.ReLU(), nn.Linear(512, 784), nn.Sigmoid()]
    return nn.Sequential(*layers)


MODELS = {"mlp": mlp, "vae": Vae, "unet": Unet}


def median_of(step, seconds):
    for _ in range(3):
        step()
    times, end = [], time.process_time() + seconds
    while len(times) < 2 or time.process_time() < end:
        start = time.process_time()
        step()
        times.append(time.process_time() - start)
    return sorted(times)[len(times) // 2]


def product(m, k, n, seconds):
    a, b = torch.rand(m, k), torch.rand(k, n)
    with torch.no_grad():
        return {"seconds": median_of(lambda: a @ b, seconds)}


def training(name, seconds):
    net = MODELS[name]()
    image = torch.rand(BATCH, 1, 28, 28)
    x = image if name == "unet" else torch.rand(BATCH, 1000)
    optimiser = torch.optim.Adam(net.parameters(), 1e-3)
    losses = []

    def step():
        optimiser.zero_grad(set_to_none=True)
        error = f.mse_loss(net(x).reshape(BATCH, 784), image.reshape(BATCH, 784))
        loss = error + net.term if name == "vae" else error
        loss.backward()
        optimiser.step()
        losses.append(float(error))

    cost = median_of(step, seconds)
    return {"seconds": cost / BATCH, "losses": [losses[0], losses[-1]]}


for line in sys.stdin:
    name, seconds, *sizes = line.split()
    answer = product(*map(int, sizes), float(seconds)) if sizes else training(name, float(seconds))
    print(json.dumps(answer), flush=True)
