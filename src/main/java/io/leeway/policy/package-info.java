/**
 * From stored metrics to what people deal with. Judging is a run of its own after the monitor's
 * ({@link io.leeway.policy.JudgeJob}); people answer at the {@link io.leeway.policy.IncidentDesk};
 * {@link io.leeway.policy.NoticeJob} tells them; {@link io.leeway.policy.ReplayJob} says what
 * another policy would have said.
 *
 * <p>What follows from values is pure and lies below: verdicts in {@link io.leeway.policy.verdict},
 * which is to be read first, incidents in {@link io.leeway.policy.incident}, and what goes out when
 * in {@link io.leeway.policy.notice}. Here lie their rows, plans and runs.
 */
package io.leeway.policy;
