/**
 * What {@code jobs/bench} measures: made-up tables, and on them our scan beside Spark's own means
 * and a new day beside a first one, labels beside a bare join, in one Java process in turn; and,
 * without Spark, how often intervals hold the truth.
 *
 * <p>Not here: what a figure of speed must reach, which the README states. Read {@link
 * io.leeway.cli.bench.ScanBench}, {@link io.leeway.cli.bench.IncrementBench}, {@link
 * io.leeway.cli.bench.LabelBench} and {@link io.leeway.cli.bench.CoverageBench} first.
 */
package io.leeway.cli.bench;
