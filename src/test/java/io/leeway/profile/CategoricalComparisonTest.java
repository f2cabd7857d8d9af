package io.leeway.profile;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CategoricalComparisonTest {
  private static CategoricalProfile profile(Categories dictionary, Map<String, Long> rows) {
    CategoricalTally tally = new CategoricalTally(dictionary);
    rows.forEach(tally::add);
    return tally.profile();
  }

  private static Map<String, Long> pairs(CategoricalComparison comparison, boolean ofWindow) {
    Map<String, Long> pairs = new HashMap<>();
    List<String> names = comparison.categories().names();
    long[] counts =
        ofWindow ? comparison.categories().window() : comparison.categories().reference();
    for (int i = 0; i < counts.length; i++) {
      pairs.put(names.get(i), counts[i]);
    }
    return pairs;
  }

  @Test
  void countsTheUnionOfCategoriesAndTheMissing() {
    Map<String, Long> reference = new HashMap<>(Map.of("a", 3L, "b", 1L));
    reference.put(null, 5L);
    CategoricalComparison comparison =
        CategoricalComparison.of(
            profile(new Categories(List.of("a", "b", "z"), 10), reference),
            profile(new Categories(List.of("c"), 10), Map.of("a", 2L, "c", 4L, "d", 6L)));
    assertThat(comparison.approximate()).isFalse();
    assertThat(comparison.categories().names()).containsExactly("__null__", "a", "b", "c", "d");
    assertThat(comparison.categories().reference()).containsExactly(5, 3, 1, 0, 0);
    assertThat(comparison.categories().window()).containsExactly(0, 2, 0, 4, 6);
  }

  @Test
  void categoriesThatBearAReservedNameStayApart() {
    Map<String, Long> rows = new HashMap<>(Map.of("__null__", 1L, "(other)", 2L, "\\(other)", 3L));
    rows.put(null, 4L);
    CategoricalProfile profile = profile(new Categories(List.of(), 10), rows);
    assertThat(pairs(CategoricalComparison.of(profile, profile), true))
        .containsOnly(
            Map.entry("__null__", 4L),
            Map.entry("\\__null__", 1L),
            Map.entry("\\(other)", 2L),
            Map.entry("\\\\(other)", 3L));
  }

  /** Whatever is folded on either side, each category's counts are those of the rows. */
  @ParameterizedTest(name = "limits {0} and {1}")
  @CsvSource({"5, 1000", "1000, 5", "5, 9", "9, 5", "1, 1"})
  void foldedCategoriesAreFoldedOnBothSides(int ofReference, int ofWindow) {
    Map<String, Long> reference = new HashMap<>();
    Map<String, Long> window = new HashMap<>();
    for (int i = 0; i < 40; i++) {
      reference.put("v" + i, i + 1L);
      window.put("v" + (i + 20), 2L * i + 1);
    }
    CategoricalComparison comparison =
        CategoricalComparison.of(
            profile(new Categories(List.of("v0", "v1", "v30"), ofReference), reference),
            profile(new Categories(List.of("v30", "v59"), ofWindow), window));
    assertThat(comparison.approximate()).isTrue();
    assertFolded(pairs(comparison, false), reference);
    assertFolded(pairs(comparison, true), window);
    assertThat(comparison.categories().names()).contains("v30", "(other)");
  }

  private static void assertFolded(Map<String, Long> pairs, Map<String, Long> rows) {
    long named = 0;
    for (Map.Entry<String, Long> pair : pairs.entrySet()) {
      if (!pair.getKey().equals("(other)")) {
        assertThat(pair.getValue()).isEqualTo(rows.getOrDefault(pair.getKey(), 0L));
        named += pair.getValue();
      }
    }
    long all = rows.values().stream().mapToLong(Long::longValue).sum();
    assertThat(pairs.get("(other)")).isEqualTo(all - named);
  }
}
