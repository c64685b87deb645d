"""What a process and all its children take together."""

import psutil

MB = 1_000_000


def tree_mb(pid: int) -> float:
    """The proportional set size of a process tree, in MB of a million bytes."""
    return sum(parts_mb(pid))


def parts_mb(pid: int) -> list[float]:
    """Of each process of the tree, the parent first."""
    parent = psutil.Process(pid)
    tree = (parent, *parent.children(recursive=True))
    return [float(one.memory_full_info().pss) / MB for one in tree]
