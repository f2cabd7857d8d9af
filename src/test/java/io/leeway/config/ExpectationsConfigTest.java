package io.leeway.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.ConfigFactory;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ExpectationsConfigTest {
  private static ExpectationsConfig read(String hocon) {
    Reading reading = new Reading(FiveLines.FOLDER.toUri());
    ExpectationsConfig read =
        ExpectationsConfig.read(
            new Block(
                reading,
                new Settings(),
                "expectations",
                "expectations",
                ConfigFactory.parseString(hocon).root(),
                new Place("configuration", 0)));
    reading.refuseProblems();
    return read;
  }

  @Test
  void anEmptyBlockIsTheDefaults() {
    assertThat(read("")).isEqualTo(ExpectationsConfig.defaults());
    assertThat(ExpectationsConfig.defaults())
        .isEqualTo(
            new ExpectationsConfig(
                1000, 0.001, 0.15, 0.25, 0.98, 0.5, 0.05, List.of(), new TreeMap<>()));
  }

  @Test
  void takesLimitsByName() {
    ExpectationsConfig read =
        read(
            """
            min-rows = 10, max-duplicates = 0.01, label-rate-change = 0.02
            max-feature-drift = 0.3, leakage-auc = 0.9, min-coverage = 0.4
            max-new-category-share = 0.06
            """);

    assertThat(read)
        .isEqualTo(
            new ExpectationsConfig(
                10, 0.01, 0.02, 0.3, 0.9, 0.4, 0.06, List.of(), new TreeMap<>()));
  }

  @Test
  void takesWhatIsExpectedOfColumns() {
    ExpectationsConfig read =
        read(
            """
            columns {
              income { max-null-rate = 0.1, min = 0, max = 1e7, type = double }
              "applicant.purpose" { categories = [home, car], max-new-share = 0.01 }
              amount { type = "decimal(10, 2)" }
            }
            """);

    assertThat(read.columns().keySet()).containsExactly("amount", "applicant.purpose", "income");
    assertThat(read.columns().get("income"))
        .isEqualTo(
            new ColumnExpectationConfig(
                Optional.of(0.1),
                Optional.of(0.0),
                Optional.of(1e7),
                Optional.of("DOUBLE"),
                List.of(),
                Optional.empty()));
    assertThat(read.columns().get("applicant.purpose").categories()).containsExactly("car", "home");
    assertThat(read.columns().get("applicant.purpose").maxNewShare()).contains(0.01);
    assertThat(read.columns().get("amount").type()).contains("DECIMAL(10,2)");
  }

  @Test
  void anAnomalyIsIgnoredEverywhereOrOfOneColumn() {
    ExpectationsConfig read =
        read("ignore = [float_type_big_float, \"income:COMPARATOR_L_INFTY_HIGH\"]");

    IgnoredAnomaly everywhere = read.ignore().get(0);
    IgnoredAnomaly ofIncome = read.ignore().get(1);
    assertThat(everywhere.covers(Optional.of("age"), AnomalyCode.FLOAT_TYPE_BIG_FLOAT)).isTrue();
    assertThat(everywhere.covers(Optional.of("age"), AnomalyCode.FLOAT_TYPE_SMALL_FLOAT)).isFalse();
    assertThat(ofIncome.covers(Optional.of("income"), AnomalyCode.COMPARATOR_L_INFTY_HIGH))
        .isTrue();
    assertThat(ofIncome.covers(Optional.of("age"), AnomalyCode.COMPARATOR_L_INFTY_HIGH)).isFalse();
    assertThat(ofIncome.covers(Optional.empty(), AnomalyCode.COMPARATOR_L_INFTY_HIGH)).isFalse();
  }

  @Test
  void anUnknownAnomalyIsRefusedWithTheNearestKnown() {
    assertThatThrownBy(() -> read("ignore = [\n  FLOAT_TYPE_BIG_FLAOT\n  \"a:STUCK\"\n  \":X\"\n]"))
        .hasMessageContaining(
            "configuration:2: expectations.ignore[0]: 'FLOAT_TYPE_BIG_FLAOT' is no anomaly that is"
                + " known here; did you mean 'FLOAT_TYPE_BIG_FLOAT'? Known: NO_DATA_IN_SPAN,")
        .hasMessageContaining("configuration:3: expectations.ignore[1]: 'STUCK' is no anomaly")
        .hasMessageContaining("configuration:4: expectations.ignore[2]: ':X' names no column");
  }

  @Test
  void saysAllThatIsWrongAtOnce() {
    assertThatThrownBy(
            () ->
                read(
                    """
                    min-rows = 0
                    max-duplicates = 2
                    leakage-auc = 0.4
                    rows = 3
                    columns {
                      age { min = 3, max = 2 }
                      sex { categories = [f], min = 1 }
                      pay { type = doubel, max = many }
                    }
                    """))
        .hasMessage(
            """
            configuration:1: expectations.min-rows: '0' is not a whole number from 1 on; write for example 1000
            configuration:2: expectations.max-duplicates: '2' is not a share from 0 to 1; write for example 0.05
            configuration:3: expectations.leakage-auc: '0.4' is not an AUC from 0.5 to 1; write for example 0.98
            configuration:4: expectations.rows: unknown key; did you mean 'min-rows'? Known here: ignore, columns, min-rows, max-duplicates, label-rate-change, max-feature-drift, leakage-auc, min-coverage, max-new-category-share
            configuration:6: expectations.columns.age.max: is 2.0, below min, 3.0; swap the two
            configuration:7: expectations.columns.sex: expects bounds of numbers and categories; keep min and max, or categories and max-new-share
            configuration:8: expectations.columns.pay.max: 'many' is not a finite number; write for example 0
            configuration:8: expectations.columns.pay.type: 'doubel' is not known here; did you mean 'double'? Known: boolean, tinyint, smallint, int, bigint, float, double, decimal, string, date, timestamp, timestamp_ntz""");
  }
}
