#!/usr/bin/env bash
# BackupAndRestore of Keras 3 that saves every n batches trains the rows of an epoch again after a restart: too many steps in all.
#
# Versions   keras 3.15.1 and tf_keras 2.21.0 (the Keras before 3), tensorflow-cpu 2.21.0, numpy 2.5.5 on Python 3.12
# Behaviour  With save_freq=n the weights and the optimiser are saved after n batches, but of the place only the number of the epoch. A run that
#            is stopped and started again begins that epoch at its first batch, with the weights that have most of it behind them. Where n is
#            the number of batches of an epoch, the save comes before the epoch is counted: a whole epoch is trained twice.
# Output     12 batches an epoch, 3 epochs, so 36 steps:
#            every 4 batches, stopped after 17, 20 and 23: 40, 44 and 44 steps; every 12, stopped after 17: 48 steps, 24 of them as epoch 0
#            at the end of each epoch, which is the default: 36 steps and the weights of the run without a stop
#            tf_keras, the same lines: 36 steps each time
# Surprise   The page says that the state is restored "to the most recently saved state", with the batches as one of the two units. It is
#            the unit that one chooses for long epochs. Keras before 3 counted on from the batch.
# Known      keras-team/keras#16252 (closed) is about the steps that tf.keras showed. Looked in vain for save_freq in batches with Keras 3.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
"${PYTHON:-python3.12}" -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet keras==3.15.1 tf_keras==2.21.0 tensorflow-cpu==2.21.0 numpy==2.5.5
cat >"$folder/shown.py" <<'PY'
import tempfile

import keras
import numpy as np
import tf_keras

ROWS = np.arange(24, dtype="float32")[:, None] / 24
BATCHES, STEPS = 12, 36


def started(library, backup, frequency, stop=None):
    """One start of the training: the epoch of each batch, and the model."""
    library.utils.set_random_seed(0)
    model = library.Sequential([library.Input((1,)), library.layers.Dense(1)])
    model.compile(library.optimizers.SGD(0.1), "mse")
    epochs = []

    class Counted(library.callbacks.Callback):
        def on_epoch_begin(self, epoch, logs=None):
            self.epoch = epoch

        def on_train_batch_end(self, batch, logs=None):
            epochs.append(self.epoch)
            if len(epochs) == stop:
                raise InterruptedError

    saved = library.callbacks.BackupAndRestore(backup, save_freq=frequency)
    try:
        model.fit(ROWS, 3 * ROWS, batch_size=2, epochs=3, shuffle=False, verbose=0, callbacks=[saved, Counted()])
    except InterruptedError:
        pass
    return epochs, model


def resumed(library, frequency, stop):
    """The steps of the model at the end, how many of them the second start made as epoch 0, and the weights."""
    backup = tempfile.mkdtemp()
    started(library, backup, frequency, stop)
    epochs, model = started(library, backup, frequency)
    return int(model.optimizer.iterations.numpy()), epochs.count(0), np.concatenate([part.ravel() for part in model.get_weights()])


for library in (keras, tf_keras):
    epochs, model = started(library, tempfile.mkdtemp(), "epoch")
    whole = np.concatenate([part.ravel() for part in model.get_weights()])
    assert len(epochs) == model.optimizer.iterations.numpy() == STEPS
    for frequency, stop, expected in (("epoch", 17, 36), (4, 17, 40), (4, 20, 44), (4, 23, 44), (12, 17, 48)):
        steps, first, weights = resumed(library, frequency, stop)
        print(f"{library.__name__} {library.__version__}, saved every {frequency}, stopped after {stop}: {steps} steps, {first} as epoch 0")
        if frequency == "epoch":
            assert np.array_equal(weights, whole)
        assert steps == (expected if library is keras else STEPS), "the steps are others now"
        assert first == (BATCHES if library is keras and frequency == 12 else 0)
PY
KERAS_BACKEND=tensorflow TF_CPP_MIN_LOG_LEVEL=3 "$folder/venv/bin/python" -W ignore "$folder/shown.py" 2>"$folder/log" || { tail -20 "$folder/log"; exit 1; }
