package io.leeway.scan;

import io.leeway.domain.Segment;
import io.leeway.profile.StoredProfile;

/**
 * One product of a scan.
 *
 * @param version {@code null} where the rows name none
 * @param window place of the window in the scan's list
 * @param column name of the monitored column
 * @param folded how many segments of this version and window the segment stands for if it is {@link
 *     Segment#isOther}, told with the first monitored column alone; none elsewhere
 * @param fingerprint wrapping sum over the rows of a hash of everything that the scan read of them,
 *     told with the first monitored column over all rows alone; 0 elsewhere
 */
public record SegmentProfile(
    String version,
    int window,
    Segment segment,
    String column,
    StoredProfile profile,
    FoldedCount folded,
    long fingerprint) {}
