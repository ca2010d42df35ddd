"""Where the data folders are found: beside the package, or inside it once installed."""

from pathlib import Path

from advisor.settings import find_settings


def test_a_checkout_has_the_folders_beside_the_package():
    settings = find_settings()
    home = Path(__file__).parents[1]
    assert settings.rules == home / "rules"
    assert settings.templates == home / "templates"
    assert settings.static == home / "static"
    assert (settings.rules / "rulebase.yaml").is_file()


def test_an_installed_package_has_them_inside(tmp_path):
    (tmp_path / "advisor" / "_data").mkdir(parents=True)
    settings = find_settings(package=tmp_path / "advisor")
    assert settings.static == tmp_path / "advisor" / "_data" / "static"


def test_another_rule_base_takes_the_place_of_the_rules_alone(tmp_path):
    settings = find_settings(tmp_path)
    assert settings.rules == tmp_path
    assert settings.templates == find_settings().templates
    assert settings.issue_form == ""
