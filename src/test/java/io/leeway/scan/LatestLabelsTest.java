package io.leeway.scan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.unsafe.types.UTF8String;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LatestLabelsTest {
  /** A row of the labels' table. */
  private record Label(String id, String value, Long time) {
    InternalRow row() {
      return new GenericInternalRow(
          new Object[] {UTF8String.fromString(id), UTF8String.fromString(value), time});
    }

    InternalRow numberRow() {
      Double number = value == null ? null : Double.valueOf(value);
      return new GenericInternalRow(new Object[] {UTF8String.fromString(id), number, time});
    }
  }

  private static LatestLabels texts(Label... labels) {
    return LatestLabels.of(
        List.of(labels).stream().map(Label::row).iterator(), DataTypes.StringType);
  }

  private static String found(LatestLabels latest, String id) {
    int place = latest.find(UTF8String.fromString(id));
    if (place == LatestLabels.NONE) {
      return "none";
    }
    GenericInternalRow row = new GenericInternalRow(3);
    latest.fill(row, place);
    return row.genericGet(0) + " at " + row.genericGet(1) + " of " + row.getInt(2);
  }

  @Test
  void theLatestCountsWhereverItStands() {
    Label early = new Label("a", "z", 1L);
    Label late = new Label("a", "b", 2L);

    assertThat(found(texts(early, late), "a")).isEqualTo("b at 2 of 2");
    assertThat(found(texts(late, early), "a")).isEqualTo("b at 2 of 2");
  }

  @Test
  void ofEquallyLateOnesTheGreatestValueCounts() {
    Label less = new Label("a", "10", 1L);
    Label more = new Label("a", "9", 1L);

    assertThat(found(texts(less, more, less), "a")).isEqualTo("9 at 1 of 3");
    LatestLabels numbers =
        LatestLabels.of(
            List.of(more.numberRow(), less.numberRow()).iterator(), DataTypes.DoubleType);
    assertThat(found(numbers, "a")).isEqualTo("10.0 at 1 of 2");
  }

  @Test
  void whatIsMissingComesBeforeAllElse() {
    Label untimed = new Label("a", "z", null);
    Label unsaid = new Label("a", null, 1L);
    Label said = new Label("a", "", 1L);

    assertThat(found(texts(untimed), "a")).isEqualTo("z at null of 1");
    assertThat(found(texts(untimed, unsaid), "a")).isEqualTo("null at 1 of 2");
    assertThat(found(texts(said, unsaid, untimed), "a")).isEqualTo(" at 1 of 3");
  }

  @Test
  void identifiersAreTheirBytesNoMoreAndNoLess() {
    LatestLabels latest =
        texts(new Label("", "1", 1L), new Label("ab", "2", 1L), new Label("ä", "3", 1L));

    assertThat(found(latest, "")).isEqualTo("1 at 1 of 1");
    assertThat(found(latest, "ab")).isEqualTo("2 at 1 of 1");
    assertThat(found(latest, "ä")).isEqualTo("3 at 1 of 1");
    assertThat(found(latest, "a")).isEqualTo("none");
  }

  /** Against sorting the labels of each identifier, on more of them than fit at first. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void manyLabelsAreWhatSortingThemTells(long seed) {
    Random random = new Random(seed);
    List<Label> labels = new ArrayList<>();
    for (int i = 0; i < 20_000; i++) {
      labels.add(
          new Label(
              Integer.toString(random.nextInt(8_000), 36).repeat(1 + i % 2),
              random.nextInt(5) == 0 ? null : Integer.toString(random.nextInt(30)),
              random.nextInt(5) == 0 ? null : Long.valueOf(random.nextInt(3))));
    }
    Collections.shuffle(labels, random);
    Map<String, List<Label>> byId = labels.stream().collect(Collectors.groupingBy(Label::id));

    LatestLabels latest =
        LatestLabels.of(labels.stream().map(Label::row).iterator(), DataTypes.StringType);
    LatestLabels numbers =
        LatestLabels.of(labels.stream().map(Label::numberRow).iterator(), DataTypes.DoubleType);

    assertThat(byId).hasSizeGreaterThan(4_096);
    byId.forEach(
        (id, of) -> {
          assertThat(found(latest, id)).isEqualTo(expected(of, Comparator.naturalOrder(), ""));
          assertThat(found(numbers, id))
              .isEqualTo(expected(of, Comparator.comparingInt(Integer::parseInt), ".0"));
        });
    assertThat(found(latest, "no such id")).isEqualTo("none");
  }

  private static String expected(List<Label> of, Comparator<String> byValue, String suffix) {
    Comparator<Long> byTime = Comparator.nullsFirst(Comparator.naturalOrder());
    Label last =
        Collections.max(
            of,
            Comparator.comparing(Label::time, byTime)
                .thenComparing(Label::value, Comparator.nullsFirst(byValue)));
    String value = last.value() == null ? "null" : last.value() + suffix;
    return value + " at " + last.time() + " of " + of.size();
  }
}
