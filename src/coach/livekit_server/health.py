"""Does a LiveKit server answer here?"""

import http.client

HEALTH_SECONDS = 2.0


def healthy(port: int, host: str = "127.0.0.1") -> bool:
    """Whether the server answers `GET /` with 200; 406 is a server that is not ready."""
    connection = http.client.HTTPConnection(host, port, timeout=HEALTH_SECONDS)
    try:
        connection.request("GET", "/")
        return connection.getresponse().status == http.HTTPStatus.OK
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()
