"""Makes this folder: predictions, schema and expected values, with nothing but Python's standard library.

Every formula is written down again from its definition; nothing here knows of Leeway. Run it in its own folder:

    python3 make.py

The folder holds what is awkward: a column name with a comma and a dot, a column that is number and segment at once,
segment values with commas, equals signs and quotes, `1` beside `01`, missing values, ties, a constant reference column,
a month without rows, and a month after the last row.
"""

import csv
import json
import math
import random
from datetime import datetime, timedelta
from fractions import Fraction

SEED = 20260131
NUMERIC = ["amount", "rate, in p.a.", "grade", "constant"]
CATEGORICAL = ["plan", "grade_text"]
SEGMENTS = ["state", "grade"]
DRIFT_COLUMNS = ["state"]
DRIFT_FEATURES = ["amount", "plan", "score"]
REFERENCE = ("2026-01-01T00:00:00Z", "2026-03-01T00:00:00Z")
WINDOWS = [
    ("2026-03-01T00:00:00Z", "2026-04-01T00:00:00Z"),
    ("2026-04-01T00:00:00Z", "2026-05-01T00:00:00Z"),
    ("2026-05-01T00:00:00Z", "2026-06-01T00:00:00Z"),
    ("2026-06-01T00:00:00Z", "2026-07-01T00:00:00Z"),
]
HEADER = (["prediction_id", "ts", "period", "model_version"] + NUMERIC + CATEGORICAL + ["state", "score", "prediction"])


def rows():
    draw = random.Random(SEED)
    states = ["VIC", "a=b, c", 'the "north"', ""]
    for period, year, month, days, count, shift in [
        ("reference", 2026, 1, 59, 160, 0.0),
        ("analysis", 2026, 3, 31, 110, 0.0),
        ("analysis", 2026, 5, 31, 130, 0.6),
    ]:
        for i in range(count):
            at = datetime(year, month, 1) + timedelta(seconds=draw.randrange(days * 86400))
            grade = draw.choice([1, 2, 3] if shift == 0 else [2, 3, 4])
            score = min(max(round(draw.gauss(0.4 + shift / 4, 0.2), 3), 0.0), 1.0)
            yield {
                "prediction_id": "%s%d-%d" % (period[0], month, i),
                "ts": at.strftime("%Y-%m-%dT%H:%M:%SZ"),
                "period": period,
                "model_version": "v1",
                "amount": "" if draw.random() < 0.1 else repr(round(draw.gauss(100 + 40 * shift, 30), 1)),
                "rate, in p.a.": repr(draw.gauss(3 + shift, 1)),
                "grade": str(grade),
                "constant": "7" if shift == 0 else repr(7 + draw.randrange(2)),
                "plan": draw.choice(["basic", "plus", "", "pro"] if shift == 0 else ["basic", "plus", "", "max"]),
                "grade_text": draw.choice(["1", "01"]),
                "state": draw.choice(states),
                "score": repr(score),
                "prediction": str(int(score >= 0.5)),
            }


def quantile(values, q):
    place = (len(values) - 1) * q
    low = math.floor(place)
    high = min(low + 1, len(values) - 1)
    return values[low] + (values[high] - values[low]) * (place - low)


def statistics(column, group):
    values = [row[column] for row in group]
    present = [value for value in values if value != ""]
    if column in NUMERIC + ["score"]:
        numbers = sorted(Fraction(float(value)) for value in present)
        mean = sum(numbers) / len(numbers)
        variance = sum((x - mean) ** 2 for x in numbers) / (len(numbers) - 1)
        yield "count", len(numbers)
        yield "null_rate", 1 - len(present) / len(values)
        yield "mean", float(mean)
        yield "std", math.sqrt(variance)
        yield "min", float(numbers[0])
        yield "max", float(numbers[-1])
        yield "median", quantile([float(x) for x in numbers], 0.5)
    else:
        yield "null_rate", 1 - len(present) / len(values)
        yield "distinct", len(set(present))


def kolmogorov(n, d):
    """P(D_n < d), exactly: Durbin's matrix in rational numbers (Marsaglia, Tsang and Wang 2003)."""
    d = Fraction(d)
    if n * d <= Fraction(1, 2):
        return Fraction(0)
    if d >= 1:
        return Fraction(1)
    k = math.floor(n * d) + 1
    m = 2 * k - 1
    h = k - n * d
    matrix = [[Fraction(1 if i - j + 1 >= 0 else 0) for j in range(m)] for i in range(m)]
    for i in range(m):
        matrix[i][0] -= h ** (i + 1)
        matrix[m - 1][i] -= h ** (m - i)
    if 2 * h - 1 > 0:
        matrix[m - 1][0] += (2 * h - 1) ** m
    for i in range(m):
        for j in range(m):
            if i - j + 1 > 0:
                matrix[i][j] /= math.factorial(i - j + 1)
    # Only the middle entry of the n-th power is asked for: a row vector times the matrix, n times.
    # Fractions are rounded to 300 binary digits, far below what a double shows.
    vector = [Fraction(1 if j == k - 1 else 0) for j in range(m)]
    scale = 1 << 300
    for _ in range(n):
        vector = [
            Fraction(round(sum(vector[i] * matrix[i][j] for i in range(m)) * scale), scale) for j in range(m)
        ]
    return vector[k - 1] * math.factorial(n) / Fraction(n) ** n


def ks_limit(t):
    if t < 0.2:
        return 1.0
    return min(1.0, 2 * sum((-1) ** (j - 1) * math.exp(-2 * j * j * t * t) for j in range(1, 200)))


def shares_distances(reference, window):
    n, m = sum(window), sum(reference)
    psi = js = 0.0
    for r, w in zip((c / m for c in reference), (c / n for c in window)):
        rf, wf = max(r, 1e-4), max(w, 1e-4)
        psi += (wf - rf) * math.log(wf / rf)
        middle = (r + w) / 2
        js += sum(share / 2 * math.log2(share / middle) for share in (r, w) if share > 0)
    js = max(0.0, js)
    yield "psi", psi
    yield "js_divergence", js
    yield "js_distance", math.sqrt(js)


def chi_square_tail(x, dof):
    """P(chi-square > x) for whole degrees: the closed sums of the incomplete gamma function."""
    if dof == 0:
        return 1.0
    half = x / 2
    if dof % 2 == 0:
        term = total = 1.0
        for i in range(1, dof // 2):
            term *= half / i
            total += term
        return math.exp(-half) * total
    total = math.erfc(math.sqrt(half))
    term = math.sqrt(half) / math.gamma(1.5)
    for i in range((dof - 1) // 2):
        total += math.exp(-half) * term
        term *= half / (i + 1.5)
    return total


def drift(column, reference, window, edges):
    if column in NUMERIC + ["score"]:
        r = sorted(float(row[column]) for row in reference if row[column] != "")
        w = sorted(float(row[column]) for row in window if row[column] != "")
        yield "n_ref", len(r)
        yield "n_win", len(w)
        points = sorted(set(r + w))
        at = lambda values, x: Fraction(sum(1 for value in values if value <= x), len(values))
        gaps = [abs(at(r, x) - at(w, x)) for x in points]
        statistic = max(gaps)
        effective = Fraction(len(r) * len(w), len(r) + len(w))
        yield "ks_statistic", float(statistic)
        yield "ks_pvalue", 1 - float(kolmogorov(round(effective), statistic)) if statistic else 1.0
        yield "ks_pvalue_limit", ks_limit(math.sqrt(effective) * float(statistic))
        yield "wasserstein", float(
            sum(gap * (Fraction(b) - Fraction(a)) for gap, a, b in zip(gaps, points, points[1:]))
        )
        bin_of = lambda x: sum(1 for edge in edges if edge <= x)
        counts = [[0] * (len(edges) + 1), [0] * (len(edges) + 1)]
        for side, values in enumerate((r, w)):
            for value in values:
                counts[side][bin_of(value)] += 1
        yield from shares_distances(*counts)
    else:
        r = [row[column] for row in reference]
        w = [row[column] for row in window]
        names = sorted(set(r + w))
        counts = [[values.count(name) for name in names] for values in (r, w)]
        m, n = len(r), len(w)
        yield "n_ref", m
        yield "n_win", n
        chi2 = 0.0
        for a, b in zip(*counts):
            for seen, size in ((a, m), (b, n)):
                expected = (a + b) * size / (m + n)
                chi2 += (seen - expected) ** 2 / expected
        yield "chi2", chi2 if len(names) > 1 else 0.0
        yield "chi2_dof", len(names) - 1
        yield "chi2_pvalue", chi_square_tail(chi2, len(names) - 1)
        yield "cramers_v", math.sqrt(chi2 / (m + n))
        differences = [abs(a / m - b / n) for a, b in zip(*counts)]
        yield "total_variation", sum(differences) / 2
        yield "l_infinity", max(differences)
        yield "categories_new", sum(1 for a, b in zip(*counts) if a == 0)
        yield "categories_missing", sum(1 for a, b in zip(*counts) if b == 0)
        yield from shares_distances(*counts)


def usable(column, group):
    return len([row for row in group if row[column] != ""]) if column in NUMERIC + ["score"] else len(group)


def expected(data):
    columns = NUMERIC + CATEGORICAL + ["score", "prediction"]
    reference = [row for row in data if row["period"] == "reference"]
    edges = {}
    for column in NUMERIC + ["score"]:
        values = sorted(float(row[column]) for row in reference if row[column] != "")
        edges[column] = sorted(set(quantile(values, q / 10) for q in range(1, 10)))
    for window in [REFERENCE] + WINDOWS:
        start, end = window
        here = [
            row for row in data
            if start <= row["ts"] < end and (row["period"] == "reference") == (window == REFERENCE)
        ]
        yield window, "", "", "", "n", len(here)
        yield window, "", "", "", "n_labeled", 0
        if not here:
            continue
        for column in columns:
            for metric, value in statistics(column, here):
                yield window, "", "", column, metric, value
            if window != REFERENCE:
                for metric, value in drift(column, reference, here, edges.get(column)):
                    yield window, "", "", column, metric, value
        for segment_column in SEGMENTS:
            for segment in sorted(set(row[segment_column] for row in here)):
                group = [row for row in here if row[segment_column] == segment]
                before = [row for row in reference if row[segment_column] == segment]
                name = segment or "__null__"
                yield window, segment_column, name, "", "n", len(group)
                for column in DRIFT_FEATURES if segment_column in DRIFT_COLUMNS and window != REFERENCE else []:
                    if min(usable(column, group), usable(column, before)) >= 20:
                        for metric, value in drift(column, before, group, edges.get(column)):
                            yield window, segment_column, name, column, metric, value


def write(name, header, lines):
    with open(name, "w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(lines)


def main():
    data = list(rows())
    write("predictions.csv", HEADER, [[row[column] for column in HEADER] for row in data])
    write(
        "expected.csv",
        ["dataset", "window_start", "window_end", "segment_column", "segment_value", "feature", "metric", "value"],
        [["tiny", *window, a, b, c, d, repr(value)] for window, a, b, c, d, value in expected(data)],
    )
    with open("schema.json", "w", encoding="utf-8") as out:
        json.dump(
            {
                "dataset": "tiny",
                "task": "binary",
                "numeric_features": NUMERIC,
                "categorical_features": CATEGORICAL,
                "segment_columns": SEGMENTS,
                "score_columns": ["score"],
                "prediction_column": "prediction",
                "classes": None,
                "positive_class": 1,
                "fairness_columns": [],
                "fairness_positive": 1,
                "reference": {"period": "reference", "window": REFERENCE},
                "windows": WINDOWS,
                "segment_drift_columns": DRIFT_COLUMNS,
                "segment_drift_features": DRIFT_FEATURES,
                "as_of": [],
                "as_of_segment_columns": [],
                "challenger_file": None,
                "challenger_version": None,
            },
            out,
            indent=1,
        )
        out.write("\n")


main()
