"""The lists of what the product is made of agree with the lock files."""

import re

import pytest
from tools import supply_chain

pytestmark = pytest.mark.integration


def test_every_locked_package_is_listed_with_its_licence() -> None:
    listed = re.findall(
        r"^\| (\S+) \| (\S+) \| (.+) \|$", supply_chain.LIST.read_text(), re.MULTILINE
    )
    found = [*supply_chain.python_licences(), *supply_chain.pages_licences()]
    lost = set(found) - set(listed)
    assert not lost, "run: make licences"
    assert all(licence for _, _, licence in found)


def test_an_audit_that_asks_nobody_fails(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    asked = ("Python packages", (*supply_chain.AUDITS[0][1], "--service-url", "http://127.0.0.1:1"))
    monkeypatch.setattr(supply_chain, "AUDITS", [(*asked, supply_chain.ROOT)])
    monkeypatch.setenv("UV_HTTP_RETRIES", "0")
    assert supply_chain.audit() == 1
    assert "not checked at all" in capsys.readouterr().err
