#!/usr/bin/env bash
# The Trainer of transformers resumes a dataset without a length at the wrong row, and adds the end of one pass to the first update of the next.
#
# Versions   transformers 5.24.0, accelerate 1.15.0, torch 2.15.0, numpy 2.5.5 on Python 3.12
# Behaviour  An IterableDataset without __len__ that ends before max_steps is gone through again, as documented. The Trainer takes max_steps
#            for the length of a pass:
#            1. Resumed in a later pass, it skips the batches of all passes within the first one, finds it at its end, and begins the next
#               at its first row: the rows that the pass had behind it come a second time, and all that follows is shifted.
#            2. The batches at the end of a pass that are fewer than gradient_accumulation_steps make no update. Their gradient, divided by
#               their own number, stays and is added to the first update of the next pass.
#            3. A run that is complete, resumed from its last checkpoint, takes one more step than max_steps, if that is not the end of an
#               epoch; with a length, too.
# Output     10 rows in batches of 2, max_steps=12, a gradient of 1 for each batch, SGD with a rate of 1:
#            resumed after 7 batches: rows 0 1 2 3 ... in place of 4 5 6 7 ...; after 3 and 5 batches the rows are right
#            two batches an update, the length of six updates: 1 1 2 1 2 1; with a length 1 1 1 1 1 1
#            resumed from checkpoint-12: 13 steps
# Surprise   Nothing warns, and a resume within the first pass is right, which is what one tests. The same rows with a __len__ are resumed
#            and updated rightly.
# Known      1: huggingface/transformers issue 26413 and pull request 33544 (2024, open) tell of an older version, in which such a resume
#            ended at once. 2: pull request 22098 (2023) mends passes of a known length. 3: nothing was found.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
"${PYTHON:-python3.12}" -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet transformers==5.24.0 accelerate==1.15.0 torch==2.15.0 numpy==2.5.5
cat > "$folder/shown.py" <<'PY'
import os
import tempfile

import torch
import transformers
from torch import nn
from torch.utils.data import Dataset, IterableDataset
from transformers import Trainer, TrainerCallback, TrainingArguments

transformers.logging.set_verbosity_error()
ROWS, SIZE = 10, 2


def row(number):
    return {"row": torch.tensor(number), "labels": torch.tensor(1.0)}


class Stream(IterableDataset):
    def __init__(self, passes=1):
        self.passes = passes

    def __iter__(self):
        return (row(number) for _ in range(self.passes) for number in range(ROWS))


class Sized(Stream):
    def __len__(self):
        return ROWS


class Table(Dataset):
    def __len__(self):
        return ROWS

    def __getitem__(self, number):
        return row(number)


class Model(nn.Module):
    """The gradient of a batch is 1, so that with a learning rate of 1 each update takes 1 from the weight."""

    def __init__(self):
        super().__init__()
        self.weight = nn.Parameter(torch.zeros(()))
        self.seen = []

    def forward(self, row, labels):
        self.seen.append(row.tolist())
        return {"loss": (self.weight * labels).mean()}


class Weights(TrainerCallback):
    def __init__(self):
        self.seen = [0.0]

    def on_step_end(self, args, state, control, model=None, **rest):
        self.seen.append(model.weight.item())


def trained(rows, steps, folder, resume=None, accumulate=1):
    model, weights = Model(), Weights()
    arguments = TrainingArguments(
        folder, max_steps=steps, save_steps=1, per_device_train_batch_size=SIZE, gradient_accumulation_steps=accumulate,
        learning_rate=1.0, lr_scheduler_type="constant", optim="sgd", max_grad_norm=0.0, use_cpu=True, seed=0,
        remove_unused_columns=False, report_to=[], disable_tqdm=True, logging_strategy="no",
    )  # fmt: skip
    trainer = Trainer(model, arguments, train_dataset=rows, callbacks=[weights])
    trainer.train(resume_from_checkpoint=resume and os.path.join(folder, f"checkpoint-{resume}"))
    return model.seen, trainer.state.global_step, [before - after for before, after in zip(weights.seen, weights.seen[1:])]


def resumed(rows, stop):
    """Batches that were left at the stop, batches that the resumed run reads, and its number of steps."""
    with tempfile.TemporaryDirectory() as first, tempfile.TemporaryDirectory() as second:
        whole, steps, _ = trained(rows, 12, first)
        assert steps == len(whole) == 12
        name = f"checkpoint-{stop}"
        os.rename(os.path.join(first, name), os.path.join(second, name))
        seen, steps, _ = trained(rows, 12, second, stop)
    return whole[stop:], seen, steps


def updates(rows):
    with tempfile.TemporaryDirectory() as folder:
        return trained(rows, 6, folder, accumulate=2)[2]


def main():
    for stop in (3, 5):
        left, seen, steps = resumed(Stream(), stop)
        assert seen == left and steps == 12
    for rows in (Stream(passes=3), Sized(), Table()):
        left, seen, steps = resumed(rows, 7)
        assert seen == left and steps == 12
    left, seen, steps = resumed(Stream(), 7)
    print("without a length, resumed after 7 batches:", seen, "left were", left)
    assert steps == 12 and seen == [[0, 1], [2, 3], [4, 5], [6, 7], [8, 9]], "the resumed rows have changed"
    assert left == [[4, 5], [6, 7], [8, 9], [0, 1], [2, 3]]

    print("updates without a length:", *(lengths := updates(Stream())), "with:", *updates(Sized()))
    assert lengths == [1, 1, 2, 1, 2, 1], "the updates have changed"
    assert updates(Sized()) == updates(Table()) == updates(Stream(passes=3)) == [1] * 6

    for rows in (Stream(), Table()):
        left, seen, steps = resumed(rows, 12)
        print(type(rows).__name__, "resumed when complete:", steps, "steps of 12, with", seen)
        assert not left and len(seen) == 1 and steps == 13, "a complete run stays complete"


if __name__ == "__main__":
    main()
PY
"$folder/venv/bin/python" -W ignore "$folder/shown.py"
