package io.leeway.store;

/**
 * Which tables a run read, at which versions; a component is {@code null} where the run read no
 * such table. A table's id stays while the table does: a new id at the same place is a new table,
 * whose versions do not compare with the old one's.
 */
public record RunSources(
    String predictionsTableId, Long predictionsVersion, String labelsTableId, Long labelsVersion) {
  /** Of a run that read neither predictions nor labels. */
  public static final RunSources NONE = new RunSources(null, null, null, null);

  public RunSources {
    if ((predictionsTableId == null) != (predictionsVersion == null)
        || (labelsTableId == null) != (labelsVersion == null)) {
      throw new IllegalArgumentException(
          "A table's id and version come together, but there are predictions "
              + predictionsTableId
              + " at "
              + predictionsVersion
              + " and labels "
              + labelsTableId
              + " at "
              + labelsVersion
              + ".");
    }
  }

  /** Whether a table that both read has one id; a table that only one of them read says nothing. */
  boolean areTheTablesOf(RunSources other) {
    return sameOrAbsent(predictionsTableId, other.predictionsTableId)
        && sameOrAbsent(labelsTableId, other.labelsTableId);
  }

  private static boolean sameOrAbsent(String id, String otherId) {
    return id == null || otherId == null || id.equals(otherId);
  }
}
