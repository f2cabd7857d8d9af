/**
 * What {@code jobs/bench} measures: made-up tables, and on them our scan beside Spark's own means
 * and a new day beside a first one, labels beside a bare join, in one Java process in turn; and,
 * without Spark, how often intervals hold the truth, how often alarms are raised where nothing
 * changes, and how soon a change is found.
 *
 * <p>Not here: what a figure of speed must reach, which the README states. Read {@link
 * io.leeway.cli.bench.ScanBench}, {@link io.leeway.cli.bench.IncrementBench}, {@link
 * io.leeway.cli.bench.LabelBench}, {@link io.leeway.cli.bench.CoverageBench} and {@link
 * io.leeway.cli.bench.AlarmBench} first.
 */
package io.leeway.cli.bench;
