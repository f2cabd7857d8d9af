package io.leeway.scan;

import static org.assertj.core.api.Assertions.assertThat;

import io.leeway.domain.ColumnKind;
import io.leeway.domain.ColumnRole;
import io.leeway.profile.NumericGrid;
import java.util.List;
import org.junit.jupiter.api.Test;

class MonitoredColumnTest {
  private static MonitoredColumn ratio(String above, String below) {
    NumericGrid grid = NumericGrid.withoutReference(ColumnKind.NUMERIC, 10);
    List<MonitoredColumn> together =
        MonitoredColumn.together(
            List.of(
                new MonitoredColumn(
                    "business.margin.numerator", above, grid, ColumnRole.RATIO_NUMERATOR),
                new MonitoredColumn(
                    "business.margin.denominator", below, grid, ColumnRole.RATIO_DENOMINATOR)));
    assertThat(together).hasSize(1);
    return together.get(0);
  }

  @Test
  void aRatioFollowsFromItsParts() {
    MonitoredColumn margin = ratio("revenue - cost", "revenue");
    assertThat(margin.name()).isEqualTo("business.margin");
    assertThat(margin.role()).isEqualTo(ColumnRole.BUSINESS_RATIO);
    assertThat(margin.grid().needs())
        .containsExactly("business.margin.numerator", "business.margin.denominator");
  }

  /** Else a month would add up what was counted before and after. */
  @Test
  void aRatioOfOtherSqlIsAnotherColumn() {
    MonitoredColumn margin = ratio("revenue - cost", "revenue");
    assertThat(margin.isLike(ratio("revenue - cost", "revenue"))).isTrue();
    assertThat(margin.isLike(ratio("revenue - cost - tax", "revenue"))).isFalse();
    assertThat(margin.isLike(ratio("revenue - cost", "revenue + 1"))).isFalse();
  }

  private static MonitoredColumn outcome(String name) {
    NumericGrid grid = NumericGrid.withoutReference(ColumnKind.NUMERIC, 10);
    return new MonitoredColumn(name, "1", grid, ColumnRole.OUTCOME);
  }

  @Test
  void errorsAreToldByPredictionsAsPartOfTheOutcome() {
    List<MonitoredColumn> columns =
        List.of(
            outcome(MonitoredColumn.PREDICTION),
            outcome(MonitoredColumn.ERROR),
            outcome(MonitoredColumn.ABSOLUTE_ERROR));
    List<MonitoredColumn> together = MonitoredColumn.together(columns);
    assertThat(together)
        .extracting(MonitoredColumn::name)
        .containsExactly("(outcome) error by prediction", "(outcome) absolute error by prediction");
    assertThat(together).allMatch(column -> column.role() == ColumnRole.OUTCOME);
    assertThat(MonitoredColumn.together(columns.subList(1, 3))).isEmpty();
  }
}
