#!/usr/bin/env bash
# CatBoost's own ONNX files leave out what comes after the trees, and its Python code takes every missing value for a small one.
#
# Versions   catboost 1.2.10, onnxruntime 1.32.0, numpy 2.5.5 on Python 3.12
# Behaviour  save_model(format="onnx"):
#            1. loss_function "Poisson" and "Tweedie": the logarithm of what predict returns.
#            2. "MultiClassOneVsAll": a softmax in place of a sigmoid for each class.
#            3. Two classes with integer labels, such as 5 and 9: the labels are 0 and 1; the map of probabilities has 5 and 9.
#            4. "MultiLogloss" with two labels: one label, and probabilities that belong to neither.
#            save_model(format="python"), nan_mode="Max" (NaN above all other values): 5. NaN is sorted below them.
# Output     Poisson: 2.29 becomes 0.83, its logarithm; one against all: a probability is off by 0.17; labels 9, 5, 9 become 1, 0, 1;
#            NaN in the Python code: 62 % of the rows differ, by up to 6.9
#            squared error, two and three classes, three integer labels and two of text, NaN in ONNX, nan_mode="Min" in Python: right
# Surprise   save_model raises nothing. The order of the predictions stays right in 1 and the labels in 2, so that neither a measure
#            of ranking in 1 nor accuracy in 2 sees it.
# Known      The page on ONNX tells to ignore the label of two classes, as a fault of ONNX Runtime, and nothing of the others.
#            catboost/catboost issues 2104 (of 5) and 1940 (regression of several targets) are open since 2022 and 2021; looked in vain for
#            Poisson, Tweedie, OneVsAll and MultiLogloss with ONNX.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
"${PYTHON:-python3.12}" -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet catboost==1.2.10 onnxruntime==1.32.0 numpy==2.5.5
cd "$folder"
"$folder/venv/bin/python" -W ignore - <<'PY'
import catboost
import numpy as np
import onnxruntime

random = np.random.default_rng(0)
x = random.standard_normal((600, 4)).astype(np.float32)
y = 2 * x[:, 0] + x[:, 1] ** 2 + 3
holes = np.where(random.random(x.shape) < 0.2, np.nan, x).astype(np.float32)
onnxruntime.set_default_logger_severity(4)


def fitted(kind, x, y, **options):
    return kind(iterations=20, depth=3, verbose=0, allow_writing_files=False, **options).fit(x, y)


def ran(model, x):
    """The outputs of the ONNX file; a map of probabilities becomes an array with a column for each class."""
    model.save_model("model.onnx", format="onnx")
    results = onnxruntime.InferenceSession("model.onnx").run(None, {"features": x})
    return [np.array([list(row.values()) for row in each]) if isinstance(each, list) else each for each in results]


for loss, linked in (("RMSE", False), ("Poisson", True), ("Tweedie:variance_power=1.5", True)):
    model = fitted(catboost.CatBoostRegressor, x, np.abs(y) + 0.1, loss_function=loss)
    right, given = model.predict(x), ran(model, x)[0].ravel()
    print(f"{loss}: predict {right[0]:.3f}, file {given[0]:.3f}")
    assert np.allclose(given, np.log(right) if linked else right, atol=1e-4), "the file applies the link now"

three = np.digitize(y, [2, 4])
for loss, wrong in (("MultiClass", False), ("MultiClassOneVsAll", True)):
    model = fitted(catboost.CatBoostClassifier, x, three, loss_function=loss)
    label, given = ran(model, x)
    off = abs(given - model.predict_proba(x)).max()
    print(f"{loss}: a probability is off by {off:.2g}")
    assert (label == model.predict(x).ravel()).all()
    if wrong:
        raw = np.exp(model.predict(x, prediction_type="RawFormulaVal"))
        assert off > 0.1 and np.allclose(given, raw / raw.sum(axis=1, keepdims=True), atol=1e-5), "one against all is kept now"
        assert np.allclose(model.predict_proba(x), raw / (1 + raw), atol=1e-6)
    else:
        assert off < 1e-5

high = y > 3
for names, wrong in (((5, 9), True), (("no", "yes"), False)):
    model = fitted(catboost.CatBoostClassifier, x, np.where(high, names[1], names[0]))
    label, given = ran(model, x)
    right = model.predict(x)
    print("labels", right[:3].tolist(), "file", label[:3].tolist())
    assert np.allclose(given, model.predict_proba(x), atol=1e-5)
    assert (label == (right == names[1] if wrong else right)).all(), "the labels are kept now"
    chances = onnxruntime.InferenceSession("model.onnx").run(["probabilities"], {"features": x[:1]})
    assert list(chances[0][0]) == list(names)
model = fitted(catboost.CatBoostClassifier, x, np.array([10, 5, 7])[three])
assert (ran(model, x)[0] == model.predict(x).ravel()).all()

both = np.column_stack([high, x[:, 2] > 0]).astype(int)
model = fitted(catboost.CatBoostClassifier, x, both, loss_function="MultiLogloss")
label, given = ran(model, x)
print("two labels a row:", model.predict(x).shape, "file", label.shape)
assert model.predict(x).shape == (600, 2) and label.shape == (600,), "both labels come out now"
assert all(abs(given[:, i] - model.predict_proba(x)[:, j]).max() > 0.2 for i in (0, 1) for j in (0, 1))

for mode, wrong in (("Min", False), ("Max", True)):
    model = fitted(catboost.CatBoostRegressor, holes, y, nan_mode=mode)
    model.save_model("model.py", format="python")
    code = {}
    exec(open("model.py").read(), code)
    right = model.predict(holes)
    given = np.array([code["apply_catboost_model"](row.tolist()) for row in holes])
    low = np.array([code["apply_catboost_model"](row.tolist()) for row in np.nan_to_num(holes, nan=-np.inf)])
    assert np.array_equal(given, low), "NaN is not sorted below now"
    off = abs(given - right)
    print(f"nan_mode {mode}: Python differs in {(off > 1e-4).mean():.0%} of the rows, by up to {off.max():.1f}")
    assert ((off > 1e-4).mean() > 0.5) == wrong, "the code heeds the mode now"
    assert np.allclose(ran(model, holes)[0].ravel(), right, atol=1e-4)
    whole = abs(np.array([code["apply_catboost_model"](row.tolist()) for row in x]) - model.predict(x)).max()
    assert whole < 1e-6
PY
