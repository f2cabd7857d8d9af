/**
 * The command {@code conformance}: a folder of predictions in an open format goes through the real
 * jobs, and what they publish is held against the values that the folder expects.
 *
 * <p>What is here: the reader of the folder ({@link io.leeway.cli.conformance.FolderSchema}, {@link
 * io.leeway.cli.conformance.PredictionTable}), the maker of the configuration ({@link
 * io.leeway.cli.conformance.ModelText}), the writer that maps our names to the file's ({@link
 * io.leeway.cli.conformance.PublishedValues}, {@link io.leeway.cli.conformance.ValuesFile}), and
 * the comparison. What is not: any arithmetic of a metric; nothing in the jobs knows that it is
 * being held against a file. Read {@link io.leeway.cli.conformance.Conformance} first.
 */
package io.leeway.cli.conformance;
