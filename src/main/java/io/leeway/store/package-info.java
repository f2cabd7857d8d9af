/**
 * Delta, and nothing but Delta: source tables pinned at one version, result tables created in one
 * place, the ledger of runs that decides which rows count, and the views that show them.
 *
 * <p>What is here: {@link io.leeway.store.Store} (the result tables), {@link
 * io.leeway.store.RunLedger} (an attempt's rows count once its row in {@code runs} is there),
 * {@link io.leeway.store.PublishedParts} (which run's rows win), {@link
 * io.leeway.store.SourceTable}, {@link io.leeway.store.Views}, {@link io.leeway.store.Maintenance}
 * (what goes, and when), and the rows between our values and the tables. What is not: which windows
 * are due and what a metric means. Delta's internal classes are touched in {@code DeltaSnapshot}
 * alone. Read {@link io.leeway.store.ResultTable} first, then {@link io.leeway.store.RunLedger}.
 */
package io.leeway.store;
