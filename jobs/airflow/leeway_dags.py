"""A DAG for each model that Leeway watches; for Airflow 2.9 and later, and 3.

    baseline_there ─► monitor ─┬─► decide ─┬─► retrain ─► let_out
                               │           └─► all_is_well
                               └─► score ─► ab

The models stand in leeway_dags.json beside this file, or in the file that LEEWAY_DAGS names (see the example there).
Every job may be run again: what is committed is not done twice, and of two that run at once one wins. So retries and
runs that overlap are safe, and a run that waits for people (let_out) holds up nobody.

Backfill: trigger a run with {"from": "2026-01-01", "until": "2026-02-01"}; monitor then computes these windows again.
Without them it does whatever is due, so missed schedules need no catching up.
"""

from __future__ import annotations

import json
import os
import re
from datetime import datetime, timedelta, timezone
from pathlib import Path

try:  # Airflow 3
    from airflow.sdk import DAG, Asset, task
except ImportError:  # Airflow 2.9 and later, where an asset is a dataset
    from airflow import DAG
    from airflow.datasets import Dataset as Asset
    from airflow.decorators import task

from airflow.providers.apache.spark.operators.spark_submit import SparkSubmitOperator

DAGS = Path(os.environ.get("LEEWAY_DAGS", Path(__file__).with_name("leeway_dags.json")))

DELTA = {
    "spark.sql.extensions": "io.delta.sql.DeltaSparkSessionExtension",
    "spark.sql.catalog.spark_catalog": "org.apache.spark.sql.delta.catalog.DeltaCatalog",
    # Airflow decides about another attempt, and knows whether it helps.
    "spark.yarn.maxAppAttempts": "1",
}


TO_THE_SECOND = "%Y-%m-%dT%H:%M:%S"


def summary_of(address):
    """What a command has told, or None before it was run; from any storage that Airflow knows."""
    try:
        from airflow.sdk import ObjectStoragePath
    except ImportError:
        from airflow.io.path import ObjectStoragePath
    path = ObjectStoragePath(address)
    return json.loads(path.read_text()) if path.exists() else None


class LeewayOperator(SparkSubmitOperator):
    """spark-submit, which tells by the summary whether another attempt may help."""

    def __init__(self, *, summary, **options):
        super().__init__(**options)
        self.summary = summary

    def execute(self, context):
        from airflow.exceptions import AirflowFailException

        started = datetime.now(timezone.utc).strftime(TO_THE_SECOND)
        try:
            return super().execute(context)
        except Exception as problem:  # the provider's releases differ in which
            told = summary_of(self.summary)
            # A summary of an earlier attempt says nothing of one that never came to start.
            if told and told["started_at"] >= started and told["code"] != 0 and not told["retry"]:
                raise AirflowFailException(told["message"]) from problem
            raise


class Jobs:
    """The jobs of one model, by its entry in the file."""

    def __init__(self, entry, defaults):
        self.entry = {**defaults, **entry}
        self.model = self.entry["model"]
        self.dag_id = "leeway_" + re.sub(r"[^A-Za-z0-9_.-]", "_", self.model)

    def summary(self, command):
        return f"{self.entry['summaries'].rstrip('/')}/{self.model}/{command}.json"

    def arguments(self, command, *more):
        return [
            command,
            "--config",
            self.entry["config"],
            "--model",
            self.model,
            "--summary-out",
            self.summary(command),
            *more,
        ]

    def submitted(self, command, arguments=None, **options):
        return LeewayOperator(
            task_id=command,
            summary=self.summary(command),
            application=self.entry["jar"],
            java_class="io.leeway.cli.Leeway",
            application_args=self.arguments(command) if arguments is None else arguments,
            conn_id=self.entry.get("conn_id", "spark_default"),
            conf={**DELTA, **self.entry.get("conf", {})},
            packages=self.entry.get("packages"),
            pool=self.entry.get("pool", "default_pool"),
            name=f"leeway {command} {self.model}",
            max_active_tis_per_dag=1,
            **self.entry.get("submit", {}),
            **options,
        )


def dag_of(entry, defaults):
    jobs = Jobs(entry, defaults)
    with DAG(
        dag_id=jobs.dag_id,
        description=f"Watches {jobs.model}, and retrains it when that is called for",
        schedule=jobs.entry.get("schedule", "@daily"),
        start_date=datetime.fromisoformat(jobs.entry.get("start_date", "2026-01-01T00:00:00+00:00")),
        catchup=False,
        default_args={
            "owner": jobs.entry.get("owner", "leeway"),
            "retries": 2,
            "retry_delay": timedelta(minutes=5),
            "retry_exponential_backoff": True,
        },
        params={"from": "", "until": ""},
        tags=["leeway", jobs.model],
    ) as dag:

        @task.sensor(poke_interval=600, timeout=7 * 86_400, mode="reschedule")
        def baseline_there():
            """Somebody has run 'leeway baseline' and its summary says that it went well."""
            told = summary_of(jobs.summary("baseline"))
            return told is not None and told["code"] == 0

        @task
        def monitor_arguments(params=None):
            chosen = [(f"--{end}", (params or {}).get(end)) for end in ("from", "until")]
            return jobs.arguments("monitor", *[word for pair in chosen if pair[1] for word in pair])

        @task.branch
        def decide():
            told = summary_of(jobs.summary("monitor"))
            fires = any((of.get("retrain") or {}).get("decision") == "FIRE" for of in told["models"])
            return "retrain" if fires else "all_is_well"

        @task
        def all_is_well():
            """Nothing calls for retraining, or what does is suppressed; the summary says why."""

        @task.sensor(poke_interval=600, timeout=7 * 86_400, mode="reschedule", soft_fail=True)
        def let_out():
            """People have approved the version and let it challenge, shadow or serve."""
            told = summary_of(jobs.summary("retrain"))
            version = (told["models"][0].get("retrain") or {}).get("version")
            current = summary_of(jobs.entry["current"]) or {}
            roles = [current.get(role) or {} for role in ("champion", "challenger", "shadow")]
            return version is None or any(of.get("version") == version for of in roles)

        arguments = monitor_arguments()
        monitor = jobs.submitted(
            "monitor", arguments, outlets=[Asset(of) for of in jobs.entry.get("assets", [])]
        )
        retrain = jobs.submitted("retrain", jobs.arguments("retrain", "--run-id", "{{ run_id }}"))
        score = jobs.submitted("score")
        ab = jobs.submitted("ab")

        baseline_there() >> arguments >> monitor >> decide() >> [retrain, all_is_well()]
        retrain >> let_out()
        monitor >> score >> ab
    return dag


def dags():
    if not DAGS.exists():
        return {}
    described = json.loads(DAGS.read_text(encoding="utf-8"))
    defaults = {key: value for key, value in described.items() if key != "models"}
    made = [dag_of(entry, defaults) for entry in described["models"]]
    return {dag.dag_id: dag for dag in made}


globals().update(dags())
