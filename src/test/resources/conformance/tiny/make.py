"""Makes this folder: predictions, labels, a challenger, schema and expected values, with nothing but Python's standard
library.

Every formula is written down again from its definition; nothing here knows of Leeway. Run it in its own folder:

    python3 make.py

The folder holds what is awkward: a column name with a comma and a dot, a column that is number and segment at once,
segment values with commas, equals signs and quotes, `1` beside `01`, missing values, ties, a constant reference column,
a month without rows, a month after the last row, rows without a label, scores of exactly 0, groups with few labels.
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
FAIRNESS = ["state"]
AS_OF = ["2026-05-20T12:00:00Z"]
AS_OF_SEGMENTS = ["state"]
TIME = "%Y-%m-%dT%H:%M:%SZ"
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
                "ts": at.strftime(TIME),
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


def add_labels(data):
    """Adds label and label_ts to most rows; `None` where there is none."""
    draw = random.Random(SEED + 1)
    for row in data:
        known = draw.random() < 0.85
        label = int(draw.random() < float(row["score"]))
        at = datetime.strptime(row["ts"], TIME) + timedelta(seconds=draw.randrange(30 * 86400))
        row["label"] = label if known else None
        row["label_ts"] = at.strftime(TIME) if known else None


def challenged(data):
    """The rows of May as another model answered them."""
    draw = random.Random(SEED + 2)
    for row in data:
        if row["ts"] >= "2026-05-01":
            score = min(max(round(float(row["score"]) + draw.gauss(0, 0.1), 2), 0.0), 1.0)
            yield {**row, "model_version": "v2", "score": repr(score), "prediction": str(int(score >= 0.6))}


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


def ratio(numerator, denominator):
    return float(Fraction(numerator, denominator)) if denominator else None


def confusion(known):
    y_h = [(row["label"], int(row["prediction"])) for row in known]
    return [y_h.count(pair) for pair in [(1, 1), (0, 1), (0, 0), (1, 0)]]


def roc_auc(positive, negative):
    pairs = sum(Fraction(1) if p > q else Fraction(1, 2) if p == q else Fraction(0) for p in positive for q in negative)
    return float(pairs / (len(positive) * len(negative))) if positive and negative else None


def average_precision(known):
    positives = sum(row["label"] for row in known)
    total = Fraction(0)
    hits_before = 0
    for threshold in sorted(set(float(row["score"]) for row in known), reverse=True):
        above = [row["label"] for row in known if float(row["score"]) >= threshold]
        if positives:
            total += Fraction(sum(above) - hits_before, positives) * Fraction(sum(above), len(above))
        hits_before = sum(above)
    return float(total) if positives else None


def performance(known):
    """Of rows with a label, of which there is at least one."""
    tp, fp, tn, fn = confusion(known)
    n = len(known)
    yield from {"tp": tp, "fp": fp, "tn": tn, "fn": fn}.items()
    recall, specificity = ratio(tp, tp + fn), ratio(tn, tn + fp)
    yield "accuracy", ratio(tp + tn, n)
    yield "precision", ratio(tp, tp + fp)
    yield "recall", recall
    yield "specificity", specificity
    yield "f1", ratio(2 * tp, 2 * tp + fp + fn)
    yield "base_rate", ratio(tp + fn, n)
    yield "balanced_accuracy", None if recall is None or specificity is None else (recall + specificity) / 2
    root = math.sqrt((tp + fp) * (tp + fn) * (tn + fp) * (tn + fn))
    yield "mcc", (tp * tn - fp * fn) / root if root else 0.0
    scores = [(float(row["score"]), row["label"]) for row in known]
    yield "roc_auc", roc_auc([p for p, y in scores if y == 1], [p for p, y in scores if y == 0])
    yield "pr_auc", average_precision(known)
    clip = lambda q: min(max(q, 2.0**-52), 1 - 2.0**-52)
    yield "log_loss", math.fsum(-math.log(clip(p if y == 1 else 1 - p)) for p, y in scores) / n
    yield "brier", math.fsum((p - y) ** 2 for p, y in scores) / n
    yield "mean_score", math.fsum(p for p, y in scores) / n
    bins = [[(p, y) for p, y in scores if min(math.floor(p * 10), 9) == b] for b in range(10)]
    yield "ece", sum(
        len(b) / n * abs(math.fsum(p for p, y in b) / len(b) - sum(y for p, y in b) / len(b)) for b in bins if b
    )


def rates(group):
    tp, fp, tn, fn = confusion([row for row in group if row["label"] is not None])
    return {
        "selection_rate": ratio(sum(int(row["prediction"]) for row in group), len(group)),
        "tpr": ratio(tp, tp + fn),
        "fpr": ratio(fp, fp + tn),
        "ppv": ratio(tp, tp + fp),
    }


def gaps(groups):
    """Across groups, in three readings."""
    for suffix, least in [("", 0), ("_zero", 1), ("_min30", 30)]:
        read = [rates(group) for group in groups if len([r for r in group if r["label"] is not None]) >= least]
        spread = {}
        for rate in ["selection_rate", "tpr", "fpr"]:
            values = [0.0 if r[rate] is None and suffix == "_zero" else r[rate] for r in read]
            values = [value for value in values if value is not None]
            low, high = (min(values), max(values)) if values else (None, None)
            spread[rate] = (high - low if values else None, low / high if values and high > 0 else None)
        yield "demographic_parity_difference" + suffix, spread["selection_rate"][0]
        yield "demographic_parity_ratio" + suffix, spread["selection_rate"][1]
        known = [spread[rate][0] for rate in ["tpr", "fpr"]]
        yield "equalized_odds_difference" + suffix, None if None in known else max(known)
        yield "equalized_odds_ratio" + suffix, min(
            (spread[rate][1] for rate in ["tpr", "fpr"] if spread[rate][1] is not None), default=None
        )
        yield "equal_opportunity_difference" + suffix, spread["tpr"][0]


def labelled(group):
    return [row for row in group if row["label"] is not None]


def performance_lines(window, data, segments):
    """Rows, labels and performance of a window and the groups in it, each with what they are of."""
    for segment_column in [""] + segments:
        for segment in sorted(set(row[segment_column] for row in data)) if segment_column else [""]:
            group = [row for row in data if not segment_column or row[segment_column] == segment]
            name = (segment or "__null__") if segment_column else ""
            yield window, segment_column, name, "", "n", len(group)
            yield window, segment_column, name, "", "n_labeled", len(labelled(group))
            for metric, value in performance(labelled(group)) if labelled(group) else []:
                yield window, segment_column, name, "", metric, value


def rows_of(data, window):
    start, end = window
    return [
        row for row in data if start <= row["ts"] < end and (row["period"] == "reference") == (window == REFERENCE)
    ]


def expected_as_of(data):
    metrics = ["accuracy", "precision", "recall", "f1", "base_rate", "mcc", "roc_auc", "log_loss", "brier"]
    for as_of in AS_OF:
        then = [
            {**row, "label": row["label"] if row["label"] is not None and row["label_ts"] <= as_of else None}
            for row in data
            if row["ts"] <= as_of
        ]
        for window in [REFERENCE] + WINDOWS:
            here = rows_of(then, window)
            counts = {}
            for line in performance_lines(window, here, AS_OF_SEGMENTS) if here else []:
                counts[line[4]] = line[5]
                if line[4] in ["n", "n_labeled"] + metrics:
                    yield (as_of, *line)
                if line[4] == "n_labeled":
                    yield (as_of, *line[:4], "label_coverage", ratio(counts["n_labeled"], counts["n"]))


def expected_challenger(data):
    for window in WINDOWS:
        here = rows_of(data, window)
        yield from performance_lines(window, here, SEGMENTS) if here else []


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
        here = rows_of(data, window)
        if not here:
            yield window, "", "", "", "n", 0
            yield window, "", "", "", "n_labeled", 0
            continue
        yield from performance_lines(window, here, SEGMENTS)
        if window != REFERENCE:
            for metric, value in drift("label", labelled(reference), labelled(here), None):
                yield window, "", "", "label", metric, value
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
                for metric, value in rates(group).items() if segment_column in FAIRNESS else []:
                    yield window, segment_column, name, "", metric, value
                for column in DRIFT_FEATURES if segment_column in DRIFT_COLUMNS and window != REFERENCE else []:
                    if min(usable(column, group), usable(column, before)) >= 20:
                        for metric, value in drift(column, before, group, edges.get(column)):
                            yield window, segment_column, name, column, metric, value
        for segment_column in FAIRNESS:
            names = set(row[segment_column] for row in here)
            for metric, value in gaps([[row for row in here if row[segment_column] == name] for name in names]):
                yield window, segment_column, "", "", metric, value


def write(name, header, lines):
    with open(name, "w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(lines)


def line(as_of, window, segment_column, segment, feature, metric, value):
    text = "" if value is None else repr(value)
    return ["tiny", *([as_of] if as_of else []), *window, segment_column, segment, feature, metric, text]


def main():
    data = list(rows())
    add_labels(data)
    other = list(challenged(data))
    write("predictions.csv", HEADER, [[row[column] for column in HEADER] for row in data])
    header = ["prediction_id", "label", "label_ts"]
    write("labels.csv", header, [[row[column] for column in header] for row in labelled(data)])
    header = ["prediction_id", "model_version", "score", "prediction"]
    write("challenger.csv", header, [[row[column] for column in header] for row in other])
    places = ["window_start", "window_end", "segment_column", "segment_value", "feature", "metric", "value"]
    write("expected.csv", ["dataset"] + places, [line("", *of) for of in expected(data)])
    write("expected_asof.csv", ["dataset", "as_of"] + places, [line(*of) for of in expected_as_of(data)])
    write("expected_challenger.csv", ["dataset"] + places, [line("", *of) for of in expected_challenger(other)])
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
                "fairness_columns": FAIRNESS,
                "fairness_positive": 1,
                "reference": {"period": "reference", "window": REFERENCE},
                "windows": WINDOWS,
                "segment_drift_columns": DRIFT_COLUMNS,
                "segment_drift_features": DRIFT_FEATURES,
                "as_of": AS_OF,
                "as_of_segment_columns": AS_OF_SEGMENTS,
                "challenger_file": "challenger.csv.gz",
                "challenger_version": "v2",
            },
            out,
            indent=1,
        )
        out.write("\n")


main()
