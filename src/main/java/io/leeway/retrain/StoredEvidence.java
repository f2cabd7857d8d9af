package io.leeway.retrain;

import io.leeway.registry.Version;
import io.leeway.retrain.gate.CheckGroup;
import io.leeway.retrain.gate.CheckStatus;
import io.leeway.retrain.gate.EvidenceDigest;
import io.leeway.retrain.gate.GateCheck;
import io.leeway.store.ResultTable;
import io.leeway.store.StorageErrors;
import io.leeway.store.Store;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;

/**
 * The rows of {@code gate_checks} about a version, held against the digest that the audit log keeps
 * of what the gate found. {@link CandidateRows} wrote them.
 */
public final class StoredEvidence {
  private static final String OVERALL = "[]";

  private final Store store;
  private final String model;

  public StoredEvidence(Store store, String model) {
    this.store = store;
    this.model = model;
  }

  /**
   * What is wrong with a version's rows, in sentences; empty where nothing is, or where the audit
   * log keeps no digest, as of a version that the gate has not seen.
   *
   * @throws io.leeway.domain.EnvironmentException if the storage does not answer
   */
  public Optional<String> fault(Version version) {
    if (version.evidence().isEmpty()) {
      return Optional.empty();
    }
    List<Row> rows = rows(version);
    String found = digest(rows);
    return found.equals(version.evidence())
        ? Optional.empty()
        : Optional.of(
            "Version %d of model '%s': table '%s' does not say what the gate found: expected digest %s, found %s in %d rows. Rows were changed, removed or put in since; DESCRIBE HISTORY names who did it. DELETE these rows and INSERT them again from SELECT ... VERSION AS OF the version before (do not RESTORE the table, which holds other versions' findings, too), or train anew by 'leeway retrain'."
                .formatted(
                    version.number(),
                    model,
                    store.address(ResultTable.GATE_CHECKS),
                    version.evidence(),
                    found,
                    rows.size()));
  }

  private List<Row> rows(Version version) {
    try {
      return store
          .read(ResultTable.GATE_CHECKS)
          .where(
              functions
                  .col("model")
                  .equalTo(model)
                  .and(functions.col("model_version").equalTo(version.text()))
                  .and(
                      functions
                          .col("attempt_id")
                          .equalTo(version.facts().text("attempt_id").orElse(""))))
          .collectAsList();
    } catch (Exception e) {
      throw StorageErrors.explain(e, "Table '" + store.address(ResultTable.GATE_CHECKS) + "'");
    }
  }

  /** Of rows that are no checks any more there is none, but a reason. */
  private static String digest(List<Row> rows) {
    try {
      return EvidenceDigest.of(rows.stream().map(StoredEvidence::check).toList());
    } catch (IllegalArgumentException e) {
      return "none (" + e.getMessage() + ")";
    }
  }

  private static GateCheck check(Row row) {
    String id = row.getAs("check_id");
    return new GateCheck(
        id,
        group(row.getAs("check_group")),
        row.getAs("metric"),
        Optional.<String>of(row.getAs("slice")).filter(slice -> !slice.equals(OVERALL)),
        segment(id, row.getAs("slice"), row.getAs("segment")),
        Optional.ofNullable(row.getAs("attribute")),
        Optional.ofNullable(row.getAs("scenario")),
        number(row, "n").orElseThrow(() -> new IllegalArgumentException(id + " has no n.")),
        number(row, "n_positive"),
        value(row, "candidate"),
        value(row, "champion"),
        value(row, "difference"),
        value(row, "ci_low"),
        value(row, "ci_high"),
        value(row, "limit"),
        CheckStatus.valueOf(row.getAs("status")),
        row.getAs("sentence"));
  }

  private static CheckGroup group(String text) {
    return Arrays.stream(CheckGroup.values())
        .filter(of -> of.text().equals(text))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("There is no group '" + text + "'."));
  }

  /** An empty text is a segment whose value is empty, or none; the check's id tells which. */
  private static Optional<String> segment(String id, String slice, String text) {
    return text.isEmpty() && !id.endsWith(": " + slice + " ")
        ? Optional.empty()
        : Optional.of(text);
  }

  private static OptionalLong number(Row row, String column) {
    int at = row.fieldIndex(column);
    return row.isNullAt(at) ? OptionalLong.empty() : OptionalLong.of(row.getLong(at));
  }

  private static OptionalDouble value(Row row, String column) {
    int at = row.fieldIndex(column);
    return row.isNullAt(at) ? OptionalDouble.empty() : OptionalDouble.of(row.getDouble(at));
  }
}
