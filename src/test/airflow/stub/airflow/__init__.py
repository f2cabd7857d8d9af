"""The few names of Airflow 3 that jobs/airflow uses, so that its DAGs can be parsed and walked without Airflow.

An argument that is not written down here is refused, and only such are that the documentation of Airflow 3 and the
source of its provider for Spark have. Nothing is scheduled.
"""
