from airflow.exceptions import AirflowException
from airflow.sdk import BaseOperator


class SparkSubmitOperator(BaseOperator):
    template_fields = ("application", "conf", "packages", "name", "application_args")

    def __init__(
        self,
        *,
        application="",
        conf=None,
        conn_id="spark_default",
        java_class=None,
        packages=None,
        name="arrow-spark",
        application_args=None,
        deploy_mode=None,
        driver_memory=None,
        **of_all_operators,
    ):
        super().__init__(**of_all_operators)
        self.application = application
        self.conf = conf
        self.conn_id = conn_id
        self.java_class = java_class
        self.packages = packages
        self.name = name
        self.application_args = application_args
        self.deploy_mode = deploy_mode
        self.driver_memory = driver_memory

    def execute(self, context):
        raise AirflowException("spark-submit ended with an error code, as the walk wants it.")
