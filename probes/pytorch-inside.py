# /// script
# requires-python = "==3.12.*"
# dependencies = ["torch==2.15.0", "torch_geometric==2.8.1", "flask==3.1.3", "numpy==2.5.5", "setuptools==80.9.0"]
# ///
"""PyTorch beneath Python: its C++, compiled code and how to debug it, ways to distribute, services."""

import json
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from importlib.metadata import version
from pathlib import Path

PACKAGES = ("torch", "torch_geometric", "flask")
DECIDES = (
    "pytorch-core-cpp",
    "libtorch-cpp",
    "torch-compile-offers-speed",
    "pytorch-compiled-debugging",
    "pytorch-distributed",
    "pytorch-serves-in-python",
    "pyg-pytorch",
)

CPP = """\
#include <torch/torch.h>
#include <iostream>
int main() {
  torch::manual_seed(0);
  torch::nn::Sequential net(torch::nn::Linear(2, 16), torch::nn::Tanh(), torch::nn::Linear(16, 1));
  torch::optim::Adam adam(net->parameters(), 0.05);
  auto x = torch::rand({64, 2});
  auto y = x.prod(1, true);
  double first = 0, last = 0;
  for (int i = 0; i < 200; i++) {
    adam.zero_grad();
    auto loss = torch::mse_loss(net->forward(x), y);
    loss.backward();
    adam.step();
    last = loss.item<double>();
    if (!i) first = last;
  }
  std::cout << first << " " << last << std::endl;
}
"""
DISTRIBUTED = """\
import os, torch, torch.distributed as dist
from torch.distributed.fsdp import fully_shard
from torch.distributed.tensor import DTensor, Shard, distribute_tensor
from torch.distributed.tensor.parallel import ColwiseParallel, RowwiseParallel, parallelize_module
from torch.distributed.pipelining import PipelineStage, ScheduleGPipe
from torch.nn.parallel import DistributedDataParallel
torch.set_num_threads(1)
dist.init_process_group("gloo")
rank, mesh = dist.get_rank(), dist.init_device_mesh("cpu", (2,))
x = torch.arange(32.0).reshape(4, 8) / 32

def net():
    torch.manual_seed(0)
    return torch.nn.Sequential(torch.nn.Linear(8, 16), torch.nn.ReLU(), torch.nn.Linear(16, 8))

def near(a, b):
    a = a.full_tensor() if isinstance(a, DTensor) else a
    return bool(torch.allclose(a, b, atol=1e-5))

whole = net()
want = whole(x)
want.square().mean().backward()
told = {"DDP": near(DistributedDataParallel(net())(x), want)}
sharded = net()
fully_shard(sharded, mesh=mesh)
told["FSDP2"] = near(sharded(x), want)
split = parallelize_module(net(), mesh, {"0": ColwiseParallel(), "2": RowwiseParallel()})
told["tensor"] = near(split(x), want) and split[0].weight.to_local().shape[0] == 8
told["DTensor"] = distribute_tensor(x, mesh, [Shard(0)]).to_local().shape[0] == 2
part = net()[:2] if rank == 0 else net()[2:]
stage = PipelineStage(part, rank, 2, torch.device("cpu"))
schedule = ScheduleGPipe(stage, n_microbatches=2)
out = schedule.step(x) if rank == 0 else schedule.step()
right = torch.tensor([1.0 if rank == 0 else float(near(out, want))])
dist.broadcast(right, 1)
told["pipeline"] = bool(right.item())
told["control"] = not near(sharded(x + 1), want)
if rank == 0:
    import json
    print(json.dumps(told))
dist.destroy_process_group()
"""
SERVICE = """\
import torch
from flask import Flask, jsonify, request
torch.manual_seed(0)
model = torch.nn.Linear(3, 2).eval()
app = Flask(__name__)

@app.route("/predict", methods=["POST"])
def predict():
    with torch.inference_mode():
        return jsonify(model(torch.tensor(request.json["rows"])).tolist())
"""


def run(command):
    """Run a line in bash."""
    return subprocess.run(["bash", "-c", command], capture_output=True, text=True, check=False)


def observe():
    """Give the id of what is decided, whether it holds, and what was observed."""
    import torch
    from torch.utils._python_dispatch import TorchDispatchMode

    class Calls(TorchDispatchMode):
        def __init__(self):
            super().__init__()
            self.names = set()

        def __torch_dispatch__(self, function, types, given=(), named=None):
            self.names.add(str(function))
            return function(*given, **(named or {}))

    torch.manual_seed(0)
    block = torch.nn.TransformerEncoderLayer(16, 2, 32, batch_first=True)
    with Calls() as calls:
        loss = torch.nn.Sequential(torch.nn.Conv1d(4, 4, 3, padding=1), block)(torch.rand(2, 4, 16))
        loss.square().mean().backward()
    own = [name for name in calls.names if name.startswith("aten.")]
    headers = Path(torch.__file__).parent / "include" / "ATen"
    said = f"a training step of a convolution and a transformer block called {len(calls.names)} operators, {len(own)} of them ATen's"
    yield "pytorch-core-cpp", len(own) >= 0.9 * len(calls.names) and headers.is_dir(), said

    root = Path(torch.__file__).parent
    if shutil.which("g++"):
        Path("main.cpp").write_text(CPP)
        include = f"-I{root}/include -I{root}/include/torch/csrc/api/include"
        libs = f"-L{root}/lib -Wl,-rpath,{root}/lib -Wl,--no-as-needed -ltorch -ltorch_cpu -lc10"
        flags = f"-O0 -D_GLIBCXX_USE_CXX11_ABI={int(torch._C._GLIBCXX_USE_CXX11_ABI)}"
        built = run(f"g++ -std=c++20 {flags} main.cpp -o main {include} {libs}")
        done = run("OMP_NUM_THREADS=1 ./main")
        first, last = (float(n) for n in done.stdout.split()) if done.stdout else (0, 0)
        said = (
            f"a C++ program trained a small network: its loss fell from {first:.3f} to {last:.5f}"
        )
        said = said if done.stdout else (built.stderr + done.stderr)[-150:]
        yield "libtorch-cpp", 0 < last < first / 10, said
    else:
        yield "libtorch-cpp", None, "no g++ on this machine"

    torch.set_num_threads(1)

    def chain(a):
        for _ in range(20):
            a = torch.sin(a) * 0.5 + torch.tanh(a) * 0.5
        return a

    def took(function, a):
        times = []
        for _ in range(9):
            began = time.process_time()
            function(a)
            times.append(time.process_time() - began)
        return sorted(times)

    a = torch.rand(1_000_000)
    try:
        compiled = torch.compile(chain)
        same = torch.allclose(compiled(a), chain(a), atol=1e-5)
    except Exception as error:
        if "ompiler" in str(error) or "Python.h" in str(error):
            said = f"no compiler that works: {type(error).__name__}"
            raise OSError(said) from None
        raise
    plain, fast = took(chain, a), took(compiled, a)
    graphs = torch._dynamo.utils.counters["stats"]["unique_graphs"]
    sure = fast[-1] < plain[0]
    said = f"eighty operations on a million numbers became {graphs} graph, gave the same, and took {fast[4] / plain[4]:.2f} of the eager time on one thread"
    yield "torch-compile-offers-speed", same if sure else None, said

    Path("breaks.py").write_text(
        "import torch\n@torch.compile(backend='eager')\ndef f(a):\n    a = a + 1\n"
        "    print('looking', float(a.sum()) > 0)\n    return a * 2\n"
        "for n in (2, 3, 4):\n    f(torch.ones(n))\n"
        "@torch.compile(backend='eager')\ndef g(a):\n    return a + 1\n"
        "print('calm')\ng(torch.ones(2))\n"
    )
    done = run(f"TORCH_LOGS=graph_breaks,recompiles {sys.executable} breaks.py")
    breaks, again = done.stderr.count("Graph break"), done.stderr.count("Recompiling function")
    said = f"TORCH_LOGS told of {breaks} graph breaks and {again} recompilations of a function that prints, of none in one that does not"
    calm = "Recompiling function g" not in done.stderr
    yield "pytorch-compiled-debugging", bool(breaks and again and calm), said

    Path("train.py").write_text(DISTRIBUTED)
    done = run("torchrun --nproc-per-node=2 train.py")
    told = json.loads(done.stdout.strip() or "{}")
    said = "two processes on one processor gave the outputs of one: " + ", ".join(
        f"{name} {'yes' if right else 'no'}" for name, right in told.items() if name != "control"
    )
    said = said if told else done.stderr.strip()[-200:]
    yield "pytorch-distributed", all(told.values()) if told.get("control") else None, said

    Path("service.py").write_text(SERVICE)
    sys.path.insert(0, os.getcwd())
    import service

    client, rows = service.app.test_client(), [[1.0, 2.0, 3.0], [0.0, 0.5, 1.0]]
    answer = client.post("/predict", json={"rows": rows})
    near = torch.allclose(torch.tensor(answer.json), service.model(torch.tensor(rows)))
    torch.nn.init.zeros_(service.model.weight)
    noticed = not torch.allclose(torch.tensor(answer.json), service.model(torch.tensor(rows)))
    said = "a small Flask service answered over HTTP with the outputs of the model"
    yield "pytorch-serves-in-python", near if noticed else None, said

    from torch_geometric.data import Data
    from torch_geometric.nn import GCNConv

    torch.manual_seed(0)
    edges = torch.randint(0, 40, (2, 160))
    labels = (torch.arange(40) >= 20).long()
    edges = edges[:, labels[edges[0]] == labels[edges[1]]]
    graph = Data(x=torch.rand(40, 8), edge_index=edges)
    layers = torch.nn.ModuleList([GCNConv(8, 16), GCNConv(16, 2)])
    adam = torch.optim.Adam(layers.parameters(), 0.05)
    for _ in range(150):
        out = layers[1](layers[0](graph.x, graph.edge_index).relu(), graph.edge_index)
        loss = torch.nn.functional.cross_entropy(out, labels)
        adam.zero_grad()
        loss.backward()
        adam.step()
    right = float((out.argmax(1) == labels).float().mean())
    said = f"a graph network whose layers are PyTorch modules placed {right:.0%} of 40 nodes; chance is 50%"
    yield "pyg-pytorch", right > 0.85 and isinstance(layers[0], torch.nn.Module), said


def main():
    """Print one line of JSON; what could not be tried is inconclusive."""
    started, seen, words = time.monotonic(), {}, {True: "holds", False: "fails"}
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        try:
            for name, holds, observed in observe():
                seen[name] = [words.get(holds, "inconclusive"), observed]
        except (ImportError, OSError, MemoryError) as error:
            said = f"not tried: {type(error).__name__}: {error}"[:200]
            seen = {name: ["inconclusive", said] for name in DECIDES} | seen
        os.chdir("/")
    usage = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    told = {
        "seen": seen,
        "versions": {name: version(name) for name in PACKAGES} | {"python": sys.version.split()[0]},
        "seconds": round(time.monotonic() - started),
        "memory": max(each.ru_maxrss for each in usage) // 1024,
    }
    print("\n" + json.dumps(told))  # a library may have left a line open


main()
