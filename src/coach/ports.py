"""Who holds a port, for errors that name the culprit."""

import psutil


def holder_of(port: int) -> str:
    """Give " by NAME (pid N)" for the process that listens on this TCP port; empty when unknown."""
    try:
        connections = psutil.net_connections(kind="tcp")
    except psutil.Error:
        return ""
    for connection in connections:
        if connection.status != psutil.CONN_LISTEN or not connection.laddr or not connection.pid:
            continue
        if connection.laddr.port == port:
            return f" by {_name(connection.pid)} (pid {connection.pid})"
    return ""


def _name(pid: int) -> str:
    try:
        return psutil.Process(pid).name()
    except psutil.Error:
        return "another program"
