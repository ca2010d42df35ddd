"""What builds and runs a project."""

from advisor.scan import ecosystems


def clues(reader, text):
    return {(clue.kind.value, clue.name, clue.line) for clue in reader(text)}


def test_dockerfile():
    text = """ARG V=1.2
FROM --platform=x a/b:${V}-gpu AS one
RUN apt-get update && \\
  pip3 install -U 'left-pad>=1' --extra-index-url https://example.org/x
CMD ["torun", "--n=2"]
"""
    assert clues(ecosystems.dockerfile, text) >= {
        ("image", "a/b:1.2-gpu", 2), ("dependency", "python:left-pad", 3),
        ("index", "https://example.org/x", 3), ("command", "torun --n=2", 5),
    }  # fmt: skip


def test_shell_scripts_and_clusters():
    text = "#!/bin/sh\n#SBATCH  --nodes=2\n# pip install no\nconda install -c x left-pad=1.2\n"
    assert clues(ecosystems.shell_script, text) >= {
        ("command", "#SBATCH --nodes=2", 2), ("dependency", "conda:left-pad", 4)
    }  # fmt: skip
    assert not [name for _, name, _ in clues(ecosystems.shell_script, text) if name.endswith(":no")]


def test_compose_and_ci():
    text = """services:
  a:
    image: B/c:1
    command: ls -l
jobs:
  b:
    container: {image: d}
    steps:
    - run: |
        pip install left-pad
"""
    assert clues(ecosystems.yaml_file, text) >= {
        ("image", "b/c:1", 3), ("command", "ls -l", 4), ("image", "d", 7),
        ("dependency", "python:left-pad", 10),
    }  # fmt: skip


def test_pubspec():
    assert clues(ecosystems.yaml_file, "name: a\ndependencies:\n  b: ^1.0\n") == {
        ("dependency", "pub:b", 3)
    }
