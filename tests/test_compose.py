"""docker-compose.yml: a pinned Neo4j, kept to this machine, with no password of its own."""

from __future__ import annotations

from pathlib import Path

TEXT = (Path(__file__).parents[1] / "docker-compose.yml").read_text(encoding="utf-8")
LINES = [line.strip() for line in TEXT.splitlines()]


def test_the_image_is_pinned_to_a_patch() -> None:
    (image,) = [line for line in LINES if line.startswith("image:")]
    assert image.startswith("image: neo4j:5.26.")


def test_ports_are_on_loopback_only() -> None:
    ports = [line for line in LINES if line.startswith("- ") and ":7" in line]
    assert ports == ['- "127.0.0.1:7474:7474"', '- "127.0.0.1:7687:7687"']


def test_without_a_password_it_does_not_start() -> None:
    assert "NEO4J_AUTH: neo4j/${NEO4J_PASSWORD:?" in TEXT


def test_it_tells_when_it_is_healthy_and_keeps_its_data() -> None:
    assert "healthcheck:" in LINES
    assert "- neo4j-data:/data" in LINES
