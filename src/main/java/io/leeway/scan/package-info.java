/**
 * Rows to profiles: the one scan. A projection is read in blocks of primitive arrays (from columnar
 * batches where the plan offers them as they are, from rows otherwise), every row is placed in its
 * window and cells, and every column is counted cell by cell; partial states are merged by window
 * and column, and rolled up to the declared slices.
 *
 * <p>Not here: what to scan (planned in {@code monitor}), what a state is ({@code profile}), where
 * it goes ({@code store}). Read {@link io.leeway.scan.ScanSpec}, then {@link
 * io.leeway.scan.ProfileScan}, then {@code CellCounter}, the hot loop.
 */
package io.leeway.scan;
