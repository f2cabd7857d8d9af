package io.leeway.retrain;

import static org.assertj.core.api.Assertions.assertThat;

import io.leeway.config.StoreConfig;
import io.leeway.registry.Details;
import io.leeway.registry.Version;
import io.leeway.retrain.gate.CheckGroup;
import io.leeway.retrain.gate.CheckStatus;
import io.leeway.retrain.gate.EvidenceDigest;
import io.leeway.retrain.gate.GateCheck;
import io.leeway.store.ResultTable;
import io.leeway.store.Store;
import io.leeway.testing.LocalSpark;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoredEvidenceTest {
  private static final OptionalDouble NONE = OptionalDouble.empty();

  @TempDir private Path folder;

  private Store store() {
    return Store.open(
        LocalSpark.session(),
        new StoreConfig(Optional.of(folder.toString()), Optional.empty(), Optional.empty()));
  }

  private static Version version(String evidence) {
    return new Version(
        4,
        Version.Stage.PENDING_APPROVAL,
        "",
        "",
        Optional.empty(),
        evidence,
        "tess",
        1,
        Instant.EPOCH,
        Instant.EPOCH,
        List.of(),
        Optional.empty(),
        Details.of("attempt_id", "this"));
  }

  private static GateCheck check(
      String id, Optional<String> slice, Optional<String> segment, OptionalDouble value) {
    return new GateCheck(
        id,
        CheckGroup.SLICES,
        "log_loss",
        slice,
        segment,
        Optional.empty(),
        Optional.empty(),
        0,
        OptionalLong.empty(),
        value,
        NONE,
        NONE,
        NONE,
        NONE,
        NONE,
        CheckStatus.INSUFFICIENT_DATA,
        "Of \u017Eluty and \uD83D\uDC0E.");
  }

  private void wrote(int version, String attempt, List<GateCheck> checks) {
    store()
        .append(
            ResultTable.GATE_CHECKS,
            LocalSpark.session()
                .createDataFrame(
                    new CandidateRows("m", version, "run", attempt, Instant.EPOCH).checks(checks),
                    ResultTable.GATE_CHECKS.schema()));
  }

  @Test
  void whateverTheGateCanFindComesBackFromTheTableAsItWas() {
    Optional<String> state = Optional.of("[state]");
    List<GateCheck> checks =
        List.of(
            check("a", Optional.empty(), Optional.empty(), NONE),
            check("b", state, Optional.empty(), OptionalDouble.of(-0.0)),
            check("c: [state] ", state, Optional.of(""), OptionalDouble.of(0.1 + 0.2)),
            check("c: [state]", state, Optional.empty(), OptionalDouble.of(Double.MIN_VALUE)),
            check("d: [state]  ", state, Optional.of(" "), OptionalDouble.of(-1.0 / 0)),
            new GateCheck(
                "e",
                CheckGroup.FAIRNESS,
                "selection_rate",
                Optional.empty(),
                Optional.empty(),
                Optional.of("gender"),
                Optional.of("winter"),
                1L << 40,
                OptionalLong.of(3),
                OptionalDouble.of(1),
                OptionalDouble.of(2),
                OptionalDouble.of(3),
                OptionalDouble.of(4),
                OptionalDouble.of(5),
                OptionalDouble.of(6),
                CheckStatus.FAIL,
                "No."));
    wrote(4, "this", checks);
    // Of an attempt that died, and of another version: neither counts.
    wrote(4, "other", checks.subList(0, 1));
    wrote(5, "this", checks.subList(0, 1));

    StoredEvidence stored = new StoredEvidence(store(), "m");
    assertThat(stored.fault(version(EvidenceDigest.of(checks)))).isEmpty();
    assertThat(stored.fault(version(""))).isEmpty();
    assertThat(stored.fault(version(EvidenceDigest.of(checks.subList(1, 6)))).orElseThrow())
        .contains("found " + EvidenceDigest.of(checks) + " in 6 rows");
  }

  @Test
  void withoutRowsAndWithDoubledOnesSomethingIsWrong() {
    List<GateCheck> checks = List.of(check("a", Optional.empty(), Optional.empty(), NONE));
    StoredEvidence stored = new StoredEvidence(store(), "m");
    Version version = version(EvidenceDigest.of(checks));

    assertThat(stored.fault(version).orElseThrow()).contains("in 0 rows");
    wrote(4, "this", checks);
    assertThat(stored.fault(version)).isEmpty();
    wrote(4, "this", checks);
    assertThat(stored.fault(version).orElseThrow())
        .contains("found none (Two checks have one id.) in 2 rows");
  }
}
