"""airflow.sdk: DAG, Asset, task, ObjectStoragePath."""

import pathlib


class DAG:
    current = None

    def __init__(
        self,
        dag_id,
        *,
        description=None,
        schedule=None,
        start_date=None,
        catchup=False,
        default_args=None,
        params=None,
        tags=None,
        max_active_runs=16,
    ):
        self.dag_id = dag_id
        self.schedule = schedule
        self.start_date = start_date
        self.catchup = catchup
        self.default_args = default_args or {}
        self.params = params or {}
        self.tags = tags or []
        self.tasks = {}

    def __enter__(self):
        DAG.current = self
        return self

    def __exit__(self, *error):
        DAG.current = None


class Asset:
    def __init__(self, uri):
        self.uri = uri


class BaseOperator:
    def __init__(
        self,
        *,
        task_id,
        retries=None,
        pool="default_pool",
        outlets=None,
        max_active_tis_per_dag=None,
        trigger_rule="all_success",
    ):
        self.task_id = task_id
        self.pool = pool
        self.outlets = outlets or []
        self.max_active_tis_per_dag = max_active_tis_per_dag
        self.trigger_rule = trigger_rule
        self.downstream = set()
        if task_id in DAG.current.tasks:
            raise ValueError(f"Two tasks are called {task_id}.")
        DAG.current.tasks[task_id] = self

    def __rshift__(self, other):
        for after in other if isinstance(other, list) else [other]:
            self.downstream.add(after.task_id)
        return other


class Decorated(BaseOperator):
    def __init__(self, kind, function, options):
        super().__init__(task_id=function.__name__)
        self.kind = kind
        self.function = function
        self.options = options


class TaskDecorator:
    def __call__(self, function):
        return lambda: Decorated("python", function, {})

    def branch(self, function):
        return lambda: Decorated("branch", function, {})

    def sensor(self, *, poke_interval, timeout, mode, soft_fail=False):
        options = {"poke_interval": poke_interval, "timeout": timeout, "mode": mode}
        return lambda function: lambda: Decorated("sensor", function, options)


task = TaskDecorator()


class ObjectStoragePath:
    def __init__(self, address):
        self.path = pathlib.Path(address)

    def exists(self):
        return self.path.exists()

    def read_text(self):
        return self.path.read_text(encoding="utf-8")
