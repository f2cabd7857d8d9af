package io.leeway.retrain.expect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.leeway.config.ColumnExpectationConfig;
import io.leeway.config.ExpectationsConfig;
import io.leeway.config.IgnoredAnomaly;
import io.leeway.config.Task;
import io.leeway.domain.UserException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ExpectationsTest {
  private static final Expectations EXPECTED = References.expectations();

  private static ExpectationsConfig config(Map<String, ColumnExpectationConfig> columns) {
    return config(1_000, List.of(), columns);
  }

  private static ExpectationsConfig config(
      long minRows, List<IgnoredAnomaly> ignore, Map<String, ColumnExpectationConfig> columns) {
    return new ExpectationsConfig(
        minRows, 0.001, 0.15, 0.25, 0.98, 0.5, 0.05, ignore, new TreeMap<>(columns));
  }

  private static ColumnExpectationConfig numbers(double maxNullRate, double min, double max) {
    return new ColumnExpectationConfig(
        Optional.of(maxNullRate),
        Optional.of(min),
        Optional.of(max),
        Optional.of("INT"),
        List.of(),
        Optional.empty());
  }

  private static ColumnExpectationConfig categories(List<String> values, double maxNewShare) {
    return new ColumnExpectationConfig(
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        values,
        Optional.of(maxNewShare));
  }

  @Test
  void aColumnIsExpectedToBeAsInTheReference() {
    ColumnExpectation income = EXPECTED.column("income").orElseThrow();
    ColumnExpectation purpose = EXPECTED.column("purpose").orElseThrow();

    assertThat(income.type()).isEqualTo("DOUBLE");
    assertThat(income.min()).contains(-1_000.0);
    assertThat(income.max()).contains(1_100.0);
    // 1 - 0.9 * 0.98 + 3 * sqrt(0.02 * 0.98 / 1000)
    assertThat(income.maxNullRate()).isCloseTo(0.118 + 0.0132816, within(1e-7));
    assertThat(purpose.categories()).containsExactly("boat", "car", "home");
    assertThat(purpose.maxNewShare()).isEqualTo(0.05);
    assertThat(purpose.maxNullRate()).isCloseTo(0.1, within(1e-12));
    assertThat(EXPECTED.column("owner").orElseThrow().reference().kind())
        .isEqualTo(ReferenceColumn.Kind.BOOLEAN);
  }

  @Test
  void whatTheReferenceDoesNotTellByNameLeavesRoomForItself() {
    SortedMap<String, Double> told = new TreeMap<>(Map.of("a", 0.5, "b", 0.25));
    ReferenceColumn column = ReferenceColumn.categorical("c", "STRING", 100, 0, told);

    // 0.25 + 0.05 + 3 * sqrt(0.25 * 0.75 / 1000)
    assertThat(
            Expectations.inferred(References.label(), List.of(column))
                .column("c")
                .orElseThrow()
                .maxNewShare())
        .isCloseTo(0.3 + 0.0410792, within(1e-7));
  }

  @Test
  void whatTheUserSaysGoesFirst() {
    Expectations told =
        EXPECTED.with(
            config(
                Map.of(
                    "income",
                    numbers(0.3, 1, 50),
                    "purpose",
                    categories(List.of("home", "car"), 0.01))));
    ColumnExpectation income = told.column("income").orElseThrow();
    ColumnExpectation purpose = told.column("purpose").orElseThrow();

    assertThat(income.maxNullRate()).isEqualTo(0.3);
    assertThat(income.min()).contains(1.0);
    assertThat(income.max()).contains(50.0);
    assertThat(income.type()).isEqualTo("INT");
    assertThat(purpose.categories()).containsExactly("car", "home");
    assertThat(purpose.maxNewShare()).isEqualTo(0.01);
    assertThat(told.column("owner")).isEqualTo(EXPECTED.column("owner"));
  }

  @Test
  void laterWordsReplaceEarlierOnes() {
    Expectations told = EXPECTED.with(config(Map.of("income", numbers(0.3, 1, 50))));

    assertThat(told.with(ExpectationsConfig.defaults())).isEqualTo(EXPECTED);
  }

  @Test
  void aColumnThatTheReferenceDoesNotHaveIsRefused() {
    assertThatThrownBy(() -> EXPECTED.with(config(Map.of("incme", numbers(0.3, 1, 50)))))
        .isInstanceOf(UserException.class)
        .hasMessage(
            "retrain.expectations.columns names incme, which the baseline does not have; name"
                + " features of it: income, owner, purpose.");
  }

  @Test
  void boundsOfCategoriesAndCategoriesOfNumbersAreRefused() {
    assertThatThrownBy(() -> EXPECTED.with(config(Map.of("purpose", numbers(0.3, 1, 50)))))
        .isInstanceOf(UserException.class)
        .hasMessageContaining(
            "'purpose' is a category in the baseline, of type STRING; remove min");
    assertThatThrownBy(() -> EXPECTED.with(config(Map.of("income", categories(List.of("a"), 0.1)))))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("'income' is a number in the baseline, of type DOUBLE; remove cat");
  }

  @Test
  void jsonComesBackAsItWas() {
    Expectations told =
        EXPECTED.with(
            config(
                77,
                List.of(
                    IgnoredAnomaly.parse("a:b:FLOAT_TYPE_HAS_INF"),
                    IgnoredAnomaly.parse("DUPLICATE_KEY")),
                Map.of("income", numbers(0.1, -1.0 / 3, 1e300))));
    Expectations ofNumbers =
        Expectations.inferred(
            ReferenceLabel.unknown(Task.REGRESSION),
            List.of(
                ReferenceColumn.numeric(
                    "empty", "INT", 5, 5, Optional.empty(), Optional.empty(), Optional.empty()),
                ReferenceColumn.categorical("none \"é\"", "STRING", 5, 5, new TreeMap<>())));

    for (Expectations each : List.of(EXPECTED, told, ofNumbers)) {
      assertThat(Expectations.fromJson(each.toJson())).isEqualTo(each);
      assertThat(Expectations.fromJson(each.toJson()).toJson()).isEqualTo(each.toJson());
    }
  }

  @Test
  void jsonIsForPeople() {
    Expectations one = Expectations.inferred(References.label(), List.of(References.purpose()));

    assertThat(one.toJson())
        .isEqualTo(
            """
            {"format":1,"task":"BINARY","label_shares":{"0":0.9,"1":0.1},\
            "limits":{"min_rows":1000,"max_duplicates":0.001,"label_rate_change":0.15,\
            "max_feature_drift":0.25,"leakage":0.98,"min_coverage":0.5},"ignore":[],\
            "columns":[{"name":"purpose","type":"STRING","max_null_rate":0.09999999999999998,\
            "categories":["boat","car","home"],"max_new_share":0.05,\
            "reference":{"kind":"CATEGORICAL","type":"STRING","rows":10000,"nulls":0,\
            "categories":{"boat":0.2,"car":0.5,"home":0.3}}}]}""");
  }

  @Test
  void whatIsNoJsonOfOursIsRefused() {
    assertThatThrownBy(() -> Expectations.fromJson("{"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Expectations.fromJson("{\"format\":2}"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("format 2");
  }

  @Test
  void theVersionFollowsFromTheContentAndFromNothingElse() {
    Expectations sameInOtherOrder =
        Expectations.inferred(
            References.label(),
            List.of(References.owner(), References.purpose(), References.income()));
    assertThat(sameInOtherOrder.version()).isEqualTo(EXPECTED.version()).hasSize(24);
    assertThat(Expectations.fromJson(EXPECTED.toJson()).version()).isEqualTo(EXPECTED.version());

    Set<String> versions = new HashSet<>();
    versions.add(EXPECTED.version());
    versions.add(EXPECTED.with(config(999, List.of(), Map.of())).version());
    versions.add(
        EXPECTED
            .with(config(1_000, List.of(IgnoredAnomaly.parse("DUPLICATE_KEY")), Map.of()))
            .version());
    versions.add(
        EXPECTED
            .with(config(1_000, List.of(IgnoredAnomaly.parse("x:DUPLICATE_KEY")), Map.of()))
            .version());
    versions.add(EXPECTED.with(config(Map.of("income", numbers(0.3, 1, 50)))).version());
    versions.add(EXPECTED.with(config(Map.of("income", numbers(0.3, 1, 51)))).version());
    versions.add(Expectations.inferred(References.label(), List.of(References.income())).version());
    versions.add(
        Expectations.inferred(
                ReferenceLabel.unknown(Task.BINARY),
                List.of(References.income(), References.purpose(), References.owner()))
            .version());
    assertThat(versions).hasSize(8);
  }

  @Test
  void aColumnIsExpectedOnce() {
    assertThatThrownBy(
            () ->
                Expectations.inferred(
                    References.label(), List.of(References.income(), References.income())))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
