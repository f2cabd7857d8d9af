/**
 * What a running test of champion and challenger says: its rows are brought together by unit, read
 * by the rules of {@link io.leeway.stats.experiment.Decision}, put on record, and acted on.
 *
 * <p>Read {@link io.leeway.serving.ab.TestJob} first. {@link io.leeway.serving.ab.UnitCells} is the
 * one query, {@link io.leeway.serving.ab.TestReading} the reading of its result, without Spark.
 */
package io.leeway.serving.ab;
