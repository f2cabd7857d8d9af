package io.leeway.scan;

import io.leeway.profile.StoredProfile;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A product of a scan as tests compare it: serializable, with a text that names it. */
record FoundProfile(String name, StoredProfile profile, FoldedCount folded)
    implements Serializable {

  /** All products of a scan by what they are of; two of one name are an error. */
  static Map<String, FoundProfile> of(ProfileScan scan) {
    List<FoundProfile> collected = scan.profiles().map(FoundProfile::of).collect();
    Map<String, FoundProfile> byName = new TreeMap<>();
    for (FoundProfile found : collected) {
      if (byName.put(found.name, found) != null) {
        throw new AssertionError("Twice: " + found.name);
      }
    }
    return byName;
  }

  private static FoundProfile of(SegmentProfile found) {
    return new FoundProfile(
        name(
            found.version(),
            found.window(),
            found.segment().slice().columns(),
            found.segment().values(),
            found.column()),
        found.profile(),
        found.folded());
  }

  static String name(
      String version, int window, List<String> slice, List<String> values, String column) {
    return version + " | " + window + " | " + slice + new ArrayList<>(values) + " | " + column;
  }
}
