"""What a process and all its children take together."""

import psutil

MB = 1_000_000


def tree_mb(pid: int) -> float:
    """The proportional set size of a process tree, in MB of a million bytes."""
    parent = psutil.Process(pid)
    tree = (parent, *parent.children(recursive=True))
    return float(sum(one.memory_full_info().pss for one in tree)) / MB
