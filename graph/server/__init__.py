"""A Neo4j Community server with Neo4j Browser on this machine, without Docker: Java 17 and Maven are enough.

The server listens on loopback alone and outlives the command that started it. A *home* is the folder that keeps
its settings, data and logs from start to start. Its password is made at the first start, told once and kept nowhere.
"""

from graph.server.control import Running, start, status, stop
from graph.server.libraries import lacking

__all__ = ["Running", "lacking", "start", "status", "stop"]
