"""Where each entity stands on a map: worked out here, so that the page opens at once and never jumps.

Each connected part is laid out by sparse stress: the distance of two entities on the page follows
the number of links between them. A part of up to 250 entities measures every pair; a larger one
measures neighbours, neighbours' neighbours and a hundred pivots, which keeps thousands of entities
to seconds. Then labelled boxes are pushed apart and the parts packed side by side. Random numbers
are seeded; the same Subgraph gives the same map.
"""

from __future__ import annotations

import math
from collections.abc import Mapping

import networkx as nx
import numpy as np
from numpy.typing import NDArray

from graph.analysis import to_networkx
from graph.model import Subgraph

Points = NDArray[np.float64]

_EDGE = 165.0
_ALL_PAIRS = 250
_PIVOTS = 100
_SIBLINGS = 12
_ASPECT = 1.45
_GAP = 40.0


def positions(
    subgraph: Subgraph, boxes: Mapping[str, tuple[float, float]] | None = None, *, seed: int = 7
) -> dict[str, tuple[float, float]]:
    """Place every entity.

    Parameters
    ----------
    subgraph : Subgraph
    boxes : mapping of str to (float, float), optional
        Width and height in pixels to keep free around an entity id; 70 by 50 where not given.
    seed : int

    Returns
    -------
    dict of str to (float, float)
        Pixels right of and below the centre, to one decimal.

    Raises
    ------
    InputError
        An edge names an entity that the subgraph does not hold.
    """
    graph: nx.Graph[str] = nx.Graph()
    graph.add_nodes_from(sorted(to_networkx(subgraph)))
    graph.add_edges_from(sorted({(min(e.source, e.target), max(e.source, e.target)) for e in subgraph.edges}))
    graph.remove_edges_from(list(nx.selfloop_edges(graph)))
    sizes = boxes or {}
    parts = []
    for members in sorted((sorted(part) for part in nx.connected_components(graph)), key=lambda m: (-len(m), m)):
        size = np.array([sizes.get(member, (70.0, 50.0)) for member in members])
        place = _turned(_stress(graph.subgraph(members).copy(), members, seed)) * _EDGE
        parts.append((members, _apart(place, size), size))
    return _packed(parts)


def _stress(graph: nx.Graph[str], members: list[str], seed: int) -> Points:
    """Positions of one connected part in units of a link."""
    count = len(members)
    if count <= 2:
        return np.array([[float(i), 0.0] for i in range(count)])
    index = {member: i for i, member in enumerate(members)}
    for first, second in graph.edges:
        # A hub's links are longer, so that its many leaves find room around it.
        graph.edges[first, second]["length"] = 0.75 + 0.2 * math.sqrt(max(graph.degree(first), graph.degree(second)))
    rng = np.random.default_rng(seed)
    pivots, far = _pivots(graph, members, index)
    place = _spread(far) + rng.normal(scale=0.05, size=(count, 2))
    ones, others, wanted = _terms(graph, members, index, pivots, far, rng)
    weight = wanted**-2.0
    total = np.bincount(ones, weight, count)[:, None]
    for _ in range(160 if count <= _ALL_PAIRS else 80):
        apart = place[ones] - place[others]
        reach = np.maximum(np.hypot(apart[:, 0], apart[:, 1]), 1e-6)
        goal = weight[:, None] * (place[others] + apart * (wanted / reach)[:, None])
        place = np.stack([np.bincount(ones, goal[:, axis], count) for axis in (0, 1)], axis=1) / total
    return place


def _pivots(graph: nx.Graph[str], members: list[str], index: dict[str, int]) -> tuple[list[int], Points]:
    """Entities far from one another, and the distance of every entity to each: shape (entities, pivots)."""
    wanted = len(members) if len(members) <= _ALL_PAIRS else _PIVOTS
    nearest = np.full(len(members), np.inf)
    chosen, columns = [], []
    here = max(range(len(members)), key=lambda i: (graph.degree(members[i]), -i))
    for _ in range(wanted):
        reach = nx.single_source_dijkstra_path_length(graph, members[here], weight="length")
        column = np.zeros(len(members))
        for member, distance in reach.items():
            column[index[member]] = distance
        chosen.append(here)
        columns.append(column)
        nearest = np.minimum(nearest, column)
        nearest[here] = -1.0
        here = int(np.argmax(nearest))
    return chosen, np.stack(columns, axis=1)


def _spread(far: Points) -> Points:
    """A first guess from the distances to the pivots (classical scaling)."""
    squares = far**2
    centred = squares - squares.mean(axis=0) - squares.mean(axis=1, keepdims=True) + squares.mean()
    _, axes = np.linalg.eigh(centred.T @ centred)
    place: Points = centred @ axes[:, -2:]
    # The sign of an eigenvector is the solver's whim.
    place *= np.where(place[np.abs(place).argmax(axis=0), [0, 1]] < 0, -1.0, 1.0)
    spread = place.std()
    return place * (far.mean() / spread) if spread > 1e-9 else place


def _terms(
    graph: nx.Graph[str],
    members: list[str],
    index: dict[str, int],
    pivots: list[int],
    far: Points,
    rng: np.random.Generator,
) -> tuple[NDArray[np.int64], NDArray[np.int64], Points]:
    """Pairs (one, other) whose distance on the page matters, and the distance wanted."""
    count = len(members)
    ones = [np.repeat(np.arange(count), len(pivots))]
    others = [np.tile(np.array(pivots), count)]
    wanted = [far.ravel()]
    if len(pivots) < count:
        near: list[tuple[int, int, float]] = []
        for member in members:
            for neighbour, link in graph.adj[member].items():
                near.append((index[member], index[neighbour], link["length"]))
                # Leaves of one hub are equally far from every pivot and would fall on one spot.
                beyond = list(graph.adj[neighbour])
                for pick in rng.choice(len(beyond), size=min(_SIBLINGS, len(beyond)), replace=False):
                    distance = link["length"] + graph.edges[neighbour, beyond[pick]]["length"]
                    near.append((index[member], index[beyond[pick]], distance))
        ones.append(np.array([one for one, _, _ in near]))
        others.append(np.array([other for _, other, _ in near]))
        wanted.append(np.array([distance for _, _, distance in near]))
    first, second, distance = np.concatenate(ones), np.concatenate(others), np.concatenate(wanted)
    keep = first != second
    return first[keep], second[keep], distance[keep]


def _turned(place: Points) -> Points:
    """Centred, with the longer side lying flat: pages are wider than high."""
    place = place - place.mean(axis=0)
    if len(place) < 3:
        return place
    _, axes = np.linalg.eigh(place.T @ place)
    turned: Points = place @ axes[:, ::-1]
    turned *= np.where(turned[np.abs(turned).argmax(axis=0), [0, 1]] < 0, -1.0, 1.0)
    return turned * [1.2, 0.9]


def _apart(place: Points, size: Points) -> Points:
    """Push overlapping boxes apart, each pair along the axis that needs the smaller move.

    Every fourth round takes the other axis: a box held between two others would never get free along one.
    """
    place = place.copy()
    widest = size[:, 0].max()
    for turn in range(240):
        order = np.argsort(place[:, 0], kind="stable")
        move = np.zeros_like(place)
        for step in range(1, len(place)):
            left, right = order[:-step], order[step:]
            gap = place[right] - place[left]
            close = gap[:, 0] < widest
            if not close.any():
                break
            left, right, gap = left[close], right[close], gap[close]
            over = (size[left] + size[right]) / 2 - np.abs(gap)
            hit = (over > 0).all(axis=1)
            left, right, gap, over = left[hit], right[hit], gap[hit], over[hit]
            axis = np.where((over[:, 0] < over[:, 1]) == (turn % 4 != 3), 0, 1)
            row = np.arange(len(axis))
            shift = 0.35 * over[row, axis] * np.where(gap[row, axis] < 0, -1.0, 1.0) + 0.01
            np.add.at(move, (left, axis), -shift)
            np.add.at(move, (right, axis), shift)
        if np.abs(move).max() < 0.5:
            break
        place += np.clip(move, -60, 60)
    return place


def _packed(parts: list[tuple[list[str], Points, Points]]) -> dict[str, tuple[float, float]]:
    """Set the parts, largest first, in rows of a page about half as wide again as high; centre the whole."""
    rectangles = []
    for _, place, size in parts:
        low, high = (place - size / 2).min(axis=0), (place + size / 2).max(axis=0)
        rectangles.append((low, high - low + _GAP))
    area = sum(float(extent[0] * extent[1]) for _, extent in rectangles)
    page = max([math.sqrt(area * _ASPECT), *(float(extent[0]) for _, extent in rectangles)])
    at, row = np.zeros(2), 0.0
    found: dict[str, Points] = {}
    for (members, place, _), (low, extent) in zip(parts, rectangles, strict=True):
        if at[0] > 0 and at[0] + extent[0] > page:
            at, row = np.array([0.0, at[1] + row]), 0.0
        found.update(zip(members, place - low + at, strict=True))
        at[0] += extent[0]
        row = max(row, float(extent[1]))
    if not found:
        return {}
    whole = np.array(list(found.values()))
    centre = (whole.min(axis=0) + whole.max(axis=0)) / 2
    return {
        entity: (round(float(x), 1), round(float(y), 1)) for entity, (x, y) in zip(found, whole - centre, strict=True)
    }
