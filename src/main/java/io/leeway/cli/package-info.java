/**
 * The commands: one class each, which parses its arguments, calls the rooms below, prints and
 * exits.
 *
 * <p>Nothing is decided here. Read {@link io.leeway.cli.Leeway} first.
 */
package io.leeway.cli;
