/**
 * Rules and the verdicts on stored values: whether a value is too far, whether that is sure, and
 * why. {@link io.leeway.policy.verdict.Judgement} is the door: a pure function of a {@link
 * io.leeway.policy.verdict.History} of stored values and of {@link io.leeway.policy.verdict.Rule}s
 * to {@link io.leeway.policy.verdict.Verdict}s. Each kind of metric has its recipe, which looks at
 * nothing but what is stored. A limit is written down or learned from the reference's windows:
 * {@link io.leeway.policy.verdict.LearnedBorder}.
 *
 * <p>Not here: reading and writing tables, incidents, notices. Nothing here knows Spark.
 */
package io.leeway.policy.verdict;
