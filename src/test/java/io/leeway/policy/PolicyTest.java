package io.leeway.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.leeway.config.ConfigLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PolicyTest {
  private static final String PSI = "metric = psi, above = 0.1";
  private static final String NULLS = "metric = null_rate, rises-by = 0.02";

  private static String hash(String... rules) {
    String text =
        """
        leeway {
          store.path = "results"
          models.m {
            task = binary
            predictions { table = "in/predictions", id = id, time = at, score = p }
            reference { from = 2026-01-01, until = 2026-04-01 }
            policy = [ { %s } ]
          }
        }
        """;
    return Policy.of(
            ConfigLoader.load(text.formatted(String.join(" }, { ", rules)), Path.of("/"))
                .model("m"))
        .hash();
  }

  @Test
  void isAnotherByItsHashWhateverIsChangedOfARule() {
    List<String> hashes = new ArrayList<>(List.of(hash(PSI)));
    for (String more :
        List.of(
            "recovers-at = 0.05",
            "recovers-at = 0.06",
            "cooldown = 2 days",
            "owner = ann",
            "runbook = \"https://wiki/psi\"",
            "min-support = 500",
            "severity = retrain")) {
      hashes.add(hash(PSI + ", " + more));
    }
    assertThat(hashes).doesNotHaveDuplicates();
  }

  @Test
  void isTheSameInAnyOrderOfItsRules() {
    assertThat(hash(PSI, NULLS)).isEqualTo(hash(NULLS, PSI)).isNotEqualTo(hash(PSI));
  }
}
