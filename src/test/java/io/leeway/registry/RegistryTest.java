package io.leeway.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.leeway.config.StoreConfig;
import io.leeway.domain.UserException;
import io.leeway.store.Store;
import io.leeway.testing.LocalSpark;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RegistryTest {
  private final SparkSession spark = LocalSpark.session();

  @TempDir private Path folder;

  private Registry registry() {
    return new Registry(
        Store.open(
            spark,
            new StoreConfig(Optional.of(folder.toString()), Optional.empty(), Optional.empty())));
  }

  private static NewEntry circuit(String state) {
    return NewEntry.of(
        ActKind.CIRCUIT_CHANGED, "olga", "a drill", Details.of("state", state, "n", 1.5));
  }

  private String log() {
    return "delta.`" + folder + "/audit_log`";
  }

  @Test
  void whatIsDoneIsReadBackAsItWasAndIsWhole() {
    AuditEntry first = registry().act("m", state -> circuit("OPEN"));
    AuditEntry second =
        registry().act("m", state -> NewEntry.of(ActKind.RAMPED, 3, "ölga", "„so“", Details.NONE));
    registry().act("other", state -> circuit("CLOSED"));

    assertThat(registry().chain("m").entries()).containsExactly(first, second);
    assertThat(second.previousHash()).isEqualTo(first.hash());
    assertThat(registry().faults("m")).isEmpty();
    assertThat(registry().faults("other")).isEmpty();
    assertThat(registry().faults("nobody")).isEmpty();
  }

  @Test
  void anEventIsPutOnRecordOnceHoweverOftenItIsAskedFor() {
    Registry registry = registry();
    Optional<AuditEntry> first = registry.act("m", "event", state -> Optional.of(circuit("OPEN")));

    assertThat(registry.act("m", "event", state -> Optional.of(circuit("OPEN")))).isEqualTo(first);
    assertThat(registry.chain("m").entries()).hasSize(1);
  }

  @Test
  void whatTurnsOutNotToBeDueLeavesNothing() {
    assertThat(registry().act("m", "event", state -> Optional.empty())).isEmpty();
    assertThat(registry().chain("m").entries()).isEmpty();
  }

  @Test
  void whatRestsOnAMovedChampionIsRefused() {
    Registry registry = registry();
    ModelState seen = registry.state("m");
    registry.act("m", state -> NewEntry.of(ActKind.PROMOTED, 1, "olga", "better", Details.NONE));

    assertThatThrownBy(() -> registry.actOn(seen, state -> circuit("OPEN")))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("somebody was faster")
        .hasMessageContaining("Entry 1 of the audit log, promoted (version 1) by olga");
  }

  @Test
  void nobodyIsLetOutOnADamagedLogAndGoingBackIsPossible() {
    Registry registry = registry();
    registry.act("m", state -> circuit("OPEN"));
    registry.act("m", state -> circuit("CLOSED"));
    spark.sql("UPDATE " + log() + " SET actor = 'eve' WHERE sequence = 1");

    for (ActKind kind :
        List.of(
            ActKind.WAIVED,
            ActKind.APPROVED,
            ActKind.CHALLENGED,
            ActKind.RAMPED,
            ActKind.PROMOTED)) {
      assertThatThrownBy(
              () -> registry.act("m", state -> NewEntry.of(kind, 1, "olga", "go", Details.NONE)))
          .isInstanceOf(UserException.class)
          .hasMessageContaining("Entry 1 of model 'm' was changed")
          .hasMessageContaining("no version is let out on it");
    }
    for (ActKind kind : List.of(ActKind.ROLLED_BACK, ActKind.WITHDRAWN, ActKind.REJECTED)) {
      registry.act("m", state -> NewEntry.of(kind, 1, "olga", "back", Details.NONE));
    }
    registry.act("m", state -> circuit("FORCED_OPEN"));
    assertThat(registry.chain("m").entries()).hasSize(6);
  }

  @Test
  void whatIsDamagedInTheTableIsNamed() {
    Registry registry = registry();
    for (String state : List.of("OPEN", "HALF_OPEN", "CLOSED", "OPEN")) {
      registry.act("m", before -> circuit(state));
    }

    spark.sql("UPDATE " + log() + " SET actor = 'eve' WHERE sequence = 2");
    assertThat(registry().faults("m"))
        .extracting(AuditChain.Fault::sentence)
        .containsExactly("Entry 2 of model 'm' was changed: what it says does not give its hash.");

    spark.sql("UPDATE " + log() + " SET actor = 'olga', act = 'NONSENSE' WHERE sequence = 2");
    assertThat(registry().faults("m")).extracting(AuditChain.Fault::sequence).containsExactly(2L);

    spark.sql("UPDATE " + log() + " SET act = 'CIRCUIT_CHANGED' WHERE sequence = 2");
    assertThat(registry().faults("m")).isEmpty();
    spark.sql("DELETE FROM " + log() + " WHERE sequence = 4");
    assertThat(registry().faults("m"))
        .extracting(AuditChain.Fault::sentence)
        .containsExactly("Entry 4 of model 'm' is missing at the end.");
  }
}
