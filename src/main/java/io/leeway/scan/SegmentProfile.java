package io.leeway.scan;

import io.leeway.domain.Segment;
import io.leeway.profile.StoredProfile;

/**
 * One product of a scan.
 *
 * @param version {@code null} where the rows name none
 * @param window place of the window in the scan's list
 * @param column name of the monitored column
 */
public record SegmentProfile(
    String version, int window, Segment segment, String column, StoredProfile profile) {}
