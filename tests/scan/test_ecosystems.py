"""What projects in other languages ask for."""

import pytest

from advisor.scan import ecosystems

CASES = {
    "package_json": (
        """{"devDependencies": {"b": "1"},
        "dependencies": {"@a/b": "1"}}""",
        ["npm:@a/b 2 project", "npm:b 1 aside"],
    ),
    "cargo": (
        """[dependencies]
        a = "1"
        [target."cfg(unix)".dependencies]
        b = {version = "1"}""",
        ["crates:a 2 project", "crates:b 4 project"],
    ),
    "gradle_catalog": (
        """[libraries]
        x = {module = "g:a", version = "1"}
        y = "g:b:1"
        [plugins]
        z = {id = "c.d"}""",
        ["maven:g:a 2 project", "maven:g:b 3 project", "maven:c.d 5 project"],
    ),
    "project_xml": (
        """<Project>
        <PropertyGroup><UseWPF>True</UseWPF></PropertyGroup>
        <PackageReference Include="A.B" Version="1"/>
        <dependency xmlns="urn:x"><groupId>g</groupId>
        <artifactId>a</artifactId><scope>test</scope></dependency></Project>""",
        ["UseWPF=true 2 project", "nuget:A.B 3 project", "maven:g:a 5 aside"],
    ),
    "gradle": (
        """plugins { id 'com.x' }
        implementation 'g:a:1.0'
        testImplementation("g:t:1")
        // api 'g:no:1'
        api("g:b:$v")""",
        ["maven:com.x 1 project", "maven:g:a 2 project", "maven:g:b 5 project"],
    ),
    "podfile": (
        """platform :ios, '15'
        pod 'A/B', '~> 1'
        # pod 'C'""",
        ["pods::ios 1 project", "pods:A/B 2 project"],
    ),
    "package_swift": (
        """.package(url: "https://example.org/own/er.git", from: "1.0.0"),""",
        ["swift:own/er 1 project"],
    ),
    "go_mod": ("require (\n\texample.org/a/b v1.2.3\n)", ["go:example.org/a/b 2 project"]),
    "cmake": (
        """find_package(A) # B
        set(x y)
        target_link_libraries(t
          ${D}/libcc.so)""",
        ["cmake:A 1 project", "cmake:t 3 project", "cmake:cc 3 project"],
    ),
    "platformio": (
        "[env:a]\nlib_deps =\n  own/Lib @ ^1.0\n  Other",
        ["platformio:Lib 3 project", "platformio:Other 4 project"],
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_a_reader_finds_names_and_lines(name):
    text, expected = CASES[name]
    found = {f"{c.name} {c.line} {c.scope}" for c in getattr(ecosystems, name)(text)}
    assert found == set(expected)
