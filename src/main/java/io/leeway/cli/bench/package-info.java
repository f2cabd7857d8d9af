/**
 * What {@code jobs/bench} measures: made-up tables, and on them our scan beside Spark's own means
 * and a new day beside a first one, in one Java process in turn.
 *
 * <p>Not here: what a figure must reach, which the README states. Read {@link
 * io.leeway.cli.bench.ScanBench} and {@link io.leeway.cli.bench.IncrementBench} first.
 */
package io.leeway.cli.bench;
