/**
 * What people and machines are told of incidents, and how it reaches them. A {@link
 * io.leeway.policy.notice.Notice} is written first and sent after: {@link
 * io.leeway.policy.notice.Outbox} decides from notices, past attempts and the clock what goes out
 * now, what waits and what is never sent; {@link io.leeway.policy.notice.Sender} sends it. Each
 * channel has a file that says what it is sent. {@link io.leeway.policy.notice.PrometheusFile} is
 * told what stands, not what happened.
 *
 * <p>Not here: when an incident opens or ends, and the tables of notices and attempts. Nothing here
 * knows Spark.
 */
package io.leeway.policy.notice;
