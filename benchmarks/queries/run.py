#!/usr/bin/env python3
"""Times a file of queries against servers with Prometheus' API, request by request in turn.

run.py FILE END_EPOCH ROUNDS NAME=URL NAME=URL ...; the first server is what the others are compared with.
One round more is not counted. Prints medians in ms and ratios; a difference in the number of series is named.
"""
import json
import math
import statistics
import sys
import time
import urllib.parse
import urllib.request


def ask(url, kind, query, end, span, step):
    form = {"query": query}
    if kind == "instant":
        form["time"] = end
    else:
        form.update(start=end - span, end=end, step=step)
    path = "/api/v1/query" if kind == "instant" else "/api/v1/query_range"
    began = time.perf_counter()
    with urllib.request.urlopen(url + path + "?" + urllib.parse.urlencode(form), timeout=120) as response:
        body = response.read()
    took = (time.perf_counter() - began) * 1000
    return took, len(json.loads(body)["data"]["result"])


def main():
    file, end, rounds = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
    servers = [argument.split("=", 1) for argument in sys.argv[4:]]
    queries = []
    with open(file, encoding="utf-8") as lines:
        for line in lines:
            if line.strip() and not line.startswith("#"):
                queries.append([part.strip() for part in line.split(" | ")])
    times = {}
    series = {}
    for turn in range(rounds + 1):
        for name, kind, query, *rest in queries:
            span, step = (int(rest[0]), int(rest[1])) if rest else (0, 0)
            for server, url in servers:
                took, count = ask(url, kind, query, end, span, step)
                series.setdefault(name, {})[server] = count
                if turn > 0:
                    times.setdefault((name, server), []).append(took)
    first = servers[0][0]
    ratios = {server: [] for server, _ in servers[1:]}
    for name, *_ in queries:
        row = f"{name:24}"
        base = statistics.median(times[name, first])
        for server, _ in servers:
            median = statistics.median(times[name, server])
            row += f" {server} {median:8.1f}"
            if server != first:
                ratios[server].append(median / base)
                row += f" ({median / base:.2f})"
        print(row if len(set(series[name].values())) == 1 else f"{row} series {series[name]}")
    for server, all_ratios in ratios.items():
        mean = math.exp(statistics.fmean(map(math.log, all_ratios)))
        print(f"{server} / {first}: geometric mean {mean:.3f}, largest {max(all_ratios):.2f}")


main()
