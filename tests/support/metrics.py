"""Metrics as Prometheus would read them."""

from prometheus_client.parser import text_string_to_metric_families as parsed


def samples(text: str) -> dict[tuple[str, str], float]:
    """Every sample by its name, and the values of its labels in the order of their names."""
    return {
        (sample.name, ",".join(sample.labels.values())): sample.value
        for family in parsed(text)
        for sample in family.samples
    }
