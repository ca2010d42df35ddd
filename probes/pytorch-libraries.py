# /// script
# requires-python = "==3.12.*"
# dependencies = ["torch==2.15.0", "torchvision==0.29.2", "timm==1.0.31", "transformers==5.24.0", "peft==0.21.2", "tensorboard==2.21.0", "setuptools==80.9.0", "torchao==0.18.0", "lightning==2.6.6"]
# ///
"""Libraries on PyTorch with random weights: Transformers, PEFT, timm, torchvision, TensorBoard, torchao."""

import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from importlib.metadata import version
from pathlib import Path

PACKAGES = ("torch", "torchvision", "timm", "transformers", "peft", "tensorboard", "torchao")
DECIDES = (
    "write-for-tensorboard",
    "pytorch-summarywriter",
    "transformers-random-weights",
    "peft-pytorch",
    "timm-pytorch",
    "torchvision-current",
    "torchao-quantises",
    "lightning-structures-pytorch",
)
os.environ |= {"HF_HUB_OFFLINE": "1", "TF_CPP_MIN_LOG_LEVEL": "3"}
WRITE = """python -c "from torch.utils.tensorboard import SummaryWriter; SummaryWriter('runs/first')\""""


def observe():
    """Give the id of what is decided, whether it holds, and what was observed."""
    import torch

    subprocess.run(["bash", "-ec", WRITE], check=True)
    files = list(Path("runs/first").glob("events.*"))
    yield "write-for-tensorboard", len(files) == 1, "it wrote a file of events"
    from tensorboard.backend.event_processing.event_accumulator import EventAccumulator
    from torch.utils.tensorboard import SummaryWriter

    with SummaryWriter("runs/second") as writer:
        writer.add_scalar("loss", 0.5, 3)
        writer.add_histogram("weights", torch.arange(10.0), 3)
        writer.add_image("image", torch.rand(3, 8, 8), 3)
        writer.add_graph(torch.nn.Linear(2, 2), torch.rand(1, 2))
    events = EventAccumulator("runs/second").Reload()
    tags = events.Tags()
    read = events.Scalars("loss")[0].value == 0.5
    kinds = [kind for kind in ("scalars", "histograms", "images", "graph") if tags[kind]]
    yield "pytorch-summarywriter", read and len(kinds) == 4, f"TensorBoard read {', '.join(kinds)}"

    from peft import LoraConfig, get_peft_model
    from transformers import BertConfig, BertForSequenceClassification

    torch.manual_seed(0)
    small = {
        "hidden_size": 32,
        "num_hidden_layers": 2,
        "num_attention_heads": 2,
        "intermediate_size": 64,
    }
    model = BertForSequenceClassification(BertConfig(vocab_size=100, **small))
    tokens, labels = torch.randint(0, 100, (8, 12)), torch.randint(0, 2, (8,))
    loss = model(tokens, labels=labels).loss
    said = f"a small BERT from a configuration alone gave a loss of {loss:.2f}"
    yield (
        "transformers-random-weights",
        bool(loss.isfinite()) and isinstance(model, torch.nn.Module),
        said,
    )
    whole = sum(weight.numel() for weight in model.parameters())
    adapted = get_peft_model(model, LoraConfig(r=2, target_modules=["query", "value"]))
    own = sum(weight.numel() for weight in adapted.parameters() if weight.requires_grad)
    optimiser = torch.optim.AdamW(adapted.parameters(), 0.05)
    losses = []
    for _ in range(20):
        loss = adapted(tokens, labels=labels).loss
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
        losses.append(loss.item())
    said = f"with LoRA {own} of {whole} weights trained, from a loss of {losses[0]:.2f} to {losses[-1]:.2f}"
    yield "peft-pytorch", own < whole / 5 and losses[-1] < losses[0], said

    import timm
    import torchvision

    names = timm.list_models()
    net = timm.create_model("resnet18", pretrained=False, num_classes=3)
    out = tuple(net(torch.rand(1, 3, 64, 64)).shape)
    yield (
        "timm-pytorch",
        out == (1, 3),
        f"it lists {len(names)} models; a ResNet of it is a PyTorch module",
    )
    net = torchvision.models.mobilenet_v3_small(num_classes=3).eval()
    out = tuple(net(torch.rand(1, 3, 64, 64)).shape)
    yield "torchvision-current", out == (1, 3), "a MobileNet of it ran"

    from torchao.quantization import Int8WeightOnlyConfig, quantize_

    net, x = (
        torch.nn.Sequential(torch.nn.Linear(64, 64), torch.nn.ReLU(), torch.nn.Linear(64, 4)),
        torch.rand(4, 64),
    )
    before = net(x)
    quantize_(net, Int8WeightOnlyConfig())
    kind, off = type(net[0].weight).__name__, float((net(x) - before).abs().max())
    yield (
        "torchao-quantises",
        "Int8" in kind or "Quant" in kind,
        f"with int8 weights ({kind}) it was off by {off:.3f}",
    )

    import lightning

    class Module(lightning.LightningModule):
        def __init__(self):
            super().__init__()
            self.net, self.seen = torch.nn.Linear(2, 1), []

        def training_step(self, batch, _):
            loss = (self.net(batch[0]) - batch[0].sum(1, keepdim=True)).square().mean()
            self.seen.append(loss.item())
            return loss

        def configure_optimizers(self):
            return torch.optim.SGD(self.parameters(), 0.1)

    module = Module()
    quiet = {
        "logger": False,
        "enable_checkpointing": False,
        "enable_progress_bar": False,
        "enable_model_summary": False,
    }
    trainer = lightning.Trainer(max_epochs=5, accelerator="cpu", **quiet)
    data = torch.utils.data.TensorDataset(torch.rand(64, 2))
    trainer.fit(module, torch.utils.data.DataLoader(data, 16))
    said = f"its trainer ran the loop; the loss fell from {module.seen[0]:.2f} to {module.seen[-1]:.2f}"
    yield "lightning-structures-pytorch", module.seen[-1] < module.seen[0], said


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
