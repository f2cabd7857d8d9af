package io.leeway.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ShownModelTest {
  private static List<String> prefixes(String... names) {
    return List.copyOf(
        ShownModel.prefixes(Stream.of(names).map(ShownModel::ofTables).toList()).values());
  }

  @Test
  void whatIsNoLetterOrDigitBecomesAnUnderscore() {
    assertThat(prefixes("credit-risk", "V2 (São Paulo)", "plain_1"))
        .containsExactly("credit_risk", "V2__S_o_Paulo_", "plain_1");
  }

  /** Catalogs do not tell large letters from small ones. */
  @Test
  void namesThatWouldBeOneStayApart() {
    List<String> prefixes = prefixes("credit-risk", "Credit_Risk", "other");

    assertThat(prefixes).doesNotHaveDuplicates().last().isEqualTo("other");
    assertThat(prefixes.get(0)).matches("credit_risk_[0-9a-f]+");
    assertThat(prefixes.get(1)).matches("Credit_Risk_[0-9a-f]+");
  }
}
