/**
 * What {@code jobs/bench} measures: made-up tables, and our scan beside Spark's own means, in one
 * Java process in turn.
 *
 * <p>Not here: what a figure must reach, which the README states. Read {@link
 * io.leeway.cli.bench.ScanBench} first.
 */
package io.leeway.cli.bench;
