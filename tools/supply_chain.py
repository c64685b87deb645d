"""What the product is made of: `make audit`, `make sbom`, `make licences`.

The lock files are the truth of all three; nothing of the development tools is in list or bill.
"""

import importlib.metadata
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
WEB = ROOT / "web"
BILLS = ROOT / "dist" / "sbom"
LIST = ROOT / "docs" / "licences.md"
UV = shutil.which("uv") or ROOT / ".tools" / "uv" / "bin" / "uv"
PYTHON_BILL = (
    *(UV, "export", "--quiet", "--frozen", "--no-dev", "--all-extras", "--no-emit-project"),
    *("--format", "cyclonedx1.5", "--preview-features", "sbom-export"),
)
PAGES_BILL = ("npm", "sbom", "--package-lock-only", "--omit=dev", "--sbom-format=cyclonedx")
AUDITS = (
    ("Python packages", (UV, "audit", "--frozen", "--preview-features", "audit-command"), ROOT),
    ("pages' packages", ("npm", "audit"), WEB),
)
HEAD = """# Licences

Of everything that runs in production, made by `make licences` from the lock files.

| package | version | licence |
|---|---|---|
"""
LONGEST = 60
Row = tuple[str, str, str]


def audit() -> int:
    """Ask for known vulnerabilities; 1 when there are any, and when nobody could be asked."""
    bad = []
    for name, command, folder in AUDITS:
        print(f"== {name}", flush=True)
        if subprocess.run(command, cwd=folder, check=False).returncode:
            bad.append(name)
    for name in bad:
        print(f"error: {name}: vulnerable, or not checked at all: read above", file=sys.stderr)
    return bool(bad)


def sbom() -> int:
    """Write one CycloneDX bill for the Python side and one for the pages."""
    BILLS.mkdir(parents=True, exist_ok=True)
    for name, bill in (("python", python_bill()), ("pages", pages_bill())):
        path = BILLS / f"{name}.cdx.json"
        path.write_text(json.dumps(bill, indent=1) + "\n")
        print(f"{path.relative_to(ROOT)}: {len(bill['components'])} components")
    return 0


def licences() -> int:
    """Write docs/licences.md; 1 when a package doesn't say what its licence is."""
    rows = sorted([*python_licences(), *pages_licences()], key=lambda row: row[0].lower())
    LIST.write_text(HEAD + "".join(f"| {' | '.join(row)} |\n" for row in rows))
    unknown = [name for name, _, licence in rows if not licence]
    if unknown:
        print(f"error: no licence is given by {', '.join(unknown)}", file=sys.stderr)
    print(f"{LIST.relative_to(ROOT)}: {len(rows)} packages")
    return bool(unknown)


def python_bill() -> dict[str, Any]:
    """Of the locked production packages."""
    return _json(PYTHON_BILL, ROOT)


def pages_bill() -> dict[str, Any]:
    """Of what the pages load."""
    return _json(PAGES_BILL, WEB)


def python_licences() -> list[Row]:
    """Of those locked packages that are installed on this platform."""
    names = {component["name"] for component in python_bill()["components"]}
    found = (_distribution(name) for name in sorted(names))
    return [(one.metadata["Name"], one.version, python_licence(one)) for one in found if one]


def _distribution(name: str) -> importlib.metadata.Distribution | None:
    try:
        return importlib.metadata.distribution(name)
    except importlib.metadata.PackageNotFoundError:
        return None


def python_licence(package: importlib.metadata.Distribution) -> str:
    """Its expression, else its short name, else its classifiers; "" when it says nothing."""
    about = package.metadata
    given = (about.get_all(key) for key in ("License-Expression", "License"))
    said = next((str(found[0]) for found in given if found), "")
    if said and len(said) <= LONGEST and "\n" not in said:
        return said
    kinds = [kind for kind in about.get_all("Classifier") or [] if kind.startswith("License")]
    return ", ".join(re.sub(r"^OSI Approved :: ", "", kind[11:]) for kind in kinds)


def pages_licences() -> list[Row]:
    """Of the packages that the pages load."""
    return [
        (
            "/".join(filter(None, (one.get("group"), one["name"]))),
            one["version"],
            " AND ".join(_names(one.get("licenses", []))),
        )
        for one in pages_bill()["components"]
    ]


def _names(licences: list[dict[str, Any]]) -> list[str]:
    return [
        one.get("expression") or one["license"].get("id") or one["license"]["name"]
        for one in licences
    ]


def _json(command: tuple[str | Path, ...], folder: Path) -> dict[str, Any]:
    quiet = {**os.environ, "NPM_CONFIG_LOGLEVEL": "error"}
    done = subprocess.run(
        command, cwd=folder, env=quiet, stdout=subprocess.PIPE, check=False, text=True
    )
    if done.returncode:
        sys.exit(f"error: {' '.join(map(str, command))} failed with {done.returncode}")
    read: dict[str, Any] = json.loads(done.stdout)
    return read


def main() -> None:
    """`python -m tools.supply_chain audit|sbom|licences`."""
    deeds = {"audit": audit, "sbom": sbom, "licences": licences}
    if len(sys.argv) != 2 or sys.argv[1] not in deeds:
        sys.exit(f"usage: python -m tools.supply_chain {'|'.join(deeds)}")
    sys.exit(deeds[sys.argv[1]]())


if __name__ == "__main__":
    main()
