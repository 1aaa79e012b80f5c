"""Records what Jinja2 makes of the cases in jinja2-documented.json.

Run `/usr/bin/python3 tests/conformance/record_jinja2.py` with Debian's
python3-jinja2. A case that you add needs `area` and `template`, and may have
`context`, `templates` (what a loader finds, by name), `strict` (undefined values
are errors) and `sandboxed`. The script adds `id` and either `expected` or
`error`.
"""

import json
import pathlib
import re
import sys

import jinja2
from jinja2.sandbox import SandboxedEnvironment

FILE = pathlib.Path(__file__).with_name("jinja2-documented.json")
ADDRESS = re.compile(r" at 0x[0-9a-f]+")


def render(case):
    kind = SandboxedEnvironment if case.get("sandboxed") else jinja2.Environment
    environment = kind(
        extensions=["jinja2.ext.loopcontrols"],
        loader=jinja2.DictLoader(case.get("templates", {})),
        undefined=jinja2.StrictUndefined if case.get("strict") else jinja2.Undefined,
    )
    return environment.from_string(case["template"]).render(case.get("context", {}))


def record(case, identifier):
    recorded = {"id": identifier}
    for key in ("area", "template", "context", "templates", "strict", "sandboxed"):
        if key in case:
            recorded[key] = case[key]
    # render() may change the context.
    context = json.dumps(case.get("context", {}))
    try:
        recorded["expected"] = render({**case, "context": json.loads(context)})
    except Exception as error:  # Whatever Jinja2 raises is the result.
        recorded["error"] = f"{type(error).__name__}: {error}"
    if ADDRESS.search(recorded.get("expected", "")):
        sys.exit(f"{identifier} prints the address of an object")
    return recorded


def main():
    cases = json.loads(FILE.read_text())["cases"]
    last = {}
    for case in cases:
        if "id" in case:
            number = int(case["id"].rsplit("/", 1)[1])
            last[case["area"]] = max(number, last.get(case["area"], 0))
    lines = []
    for case in cases:
        area = case["area"]
        if "id" not in case:
            last[area] = last.get(area, 0) + 1
        identifier = case.get("id", f"{area.replace(' ', '-')}/{last.get(area)}")
        lines.append(json.dumps(record(case, identifier), ensure_ascii=False))
    about = f"Jinja2 {jinja2.__version__} of Debian, recorded by record_jinja2.py"
    FILE.write_text(
        f'{{"about": "{about}", "cases": [\n' + ",\n".join(lines) + "\n]}\n"
    )
    print(f"{len(lines)} cases")


if __name__ == "__main__":
    main()
