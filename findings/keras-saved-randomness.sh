#!/usr/bin/env bash
# Keras 3 does not save how far a model's random layers are: a run that is resumed drops the same units again, from the first mask on.
#
# Versions   keras 3.15.1 with tensorflow-cpu 2.21.0, and with jax 0.12.0.1; numpy 2.5.5 on Python 3.12
# Behaviour  A random layer, here Dropout, counts its draws in a variable, seed_generator_state. It is among model.variables, but neither
#            model.save, save_weights, BackupAndRestore, get_weights nor, on TensorFlow, tf.train.Checkpoint has it. The script sets its
#            seed at the start, as is usual, so a resumed run counts from 0.
# Output     one batch of 6 rows, 4 epochs, a Dropout of one half: four different masks in one run
#            stopped after each epoch and started again with BackupAndRestore: four times the first of them
#            all weights, those of BatchNormalization too, come back as they were
# Surprise   A run on machines that are taken away once an epoch drops the same units of the same batches in every epoch. Weights and the
#            number of the epoch are restored, and nothing warns.
# Known      keras-team/keras#19796 (2024, closed) asks why the variable differs after save and load; nothing was found of resumed runs
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
"${PYTHON:-python3.12}" -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet keras==3.15.1 tensorflow-cpu==2.21.0 jax==0.12.0.1 jaxlib==0.12.0.1 numpy==2.5.5
cat >"$folder/shown.py" <<'PY'
import tempfile

import keras
import numpy as np

ROWS, EPOCHS = np.ones((6, 4), "float32"), 4


@keras.saving.register_keras_serializable()
class Kept(keras.layers.Layer):
    """Remembers what the layer before it has let through in training."""

    def build(self, _):
        self.mask = self.add_weight(shape=ROWS.shape, initializer="zeros", trainable=False)

    def call(self, inputs, training=False):
        if training:
            self.mask.assign(keras.ops.cast(inputs != 0, "float32"))
        return inputs


def built():
    keras.utils.set_random_seed(0)  # as a script does at its start
    layers = [keras.layers.Dropout(0.5), Kept(), keras.layers.BatchNormalization(), keras.layers.Dense(4)]
    model = keras.Sequential([keras.Input((4,)), *layers])
    model.compile("adam", "mse")
    return model


def drawn(model):
    return keras.ops.convert_to_numpy(model.layers[0].seed_generator.state).tolist()


def trained(backup=None, stop=None):
    """What was kept in each epoch of one start, and the model."""
    model, masks = built(), []

    def told(epoch, logs):
        masks.append(keras.ops.convert_to_numpy(model.layers[1].mask).astype(int).tolist())

    class Stopped(keras.callbacks.Callback):
        def on_epoch_begin(self, epoch, logs=None):
            if epoch == stop:
                raise InterruptedError

    callbacks = [keras.callbacks.LambdaCallback(on_epoch_end=told), Stopped()]
    if backup:
        callbacks = [keras.callbacks.BackupAndRestore(backup, delete_checkpoint=False), *callbacks]
    try:
        model.fit(ROWS, ROWS, batch_size=6, epochs=EPOCHS, verbose=0, callbacks=callbacks)
    except InterruptedError:
        pass
    return masks, model


def loaded(model):
    """The state of the Dropout after each way to bring a model back."""
    folder = tempfile.mkdtemp()
    model.save(f"{folder}/model.keras")
    model.save_weights(f"{folder}/model.weights.h5")
    ways = {"load_model": keras.saving.load_model(f"{folder}/model.keras")}
    for way in ("load_weights", "set_weights"):
        ways[way] = built()
    ways["load_weights"].load_weights(f"{folder}/model.weights.h5")
    ways["set_weights"].set_weights(model.get_weights())
    if keras.backend.backend() == "tensorflow":
        import tensorflow

        path = tensorflow.train.Checkpoint(model=model).save(f"{folder}/checkpoint")
        ways["Checkpoint"] = built()
        tensorflow.train.Checkpoint(model=ways["Checkpoint"]).restore(path)
    for way, again in ways.items():
        assert all(np.array_equal(one, other) for one, other in zip(model.get_weights(), again.get_weights(), strict=True)), way
    return {way: drawn(again)[1] for way, again in ways.items()}


whole, model = trained()
assert trained()[0] == whole, "the run is not the same each time"
assert len({str(mask) for mask in whole}) == EPOCHS
assert drawn(model)[1] == EPOCHS
assert any(variable is model.layers[0].seed_generator.state for variable in model.variables)
states = loaded(model)
print(keras.backend.backend(), "draws counted:", drawn(model)[1], "after", states)
assert not any(states.values()), "a way keeps the state now"

backup, restarted = tempfile.mkdtemp(), []
for epoch in range(EPOCHS):
    masks, _ = trained(backup, epoch + 1)
    assert len(masks) == 1
    restarted += masks
for told, masks in (("in one run", whole), ("started again for each", restarted)):
    print("  kept of the first row, by epoch,", told, [mask[0] for mask in masks])
assert restarted == [whole[0]] * EPOCHS, "a resumed run has other masks now"
PY
for backend in tensorflow jax; do
  KERAS_BACKEND=$backend TF_CPP_MIN_LOG_LEVEL=3 "$folder/venv/bin/python" -W ignore "$folder/shown.py" 2>"$folder/log" ||
    { tail -20 "$folder/log"; exit 1; }
done
