"""The alert rules and the dashboard that come with the product ask for metrics that it has."""

import json
import re
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml
from prometheus_client.parser import text_string_to_metric_families as parsed
from tests.support.promtool import promtool

from coach.metrics import WebMetrics, WorkerMetrics, exposition

pytestmark = pytest.mark.integration

DEPLOY = Path(__file__).parents[2] / "deploy"
NAME = re.compile(r"\bcoach_\w+")
LABELS = re.compile(r"(coach_\w+)\{([^}]*)\}")
LABEL = re.compile(r'(\w+)\s*(!?=~?)\s*"([^"]*)"')


def metrics() -> dict[str, list[dict[str, str]]]:
    """Every sample's name, and the labels under which it comes at the start."""
    text = exposition(WorkerMetrics()) + exposition(WebMetrics(lambda: True))
    found: dict[str, list[dict[str, str]]] = {}
    for family in parsed(text):
        name = f"{family.name}_total" if family.type == "counter" else family.name
        found.setdefault(name, [])
        for sample in family.samples:
            found.setdefault(sample.name, []).append(sample.labels)
    return found


def rules() -> list[dict[str, Any]]:
    (group,) = yaml.safe_load((DEPLOY / "alerts.yaml").read_text())["groups"]
    listed: list[dict[str, Any]] = group["rules"]
    return listed


def dashboard() -> dict[str, Any]:
    board: dict[str, Any] = json.loads((DEPLOY / "grafana.json").read_text())
    return board


def expressions() -> list[str]:
    panels = [target["expr"] for panel in dashboard()["panels"] for target in panel["targets"]]
    return [*panels, *(rule["expr"] for rule in rules())]


def test_every_expression_asks_for_metrics_that_there_are() -> None:
    known = metrics()
    asked = {name for expression in expressions() for name in NAME.findall(expression)}
    assert asked <= set(known)
    assert {"coach_sessions", "coach_hint_latency_seconds_bucket"} <= asked


def test_every_selector_fits_a_label_value_that_there_is() -> None:
    known = metrics()
    for expression in expressions():
        for name, selectors in LABELS.findall(expression):
            for label, operator, wanted in LABEL.findall(selectors):
                values = {labels[label] for labels in known[name] if label in labels}
                assert set(wanted.split("|")) <= values, (expression, operator)


def test_every_alert_says_what_is_wrong_and_what_to_do() -> None:
    for rule in rules():
        assert set(rule["annotations"]) == {"summary", "action"}, rule["alert"]
        assert rule["labels"]["severity"] in ("critical", "warning")


def test_every_alert_is_tried_with_metrics_that_bring_it_and_with_some_that_do_not() -> None:
    tests = yaml.safe_load((DEPLOY / "alerts.test.yaml").read_text())["tests"]
    tried = [case for test in tests for case in test["alert_rule_test"]]
    names = {rule["alert"] for rule in rules()}
    assert {case["alertname"] for case in tried if case.get("exp_alerts")} == names
    assert {case["alertname"] for case in tried if not case.get("exp_alerts")} == names


def test_the_alerts_fire_as_recorded() -> None:
    program = promtool()
    if program is None:
        pytest.skip("promtool is neither installed nor to be had (Debian: the package prometheus)")
    file = DEPLOY / "alerts.test.yaml"
    done = subprocess.run(
        [program, "test", "rules", file], capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_panels_neither_overlap_nor_share_an_id() -> None:
    panels = dashboard()["panels"]
    assert len({panel["id"] for panel in panels}) == len(panels)
    cells = [
        (column, row)
        for place in (panel["gridPos"] for panel in panels)
        for column in range(place["x"], place["x"] + place["w"])
        for row in range(place["y"], place["y"] + place["h"])
    ]
    assert len(set(cells)) == len(cells)
    assert max(column for column, _ in cells) < 24
