#!/usr/bin/env bash
# A resumed CombinedStreamingDataset of litdata reads rows a second time and leaves others out, as soon as two workers read it.
#
# Versions   litdata 0.2.76, torch 2.15.0, numpy 2.5.5 on Python 3.12
# Behaviour  CombinedStreamingDataset of two datasets with iterate_over_all=True, so that an epoch has every row once. StreamingDataLoader,
#            a copy of its state_dict in the middle of the first epoch, load_state_dict into a new loader with the same arguments, and
#            on to the end of the epoch.
# Output     23 and 11 rows in batches of 3, stopped after 3 of them: two workers read 34 rows, without 13 and 102, and 3 and 107 twice;
#            without workers: the rest of the epoch in the same order; two workers and one of the two datasets alone: every row once
# Surprise   The number of rows is right. The maker's page says that a run picks up where it left off. Mixtures are what
#            large runs train on, and those are the runs that are resumed.
# Known      Lightning-AI/litData issues 331 and 363 (2024, closed) were about errors after a resume of this class; looked in vain for
#            rows that are lost or come twice.
set -euo pipefail
export PIP_CONFIG_FILE=/dev/null  # a configuration may hold torch back
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
"${PYTHON:-python3.12}" -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet litdata==0.2.76 torch==2.15.0 numpy==2.5.5
cat >"$folder/shown.py" <<'PY'
import copy
import sys

from litdata import CombinedStreamingDataset, StreamingDataLoader, StreamingDataset, optimize

FOLDER = sys.argv[1]


def row(number):
    return {"row": number}


def streaming(name):
    return StreamingDataset(f"{FOLDER}/{name}", seed=1)


def combined():
    return CombinedStreamingDataset([streaming("first"), streaming("second")], seed=1, iterate_over_all=True)


def rows(batches):
    return [number for batch in batches for number in batch["row"].tolist()]


def resumed(dataset, workers):
    """The rows of an epoch that is stopped after 3 batches and resumed in another loader."""
    loader = StreamingDataLoader(dataset(), batch_size=3, num_workers=workers)
    batches = iter(loader)
    begun = [next(batches) for _ in range(3)]
    state = copy.deepcopy(loader.state_dict())  # as a checkpoint keeps it
    del batches
    loader = StreamingDataLoader(dataset(), batch_size=3, num_workers=workers)
    loader.load_state_dict(state)
    return rows(begun) + rows(loader)


if __name__ == "__main__":
    everything = [*range(23), *range(100, 111)]
    for name, numbers in (("first", everything[:23]), ("second", everything[23:])):
        optimize(fn=row, inputs=numbers, output_dir=f"{FOLDER}/{name}", chunk_size=4, num_workers=1, verbose=False)
    whole = rows(StreamingDataLoader(combined(), batch_size=3))
    assert sorted(whole) == everything
    assert resumed(combined, 0) == whole
    assert sorted(resumed(lambda: streaming("first"), 2)) == everything[:23]
    seen = resumed(combined, 2)
    lost, twice = sorted(set(everything) - set(seen)), sorted(number for number in set(seen) if seen.count(number) == 2)
    print("two workers:", len(seen), "rows, lost", lost, "twice", twice)
    assert len(seen) == len(everything) and len(lost) == len(twice)
    assert lost, "a resume is right now"
PY
"$folder/venv/bin/python" -W ignore "$folder/shown.py" "$folder/data" 2>"$folder/log" | grep workers || { tail -20 "$folder/log"; exit 1; }
