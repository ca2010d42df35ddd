#!/usr/bin/env bash
# A sharded DataLoader of Grain leaves records out although drop_remainder is False.
#
# Versions   grain 0.2.18, numpy 2.4.6 on Python 3.11; numpy 2.5.5 on Python 3.12
# Behaviour  IndexSampler and SequentialSampler with ShardOptions(index, count), whose drop_remainder is False by default. The
#            remainder goes to the first shards, as documented, but each loader ends after records // count records an
#            epoch, so that the last record of every longer shard is not read.
# Output     10 records in 4 shards, one epoch: 2 of each, 8 together; 7 in 4: 1 of each, 4 together. The shards hold 3, 3, 2, 2
#            (MapDataset sliced [index::4] reads them all). With num_epochs=2 each gives 5, 20 together.
# Surprise   drop_remainder=False is what one sets for validation. Without a shuffle it is always the same records that are
#            never scored, and a metric over what came says nothing. The number depends on how many processes run.
# Known      Looked in vain in the issues of google/grain; its issue 351 (2024, closed) asks how the loader counts.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
numpy=$("$folder/venv/bin/python" -c 'import sys; print("2.5.5" if sys.version_info >= (3, 12) else "2.4.6")')
"$folder/venv/bin/pip" install --quiet grain==0.2.18 "numpy==$numpy"
"$folder/venv/bin/python" - <<'PY'
import grain


class Records:
    def __init__(self, number):
        self.number = number

    def __len__(self):
        return self.number

    def __getitem__(self, index):
        return int(index)


def read(number, count, sampler=grain.samplers.IndexSampler, **asked):
    """Give what each of the shards reads."""
    shards = [grain.sharding.ShardOptions(index, count) for index in range(count)]
    assert not any(shard.drop_remainder for shard in shards)
    samplers = [sampler(number, shard, **asked) for shard in shards]
    return [list(grain.DataLoader(data_source=Records(number), sampler=each)) for each in samplers]


def missing(number, shards):
    return sorted(set(range(number)) - set(sum(shards, [])))


for number, count, left_out in ((10, 4, 2), (7, 4, 3), (1003, 8, 3), (12, 4, 0)):
    for sampler, asked in (
        (grain.samplers.IndexSampler, {"num_epochs": 1}),
        (grain.samplers.IndexSampler, {"num_epochs": 1, "shuffle": True, "seed": 1}),
        (grain.samplers.SequentialSampler, {}),
    ):
        shards = read(number, count, sampler, **asked)
        lost = missing(number, shards)
        print(sampler.__name__, asked, f"{number} in {count}:", [len(s) for s in shards], "lost", lost)
        assert len(lost) == left_out, "every record is read now"
        assert sum(len(shard) for shard in shards) == number - left_out
again = [missing(10, read(10, 4, num_epochs=1)) for _ in range(3)]
assert again == [again[0]] * 3 and again[0]
assert not missing(10, read(10, 4, num_epochs=2)) and not missing(10, read(10, 1, num_epochs=1))
whole = [list(grain.MapDataset.source(Records(10))[index::4]) for index in range(4)]
assert not missing(10, whole) and [len(shard) for shard in whole] == [3, 3, 2, 2]
PY
