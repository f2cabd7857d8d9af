/**
 * From rules to what people deal with. Which verdicts follow from stored values is told in {@link
 * io.leeway.policy.verdict}; read that first.
 */
package io.leeway.policy;
