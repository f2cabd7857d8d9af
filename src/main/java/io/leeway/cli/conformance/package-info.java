/**
 * The command {@code conformance}: a folder of predictions in an open format goes through the real
 * jobs, and what they publish is held against the values that the folder expects: of the model as a
 * whole, of its performance as of some times, and of a challenger's performance.
 *
 * <p>What is here: the reader of the folder ({@link io.leeway.cli.conformance.FolderSchema}, {@link
 * io.leeway.cli.conformance.PredictionTable}, {@link io.leeway.cli.conformance.LabelTable}), the
 * maker of the configuration ({@link io.leeway.cli.conformance.ModelText}), what each file lists
 * ({@link io.leeway.cli.conformance.FileMetrics}), the writer that maps our names to the file's
 * ({@link io.leeway.cli.conformance.PublishedValues}, {@link
 * io.leeway.cli.conformance.ValuesFile}), and the comparison. What is not: any arithmetic of a
 * metric; nothing in the jobs knows that it is being held against a file. Read {@link
 * io.leeway.cli.conformance.Conformance} first.
 */
package io.leeway.cli.conformance;
