"""What is asked of a server over the wire, without a driver: does it answer, and that it change its password.

Passwords are changed by Cypher on the system database, sent to the server's own HTTP interface on loopback.
"""

from __future__ import annotations

import base64
import http.client
import json
import secrets
import socket

from graph.errors import StoreUnavailable
from graph.server.home import HOST

USER = "neo4j"
# What every new server has; it answers nothing else until this is changed.
FIRST_PASSWORD = "neo4j"

_SOON = 5.0
_PATIENCE = 60.0
# No letter or digit that looks like another.
_SIGNS = "abcdefghjkmnpqrstuvwxyz23456789"
_HELLO = bytes.fromhex("6060b017") + b"\0\0\4\4" + b"\0\0\0\5" + bytes(8)


def new_password() -> str:
    """Twenty random signs in four groups: hard to guess, easy to type."""
    return "-".join("".join(secrets.choice(_SIGNS) for _ in range(5)) for _ in range(4))


def bolt_answers(port: int) -> bool:
    """Whether a Bolt server there agrees to talk Bolt 4.4 or 5."""
    try:
        with socket.create_connection((HOST, port), _SOON) as s:
            s.sendall(_HELLO)
            return s.recv(4) not in (b"", bytes(4))
    except OSError:
        return False


def page_answers(port: int) -> bool:
    """Whether Neo4j Browser's page is served there."""
    connection = http.client.HTTPConnection(HOST, port, timeout=_SOON)
    try:
        connection.request("GET", "/browser/")
        answer = connection.getresponse()
        return answer.status == 200 and b"Neo4j Browser" in answer.read()
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def change_password(port: int, old: str, new: str) -> bool:
    """Change the user's password, knowing the old one; False: it is another.

    Raises:
        StoreUnavailable: the server refuses.
    """
    statement = "ALTER CURRENT USER SET PASSWORD FROM $old TO $new"
    return _run(port, statement, {"old": old, "new": new}, password=old)


def set_password(port: int, new: str) -> None:
    """Set the user's password on a server that asks for none.

    Raises:
        StoreUnavailable: the server refuses.
    """
    _run(port, f"ALTER USER {USER} SET PASSWORD $new CHANGE NOT REQUIRED", {"new": new}, password=None)


def _run(port: int, statement: str, parameters: dict[str, str], *, password: str | None) -> bool:
    body = json.dumps({"statements": [{"statement": statement, "parameters": parameters}]})
    headers = {"Content-Type": "application/json", "Accept": "application/json"}
    if password is not None:
        headers["Authorization"] = "Basic " + base64.b64encode(f"{USER}:{password}".encode()).decode()
    connection = http.client.HTTPConnection(HOST, port, timeout=_PATIENCE)
    try:
        connection.request("POST", "/db/system/tx/commit", body, headers)
        answer = connection.getresponse()
        said = json.loads(answer.read() or b"{}")
    except (OSError, http.client.HTTPException, ValueError) as error:
        raise StoreUnavailable(f"The server on port {port} could not change its password: {error}") from error
    finally:
        connection.close()
    if answer.status == 401:
        return False
    if answer.status != 200 or said.get("errors"):
        why = (said.get("errors") or [{"message": f"it answered {answer.status}"}])[0]["message"]
        raise StoreUnavailable(f"The server refused to change its password: {' '.join(why.split())[:300]}")
    return True
