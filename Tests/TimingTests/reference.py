"""Computes what `Estimate` computes, with NumPy, from a file of raw times.

    python3 reference.py RAW CRITICAL

RAW is what `countersign timing --raw` writes. For each contrast it prints the clip level, the statistic, the effect, its
interval and its standard error as JSON. Written from the description of the method, not from the Swift code."""
import json
import sys

import numpy

SHARES = [0.05, 0.1, 0.15, 0.25, 0.35, 0.5, 0.7, 0.9]


def level(magnitudes):
    """The share of the magnitudes whose quantile gives the smallest standard error as a clip level."""
    candidates = []
    for share in SHARES:
        c = numpy.quantile(magnitudes, share, method="lower")
        inside = numpy.count_nonzero(magnitudes < c)
        if inside and c > 0:
            candidates.append((numpy.sqrt(numpy.sum(numpy.minimum(magnitudes, c) ** 2)) / inside, c))
    return min(candidates, key=lambda pair: pair[0])


def clipped(d, theta, c):
    return numpy.clip(d - theta, -c, c)


def z(d, theta, c):
    values = clipped(d, theta, c)
    return values.sum() / numpy.sqrt(numpy.sum(values ** 2))


def solve(function, low, high):
    """The zero of a falling function."""
    for _ in range(300):
        middle = (low + high) / 2
        if function(middle) > 0:
            low = middle
        else:
            high = middle
    return (low + high) / 2


def estimate(d, critical):
    _, c = level(numpy.abs(d))
    median = numpy.median(d)
    _, centred = level(numpy.abs(d - median))
    reach = 1e3 * (centred + 1)
    effect = solve(lambda theta: clipped(d, theta, centred).sum(), median - reach, median + reach)
    inside = numpy.count_nonzero(numpy.abs(d - effect) < centred)
    return {
        "clip": c,
        "z": z(d, 0, c),
        "effect": effect,
        "low": solve(lambda theta: z(d, theta, centred) - critical, effect - reach, effect),
        "high": solve(lambda theta: z(d, theta, centred) + critical, effect, effect + reach),
        "standardError": numpy.sqrt(numpy.sum(clipped(d, effect, centred) ** 2)) / inside,
    }


def read(path):
    """The times by class name, tuple by tuple, with the names in order of their first appearance."""
    times, names = {}, []
    with open(path) as file:
        next(file)
        for line in file:
            run, number, _, name, nanoseconds, _ = line.rstrip("\n").split(",")
            if name not in times:
                names.append(name)
            times.setdefault(name, []).append(((int(run), int(number)), float(nanoseconds)))
    return {name: numpy.array([value for _, value in sorted(times[name])]) for name in names}


def contrasts(times):
    """The differences of each contrast by its name."""
    found = {name: times[name] - times["0"] for name in times if name != "0"}
    late = sorted((name for name in times if name.isdigit()), key=int)
    if len(late) == 5:
        found["late-early"] = (times[late[4]] + times[late[3]] - times["0"] - times["0'"]) / 2
    return found


if __name__ == "__main__":
    times = read(sys.argv[1])
    print(json.dumps({
        name: {key: float(value) for key, value in estimate(d, float(sys.argv[2])).items()}
        for name, d in contrasts(times).items()}))
