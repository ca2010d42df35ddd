# /// script
# requires-python = "==3.12.*"
# dependencies = ["torch==2.15.0", "numpy==2.5.5", "scipy==1.18.1"]
# ///
"""What PyTorch does while it runs line by line: graphs, debugging, NumPy, loading, devices."""

import json
import os
import pdb
import resource
import subprocess
import sys
import tempfile
import time
import warnings
from importlib.metadata import version

PACKAGES = ("torch", "numpy")
DECIDES = (
    "see-the-card",
    "train-on-mps",
    "install-pytorch-for-intel",
    "load-in-workers",
    "divide-the-work-among-processes",
    "launch-a-process-a-device",
    "launch-on-every-machine",
    "torchrun-static-by-default",
    "pytorch-define-by-run",
    "pytorch-python-debugger",
    "pytorch-autograd",
    "pytorch-numpy-bridge",
    "pytorch-python-first",
    "pytorch-module-class",
    "torch-dataloader",
    "torch-compile-graph-breaks",
    "torch-compile-numpy",
    "torch-load-weights-only",
    "torchscript-deprecated",
    "torch-export-successor",
    "pytorch-distributed-launch",
    "pytorch-fsdp",
)

LINES = {
    "see-the-card": """python -c "import torch; print(torch.cuda.is_available() and torch.ones(1, device='cuda') + 1)\"""",
    "train-on-mps": 'python -c "import torch; print(torch.backends.mps.is_available())"',
    "install-pytorch-for-intel": """python -c "import torch; print(torch.xpu.is_available() and torch.ones(1, device='xpu') + 1)\"""",
}
LOADER = """\
loader = DataLoader(dataset, batch_size=64, shuffle=True, num_workers=4)
"""
LAUNCH = "torchrun --nproc-per-node=4 train.py"
MACHINES = "torchrun --nnodes=2 --nproc-per-node=4 --rdzv-backend=c10d --rdzv-id=first-run --rdzv-endpoint=first-host:29400 train.py"
DIVIDE = """\
torch.distributed.init_process_group()
model = DistributedDataParallel(model.to(device))
sampler = DistributedSampler(dataset)
loader = DataLoader(dataset, batch_size=64, sampler=sampler)
"""
TRAIN = f"""\
import os, torch, torch.distributed as dist
from torch.distributed.fsdp import fully_shard
from torch.nn.parallel import DistributedDataParallel
from torch.utils.data import DataLoader, DistributedSampler, TensorDataset
torch.set_num_threads(1)
torch.manual_seed(0)
net, device, dataset = torch.nn.Linear(1, 1), "cpu", TensorDataset(torch.arange(64.0)[:, None])
model = net
{DIVIDE}
rows = torch.cat([batch for (batch,) in loader])
model(rows).square().mean().backward()
mine = net.weight.grad.clone()
total = mine.clone()
dist.all_reduce(total)
same = torch.allclose(total / dist.get_world_size(), mine)
parts = [None] * dist.get_world_size()
dist.all_gather_object(parts, rows.flatten().tolist())
once = sorted(sum(parts, [])) == list(range(64))
sharded = torch.nn.Linear(8, 8)
fully_shard(sharded, mesh=dist.init_device_mesh("cpu", (dist.get_world_size(),)))
own = sharded.weight.to_local().numel()
if dist.get_rank() == 0:
    print(dist.get_world_size(), same, once, own)
dist.destroy_process_group()
"""


def started_twice(command, seconds):
    """Start a line as on two machines; give what the first of them to end printed, and whether both ended well."""
    both = [
        subprocess.Popen(command.split(), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        for _ in range(2)
    ]
    until = time.monotonic() + seconds
    while time.monotonic() < until and all(each.poll() in (None, 0) for each in both):
        if all(each.poll() == 0 for each in both):
            break
        time.sleep(0.5)
    well = all(each.poll() == 0 for each in both)
    for each in both:
        each.terminate()
    return "".join(each.communicate()[0] for each in both).strip(), well


class Stops(pdb.Pdb):
    """A debugger that looks at a variable where it stops, as a person would."""

    def user_line(self, frame):
        """Note the line and the value, then go on."""
        if self.break_here(frame):
            self.found = (frame.f_lineno, tuple(frame.f_locals["hidden"].shape))
        self.set_continue()


class Kept:
    """A class of one's own, to be refused where only weights are read."""


def observe():
    """Give the id of what is decided, whether it holds, and what was observed."""
    import numpy as np
    import scipy.ndimage
    import torch
    from torch.utils.data import DataLoader, TensorDataset

    for name, line in LINES.items():
        done = subprocess.run(["bash", "-c", line], capture_output=True, text=True, check=False)
        said = f"it printed {done.stdout.strip()} on a machine without such a device"
        yield name, done.stdout.strip() in {"True", "False"}, said

    dataset = TensorDataset(torch.arange(256.0), torch.arange(256) % 2)
    names = {"DataLoader": DataLoader, "dataset": dataset}
    exec(LOADER, names)
    batches = [x for x, _ in names["loader"]]
    every = torch.cat(batches).sort().values.equal(torch.arange(256.0))
    shuffled = not batches[0].equal(torch.arange(64.0))
    said = f"four workers gave {len(batches)} shuffled batches of 64, every sample once"
    yield "load-in-workers", every and shuffled and len(batches) == 4, said
    yield "torch-dataloader", every and shuffled, said

    class Net(torch.nn.Module):
        def __init__(self):
            super().__init__()
            self.first, self.last = torch.nn.Linear(4, 4), torch.nn.Linear(4, 1)

        def forward(self, x, times):
            hidden = x
            for _ in range(times):
                hidden = torch.relu(self.first(hidden))
                if hidden.sum() < 0:
                    break
            return self.last(hidden)

    torch.manual_seed(0)
    net, x = Net(), torch.rand(2, 4)
    depths = []
    for times in (1, 5, 2):
        node, depth = net(x, times).grad_fn, 0
        while node is not None:
            later = [parent for parent, _ in node.next_functions if parent]
            node, depth = next((p for p in later if "Accumulate" not in p.name()), None), depth + 1
        depths.append(depth)
    said = f"loops of 1, 5 and 2 turns gave graphs {depths[0]}, {depths[1]} and {depths[2]} deep"
    yield "pytorch-define-by-run", depths[1] > depths[2] > depths[0], said
    registered = sorted(name for name, _ in net.named_parameters())
    said = f"a class with __init__ and forward held the parameters {', '.join(registered)}"
    yield "pytorch-module-class", len(registered) == 4, said

    debugger = Stops(stdout=open(os.devnull, "w"), nosigint=True, readrc=False)
    line = Net.forward.__code__.co_firstlineno + 3
    debugger.set_break(__file__, line)
    debugger.runcall(net, x, 2)
    stopped = getattr(debugger, "found", None)
    said = f"pdb stopped in forward at line {line} and showed a tensor of shape (2, 4)"
    yield "pytorch-python-debugger", stopped == (line, (2, 4)), said

    w = torch.tensor(3.0, requires_grad=True)
    (first,) = torch.autograd.grad(torch.sin(w) * w**2, w, create_graph=True)
    (second,) = torch.autograd.grad(first, w)
    exact = np.cos(3) * 9 + np.sin(3) * 6, -np.sin(3) * 9 + 12 * np.cos(3) + 2 * np.sin(3)
    off = max(abs(first.item() - exact[0]), abs(second.item() - exact[1]))
    yield "pytorch-autograd", off < 1e-4, f"first and second derivative were right to {off:.0e}"
    array = np.zeros(3)
    torch.from_numpy(array)[1] = 7
    said = f"a change of the tensor was seen in the array: {array.tolist()}"
    yield "pytorch-numpy-bridge", array[1] == 7, said
    blurred = torch.from_numpy(scipy.ndimage.gaussian_filter(np.eye(5), 1))
    said = "a filter of SciPy between two layers gave a tensor again"
    yield "pytorch-python-first", bool(blurred.shape == (5, 5)), said

    t = torch.tensor([1.0, 2.0], requires_grad=True)
    traced = torch.compile(lambda a: torch.as_tensor(np.sum(np.square(a.numpy()))), fullgraph=True)
    try:
        traced(t).backward()
        inside = t.grad.tolist() == [2, 4]
    except Exception:
        inside = False
    try:
        np.square(t.numpy())
        outside = "worked"
    except RuntimeError as error:
        outside = f"ended in {type(error).__name__}"
    said = f"compiled, a NumPy function let gradients through; outside it {outside}"
    yield "torch-compile-numpy", inside and outside != "worked", said

    def breaks(a):
        a = a * 2
        print("looking at", float(a.sum()), file=open(os.devnull, "w"))
        return a + 1

    counts = [torch._dynamo.explain(f)(torch.ones(2)).graph_count for f in (breaks, torch.relu)]
    said = (
        f"a function that prints a value became {counts[0]} graphs, one that does not {counts[1]}"
    )
    yield "torch-compile-graph-breaks", counts[0] > 1 and counts[1] == 1, said

    torch.save(net.state_dict(), "weights.pt")
    torch.save(Kept(), "object.pt")
    torch.load("weights.pt")
    try:
        torch.load("object.pt")
        refused = "loaded"
    except Exception as error:
        refused = f"ended in {type(error).__name__}"
    said = f"weights loaded, an object of a class of one's own {refused}"
    yield "torch-load-weights-only", refused != "loaded", said

    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        torch.jit.script(torch.nn.Linear(2, 2))
    texts = [str(each.message) for each in caught if "deprecated" in str(each.message)]
    said = f"torch.jit.script warned: {texts[0][:90] if texts else 'nothing'}"
    yield "torchscript-deprecated", bool(texts), said
    yield "torch-export-successor", any("torch.export" in text for text in texts), said

    with open("train.py", "w") as file:
        file.write(TRAIN)
    done = subprocess.run(["bash", "-c", LAUNCH], capture_output=True, text=True, check=False)
    printed = done.stdout.strip()
    said = "four processes on one processor had every row once and the same gradients; of 64 weights each held 16"
    works = printed == "4 True True 16"
    said = said if works else f"{printed} {done.stderr[-150:]}"
    for name in ("divide-the-work-among-processes", "launch-a-process-a-device"):
        yield name, works, said
    yield "pytorch-distributed-launch", works, said
    yield "pytorch-fsdp", works, said
    here = MACHINES.replace("first-host", "localhost").replace("node=4", "node=1")
    printed, well = started_twice(here, 300)
    said = f"started twice on one machine, with a process each: {printed}"
    met = well and printed == "2 True True 32"
    yield "launch-on-every-machine", met, said
    _, well = started_twice(here.replace("--rdzv-backend=c10d ", ""), 60)
    said = "two starts met and trained together; without the backend they did not"
    yield "torchrun-static-by-default", met and not well, said


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
