package io.leeway.scan;

import java.io.Serializable;

/**
 * What partial states are merged by: one column of one group of cells, in one window of one
 * version.
 *
 * @param version {@code null} where the rows name none
 */
record BlockKey(String version, int window, int group, int column) implements Serializable {}
