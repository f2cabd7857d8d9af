/**
 * The heart: plan due windows, scan them, compute their metrics, write them as one run. Planning is
 * pure; reading and writing go through {@code scan} and {@code store}. Read {@link
 * io.leeway.monitor.Monitor} first, then {@link io.leeway.monitor.BaselineJob}, which makes what
 * windows are held against.
 */
package io.leeway.monitor;
