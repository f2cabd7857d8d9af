/**
 * Trained models as files: a pipeline of MLlib's own stages in the layout that MLflow reads, with
 * what Leeway knows of it beside.
 *
 * <p>What is here: {@link io.leeway.registry.files.ModelFiles} writes a folder, moves it to its
 * version and opens it again, checked file by file; {@link io.leeway.registry.files.ScoringModel}
 * scores rows with it. What is not: which version serves, who approved it, how it was trained. Read
 * {@link io.leeway.registry.files.ModelDescription} first, then {@code ModelFiles}.
 */
package io.leeway.registry.files;
