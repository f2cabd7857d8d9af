/**
 * What is known of a model's versions, and who did what to them. There is one truth: the audit log,
 * a line of entries per model, each numbered, each bearing the hash of the one before. Which
 * version is champion, who approved, whether the circuit is open: all of it follows from the line
 * ({@link io.leeway.registry.ModelState}), so nothing can be done that is not on record, and the
 * tables {@code model_versions}, {@code model_aliases}, {@code approvals}, {@code
 * retrain_decisions} and {@code circuit} are views of it.
 *
 * <p>Read {@link io.leeway.registry.Registry} first, which appends; then {@link
 * io.leeway.registry.ModelState}, and the acts: {@link io.leeway.registry.Approval}, {@link
 * io.leeway.registry.Promotion}, {@link io.leeway.registry.Contest}, {@link
 * io.leeway.registry.Lease}. Acts are pure: they look at a state and give the entry to append, or
 * say why not. The files of a version are next door, in {@code io.leeway.registry.files}.
 */
package io.leeway.registry;
