/**
 * Metrics from profiles: which numbers of the catalogue a column has, and what each is published
 * with. The arithmetic itself lives in {@code stats}; here nothing is read, written or planned.
 * Read {@link io.leeway.monitor.metrics.ColumnMeasures} first.
 */
package io.leeway.monitor.metrics;
