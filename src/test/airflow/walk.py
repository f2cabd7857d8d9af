"""Parses jobs/airflow/leeway_dags.py, walks its graph, and plays what its tasks do on given summaries.

walk.py FOLDER, in which FOLDER/summaries/m/*.json were written by Leeway itself. Prints "walked" at the end.
"""

import importlib.util
import json
import os
import pathlib
import sys

folder = pathlib.Path(sys.argv[1])
here = pathlib.Path(__file__).parent
# Before any Airflow that is installed: the walk looks into tasks in a way that only the stub allows.
sys.path.insert(0, str(here / "stub"))

summaries = folder / "summaries" / "m"
current = folder / "current.json"
described = json.loads((here.parents[2] / "jobs/airflow/leeway_dags.example.json").read_text())
described["summaries"] = str(folder / "summaries")
described["models"] = [
    {**described["models"][0], "model": "m", "current": str(current)},
    {**described["models"][0], "model": "other", "schedule": "@hourly"},
]
dags_file = folder / "dags.json"
dags_file.write_text(json.dumps(described))
os.environ["LEEWAY_DAGS"] = str(dags_file)

source = here.parents[2] / "jobs/airflow/leeway_dags.py"
spec = importlib.util.spec_from_file_location("leeway_dags", source)
module = importlib.util.module_from_spec(spec)
spec.loader.exec_module(module)


def equal(found, expected):
    assert found == expected, f"found {found}, expected {expected}"


dag = module.leeway_m
equal(module.leeway_other.schedule, "@hourly")
equal(dag.catchup, False)
equal(
    {name: sorted(task.downstream) for name, task in dag.tasks.items()},
    {
        "baseline_there": ["monitor_arguments"],
        "monitor_arguments": ["monitor"],
        "monitor": ["decide", "score"],
        "decide": ["all_is_well", "retrain"],
        "all_is_well": [],
        "retrain": ["let_out"],
        "let_out": [],
        "score": ["ab"],
        "ab": [],
    },
)
for name in ("monitor", "retrain", "score", "ab"):
    job = dag.tasks[name]
    equal((job.pool, job.java_class), ("leeway", "io.leeway.cli.Leeway"))
    equal(job.conf["spark.yarn.maxAppAttempts"], "1")
equal([of.uri for of in dag.tasks["monitor"].outlets], ["s3://platform/leeway/results/metrics"])
equal(dag.tasks["retrain"].application_args[-2:], ["--run-id", "{{ run_id }}"])
equal(dag.tasks["baseline_there"].options["mode"], "reschedule")


def of(name, **arguments):
    return dag.tasks[name].function(**arguments)


def place(name, told):
    (summaries / f"{told}.json").replace(summaries / f"{name}.json")


equal(of("baseline_there"), False)
place("baseline", "baseline-done")
equal(of("baseline_there"), True)
equal(of("monitor_arguments", params={"from": "", "until": ""})[-2:], ["--summary-out", str(summaries / "monitor.json")])
equal(
    of("monitor_arguments", params={"from": "2026-01-01", "until": "2026-02-01"})[-4:],
    ["--from", "2026-01-01", "--until", "2026-02-01"],
)
place("monitor", "monitor-quiet")
equal(of("decide"), "all_is_well")
place("monitor", "monitor-fires")
equal(of("decide"), "retrain")
place("retrain", "retrain-done")
equal(of("let_out"), False)
current.write_text(json.dumps({"champion": {"version": 3}}))
equal(of("let_out"), False)
current.write_text(json.dumps({"champion": {"version": 3}, "challenger": {"version": 4}}))
equal(of("let_out"), True)

from airflow.exceptions import AirflowException, AirflowFailException  # noqa: E402


def fails(name):
    try:
        dag.tasks[name].execute({})
    except AirflowFailException as problem:
        return "for good: " + str(problem)
    except AirflowException:
        return "to be tried again"


place("score", "failed-earlier")
equal(fails("score"), "to be tried again")
place("score", "failed-user")
equal(fails("score"), "for good: no such column")
place("score", "failed-environment")
equal(fails("score"), "to be tried again")
(summaries / "score.json").unlink()
equal(fails("score"), "to be tried again")
print("walked")
