# /// script
# requires-python = "==3.12.*"
# dependencies = ["torch==2.15.0", "numpy==2.5.5"]
# ///
"""From a PyTorch model to a compiled package, called from Python and from C++, as the steps say."""

import importlib.metadata
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

PACKAGES = ("torch",)
DECIDES = (
    "package-for-cpp",
    "compare-package-for-cpp",
    "package-for-triton",
    "compare-package-for-triton",
    "link-the-cpp-program",
    "try-torch-compile",
    "aotinductor-package",
    "aotinductor-cpp",
    "aotinductor-fixes-batch",
    "aotinductor-linked",
    "inductor-wants-compiler",
    "pytorch-package-size",
)

PACKAGE = """\
exported = torch.export.export(model.eval(), (example_input,), dynamic_shapes=({0: torch.export.Dim("batch", max=64)},))
torch._inductor.aoti_compile_and_package(exported, package_path="model.pt2")
"""
COMPARE = """\
package = torch._inductor.aoti_load_package("model.pt2")
for batch in (1, 3):
    x = torch.randn(batch, *example_input.shape[1:])
    torch.testing.assert_close(package(x), model(x), rtol=1e-3, atol=1e-4)
"""
FOLDER = "mkdir -p model_repository/my_model/1"
PACKAGE_FOR_TRITON = """\
exported = torch.export.export(model.eval(), (example_input,), dynamic_shapes=({0: torch.export.Dim("batch", max=64)},))
torch._inductor.aoti_compile_and_package(exported, package_path="model_repository/my_model/1/model.pt2")
"""
COMPARE_FOR_TRITON = """\
package = torch._inductor.aoti_load_package("model_repository/my_model/1/model.pt2")
for batch in (1, 3):
    x = torch.randn(batch, *example_input.shape[1:])
    torch.testing.assert_close(package(x), model(x), rtol=1e-3, atol=1e-4)
"""
IN_MAIN = """\
#include <torch/csrc/inductor/aoti_package/model_package_loader.h>   // in main.cpp
torch::inductor::AOTIModelPackageLoader loader("model.pt2");
std::vector<torch::Tensor> outputs = loader.run({input});
"""
BUILD = r"""
T=$(python -c "import torch; print(torch.__path__[0])")
g++ -std=c++20 main.cpp -I$T/include -I$T/include/torch/csrc/api/include -L$T/lib -Wl,-rpath,$T/lib \
    -Wl,--no-as-needed -ltorch -ltorch_cpu -lc10
"""
COMPILE = """\
model = torch.compile(model)
"""
WITHOUT_COMPILER = """\
import torch
torch.compile(torch.nn.Linear(2, 2))(torch.randn(1, 2))
"""


def passes(check, names):
    """Say whether a comparison raises nothing."""
    try:
        exec(check, names)
    except AssertionError:
        return False
    return True


def observe():
    """Give the id of what is decided, whether it holds, and what was observed."""
    import torch

    packages = [each for each in importlib.metadata.distributions() if each.files]
    sizes = {each.name: sum(file.size or 0 for file in each.files) for each in packages}
    cuda = sum(size for name, size in sizes.items() if "nvidia" in name or "cuda" in name)
    whole = sum(sizes.values()) / 1e9
    said = (
        f"it came with {len(sizes) - 1} other packages, {whole:.1f} GB, {cuda / 1e9:.1f} of it CUDA"
    )
    yield "pytorch-package-size", whole > 3 and cuda > 1e9, said

    if not shutil.which("g++"):
        raise OSError("no C++ compiler")
    torch.manual_seed(0)
    layers = torch.nn.Conv2d(3, 4, 3), torch.nn.ReLU(), torch.nn.Flatten(), torch.nn.Linear(784, 5)
    model, example_input = torch.nn.Sequential(*layers).eval(), torch.randn(2, 3, 16, 16)
    names = {"torch": torch, "model": model, "example_input": example_input}
    with torch.no_grad():
        exec(PACKAGE, names)
        yield "package-for-cpp", Path("model.pt2").exists(), "it wrote model.pt2"
        same = passes(COMPARE, names)
        model[3].weight += 0.1
        control = not passes(COMPARE, names)
        model[3].weight -= 0.1
        said = "batches of 1 and 3 gave the outputs of the model, and a changed weight was noticed"
        yield "compare-package-for-cpp", same if control else None, said

        subprocess.run(["bash", "-ec", FOLDER], check=True)
        exec(PACKAGE_FOR_TRITON, names)
        written = Path("model_repository/my_model/1/model.pt2").exists()
        said = "it wrote model.pt2 into the folder, outside NVIDIA's container"
        yield "package-for-triton", written, said
        same = passes(COMPARE_FOR_TRITON, names)
        model[3].weight += 0.1
        control = not passes(COMPARE_FOR_TRITON, names)
        model[3].weight -= 0.1
        said = "batches of 1 and 3 gave the outputs of the model, and a changed weight was noticed"
        yield "compare-package-for-triton", same if control else None, said

        exported = torch.export.export(model, (example_input,))
        fixed = str(Path("fixed.pt2").resolve())
        torch._inductor.aoti_compile_and_package(exported, package_path=fixed)
        package, x = torch._inductor.aoti_load_package(fixed), torch.randn(4, 3, 16, 16)
        try:
            output, right = package(x), model(x)
            rows = (output - right[: len(output)]).abs().amax(dim=1)
            wrong = [i + 1 for i in range(4) if i >= len(rows) or not rows[i] < 1e-3]
            said = (
                f"made from 2 rows it took 4 without an error; rows {wrong} were wrong or missing"
            )
        except Exception as error:
            wrong, said = [], f"made from 2 rows it refused 4: {type(error).__name__}"
        own = bool((package(x[:2]) - model(x[:2])).abs().max() < 1e-4)
        yield "aotinductor-fixes-batch", bool(wrong) and same if own else None, said

        x = torch.arange(3 * 3 * 16 * 16).reshape(3, 3, 16, 16) / 1000
        include, *calls = IN_MAIN.splitlines()
        Path("main.cpp").write_text(
            f"{include}\n#include <torch/torch.h>\n#include <iostream>\nint main() {{\n"
            "auto input = torch::arange(3 * 3 * 16 * 16).reshape({3, 3, 16, 16}) / 1000.0;\n"
            + "\n".join(calls)
            + "\nstd::cout << outputs[0].sum().item<double>() << std::endl;\n}\n"
        )
        done = subprocess.run(["bash", "-ec", BUILD], capture_output=True, text=True, check=False)
        printed = "nothing"
        if done.returncode == 0:
            printed = subprocess.run(
                ["./a.out"], capture_output=True, text=True, check=False
            ).stdout
        said = f"the program printed {printed.strip()}, the model's sum is {model(x).sum():.4f}"
        close = printed != "nothing" and abs(float(printed) - model(x).sum().item()) < 1e-2
        yield "link-the-cpp-program", close, said if close else done.stderr[-150:]
        yield "aotinductor-package", close, said
        yield "aotinductor-cpp", close, said
        cmake = shutil.which("cmake")
        if cmake:
            Path("cmake").mkdir()
            text = (
                "cmake_minimum_required(VERSION 3.18)\nproject(p)\nfind_package(Torch REQUIRED)\n"
            )
            Path("cmake/CMakeLists.txt").write_text(text)
            where = [cmake, f"-DCMAKE_PREFIX_PATH={torch.utils.cmake_prefix_path}", "."]
            done = subprocess.run(where, cwd="cmake", capture_output=True, check=False)
            ends = "ended in an error" if done.returncode else "found it"
            said += f"; CMake's find_package(Torch) {ends}"
        yield "aotinductor-linked", close and bool(done.returncode) if cmake else None, said

        names = {"torch": torch, "model": model}
        exec(COMPILE, names)
        difference = float((names["model"](x) - model(x)).abs().max())
        said = f"the compiled model differed by {difference:.0e} at most from the eager one"
        yield "try-torch-compile", difference < 1e-4, said

    hidden = {"PATH": "/nowhere", "TORCHINDUCTOR_CACHE_DIR": str(Path("none").resolve())}
    done = subprocess.run(
        [sys.executable, "-c", WITHOUT_COMPILER],
        env={**os.environ, **hidden},
        capture_output=True,
        text=True,
        check=False,
    )
    last = [line for line in done.stderr.splitlines() if "Error" in line or "xception" in line]
    said = f"without a compiler torch.compile ended with: {last[-1][:100] if last else 'nothing'}"
    yield "inductor-wants-compiler", bool(done.returncode and last), said


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
