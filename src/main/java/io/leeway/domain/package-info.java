/**
 * The values Leeway speaks in: windows and periods, slices and segments, measures and their status,
 * and the three families of errors. Plain records without Spark; nothing here computes a statistic.
 * Read {@link io.leeway.domain.Measure} first: everything Leeway publishes is one.
 */
package io.leeway.domain;
