package io.leeway.scan;

import io.leeway.domain.Segment;
import io.leeway.profile.StoredProfile;

/**
 * One product of a scan.
 *
 * @param version {@code null} where the rows name none
 * @param window place of the window in the scan's list
 * @param column name of the monitored column
 * @param folded how many distinct segments of this version and window the segment stands for if it
 *     is marked {@link Segment#OTHER}; 0 if it stands for itself
 */
public record SegmentProfile(
    String version,
    int window,
    Segment segment,
    String column,
    StoredProfile profile,
    long folded) {}
