/**
 * From a HOCON file to checked, immutable records: what to watch, how to cut it, what is allowed.
 *
 * <p>{@link io.leeway.config.ConfigLoader} is the door and {@link io.leeway.config.LeewayConfig}
 * what comes out of it. Each block of the file is one record, whose file also holds the block's
 * keys, defaults and checks. A configuration with problems is refused as a whole, with all of them
 * named by file and line.
 *
 * <p>Not here: whether tables and columns exist, whether a metric is known, whether a path may be
 * used on a cluster. That is found out by those who own tables, metrics and sessions.
 */
package io.leeway.config;
