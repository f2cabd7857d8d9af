package io.leeway.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.leeway.domain.ColumnKind;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CategoricalProfileTest extends MergeLawTest<CategoricalProfile> {
  @Override
  Stream<Rows<CategoricalProfile>> rows() {
    List<Rows<CategoricalProfile>> all = new ArrayList<>();
    List<String> dictionary = List.of("v0", "v1", "v2", "");
    for (int limit : new int[] {1, 2, 5, 16, 1000}) {
      for (long seed : new long[] {1, 2, 3}) {
        add(all, new Categories(dictionary, limit), seed, texts(seed, 400, 60));
        add(all, new Categories(dictionary, limit), seed, texts(seed, 60, limit + 4));
        add(all, new Categories(List.of(), limit), seed, texts(seed, 200, 1 + limit));
      }
    }
    add(all, new Categories(dictionary, 3), 0, List.of());
    return all.stream();
  }

  private static void add(
      List<Rows<CategoricalProfile>> all, Categories dictionary, long seed, List<String> rows) {
    String name = dictionary.values() + ", " + dictionary.unseenLimit() + " unseen, seed " + seed;
    all.add(
        new Rows<>(
            name + ", " + rows.size() + " rows",
            seed,
            rows.size(),
            chosen -> counted(dictionary, rows, chosen),
            UnaryOperator.identity(),
            stored -> CategoricalProfile.of(dictionary, stored)));
  }

  /** A few texts are frequent, a tenth is missing. */
  private static List<String> texts(long seed, int size, int distinct) {
    SplittableRandom random = new SplittableRandom(seed);
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      double u = random.nextDouble();
      texts.add(random.nextInt(10) == 0 ? null : "v" + (int) (u * u * distinct));
    }
    return texts;
  }

  private static CategoricalProfile counted(
      Categories dictionary, List<String> rows, int[] chosen) {
    CategoricalTally tally = new CategoricalTally(dictionary);
    for (int i : chosen) {
      String text = rows.get(i);
      if (text == null || (i % 2 == 0 && dictionary.code(text) >= 0)) {
        tally.addCode(text == null ? -1 : dictionary.code(text), 1);
      } else {
        tally.add(text, 1);
      }
    }
    return tally.profile();
  }

  @ParameterizedTest(name = "limit {0}")
  @ValueSource(ints = {1, 3, 10, 59})
  void keepsTheFirstUnseenTextsByHashAndFoldsTheRest(int limit) {
    TreeMap<String, Long> byHash = new TreeMap<>(HashOrder.INSTANCE);
    CategoricalTally tally = new CategoricalTally(new Categories(List.of("v0"), limit));
    for (int i = 1; i <= 60; i++) {
      byHash.put("v" + i, (long) i);
      tally.add("v" + i, i);
    }
    CategoricalProfile profile = tally.profile();
    List<String> kept = byHash.keySet().stream().limit(limit).toList();
    long keptRows = kept.stream().mapToLong(byHash::get).sum();
    assertThat(profile.unseen()).containsOnlyKeys(kept);
    assertThat(profile.unseen()).allSatisfy((text, n) -> assertThat(n).isEqualTo(byHash.get(text)));
    assertThat(profile.others()).isEqualTo(60 * 61 / 2 - keptRows);
    assertThat(profile.isExact()).isFalse();
    assertThat(profile.n()).isEqualTo(60 * 61 / 2);
    assertThat(profile.distinct()).isGreaterThanOrEqualTo(limit + 1);
  }

  @Test
  void aFullButUnfoldedProfileIsExact() {
    CategoricalTally tally = new CategoricalTally(new Categories(List.of("a", "b"), 3));
    List.of("a", "x", "y", "z", "x").forEach(text -> tally.add(text, 1));
    tally.add(null, 2);
    CategoricalProfile profile = tally.profile();
    assertThat(profile.isExact()).isTrue();
    assertThat(profile.distinct()).isEqualTo(4);
    assertThat(profile.distinctError()).isZero();
    assertThat(profile.byName()).hasToString("{a=1, x=2, y=1, z=1}");
    assertThat(profile.nulls()).isEqualTo(2);
    assertThat(profile.rows()).isEqualTo(7);
  }

  @Test
  void distinctBeyondTheLimitIsEstimatedWithinFiveSigma() {
    CategoricalTally tally = new CategoricalTally(new Categories(List.of("w1", "w2"), 500));
    for (int i = 1; i <= 20_000; i++) {
      tally.add("w" + i, 1);
    }
    CategoricalProfile profile = tally.profile();
    assertThat(profile.distinct()).isCloseTo(20_000, within(5 * profile.distinctError() * 20_000));
  }

  @Test
  void profilesOnDifferentDictionariesDoNotAddUp() {
    CategoricalProfile left = CategoricalProfile.empty(new Categories(List.of("a"), 3));
    CategoricalProfile right = CategoricalProfile.empty(new Categories(List.of("b"), 3));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> left.merge(right))
        .withMessageContaining("different dictionaries");
  }

  @Test
  void aStoredFormThatDoesNotAddUpIsRefused() {
    StoredProfile.Builder stored = new StoredProfile.Builder(ColumnKind.CATEGORICAL);
    stored.n = 5;
    stored.categories = new String[] {"a"};
    stored.categoryCounts = new long[] {4};
    assertThatIllegalArgumentException()
        .isThrownBy(() -> CategoricalProfile.of(new Categories(List.of(), 1), stored.build()))
        .withMessageContaining("add up to its 5 values");
  }
}
