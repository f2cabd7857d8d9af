/**
 * What {@code jobs/bench} measures: made-up tables, and on them our scan beside Spark's own means
 * and a new day beside a first one, labels beside a bare join, in one Java process in turn; and,
 * without Spark, how often intervals hold the truth, how often alarms are raised where nothing
 * changes, how soon a change is found, and how often A/B tests let out what is no better.
 *
 * <p>Not here: what a figure of speed must reach, which the README states. Read {@link
 * io.leeway.cli.bench.ScanBench}, {@link io.leeway.cli.bench.IncrementBench}, {@link
 * io.leeway.cli.bench.LabelBench}, {@link io.leeway.cli.bench.CoverageBench}, {@link
 * io.leeway.cli.bench.AlarmBench} and {@link io.leeway.cli.bench.AbBench} first.
 */
package io.leeway.cli.bench;
