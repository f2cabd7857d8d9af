package io.leeway.serving;

import io.leeway.serving.circuit.CircuitReadings;
import java.util.List;
import java.util.Optional;

/**
 * What a scoring did.
 *
 * @param featuresVersion version of the feature table up to which rows are scored now
 * @param predictions what was written into the predictions table
 * @param shadow what was written into the shadow's table, if a challenger is in the shadow
 * @param notes for people, in sentences
 * @param fault why the champion does not answer, though no circuit is open; the fallback did
 */
public record ScoreReport(
    long featuresVersion,
    Fed predictions,
    Optional<Fed> shadow,
    List<String> notes,
    Optional<String> fault) {

  /**
   * Answers of one version of one kind.
   *
   * @param version as it is written
   * @param isChampions whether they are the champion's own
   * @param status {@code ok}, {@code fallback} or {@code failed}
   */
  public record Part(String version, boolean isChampions, String status, long rows) {}

  /**
   * What went into one table.
   *
   * @param came rows that came into the feature table since the last scoring
   * @param withoutIdOrTime of them, left out
   * @param tooOld of them, left out
   * @param known of them, there already or repeating an identifier, left out
   * @param left of them, left to whoever serves in place of a registered champion
   * @param parts what was written, by version and status
   * @param isOvertaken whether somebody else has scored these rows meanwhile; then nothing was
   *     written
   */
  public record Fed(
      long came,
      long withoutIdOrTime,
      long tooOld,
      long known,
      long left,
      List<Part> parts,
      boolean isOvertaken) {
    /** There was nothing to do. */
    static final Fed NOTHING = new Fed(0, 0, 0, 0, 0, List.of(), false);

    public Fed {
      parts = List.copyOf(parts);
    }

    /** Rows that were written. */
    public long rows() {
      return isOvertaken ? 0 : parts.stream().mapToLong(Part::rows).sum();
    }
  }

  public ScoreReport {
    notes = List.copyOf(notes);
  }

  /** What this scoring saw of the champion's answers. */
  public CircuitReadings readings() {
    long calls = 0;
    long failed = 0;
    for (Part part : predictions.parts()) {
      if (part.isChampions() && !predictions.isOvertaken()) {
        calls += part.rows();
        failed += part.status().equals(ServedColumns.FAILED) ? part.rows() : 0;
      }
    }
    return CircuitReadings.of(calls, failed, failed);
  }
}
